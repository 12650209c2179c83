"""The ministry's targets, each with what the nation has reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.aggregate.assessment import NOTHING, Progress, progress
from core.aggregate.national import NationalTable, national
from core.kit.periods import Period
from core.reports.assessment import CHANGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.aggregate.national import NationalFigure
    from core.aggregate.scope import MinistrySession
    from core.plugin_api.figures import Indicator
    from core.profiles.models import Target


@dataclass(frozen=True, slots=True)
class NationalTarget:
    """One target with the national figure of its year; no figure if nobody declares the indicator.

    ``provinces`` is how many there are, of which ``figure.contributing`` gave a number.
    """

    target: Target
    indicator: Indicator | None
    figure: NationalFigure | None
    provinces: int
    progress: Progress


def national_targets(
    session: MinistrySession, targets: Sequence[Target], indicators: Mapping[str, Indicator]
) -> tuple[NationalTarget, ...]:
    """The targets in the order given, each over the released yearly reports of its year."""
    known = [target for target in targets if target.indicator in indicators]
    years = {target.year for target in known}
    years |= {t.baseline_year for t in known if t.operator == CHANGE and t.baseline_year}
    codes = tuple(dict.fromkeys(target.indicator for target in known))
    tables = {year: national(session, Period(year, "year", 1), codes) for year in sorted(years)}
    return tuple(_held(target, indicators.get(target.indicator), tables) for target in targets)


def _held(
    target: Target, indicator: Indicator | None, tables: Mapping[int, NationalTable]
) -> NationalTarget:
    if indicator is None:
        return NationalTarget(target, None, None, 0, NOTHING)
    table = tables[target.year]
    row = _row(table, target.indicator)
    before = None
    if target.operator == CHANGE and target.baseline_year is not None:
        before = _row(tables[target.baseline_year], target.indicator)
    there = len(table.provinces)
    # a change over the years is one only when the same provinces stand behind both
    complete = row.contributing == there and (before is None or before.contributing == there)
    held = progress(
        target,
        indicator,
        row.figure,
        None if before is None else before.figure,
        complete=complete,
    )
    return NationalTarget(target, indicator, row, there, held)


def _row(table: NationalTable, code: str) -> NationalFigure:
    return next(row for row in table.rows if row.code == code)
