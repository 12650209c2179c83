"""``annhi bench core``: what the tenant wall and the plugin door cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.bench.request_part import request_ratio
from core.bench.scratch import scratch_settings
from core.bench.session_part import TENANT, session_ratios
from core.bench.signed_in import signed_in
from core.bench.wall_part import wall_ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.bench.measure import Ratio
    from core.settings import Settings

Size = Literal["small", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    rows: int
    rounds: int
    calls: int
    pairs: int
    pair_rounds: int


_EFFORTS: dict[Size, _Effort] = {
    "small": _Effort(rows=50_000, rounds=4, calls=5, pairs=1, pair_rounds=4),
    "full": _Effort(rows=1_000_000, rounds=60, calls=20, pairs=6, pair_rounds=80),
}
# Short turns: two percent show only when a busy moment meets both processes.
_PAIR_CALLS = 5


def run_core(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Every measurement, in a database of its own that is dropped afterwards.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    effort = _EFFORTS[size]
    say("Making a database for the bench …")
    with scratch_settings(settings) as (scratch, addresses):
        say("Reading through the tenant session …")
        ratios = session_ratios(addresses, rounds=effort.rounds, calls=effort.calls)
        say("Requests with and without installed programmes …")
        ratios.append(
            request_ratio(
                scratch,
                signed_in(addresses, TENANT),
                pairs=effort.pairs,
                rounds=effort.pair_rounds,
                calls=_PAIR_CALLS,
            )
        )
        say(f"Row security over {effort.rows:,} rows …")
        ratios += wall_ratios(addresses, rows=effort.rows, rounds=effort.rounds, calls=effort.calls)
    return tuple(ratios)
