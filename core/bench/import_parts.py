"""Where the time of an import goes: its steps, and the statements that it waits for."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What the beginning of a statement says it is for.
INSERTS: Final = {
    "INSERT INTO core.child ": "children",
    "INSERT INTO core.child_name_token ": "words of their names",
    "INSERT INTO core.audit_entry ": "audit entries",
}
OTHER: Final = "all other statements"
_STARTED: Final = "bench_started"


@contextmanager
def statements_timed() -> Iterator[Mapping[str, float]]:
    """Seconds that statements took, by what they are for, summed over all connections."""
    seconds: dict[str, float] = defaultdict(float)

    def before(connection: Any, *_: Any) -> None:
        connection.info[_STARTED] = perf_counter()

    def after(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        taken = perf_counter() - connection.info[_STARTED]
        begins = (name for start, name in INSERTS.items() if statement.startswith(start))
        seconds[next(begins, OTHER)] += taken

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    try:
        yield seconds
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        event.remove(Engine, "after_cursor_execute", after)


def by_parts(seconds: Mapping[str, float], rows: int) -> list[str]:
    """One line for each part, the longest first, with microseconds for a row."""
    return [
        f"  {name:<24}{taken:>8.1f} s{taken / rows * 1e6:>8.1f} µs a row"
        for name, taken in sorted(seconds.items(), key=lambda part: -part[1])
    ]
