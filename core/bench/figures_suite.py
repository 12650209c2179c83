"""``annhi bench figures``: what figures cost, as ratios to plain SQL over the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.bench.counting_part import counting_ratios
from core.bench.ministry_part import ministry_ratios
from core.bench.scratch import scratch_settings
from core.platform import load_registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.bench.core_suite import Size
    from core.bench.measure import Ratio
    from core.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    children: int
    rounds: int
    calls: int
    sizes: tuple[int, ...]
    edits: int


_EFFORTS: dict[Size, _Effort] = {
    "small": _Effort(children=2_000, rounds=4, calls=2, sizes=(100, 400, 1_000), edits=3),
    "full": _Effort(
        children=500_000, rounds=40, calls=3, sizes=(1_000, 100_000, 2_000_000), edits=30
    ),
}


def run_figures(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Every measurement, in a database of its own that is dropped afterwards.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    effort = _EFFORTS[size]
    say("Making a database for the bench …")
    with scratch_settings(settings) as (scratch, addresses):
        ratios = counting_ratios(
            addresses,
            load_registry(scratch),
            sizes=effort.sizes,
            rounds=effort.edits,
            say=say,
        )
        say("The national table over 34 provinces …")
        ratios += ministry_ratios(
            addresses, children=effort.children, rounds=effort.rounds, calls=effort.calls
        )
    return tuple(ratios)
