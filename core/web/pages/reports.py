"""A province's periodic reports: which there are, one as it stands, approving and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.kit.periods import Period
from core.reports.build import ReportSource, build_report, window_of
from core.reports.formats import FORMATS, MEDIA_TYPES, Rendered, parse_format, render
from core.reports.freeze import release
from core.reports.html import to_html
from core.reports.models import RELEASED, Report
from core.reports.service import BUILD, RELEASE, find_report, list_reports, open_report
from core.reports.source import source_for
from core.web.actions import figures as actions
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.security import document_answer
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS_BACK = 10
Asked = Request[Any, Any, State]


@reading("/reports", permission=BUILD)
def reports_page(work: Work) -> Response[str]:
    """The reports of the province, the latest period first, and a way to open another."""
    reports = [
        {
            "code": report.period_code,
            "name": work.tell(Period.parse(report.period_code).name),
            "released": report.state == RELEASED,
            "cut_off": report.cut_off,
            "released_at": report.released_at,
        }
        for report in list_reports(work.session)
    ]
    return page(work, "reports.html", path="/reports", reports=reports)


@writing("/reports", permission=BUILD)
def open_a_report(work: Work, request: Asked) -> Response[Any]:
    """Open the report of a period."""
    period = Period.parse(str(sent_form(request).get("period", "")))
    open_report(work.session, period)
    return Redirect(f"/reports/{period.code}", status_code=303)


@reading("/reports/{period:str}", permission=BUILD)
def report_page(work: Work, period: str) -> Response[str]:
    """One report inside the frame: its state, who can do what next, and the document."""
    chosen = Period.parse(period)
    report = find_report(work.session, chosen) or _unsaved(work, chosen)
    return page(
        work,
        "report.html",
        path="/reports",
        period=chosen.code,
        title=work.tell(chosen.name),
        released=report.state == RELEASED,
        may_release=work.principal.may(RELEASE),
        cut_off=report.cut_off,
        files=[form for form in FORMATS if form != "html"],
    )


@reading("/reports/{period:str}/document", permission=BUILD)
def report_document(work: Work, period: str, form: str = "html") -> Response[bytes]:
    """The document itself: a page that prints on A4, or a file (docx, pdf, xlsx)."""
    wanted = parse_format(form)
    chosen = Period.parse(period)
    report = find_report(work.session, chosen) or _unsaved(work, chosen)
    document = build_report(work.session, report, source_of(work, chosen))
    if wanted == "html":
        page_of_it = to_html(document, work.language, _openings(work, report)).encode()
        paper = Rendered(page_of_it, MEDIA_TYPES[wanted], wanted)
    else:
        paper = render(document, wanted, work.language)
    return document_answer(paper, f"{work.tenant.slug}-{chosen.code}")


@writing("/reports/{period:str}/release", permission=RELEASE)
def release_report(work: Work, period: str) -> Response[Any]:
    """Approve: the figures are frozen and go to the ministry; they do not change afterwards."""
    chosen = Period.parse(period)
    report = open_report(work.session, chosen)
    release(
        work.session,
        report,
        source_of(work, chosen),
        principal=work.principal,
        now=work.now,
    )
    return Redirect(f"/reports/{chosen.code}", status_code=303)


def _openings(work: Work, report: Report) -> Callable[[str], str | None]:
    """Where each figure of the report is opened, over the days that the report counts."""
    catalogue = work.platform.registry.catalogue
    asked = actions.days_asked(window_of(report))
    may = work.principal.may(actions.READ)

    def opens(code: str) -> str | None:
        known = code in catalogue.indicators or code in catalogue.measures
        return asked.address(f"/figures/{code}") if may and known else None

    return opens


def source_of(work: Work, period: Period) -> ReportSource:
    """What the report of a period is made of."""
    return source_for(
        work.session,
        work.tenant,
        work.platform.registry.catalogue,
        period,
        generated=work.platform.settings.generated_data,
    )


def _unsaved(work: Work, period: Period) -> Report:
    """A report as it would stand if it were opened now; reading stores nothing."""
    return Report(
        tenant_id=work.tenant.id,
        kind="periodic",
        period_code=period.code,
        state="open",
        cut_off=period.window.end,
    )


handlers = [reports_page, open_a_report, report_page, report_document, release_report]
