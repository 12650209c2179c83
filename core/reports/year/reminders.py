"""Reminds those who are late, at each level, once for each stage; names no child and no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.jobs.kinds import JobKind
from core.kit.clock import local_date
from core.kit.ids import new_id
from core.profiles.repository import province_of
from core.reports.year.confirmations import confirmable, missing_in, roll_up
from core.reports.year.models import ReportReminder
from core.reports.year.punctuality import settle
from core.reports.year.service import day_of_units, owed_in, tell_owed
from core.reports.year.states import BUILD, WRITABLE
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from core.identity.principal import Principal
    from core.jobs.kinds import JobRun
    from core.kit.clock import Clock
    from core.kit.language import Text
    from core.kit.periods import Period
    from core.reports.year.deadlines import DueDay, Stage
    from core.reports.year.service import Owed
    from core.tenancy.session import TenantSession

REPORT_REMINDERS: Final = "core.report_reminders"
PROVINCE: Final = "province"
# What was due longer ago is a matter for people, not for reminders.
_FORGOTTEN_AFTER: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing that waits for its reader; ``missing`` counts the units behind a province's."""

    name: Text
    kind: str
    period: Period
    due: DueDay
    level: str
    unit: str | None
    missing: int


def remind(session: TenantSession, *, now: datetime) -> int:
    """Raise what is due at each level, and tell the ministry what is owed; how many are new.

    Doing it again raises nothing again.
    """
    tell_owed(session, now=now)
    today = local_date(now)
    return sum(
        _raise(session, owed, level, area, now)
        for owed in _waiting(session, today)
        for level, area in _late(session, owed, today)
    )


def reminders_for(
    session: TenantSession, principal: Principal, today: date
) -> tuple[Reminder, ...]:
    """What this person was reminded of and that still waits, the most urgent first.

    Whoever prepares reports sees the province's, with how many units are missing; whoever
    confirms for a unit sees that unit's.
    """
    rows = session.execute(
        select(ReportReminder.kind, ReportReminder.period_code, ReportReminder.area_id).where(
            ReportReminder.tenant_id == session.tenant_id
        )
    )
    raised = {tuple(row) for row in rows}
    if not raised:
        return ()
    found = [
        reminder
        for owed in _waiting(session, today)
        for area, reminder in _shown(session, principal, owed, today)
        if (owed.duty.kind, owed.duty.period.code, area) in raised
    ]
    return tuple(sorted(found, key=lambda each: (each.due.last, each.unit or "")))


def report_reminders_kind(clock: Clock) -> JobKind:
    """The job that reminds in one province."""

    def run(job: JobRun) -> None:
        now = clock.now()
        remind(job.session, now=now)
        settle(job.session, now)

    return JobKind(REPORT_REMINDERS, run, reach=Reach.counting())


def _waiting(session: TenantSession, today: date) -> Iterator[Owed]:
    """The reports of this year and last that are near or late and have not come."""
    for owed in (*owed_in(session, today.year - 1), *owed_in(session, today.year)):
        due = owed.duty.due
        if due is None or owed.has_come or due.stage(today) is None:
            continue
        if today - due.last <= _FORGOTTEN_AFTER:
            yield owed


def _late(session: TenantSession, owed: Owed, today: date) -> Iterator[tuple[str, int]]:
    """The province, and each unit whose figures are still open and unconfirmed."""
    province = province_of(session, owed.duty.period.window.end)
    if province is not None:
        yield PROVINCE, province
    if _is_decided(owed):
        return
    cut_off = day_of_units(session, owed.duty.kind, owed.duty.period)
    units = roll_up(session, owed.duty.kind, owed.duty.period, cut_off=cut_off, today=today)
    for unit in missing_in(units):
        yield unit.area.level, unit.area.id


def _raise(session: TenantSession, owed: Owed, level: str, area: int, now: datetime) -> int:
    due = owed.duty.due
    stage: Stage | None = None if due is None else due.stage(local_date(now))
    if due is None or stage is None:
        return 0
    statement = (
        insert(ReportReminder)
        .values(
            tenant_id=session.tenant_id,
            id=new_id(),
            kind=owed.duty.kind,
            period_code=owed.duty.period.code,
            area_id=area,
            level=level,
            stage=stage.value,
            due_on=due.last,
            raised_at=now,
        )
        .on_conflict_do_nothing()
        .returning(ReportReminder.id)
    )
    return len(session.execute(statement).all())


def _shown(
    session: TenantSession, principal: Principal, owed: Owed, today: date
) -> Iterator[tuple[int, Reminder]]:
    duty = owed.duty
    if duty.due is None:
        return
    cut_off = day_of_units(session, duty.kind, duty.period)
    units = roll_up(session, duty.kind, duty.period, cut_off=cut_off, today=today)
    missing = () if _is_decided(owed) else missing_in(units)
    province = province_of(session, duty.period.window.end)
    if principal.may(BUILD) and province is not None:
        yield province, _reminder(owed, duty.due, PROVINCE, None, len(missing))
    own = {unit.id for unit in confirmable(session, principal, cut_off)}
    for unit in missing:
        if unit.area.id in own:
            yield unit.area.id, _reminder(owed, duty.due, unit.area.level, unit.area.name, 0)


def _reminder(owed: Owed, due: DueDay, level: str, unit: str | None, missing: int) -> Reminder:
    return Reminder(
        name=owed.duty.name,
        kind=owed.duty.kind,
        period=owed.duty.period,
        due=due,
        level=level,
        unit=unit,
        missing=missing,
    )


def _is_decided(owed: Owed) -> bool:
    """Whether units can no longer confirm: the report was submitted or approved."""
    report = owed.report
    return report is not None and (report.is_frozen or report.state not in WRITABLE)
