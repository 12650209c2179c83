"""Activities of the plan whose day is past and of which nothing was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from core.planning.models import ActivityResult, PlanActivity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.tenancy.session import TenantSession


def overdue_activities(session: TenantSession, day: date) -> Sequence[PlanActivity]:
    """Those to be done before a day that have no result within reach, the oldest first."""
    done = exists().where(
        ActivityResult.tenant_id == session.tenant_id,
        ActivityResult.activity_id == PlanActivity.id,
    )
    statement = (
        select(PlanActivity)
        .where(
            PlanActivity.tenant_id == session.tenant_id,
            PlanActivity.due_on < day,
            ~done,
        )
        .order_by(PlanActivity.due_on, PlanActivity.code)
    )
    return session.scalars(statement).all()
