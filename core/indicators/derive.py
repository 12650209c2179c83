"""An indicator from its measures: adds and divides sums, and never a percentage."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import (
    AllUnits,
    Average,
    Change,
    Count,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
    UnitsWhole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plugin_api.figures import Addend, Formula, UnitLevel

    # a count, or the reason why there is none
    Part = int | FigureState
    ByUnit = Mapping[int, int] | FigureState


class Counts(Protocol):
    """What was counted for one question: one place and one window, as one reader may see it."""

    def of(self, measure: str) -> Part:
        """What a measure comes to."""

    def by_unit(self, measure: str, level: UnitLevel) -> ByUnit:
        """The same for every unit of the level that the place has, zeros included; never empty."""

    def within(self, level: UnitLevel, larger: UnitLevel) -> ByUnit:
        """For every unit of a level, the unit of the larger level that it lies in."""

    def figure(self, indicator: str, *, last_year: bool) -> Figure:
        """Another indicator for the same place, now or over the same days a year before."""


def derive(code: str, formula: Formula | None, counts: Counts, key: str | None = None) -> Figure:
    """The figure; the first part that is no number decides the state.

    Over nothing (a denominator of zero, no unit of that level, nothing a year before) it is
    ``NOT_REPORTED``: there is nothing to relate to.
    """
    if formula is None:
        return Figure(code, FigureState.NOT_REPORTED, detail=key)
    above, below = _parts(formula, counts)
    if isinstance(above, FigureState):
        return Figure(code, above, detail=key)
    if isinstance(below, FigureState):
        return Figure(code, below, detail=key)
    if below is None:
        return Figure(code, FigureState.NUMBER, Decimal(above), detail=key)
    if below == 0:
        return Figure(code, FigureState.NOT_REPORTED, None, above, below, key)
    value = Decimal(above * (per_of(formula) or 1)) / Decimal(below)
    return Figure(code, FigureState.NUMBER, value, above, below, key)


def per_of(formula: Formula | None) -> int | None:
    """By how much a ratio is multiplied; ``None`` for a count."""
    is_ratio = isinstance(formula, Ratio | UnitsRatio | Average | Change)
    return formula.per if is_ratio else None  # type: ignore[union-attr]  # asked just before


def _parts(formula: Formula, counts: Counts) -> tuple[Part, Part | None]:
    """What stands above and below the line; a count has nothing below."""
    match formula:
        case Ratio():
            return _added(formula.numerator, counts), _added(formula.denominator, counts)
        case Average():
            return _added(formula.total, counts), _below(formula, counts)
        case UnitsRatio():
            return _reaching(formula, counts)
        case Change():
            return _change(formula, counts)
        case _:
            return _count(formula, counts), None


def _count(formula: Count | Sum | Units | UnitsWhole, counts: Counts) -> Part:
    match formula:
        case Count():
            return counts.of(formula.measure)
        case Sum():
            return _added(formula, counts)
        case Units():
            return _reaching(formula, counts)[0]
        case UnitsWhole():
            return _whole(formula, counts)


def _below(formula: Average, counts: Counts) -> Part:
    if not isinstance(formula.count, AllUnits):
        return _added(formula.count, counts)
    level = formula.count.level
    units = counts.within(level, level)
    return units if isinstance(units, FigureState) else len(units)


def _added(addend: Addend, counts: Counts) -> Part:
    if isinstance(addend, str):
        return counts.of(addend)
    total = 0
    for measure in addend.measures:
        part = counts.of(measure)
        if isinstance(part, FigureState):
            return part
        total += part
    return total


def _added_by_unit(addend: Addend, level: UnitLevel, counts: Counts) -> ByUnit:
    if isinstance(addend, str):
        return counts.by_unit(addend, level)
    total: dict[int, int] = {}
    for measure in addend.measures:
        part = counts.by_unit(measure, level)
        if isinstance(part, FigureState):
            return part
        for unit, count in part.items():
            total[unit] = total.get(unit, 0) + count
    return total


def _reaching(formula: Units | UnitsRatio, counts: Counts) -> tuple[Part, Part]:
    sums = _added_by_unit(formula.measure, formula.level, counts)
    if isinstance(sums, FigureState):
        return sums, sums
    return sum(count >= formula.at_least for count in sums.values()), len(sums)


def _whole(formula: UnitsWhole, counts: Counts) -> Part:
    above = _added_by_unit(formula.ratio.numerator, formula.level, counts)
    below = _added_by_unit(formula.ratio.denominator, formula.level, counts)
    holders = counts.within(formula.level, formula.within or formula.level)
    if holders is FigureState.NOT_REPORTED:  # there are no districts any more
        holders = counts.within(formula.level, formula.level)
    if isinstance(above, FigureState):
        return above
    if isinstance(below, FigureState):
        return below
    if isinstance(holders, FigureState):
        return holders
    whole = {unit for unit, count in below.items() if 0 < count <= above[unit]}
    return len({holders[unit] for unit in whole})


def _change(formula: Change, counts: Counts) -> tuple[Part, Part]:
    """More or less by so much, and how much there was; counts alone, so that it adds up."""
    now = counts.figure(formula.indicator, last_year=False)
    before = counts.figure(formula.indicator, last_year=True)
    if now.state is not FigureState.NUMBER:
        return now.state, now.state
    if before.state is not FigureState.NUMBER:
        is_hidden = before.state is FigureState.SUPPRESSED
        state = before.state if is_hidden else FigureState.NOT_REPORTED
        return state, state
    return now.count - before.count, before.count
