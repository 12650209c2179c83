"""Takes a report from one state to the next: one person at a time, written down, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from core.audit.service import record
from core.identity.roles import BY_CODE
from core.kit.clock import VIETNAM_TIME, local_date
from core.kit.errors import MalformedError, NotFoundError, RefusedError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.reports.errors import StepRefusedError
from core.reports.freeze import freeze, let_leave
from core.reports.models import OfficerText, Report
from core.reports.service import find_report, lock_report
from core.reports.standing import ACCEPTED, RETURNED, SENT, last_due, tell_standing
from core.reports.year.confirmations import freeze_units, roll_up
from core.reports.year.models import ReportStep
from core.reports.year.states import (
    ACCEPT,
    APPROVE,
    CORRECT,
    DRAFT,
    LOCKS,
    SEND,
    STEPS,
    SUBMIT,
    TAKE_BACK,
    ReportState,
    Step,
    may_follow,
)
from core.reports.year.words import tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from core.identity.principal import Principal
    from core.reports.source import ReportSource
    from core.tenancy.session import TenantSession

_TELLS: Final = {SEND.code: SENT, ACCEPT.code: ACCEPTED, TAKE_BACK.code: RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a step is taken: the officer's reason, and the ministry's letter where it answers."""

    reason: str = ""
    letter_number: str = ""
    letter_date: date | None = None


NO_GROUNDS: Final = Grounds()


def find_step(code: str) -> Step:
    """The step with a code.

    Raises:
        NotFoundError: there is none.
    """
    step = STEPS.get(code)
    if step is None:
        raise NotFoundError
    return step


def next_steps(report: Report, principal: Principal) -> tuple[Step, ...]:
    """What this person may do with a report as it stands, in the order of its way."""
    return tuple(
        step
        for step in STEPS.values()
        if may_follow(step, report.state, frozen=report.is_frozen) and principal.may(step.right)
    )


def take_step(
    session: TenantSession,
    report: Report,
    step: Step,
    *,
    principal: Principal,
    now: datetime,
    source: Callable[[], ReportSource],
    grounds: Grounds = NO_GROUNDS,
) -> Report:
    """Take one step; the report as it stands then, a new version after a correction.

    Whoever comes second waits for the first and is then refused. ``source`` is asked when figures
    are frozen.

    Raises:
        RefusedError: the principal lacks the right, or does not see the whole province.
        StepRefusedError: the report does not stand where the step begins; says what was done last.
        NotReadyError: it is approved before its cut-off is over or its figures are counted.
        MalformedError: the reason or the letter that the step asks for is missing.
    """
    principal.require(step.right)
    if principal.tenant_id != session.tenant_id:
        raise NotFoundError
    if session.reach.communes is not None:
        raise RefusedError(_PART_ONLY)
    _require_grounds(step, grounds)
    report = lock_report(session, report)
    newest = find_report(session, Period.parse(report.period_code), kind=report.kind)
    if newest is None or newest.id != report.id:
        raise StepRefusedError(_done_last(session, report), _SUPERSEDED)
    if not may_follow(step, report.state, frozen=report.is_frozen):
        lock = LOCKS[ReportState(report.state)]
        raise StepRefusedError(_done_last(session, report), lock)
    before = report.state
    if step is APPROVE:
        with session.begin_nested():  # refused half-way, nothing of it stays
            _freeze_units(session, report, now)
            freeze(session, report, source(), now=now)
    if step is SEND:
        let_leave(session, report, now=now)
    reached = report if step is not CORRECT else _next_version(session, report)
    if step is not CORRECT:
        report.state = step.target.value
    _write_down(session, report, step, grounds, before=before, principal=principal, now=now)
    session.flush()
    if step.code in _TELLS:
        tell_standing(
            session,
            kind=report.kind,
            period_code=report.period_code,
            state=_TELLS[step.code],
            due_on=last_due(session, kind=report.kind, period_code=report.period_code),
            now=now,
        )
    return reached


def release(
    session: TenantSession,
    report: Report,
    source: ReportSource,
    *,
    principal: Principal,
    now: datetime,
) -> None:
    """Every step from where the report stands to the ministry, for whoever may take them all.

    Raises:
        RefusedError, StepRefusedError, NotReadyError: as ``take_step``.
    """
    for step in (DRAFT, SUBMIT, APPROVE, SEND):
        if step is SEND or may_follow(step, report.state, frozen=report.is_frozen):
            report = take_step(
                session, report, step, principal=principal, now=now, source=lambda: source
            )


