"""The one grid of places, periods and parts in which protected figures are shown.

There are no months, no windows of free choice and no running totals: each would be one more
difference to subtract. A record counts in the commune that was there on its day, never in an old
and a new one: nothing is shown twice in two boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.indicators.disclosure.cells import Cell
from core.kit.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    # commune, number of the quarter, then sex, age band and detail
    Atom = tuple[int, int, str, str, str]

QUARTERS = (1, 2, 3, 4)
WHOLE = ("", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell of the grid stands; no commune is the whole, ``breakdown`` "" undivided."""

    period: Period
    commune: int | None = None
    breakdown: str = ""
    part: str = ""


def periods_of(year: int) -> tuple[Period, ...]:
    """The periods of the grid: four quarters, two halves, the year."""
    quarters = tuple(Period(year, "quarter", number) for number in QUARTERS)
    halves = tuple(Period(year, "half_year", number) for number in (1, 2))
    return (*quarters, *halves, Period(year, "year", 1))


def quarters_in(period: Period, kind: Literal["flow", "stock"]) -> frozenset[int]:
    """The quarters that a period's figure adds up; a stock is the one at its end."""
    last = period.last_month // 3
    first = (period.first_month + 2) // 3
    return frozenset({last}) if kind == "stock" else frozenset(range(first, last + 1))


def cells_of(
    year: int,
    kind: Literal["flow", "stock"],
    counts: Mapping[Atom, int],
    *,
    communes: Iterable[int] = (),
    breakdowns: Mapping[str, Iterable[str]],
    settled_whole: bool = False,
) -> tuple[Cell, ...]:
    """Every cell of the grid over what was counted; keys are ``Place``.

    ``breakdowns`` names the parts of each; the undivided figure is always there.
    ``settled_whole`` is for readers who know the exact figures of the province.
    """
    sides: list[tuple[str, str]] = [WHOLE]
    sides += [(name, part) for name, parts in breakdowns.items() for part in parts]
    areas: tuple[int | None, ...] = (None, *communes)
    there = [atom for atom, count in counts.items() if count]
    cells = []
    for period in periods_of(year):
        inside = quarters_in(period, kind)
        for area in areas:
            for breakdown, part in sides:
                atoms = frozenset(
                    atom
                    for atom in there
                    if atom[1] in inside
                    and area in {None, atom[0]}
                    and _is_of(atom, breakdown, part)
                )
                settled = settled_whole and area is None and not breakdown
                cells.append(Cell(Place(period, area, breakdown, part), atoms, settled))
    return tuple(cells)


_AT = {"sex": 2, "age_band": 3, "detail": 4}


def _is_of(atom: Atom, breakdown: str, part: str) -> bool:
    return not breakdown or atom[_AT[breakdown]] == part
