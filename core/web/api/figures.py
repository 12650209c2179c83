"""Figures, reports and the national sum for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from core.indicators.door import FigureDoor
from core.kit.periods import Period
from core.plugin_api.documents import Figure
from core.reports.service import BUILD, list_reports
from core.web.actions.national import READ, read_national
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


handlers = [figure, reports, national]
