"""The reporting year: what is owed and when, which units have confirmed, what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.kit.clock import VIETNAM_TIME
from core.kit.errors import ConflictError, MalformedError, NotFoundError, PlatformError
from core.kit.language import Language, Text
from core.kit.numbers import format_date, format_number, parse_date
from core.kit.periods import Period
from core.reports.html import figure_text
from core.reports.models import PERIODIC
from core.reports.service import find_report
from core.reports.year.calendar import event_duties
from core.reports.year.confirmations import (
    UnitStanding,
    UnitState,
    confirm,
    confirmable,
    exceptions_of,
    grant_exception,
    roll_up,
)
from core.reports.year.corrections import moved_since
from core.reports.year.service import Asked, ask_for, day_of_units, note_event, owed_in
from core.reports.year.states import (
    BUILD,
    CALENDAR,
    CONFIRM,
    RELEASE,
    STATE_NAMES,
    WRITABLE,
    ReportState,
)
from core.web.fields import FieldView, typed
from core.web.pages.reports import TONES, source_of
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.reports.year.corrections import Moved
    from core.reports.year.service import Owed

FIGURES = "core.figures.read"
Sent = Request[Any, Any, State]
_STANDINGS = {
    UnitState.CONFIRMED: (Text("Đã xác nhận", "Confirmed"), "good"),
    UnitState.EXCEPTED: (Text("Được phép thiếu", "Let off"), "info"),
    UnitState.MISSING: (Text("Chưa xác nhận", "Missing"), "warning"),
}
_LEVELS = {"district": Text("Huyện", "District"), "commune": Text("Xã", "Commune")}
_REQUEST = ("name", "asked_by", "period", "due_on", "cut_off")
_EVENT = ("obligation", "event_period", "happened_on")
_EXCEPTION = ("name", "ends_on", "area")


@reading("/reporting", permission=FIGURES)
def calendar_page(work: Work, year: int | None = None) -> Response[str]:
    """What is owed for the periods of a year: due days, days left, how far each report is."""
    return _calendar(work, year or work.working_day.year, {}, None)


@writing("/reporting/requests", permission=CALENDAR)
def ask_for_a_report(work: Work, request: Sent) -> Response[Any]:
    """Put a report besides the calendar into it, or show what is missing with nothing lost."""
    given = typed(sent_form(request), _REQUEST)
    try:
        period = Period.parse(given["period"])
        asked = Asked(
            name=given["name"],
            asked_by=given["asked_by"],
            period=period,
            due_on=_day(given["due_on"]),
            cut_off=_day(given["cut_off"]),
        )
        ask_for(work.session, asked, principal=work.principal, now=work.now)
    except MalformedError as wrong:
        return _calendar(work, work.working_day.year, given, wrong)
    return Redirect(f"/reporting?year={period.year}", status_code=303)


@writing("/reporting/events", permission=CALENDAR)
def write_an_event_down(work: Work, request: Sent) -> Response[Any]:
    """An event has ended; its report is due so many days later."""
    given = typed(sent_form(request), _EVENT)
    try:
        period = Period.parse(given["event_period"])
        happened_on = parse_date(given["happened_on"])
        note_event(
            work.session,
            given["obligation"],
            happened_on,
            period,
            principal=work.principal,
            now=work.now,
        )
    except MalformedError as wrong:
        return _calendar(work, work.working_day.year, given, wrong)
    return Redirect(f"/reporting?year={period.year}", status_code=303)


@reading("/reporting/{period:str}/units", permission=FIGURES)
def units_page(work: Work, period: str, kind: str = PERIODIC) -> Response[str]:
    """Which units stand by their figures; a unit's own people see their unit alone."""
    return _units(work, Period.parse(period), kind, {}, None)


@writing("/reporting/{period:str}/units/{area_id:int}/confirm", permission=CONFIRM)
def confirm_a_unit(work: Work, period: str, area_id: int, kind: str = PERIODIC) -> Response[Any]:
    """The unit stands by its figures of the period."""
    chosen = Period.parse(period)
    try:
        confirm(work.session, kind, chosen, area_id, principal=work.principal, now=work.now)
    except ConflictError as refused:
        return _units(work, chosen, kind, {}, refused)
    return Redirect(_units_url(chosen, kind), status_code=303)


@writing("/reporting/{period:str}/exceptions", permission=RELEASE)
def let_units_off(work: Work, period: str, request: Sent, kind: str = PERIODIC) -> Response[Any]:
    """Let the report go on without a unit, or without all that are missing."""
    chosen = Period.parse(period)
    given = typed(sent_form(request), _EXCEPTION)
    area = given["area"]
    try:
        grant_exception(
            work.session,
            kind,
            chosen,
            area_id=int(area) if area.isascii() and area.isdigit() else None,
            name=given["name"],
            ends_on=_day(given["ends_on"]),
            principal=work.principal,
            now=work.now,
        )
    except MalformedError as wrong:
        return _units(work, chosen, kind, given, wrong)
    return Redirect(_units_url(chosen, kind), status_code=303)


