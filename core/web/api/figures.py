"""Figures, reports and the national sum for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from core.aggregate.dhis2 import data_value_set
from core.audit.service import Action, record
from core.indicators.door import FigureDoor
from core.kit.periods import Period
from core.plugin_api.documents import Figure
from core.reports.service import list_reports
from core.reports.year.states import BUILD
from core.web.actions.national import READ, read_board, read_national, read_targets
from core.web.routing import reading
from core.web.work import Work


class FigureAnswer(msgspec.Struct):
    """A number, or the reason why there is none: never a zero in its place."""

    code: str
    state: str
    value: str | None
    numerator: int | None
    denominator: int | None


class ReportLine(msgspec.Struct):
    """A report of the province."""

    period: str
    state: str
    cut_off: str


class NationalLine(msgspec.Struct):
    """One indicator over all provinces that have released it."""

    figure: FigureAnswer
    contributing: int
    provinces: dict[str, FigureAnswer]


class BoardCell(msgspec.Struct):
    """How one report of a province stands."""

    state: str
    days: int | None
    due_on: str | None
    late_days: int


class TargetLine(msgspec.Struct):
    """One national target."""

    code: str
    indicator: str
    year: int
    operator: str
    value: str
    unit: str
    reached: str | None
    assessment: str
    contributing: int
    source: str | None


@reading("/figures/{code:str}", permission="core.figures.read")
def figure(work: Work, code: str, period: str) -> FigureAnswer:
    """An indicator of the reader's area in a period such as 2018-H1."""
    door = FigureDoor(work.session, work.platform.registry.catalogue)
    return _answer(door.indicator(code, Period.parse(period).window))


@reading("/reports", permission=BUILD)
def reports(work: Work) -> list[ReportLine]:
    """The reports of the province, the latest first."""
    return [
        ReportLine(report.period_code, report.state, report.cut_off.isoformat())
        for report in list_reports(work.session)
    ]


@reading("/reports/{period:str}/dhis2", permission=BUILD, writes=True)
def dhis2(work: Work, period: str) -> dict[str, Any]:
    """A released report as a DHIS2 data value set."""
    found = data_value_set(work.session, Period.parse(period))
    record(work.session, work.principal, Action.EXPORT, subject_kind="core.report")
    return found


@reading("/national/board/{year:int}", permission=READ, writes=True)
def national_board(work: Work, year: int) -> dict[str, dict[str, BoardCell]]:
    """How each province's reports on a year stand, by province and period."""
    shown = read_board(work, year)
    return {
        row.province.slug: {
            period.code: BoardCell(
                cell.state.value,
                cell.days,
                None if cell.due_on is None else cell.due_on.isoformat(),
                cell.late_days,
            )
            for period, cell in zip(shown.periods, row.standings, strict=True)
        }
        for row in shown.rows
    }


@reading("/national/targets", permission=READ, writes=True)
def targets_of_the_nation(work: Work) -> list[TargetLine]:
    """Every national target with what was reached and the assessment."""
    return [
        TargetLine(
            code=held.target.code,
            indicator=held.target.indicator,
            year=held.target.year,
            operator=held.target.operator,
            value=str(held.target.value.normalize()),
            unit=held.target.unit,
            reached=None if held.progress.reached is None else str(held.progress.reached),
            assessment=held.progress.assessment.value,
            contributing=0 if held.figure is None else held.figure.contributing,
            source=held.target.source,
        )
        for held in read_targets(work)
    ]


@reading("/national/{period:str}", permission=READ, writes=True)
def national(work: Work, period: str) -> dict[str, NationalLine]:
    """National figures over released reports."""
    table = read_national(work, Period.parse(period))
    return {
        row.code: NationalLine(
            figure=_answer(row.figure),
            contributing=row.contributing,
            provinces={p.slug: _answer(p.figure) for p in row.provinces},
        )
        for row in table.rows
    }


def _answer(figure: Figure) -> FigureAnswer:
    value: Any = figure.value
    return FigureAnswer(
        code=figure.code,
        state=figure.state.value,
        value=None if value is None else str(value),
        numerator=figure.numerator,
        denominator=figure.denominator,
    )


handlers = [figure, reports, dhis2, national_board, targets_of_the_nation, national]
