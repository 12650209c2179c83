"""The ministry's figures: what provinces have released, added up and side by side."""

from __future__ import annotations

from typing import Any

from litestar import Response

from core.aggregate.comparison import Compared, compare
from core.aggregate.national import YEARLY_APART, NationalTable, as_table, released_periods
from core.aggregate.page import national_document
from core.aggregate.scope import ministry_scope
from core.kit.errors import NotFoundError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.reports.formats import FORMATS, parse_format, render
from core.reports.html import figure_text
from core.reports.source import GENERATED
from core.web.actions.national import READ, read_national
from core.web.answers import ANY_FILE
from core.web.pages import national_board, national_targets
from core.web.rendering import page
from core.web.routing import reading
from core.web.security import document_answer
from core.web.work import Work


@reading("/national", permission=READ, writes=True)
def national_figures(work: Work, period: str | None = None) -> Response[str]:
    """National figures of one period, with how many provinces they came from."""
    periods = _periods(work)
    if period is None and not periods:
        return page(work, "national.html", path="/national", periods=())
    chosen = Period.parse(period or periods[0])
    table = read_national(work, chosen)
    indicators = work.platform.registry.catalogue.indicators
    rows = [
        {
            "name": work.tell(indicators[row.code].name),
            "code": row.code,
            "unit": work.tell(indicators[row.code].unit),
            "figure": figure_text(row.figure, work.language),
            "contributing": f"{row.contributing}/{len(table.provinces)}",
            "mixed": len(row.definition_versions) > 1,
        }
        for row in table.rows
    ]
    return page(
        work,
        "national.html",
        path="/national",
        **_frame(work, periods, chosen, table),
        rows=rows,
        apart=None if chosen.kind == "year" else work.tell(YEARLY_APART),
        files=[form for form in FORMATS if form != "html"],
    )


@reading("/national/comparison", permission=READ, writes=True)
def comparison(work: Work, indicator: str, period: str) -> Response[str]:
    """One indicator, province by province; those without a number come last."""
    chosen = Period.parse(period)
    declared = work.platform.registry.catalogue.indicators.get(indicator)
    if declared is None:
        raise NotFoundError
    table = read_national(work, chosen, (declared.code,))
    row = table.rows[0]
    return page(
        work,
        "national_comparison.html",
        path="/national",
        **_frame(work, _periods(work), chosen, table),
        indicator=declared,
        nation=figure_text(row.figure, work.language),
        contributing=row.contributing,
        mixed=len(row.definition_versions) > 1,
        rows=[
            [
                _place(work, each, chosen),
                figure_text(each.province.figure, work.language),
            ]
            for each in compare(row.provinces, declared.direction)
        ],
    )


@reading("/national/document", permission=READ, writes=True, answers={200: ANY_FILE})
def national_paper(work: Work, period: str, form: str = "html") -> Response[bytes]:
    """The same as a document that prints on A4, or as a file (docx, pdf, xlsx)."""
    wanted = parse_format(form)
    chosen = Period.parse(period)
    table = read_national(work, chosen)
    document = national_document(
        as_table(table, work.platform.registry.catalogue),
        chosen,
        ministry=Text(work.tenant.name_vi, work.tenant.name_en),
        notice=GENERATED if work.platform.settings.generated_data else None,
    )
    return document_answer(render(document, wanted, work.language), f"ministry-{chosen.code}")


def _frame(
    work: Work, periods: tuple[str, ...], chosen: Period, table: NationalTable
) -> dict[str, Any]:
    return {
        "periods": [(code, work.tell(Period.parse(code).name)) for code in periods],
        "period": chosen.code,
        "period_name": work.tell(chosen.name),
        "released": table.released,
        "provinces": len(table.provinces),
    }


def _place(work: Work, each: Compared, period: Period) -> str:
    """A province's rank and name, with the last day it counted where that is not the period's."""
    name = work.tell(each.province.name)
    if each.rank is not None:
        name = f"{each.rank}. {name}"
    cut_off = each.province.cut_off
    if cut_off is None or cut_off == period.window.end:
        return name
    until = format_date(cut_off, work.language)
    return f"{name} ({work.tell(Text(f'đến {until}', f'until {until}'))})"


def _periods(work: Work) -> tuple[str, ...]:
    with ministry_scope(work.platform.ministry_engine, "which periods are released") as session:
        return released_periods(session)


handlers = [
    national_figures,
    comparison,
    national_paper,
    *national_board.handlers,
    *national_targets.handlers,
]