@reading("/reports/{period:str}/changes", permission=BUILD)
def changes_page(work: Work, period: str, kind: str = PERIODIC) -> Response[str]:
    """What the records would state otherwise today than the approved report does."""
    chosen = Period.parse(period)
    report = find_report(work.session, chosen, kind=kind)
    if report is None or not report.is_frozen:
        raise NotFoundError
    moved = moved_since(work.session, report, source_of(work, chosen))
    return page(
        work,
        "report_changes.html",
        path="/reports",
        period=chosen.code,
        title=work.tell(chosen.name),
        query=_query(kind),
        rows=[_moved(work, each) for each in moved],
    )


def _calendar(
    work: Work, year: int, given: Mapping[str, str], refused: PlatformError | None
) -> Response[str]:
    may_keep = work.principal.may(CALENDAR)
    waiting = event_duties(work.session, work.working_day)
    answer = page(
        work,
        "reporting.html",
        path="/reporting",
        year=year,
        rows=[_owed(work, each) for each in owed_in(work.session, year)],
        request_fields=_request_fields(work, given) if may_keep else [],
        event_fields=_event_fields(work, given, waiting) if may_keep and waiting else [],
        refused=None if refused is None else work.tell(refused.message),
    )
    if refused is not None:
        answer.status_code = refused.status
    return answer


def _owed(work: Work, owed: Owed) -> dict[str, Any]:
    duty, report = owed.duty, owed.report
    state = ReportState.OPEN if report is None else ReportState(report.state)
    not_begun = Text("Chưa mở", "Not opened")
    word, tone = urgency(owed, work.today, work.language)
    units = f"/reporting/{duty.period.code}/units{_query(duty.kind)}"
    return {
        "name": work.tell(duty.name),
        "period": work.tell(duty.period.name),
        "href": f"/reports/{duty.period.code}{_query(duty.kind)}"
        if work.principal.may(BUILD)
        else units,
        "units": units,
        "due": due_in_words(owed, work.language),
        "cut_off": format_date(
            duty.proposed_cut_off if report is None else report.cut_off, work.language
        ),
        "state": work.tell(not_begun if report is None else STATE_NAMES[state]),
        "tone": TONES[state],
        "urgency": word,
        "urgency_tone": tone,
    }


def due_in_words(owed: Owed, language: Language) -> str:
    """The due day as the document means it."""
    due = owed.duty.due
    if due is None:
        return Text("Văn bản không nêu ngày", "No day stated").read(language)
    day = format_date(due.day, language)
    before = Text(f"trước ngày {day}", f"before {day}").read(language)
    return before if due.rule == "before" else day


def urgency(owed: Owed, today: date, language: Language) -> tuple[str, str]:
    """How near the due day is, and its tone; nothing once the report has come."""
    if owed.duty.due is None or owed.has_come:
        return "", "neutral"
    left = owed.duty.due.days_left(today)
    number = format_number(abs(left), language=language)
    if left < 0:
        return Text(f"Quá hạn {number} ngày", f"{number} days overdue").read(language), "danger"
    if left == 0:
        return Text("Hôm nay là hạn cuối", "Due today").read(language), "danger"
    near = owed.duty.due.stage(today) is not None
    words = Text(f"Còn {number} ngày", f"{number} days left").read(language)
    return words, "warning" if near else "neutral"


def _units(
    work: Work,
    period: Period,
    kind: str,
    given: Mapping[str, str],
    refused: PlatformError | None,
) -> Response[str]:
    report = find_report(work.session, period, kind=kind)
    cut_off = day_of_units(work.session, kind, period)
    own = {unit.id for unit in confirmable(work.session, work.principal, cut_off)}
    whole = work.session.reach.communes is None
    standings = [
        unit
        for unit in roll_up(work.session, kind, period, cut_off=cut_off, today=work.today)
        if whole or unit.area.id in own or unit.area.id in (work.session.reach.communes or ())
    ]
    locked = report is not None and (report.is_frozen or report.state not in WRITABLE)
    answer = page(
        work,
        "reporting_units.html",
        path="/reporting",
        period=period.code,
        title=work.tell(period.name),
        query=_query(kind),
        cut_off=cut_off,
        rows=[_unit(work, unit) for unit in standings],
        own=[] if locked else [(u.area.id, u.area.name) for u in standings if u.area.id in own],
        counts=[
            (work.tell(text), sum(unit.state is state for unit in standings))
            for state, (text, _) in _STANDINGS.items()
        ],
        locked=locked,
        exceptions=[
            (each.name, format_date(each.ends_on, work.language), each.ends_on >= work.today)
            for each in exceptions_of(work.session, kind, period)
        ]
        if whole
        else [],
        exception_fields=_exception_fields(work, given, standings)
        if work.principal.may(RELEASE) and not locked
        else [],
        refused=None if refused is None else work.tell(refused.message),
    )
    if refused is not None:
        answer.status_code = refused.status
    return answer


