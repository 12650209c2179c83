"""The ministry's page: what provinces have released, added up."""

from __future__ import annotations

from litestar import Response

from core.aggregate.national import as_table, released_periods
from core.aggregate.page import national_document
from core.aggregate.scope import ministry_scope
from core.kit.language import Text
from core.kit.periods import Period
from core.reports.formats import FORMATS, parse_format, render
from core.reports.html import figure_text
from core.reports.source import GENERATED
from core.web.actions.national import READ, read_national
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
    rows = [
        [
            work.tell(work.platform.registry.catalogue.indicators[row.code].name),
            figure_text(row.figure, work.language),
            f"{row.contributing}/{len(table.provinces)}",
            *(figure_text(p.figure, work.language) for p in row.provinces),
        ]
        for row in table.rows
    ]
    return page(
        work,
        "national.html",
        path="/national",
        periods=[(code, work.tell(Period.parse(code).name)) for code in periods],
        period=chosen.code,
        title=work.tell(chosen.name),
        provinces=[work.tell(name) for name in table.provinces],
        released=table.released,
        rows=rows,
        files=[form for form in FORMATS if form != "html"],
    )


@reading("/national/document", permission=READ, writes=True)
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


def _periods(work: Work) -> tuple[str, ...]:
    with ministry_scope(work.platform.ministry_engine, "which periods are released") as session:
        return released_periods(session)


handlers = [national_figures, national_paper]
