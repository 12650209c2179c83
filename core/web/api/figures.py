"""Figures, reports and the national sum for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from core.aggregate.dhis2 import data_value_set
from core.audit.service import Action, record
from core.kit.periods import Period
from core.plugin_api.documents import Figure
from core.reports.service import list_reports
from core.reports.year.states import BUILD
from core.web.actions.figures import asked_for, make_figure_door, opened
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


class PlacePart(msgspec.Struct):
    """A figure of one unit below; no area: of communes that are in no list of the day."""

    area: int | None
    name: str | None
    figure: FigureAnswer


class OpenedAnswer(msgspec.Struct):
    """A figure and what stands behind it; ``waiting`` cells are still to be counted again."""

    figure: FigureAnswer
    first_day: str
    last_day: str
    name: str
    definition: str | None
    definition_version: int | None
    source: str | None
    same_days_last_year: FigureAnswer
    measures: list[FigureAnswer]
    places: list[PlacePart]
    breakdowns: dict[str, dict[str, FigureAnswer]]
    waiting: int


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
def figure(
    work: Work,
    code: str,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> FigureAnswer:
    """An indicator of the reader's area in a period such as 2018-H1, or over any days.

    ``days=administrative`` takes the period from the 15th to the 14th.
    """
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=None)
    return _answer(make_figure_door(work).figure(code, asked.window))


@reading("/figures/{code:str}/opened", permission="core.figures.read")
def opened_figure(
    work: Work,
    code: str,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
    area: int | None = None,
) -> OpenedAnswer:
    """A figure with its definition, its parts, the units below, last year and its freshness."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=area)
    it = opened(work, code, asked)
    return OpenedAnswer(
        figure=_answer(it.figure),
        first_day=it.window.start.isoformat(),
        last_day=it.window.end.isoformat(),
        name=work.tell(it.name),
        definition=None if it.indicator is None else work.tell(it.indicator.definition),
        definition_version=None if it.indicator is None else it.indicator.version,
        source=None if it.indicator is None else it.indicator.source or None,
        same_days_last_year=_answer(it.last_year),
        measures=[_answer(each) for _, each in it.measures],
        places=[
            PlacePart(
                None if place.area is None else place.area.id,
                None if place.area is None else place.area.name,
                _answer(each),
            )
            for place, each in it.places
        ],
        breakdowns={
            name: {key: _answer(each) for key, each in parts.items()}
            for name, parts in it.breakdowns.items()
        },
        waiting=it.waiting,
    )


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


handlers = [figure, opened_figure, reports, dhis2, national_board, targets_of_the_nation, national]
