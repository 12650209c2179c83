"""Opening what is owed, asking for reports besides the calendar, and the ministry's board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from core.audit.service import Action, record
from core.kit.clock import local_date
from core.kit.errors import MalformedError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.reports.errors import NotReadyError
from core.reports.models import PERIODIC, Report
from core.reports.service import find_report, list_reports, open_report
from core.reports.standing import OWED, ReportStanding, tell_standing
from core.reports.year.calendar import after_event, duties_of, duty_for, event_duties
from core.reports.year.models import ReportRequest
from core.reports.year.states import BUILD, CALENDAR, ReportState
from core.reports.year.words import tidied

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.identity.principal import Principal
    from core.reports.year.calendar import Duty
    from core.tenancy.session import TenantSession

ARRIVED: Final = frozenset({ReportState.SENT, ReportState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty and its report, if somebody has opened it."""

    duty: Duty
    report: Report | None

    @property
    def has_come(self) -> bool:
        """Whether it was sent, and not returned since."""
        return self.report is not None and self.report.state in ARRIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A report besides the calendar: what, for whom, on which period, by when."""

    name: str
    asked_by: str
    period: Period
    due_on: date | None
    cut_off: date | None = None


def owed_in(session: TenantSession, year: int) -> tuple[Owed, ...]:
    """What is owed for the periods of a year, with how far each report has come.

    Raises:
        MalformedError: a year outside 1900 to 2199.
    """
    year = Period.parse(f"{year:04}").year
    reports = {(report.kind, report.period_code): report for report in list_reports(session)}
    return tuple(
        Owed(duty, reports.get((duty.kind, duty.period.code))) for duty in duties_of(session, year)
    )


def day_of_units(session: TenantSession, kind: str, period: Period) -> date:
    """The day whose units answer for a period: the report's cut-off, or the one proposed."""
    report = find_report(session, period, kind=kind)
    if report is not None:
        return report.cut_off
    duty = duty_for(session, kind, period)
    return period.window.end if duty is None else duty.proposed_cut_off


def open_for(
    session: TenantSession,
    period: Period,
    *,
    principal: Principal,
    today: date,
    kind: str = PERIODIC,
    cut_off: date | None = None,
) -> Report:
    """The report of a period, opened with the cut-off given, or stated, or the period's end.

    Raises:
        NotReadyError: the period has not begun; says from when on.
        NotFoundError: a kind of report that nobody asked for.
    """
    principal.require(BUILD)
    duty = duty_for(session, kind, period)
    if kind != PERIODIC and duty is None:
        raise NotFoundError
    if today < period.window.start:
        raise NotReadyError(_not_begun(period))
    stated = None if duty is None else duty.cut_off
    return open_report(session, period, kind=kind, cut_off=cut_off or stated)


def ask_for(
    session: TenantSession, asked: Asked, *, principal: Principal, now: datetime
) -> ReportRequest:
    """Put a report besides the calendar into it.

    Raises:
        RefusedError: the principal does not keep the calendar.
        MalformedError: its name, who asks, or its due day is missing.
    """
    principal.require(CALENDAR)
    if not tidied(asked.name) or not tidied(asked.asked_by):
        raise MalformedError(_NO_NAME)
    if asked.due_on is None:
        raise MalformedError(_NO_DUE)
    request = _request(asked.name, asked.asked_by, asked.period, asked.due_on, "on")
    request.cut_off = asked.cut_off
    return _keep(session, request, principal=principal, now=now)


def note_event(
    session: TenantSession,
    obligation_code: str,
    happened_on: date,
    period: Period,
    *,
    principal: Principal,
    now: datetime,
) -> ReportRequest:
    """Write down that an event ended; its report is due so many days later.

    Raises:
        RefusedError: the principal does not keep the calendar.
        NotFoundError: no obligation of that day's profile waits for an event under this code.
    """
    principal.require(CALENDAR)
    for obligation in event_duties(session, happened_on):
        due = after_event(obligation, happened_on)
        if obligation.code == obligation_code and due is not None:
            name, event = obligation.name_vi, obligation.event or ""
            request = _request(name, event, period, due.day, due.rule)
            request.obligation, request.happened_on = obligation.code, happened_on
            return _keep(session, request, principal=principal, now=now)
    raise NotFoundError


def tell_owed(session: TenantSession, *, now: datetime) -> int:
    """Let the ministry know what is owed this year and last; how much of that was new to it.

    A due day that moved is told again, as long as nothing came.
    """
    year = local_date(now).year
    told = _last_told(session)
    new = 0
    for duty in (*duties_of(session, year - 1), *duties_of(session, year)):
        if duty.kind != PERIODIC:
            continue
        due_on = None if duty.due is None else duty.due.last
        last = told.get(duty.period.code)
        if last is None or (last.state == OWED and last.due_on != due_on):
            tell_standing(
                session,
                kind=duty.kind,
                period_code=duty.period.code,
                state=OWED,
                due_on=due_on,
                now=now,
            )
            new += 1
    return new


def _last_told(session: TenantSession) -> dict[str, ReportStanding]:
    rows = session.scalars(
        select(ReportStanding)
        .where(ReportStanding.tenant_id == session.tenant_id, ReportStanding.kind == PERIODIC)
        .order_by(ReportStanding.told_at, ReportStanding.id)
    )
    return {row.period_code: row for row in rows}


def _request(
    name: str, asked_by: str, period: Period, due_on: date, due_rule: str
) -> ReportRequest:
    return ReportRequest(
        code=str(new_id()),
        name=tidied(name),
        asked_by=tidied(asked_by),
        period_code=period.code,
        due_on=due_on,
        due_rule=due_rule,
    )


def _keep(
    session: TenantSession, request: ReportRequest, *, principal: Principal, now: datetime
) -> ReportRequest:
    request.made_at, request.made_by = now, principal.account_id
    session.add(request)
    session.flush()
    record(
        session,
        principal,
        Action.WRITE,
        subject_kind="core.report_request",
        subject_id=request.id,
    )
    return request


def _not_begun(period: Period) -> Text:
    start, name = period.window.start, period.name
    return Text(
        vi=f"{name.vi} bắt đầu từ ngày {format_date(start)}, nên chưa đến kỳ báo cáo. "
        "Nếu cấp trên yêu cầu sớm hơn, chuyên viên phụ trách lịch báo cáo lập yêu cầu đột xuất.",
        en=f"{name.en} begins on {format_date(start, 'en')}, so it is not due. "
        "If it is asked for sooner, the officer who keeps the calendar adds an ad hoc report.",
    )


_NO_NAME = Text(
    vi="Hãy ghi nội dung báo cáo và cơ quan yêu cầu.",
    en="Say what is to be reported and who asks for it.",
)
_NO_DUE = Text(
    vi="Hãy ghi hạn nộp (ngày/tháng/năm).",
    en="Give the due day (day/month/year).",
)
