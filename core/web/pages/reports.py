"""A province's periodic reports: which there are, one as it stands, and the steps of its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.identity.service import account_names
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import ConflictError, MalformedError, NotFoundError, PlatformError
from core.kit.language import Text
from core.kit.numbers import format_date, parse_date
from core.kit.periods import Period
from core.reports.build import build_report, window_of
from core.reports.formats import FORMATS, MEDIA_TYPES, Rendered, parse_format, render
from core.reports.freeze import require_whole
from core.reports.html import to_html
from core.reports.models import PERIODIC, Report
from core.reports.service import find_report, list_reports, versions_of
from core.reports.source import ReportSource, source_for
from core.reports.year.calendar import duty_for
from core.reports.year.service import open_for
from core.reports.year.states import (
    BUILD,
    LOCKS,
    STATE_NAMES,
    STEPS,
    WRITABLE,
    ReportState,
    Step,
)
from core.reports.year.steps import Grounds, find_step, history_of, next_steps, take_step
from core.web.actions import figures as actions
from core.web.answers import ANY_FILE
from core.web.fields import FieldView, typed
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.security import document_answer
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from core.reports.year.calendar import Duty
    from core.reports.year.models import ReportStep

Asked = Request[Any, Any, State]
TONES = {
    ReportState.OPEN: "neutral",
    ReportState.DRAFTED: "info",
    ReportState.SUBMITTED: "warning",
    ReportState.APPROVED: "good",
    ReportState.SENT: "good",
    ReportState.ACCEPTED: "good",
    ReportState.RETURNED: "danger",
}
_GROUNDS = ("reason", "letter_number", "letter_date")


@reading("/reports", permission=BUILD)
def reports_page(work: Work) -> Response[str]:
    """The reports of the province, the latest period first, and a way to open another."""
    reports = [
        {
            "code": report.period_code,
            "name": work.tell(Period.parse(report.period_code).name),
            "state": state_of(work, report),
            "tone": TONES[ReportState(report.state)],
            "cut_off": report.cut_off,
        }
        for report in list_reports(work.session)
        if report.kind == PERIODIC
    ]
    return page(work, "reports.html", path="/reports", reports=reports)


@writing("/reports", permission=BUILD)
def open_a_report(work: Work, request: Asked) -> Response[Any]:
    """Open the report of a period, with the last day to count if one is given."""
    given = typed(sent_form(request), ("period", "cut_off"))
    period = Period.parse(given["period"])
    open_for(
        work.session,
        period,
        principal=work.principal,
        today=work.today,
        cut_off=_day(given["cut_off"]),
    )
    return Redirect(f"/reports/{period.code}", status_code=303)


@reading("/reports/{period:str}", permission=BUILD)
def report_page(work: Work, period: str, kind: str = PERIODIC) -> Response[str]:
    """One report inside the frame: its state, who can do what next, and what was done."""
    chosen = Period.parse(period)
    return _report_page(work, find_shown(work, chosen, kind), {}, None)


@reading("/reports/{period:str}/document", permission=BUILD, answers={200: ANY_FILE})
def report_document(
    work: Work,
    period: str,
    form: str = "html",
    version: int | None = None,
    kind: str = PERIODIC,
) -> Response[bytes]:
    """The document itself: a page that prints on A4, or a file (docx, pdf, xlsx)."""
    wanted = parse_format(form)
    chosen = Period.parse(period)
    report = find_shown(work, chosen, kind)
    if version is not None:
        report = _version(work, report, version)
    document = build_report(work.session, report, source_of(work, chosen))
    if report.is_frozen and wanted != "html":
        require_whole(document)
    if wanted == "html":
        page_of_it = to_html(document, work.language, _openings(work, report)).encode()
        paper = Rendered(page_of_it, MEDIA_TYPES[wanted], wanted)
    else:
        paper = render(document, wanted, work.language)
    return document_answer(paper, f"{work.tenant.slug}-{chosen.code}")


@writing("/reports/{period:str}/steps/{step:str}", permission=BUILD)
def take_a_step(
    work: Work, period: str, step: str, request: Asked, kind: str = PERIODIC
) -> Response[Any]:
    """Take the report on; of two people at once the second reads what the first one did."""
    chosen = Period.parse(period)
    report = open_for(work.session, chosen, principal=work.principal, today=work.today, kind=kind)
    wanted = find_step(step)
    sent = typed(sent_form(request), [f"{step}_{name}" for name in _GROUNDS])
    given = {name: sent[f"{step}_{name}"] for name in _GROUNDS}
    try:
        take_step(
            work.session,
            report,
            wanted,
            principal=work.principal,
            now=work.now,
            source=lambda: source_of(work, chosen),
            grounds=Grounds(
                reason=given["reason"],
                letter_number=given["letter_number"],
                letter_date=_day(given["letter_date"]),
            ),
        )
    except (ConflictError, MalformedError) as refused:
        return _report_page(work, report, given, refused, tried=step)
    return Redirect(f"/reports/{chosen.code}{_query(kind)}", status_code=303)


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


def state_of(work: Work, report: Report) -> str:
    """The state in words, with the version where there are several."""
    state = work.tell(STATE_NAMES[ReportState(report.state)])
    if report.version == 1:
        return state
    number = work.tell(Text(f"đính chính lần {report.version - 1}", f"version {report.version}"))
    return f"{state} ({number})"


def _report_page(
    work: Work,
    report: Report,
    given: Mapping[str, str],
    refused: PlatformError | None,
    *,
    tried: str | None = None,
) -> Response[str]:
    period = Period.parse(report.period_code)
    state = ReportState(report.state)
    steps = [
        _step_view(work, step, given if step.code == tried else {})
        for step in next_steps(report, work.principal)
    ]
    answer = page(
        work,
        "report.html",
        path="/reports",
        period=period.code,
        query=_query(report.kind),
        title=work.tell(period.name),
        state=state_of(work, report),
        tone=TONES[state],
        lock=work.tell(LOCKS[state]),
        frozen=report.is_frozen,
        writable=state in WRITABLE and not report.is_frozen,
        refused=None if refused is None else work.tell(refused.message),
        steps=steps,
        history=_history(work, report),
        versions=[
            (each.version, work.tell(STATE_NAMES[ReportState(each.state)]))
            for each in (versions_of(work.session, report) if report.version > 1 else ())
        ],
        cut_off=report.cut_off,
        estimates=report.cut_off < period.window.end,
        files=[form for form in FORMATS if form != "html"],
    )
    if refused is not None:
        answer.status_code = refused.status
    return answer


def _step_view(work: Work, step: Step, given: Mapping[str, str]) -> dict[str, Any]:
    """A step as a form: its button, and a field for each ground that it asks for."""
    asked = []
    if step.asks_letter:
        asked += [
            ("letter_number", "text", Text("Số, ký hiệu văn bản của Bộ", "The letter's number")),
            ("letter_date", "date", Text("Ngày văn bản", "Date of the letter")),
        ]
    if step.asks_reason:
        asked.append(("reason", "textarea", Text("Lý do", "Reason")))
    return {
        "code": step.code,
        "name": work.tell(step.name),
        "danger": step.target is ReportState.RETURNED,
        "open": bool(given),
        "fields": [
            FieldView(
                name=f"{step.code}_{name}",
                label=work.tell(label),
                kind=kind,
                value=given.get(name, ""),
            )
            for name, kind, label in asked
        ],
    }


def _history(work: Work, report: Report) -> list[dict[str, str]]:
    """What was done to it, the latest first, for ``ui.timeline``."""
    steps = list(reversed(history_of(work.session, report))) if report.id is not None else []
    names = account_names(work.session, {s.taken_by for s in steps if s.taken_by})
    return [
        {
            "title": _capital(work.tell(STEPS[step.step].done)),
            "when": _moment(work, step),
            "by": names.get(step.taken_by, "") if step.taken_by else "",
            "text": _grounds_of(work, step),
        }
        for step in steps
    ]


def _grounds_of(work: Work, step: ReportStep) -> str:
    letter = ""
    if step.letter_number and step.letter_date:
        number, day = step.letter_number, format_date(step.letter_date, work.language)
        letter = work.tell(Text(f"Văn bản số {number} ngày {day}.", f"Letter {number} of {day}."))
    return " ".join(part for part in (letter, step.reason) if part)


def _moment(work: Work, step: ReportStep) -> str:
    at = step.taken_at.astimezone(VIETNAM_TIME)
    return f"{format_date(at.date(), work.language)} {at:%H:%M}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(typed_day: str) -> date | None:
    return parse_date(typed_day) if typed_day.strip() else None


def _version(work: Work, report: Report, number: int) -> Report:
    for each in versions_of(work.session, report):
        if each.version == number:
            return each
    raise NotFoundError


def find_shown(work: Work, period: Period, kind: str) -> Report:
    """The latest version, or the report as it would stand if it were opened now."""
    report = find_report(work.session, period, kind=kind)
    if report is not None:
        return report
    duty = duty_for(work.session, kind, period)
    if kind != PERIODIC and duty is None:
        raise NotFoundError
    return _unsaved(work, period, kind, duty)


def _unsaved(work: Work, period: Period, kind: str, duty: Duty | None) -> Report:
    stated = None if duty is None else duty.cut_off
    return Report(
        tenant_id=work.tenant.id,
        kind=kind,
        period_code=period.code,
        version=1,
        state=ReportState.OPEN.value,
        cut_off=stated or period.window.end,
    )


def report_url(report: Report, below: str = "") -> str:
    """The address of a report's page, or of one below it."""
    return f"/reports/{report.period_code}{below}{_query(report.kind)}"


def _query(kind: str) -> str:
    return "" if kind == PERIODIC else f"?kind={kind}"


handlers = [reports_page, open_a_report, report_page, report_document, take_a_step]
