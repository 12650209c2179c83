"""Keeps what became of each statutory deadline of a case, so that it can be counted.

A clock tells from the case's moments; a deadline is its row: running, kept, missed, or dropped
because it no longer applies. Once answered or run out it stands by the limit of its day, whatever
the limit is set to later. Source: Decree 56/2017/ND-CP, Articles 26 and 28; programmes §2.9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.cases import repository
from core.cases.clocks import EMERGENCY, PLAN_APPROVAL, PLAN_DRAFT, clocks_of
from core.cases.limits import limits_of
from core.cases.models import CaseDeadline
from core.cases.options import DROPPED, KEPT, MISSED, RUNNING
from core.kit.clock import local_date
from core.kit.working_days import working_days

if TYPE_CHECKING:
    from datetime import datetime

    from core.cases.clocks import Clock
    from core.cases.models import Case
    from core.tenancy.session import TenantSession

STATUTORY: Final = frozenset({EMERGENCY, PLAN_DRAFT, PLAN_APPROVAL})


def keep_deadlines(session: TenantSession, case: Case, now: datetime) -> None:
    """Bring the deadlines of a case in step with its clocks, after each of its steps."""
    limits = limits_of(session, local_date(now))
    clocks = {
        clock.code: clock
        for clock in clocks_of(case, limits, working_days())
        if clock.code in STATUTORY and not _answered_before(clock, case.begun_at)
    }
    known = repository.parts(session, CaseDeadline, case.id)
    for row in known:
        clock = clocks.pop(row.clock, None) if row.began_at == case.begun_at else None
        _bring_in_step(row, clock, now)
    session.add_all(
        _begun(case, clock.code, due, _status(due, clock.answered_at, now), now)
        for clock in clocks.values()
        if (due := clock.due) is not None
    )
    session.flush()


def _answered_before(clock: Clock, began: datetime) -> bool:
    """Answered in an earlier run of the case: no deadline of this one."""
    return clock.answered_at is not None and clock.answered_at < began


def _bring_in_step(row: CaseDeadline, clock: Clock | None, now: datetime) -> None:
    if clock is None or clock.due is None:
        if row.status == RUNNING:
            row.status = DROPPED
        return
    if row.status in {RUNNING, DROPPED}:
        row.due_at, row.due_on = clock.due, local_date(clock.due)
    row.status = _status(row.due_at, clock.answered_at, now)


def _begun(case: Case, clock: str, due: datetime, status: str, now: datetime) -> CaseDeadline:
    return CaseDeadline(
        case_id=case.id,
        commune_id=case.commune_id,
        confidential_key=case.confidential_key,
        clock=clock,
        began_at=case.begun_at,
        due_at=due,
        due_on=local_date(due),
        status=status,
        generated=case.generated,
        created_at=now,
        created_by=None,
    )


def _status(due: datetime, answered_at: datetime | None, now: datetime) -> str:
    if (answered_at or now) > due:
        return MISSED
    return RUNNING if answered_at is None else KEPT