def history_of(session: TenantSession, report: Report) -> Sequence[ReportStep]:
    """The steps of one version, the first one first."""
    return session.scalars(
        select(ReportStep)
        .where(ReportStep.tenant_id == session.tenant_id, ReportStep.report_id == report.id)
        .order_by(ReportStep.number)
    ).all()


def _require_grounds(step: Step, grounds: Grounds) -> None:
    if step.asks_reason and not tidied(grounds.reason):
        raise MalformedError(_NO_REASON)
    if step.asks_letter and not (tidied(grounds.letter_number) and grounds.letter_date):
        raise MalformedError(_NO_LETTER)


def _write_down(
    session: TenantSession,
    report: Report,
    step: Step,
    grounds: Grounds,
    *,
    before: str,
    principal: Principal,
    now: datetime,
) -> None:
    reason, letter = tidied(grounds.reason) or None, tidied(grounds.letter_number)
    there = select(func.count(ReportStep.id)).where(
        ReportStep.tenant_id == session.tenant_id, ReportStep.report_id == report.id
    )
    session.add(
        ReportStep(
            report_id=report.id,
            number=(session.scalar(there) or 0) + 1,
            step=step.code,
            from_state=before,
            to_state=report.state,
            taken_at=now,
            taken_by=principal.account_id,
            role=next(iter(principal.roles), None),
            reason=reason if step.asks_reason else None,
            letter_number=letter if step.asks_letter else None,
            letter_date=grounds.letter_date if step.asks_letter else None,
        )
    )
    session.flush()
    record(
        session,
        principal,
        step.action,
        subject_kind="core.report",
        subject_id=report.id,
        reason=reason if step.asks_reason else None,
    )


def _freeze_units(session: TenantSession, report: Report, now: datetime) -> None:
    """Keep who stands behind the figures; refuse while a unit is neither heard nor let off."""
    period = Period.parse(report.period_code)
    units = roll_up(session, report.kind, period, cut_off=report.cut_off, today=local_date(now))
    session.add_all(list(freeze_units(report, units)))


def _next_version(session: TenantSession, report: Report) -> Report:
    """A draft of the same period with the officers' words; the older version stays as it is."""
    made = Report(
        kind=report.kind,
        period_code=report.period_code,
        version=report.version + 1,
        corrects=report.id,
        state=ReportState.DRAFTED.value,
        cut_off=report.cut_off,
    )
    session.add(made)
    session.flush()
    words = session.scalars(
        select(OfficerText).where(
            OfficerText.tenant_id == session.tenant_id, OfficerText.report_id == report.id
        )
    )
    session.add_all(
        OfficerText(
            report_id=made.id,
            section_code=word.section_code,
            body=word.body,
            written_at=word.written_at,
            written_by=word.written_by,
        )
        for word in words.all()
    )
    session.flush()
    return made


def _done_last(session: TenantSession, report: Report) -> Text | None:
    steps = history_of(session, report)
    return described(steps[-1]) if steps else None


def described(step: ReportStep, *, name: str | None = None) -> Text:
    """What was done, in which role and when: one sentence; with ``name`` it also says by whom."""
    role = BY_CODE.get(step.role or "")
    who = Text("Hệ thống", "The system") if role is None else role.name
    if name is not None:
        who = Text(f"{name} ({who.vi})" if role else name, f"{name} ({who.en})" if role else name)
    at = step.taken_at.astimezone(VIETNAM_TIME)
    done = STEPS[step.step].done
    return Text(
        vi=f"{who.vi} {done.vi} lúc {at:%H:%M} ngày {format_date(at.date())}.",
        en=f"{who.en} {done.en} at {at:%H:%M} on {format_date(at.date(), 'en')}.",
    )


_PART_ONLY = Text(
    vi="Chỉ người phụ trách toàn tỉnh mới lập, duyệt và gửi được báo cáo của tỉnh.",
    en="Only someone in charge of the whole province can prepare, approve and send its report.",
)
_SUPERSEDED = Text(
    vi="Báo cáo này đã có bản đính chính; hãy mở bản mới nhất của kỳ báo cáo.",
    en="This report has been corrected; open the latest version of the period.",
)
_NO_REASON = Text(
    vi="Hãy ghi lý do: người nhận cần biết vì sao để xử lý tiếp.",
    en="Give a reason: whoever goes on with it needs to know why.",
)
_NO_LETTER = Text(
    vi="Hãy ghi số, ký hiệu và ngày của văn bản Bộ trả lời (ngày/tháng/năm).",
    en="Give number, symbol and date of the ministry's letter (day/month/year).",
)
