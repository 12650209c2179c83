"""Provinces side by side on one indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.plugin_api.documents import FigureState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.aggregate.national import ProvinceFigure

Direction = Literal["up", "down", "none"]
# Whoever has no number comes last: what is not there for good before what may still come.
_STATES = (
    FigureState.NUMBER,
    FigureState.NIL_RETURN,
    FigureState.SUPPRESSED,
    FigureState.NOT_ENABLED,
    FigureState.NOT_REPORTED,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One province in its place; ``rank`` is shared by equals and missing where none is given."""

    province: ProvinceFigure
    rank: int | None


def compare(figures: Iterable[ProvinceFigure], direction: Direction) -> tuple[Compared, ...]:
    """The better figure first; an indicator without a direction is ordered and never ranked.

    More detected cases may mean better detection: such figures are listed from the largest down,
    and nobody is called first or last.
    """
    ordered = sorted(figures, key=lambda each: _order(each, direction))
    compared: list[Compared] = []
    for number, each in enumerate(ordered, start=1):
        if direction == "none" or each.figure.state is not FigureState.NUMBER:
            compared.append(Compared(each, None))
            continue
        before = compared[-1] if compared else None
        equal = before is not None and before.province.figure.value == each.figure.value
        compared.append(Compared(each, before.rank if before is not None and equal else number))
    return tuple(compared)


def _order(each: ProvinceFigure, direction: Direction) -> tuple[int, float]:
    value = float(each.figure.value or 0)
    return _STATES.index(each.figure.state), value if direction == "down" else -value