def _unit(work: Work, unit: UnitStanding) -> dict[str, Any]:
    text, tone = _STANDINGS[unit.state]
    note = ""
    if unit.confirmation is not None:
        at = unit.confirmation.confirmed_at.astimezone(VIETNAM_TIME)
        note = f"{format_date(at.date(), work.language)} {at:%H:%M}"
    elif unit.exception is not None:
        until = format_date(unit.exception.ends_on, work.language)
        ends = work.tell(Text(f"đến hết ngày {until}", f"until {until}"))
        note = f"{unit.exception.name} ({ends})"
    return {
        "name": unit.area.name,
        "level": work.tell(_LEVELS[unit.area.level]),
        "state": work.tell(text),
        "tone": tone,
        "note": note,
    }


def _moved(work: Work, moved: Moved) -> list[str]:
    catalogue = work.platform.registry.catalogue
    code = moved.question.code
    named = catalogue.indicators.get(code) or catalogue.measures.get(code)
    name = code if named is None else work.tell(named.name)
    part = f" – {moved.question.part}" if moved.question.part else ""
    if moved.question.span == "last_year":
        part += work.tell(Text(" (cùng kỳ năm trước)", " (same period last year)"))
    return [
        f"{name}{part}",
        figure_text(moved.frozen, work.language),
        figure_text(moved.now, work.language),
    ]


def _request_fields(work: Work, given: Mapping[str, str]) -> list[FieldView]:
    return [
        _field(work, given, "name", Text("Nội dung báo cáo", "What to report"), width=None),
        _field(work, given, "asked_by", Text("Cơ quan yêu cầu", "Who asks"), width=None),
        _field(
            work,
            given,
            "period",
            Text("Kỳ số liệu", "Period"),
            note=Text("Ví dụ 2018-H1, 2018-Q3, 2018-05 hoặc 2018", "For example 2018-H1 or 2018"),
        ),
        _field(work, given, "due_on", Text("Hạn nộp", "Due day"), kind="date"),
        _field(
            work,
            given,
            "cut_off",
            Text("Số liệu tính đến ngày", "Last day to count"),
            kind="date",
            required=False,
        ),
    ]


def _event_fields(work: Work, given: Mapping[str, str], waiting: Any) -> list[FieldView]:
    return [
        FieldView(
            name="obligation",
            label=work.tell(Text("Chế độ báo cáo", "Obligation")),
            kind="choice",
            value=given.get("obligation", ""),
            options=[(each.code, each.name_vi) for each in waiting],
        ),
        _field(work, given, "happened_on", Text("Ngày kết thúc sự kiện", "End"), kind="date"),
        _field(work, given, "event_period", Text("Kỳ số liệu", "Period")),
    ]


def _exception_fields(
    work: Work, given: Mapping[str, str], standings: list[UnitStanding]
) -> list[FieldView]:
    missing = [unit for unit in standings if unit.state is UnitState.MISSING]
    everyone = work.tell(Text("Tất cả đơn vị chưa xác nhận", "Every unit that is missing"))
    return [
        FieldView(
            name="area",
            label=work.tell(Text("Đơn vị", "Unit")),
            kind="choice",
            value=given.get("area", ""),
            options=[("", everyone), *((str(u.area.id), u.area.name) for u in missing)],
            required=False,
        ),
        _field(work, given, "name", Text("Tên và lý do", "Name and reason"), width=None),
        _field(work, given, "ends_on", Text("Có hiệu lực đến hết ngày", "Ends on"), kind="date"),
    ]


def _field(
    work: Work,
    given: Mapping[str, str],
    name: str,
    label: Text,
    *,
    kind: str = "text",
    note: Text | None = None,
    required: bool = True,
    width: int | None = 20,
) -> FieldView:
    return FieldView(
        name=name,
        label=work.tell(label),
        kind=kind,
        value=given.get(name, ""),
        help=None if note is None else work.tell(note),
        required=required,
        width=width,
    )


def _day(typed_day: str) -> date | None:
    return parse_date(typed_day) if typed_day.strip() else None


def _query(kind: str) -> str:
    return "" if kind == PERIODIC else f"?kind={kind}"


def _units_url(period: Period, kind: str) -> str:
    return f"/reporting/{period.code}/units{_query(kind)}"


handlers = [
    calendar_page,
    ask_for_a_report,
    write_an_event_down,
    units_page,
    confirm_a_unit,
    let_units_off,
    changes_page,
]
