"""All SQL of the circumstances; the session leaves out what the reader may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.register.circumstances.models import SpecialCircumstance
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession


def of_child(session: TenantSession, child_id: UUID) -> Sequence[SpecialCircumstance]:
    """Those of a child, the latest first."""
    circumstance = SpecialCircumstance
    statement = (
        select(circumstance)
        .where(circumstance.tenant_id == session.tenant_id, circumstance.child_id == child_id)
        .order_by(circumstance.created_at.desc(), circumstance.id)
    )
    return session.scalars(statement).all()


def open_one(
    session: TenantSession, child_id: UUID, circumstance_id: UUID
) -> SpecialCircumstance | None:
    """One of a child that has not ended, found through the child."""
    circumstance = SpecialCircumstance
    statement = select(circumstance).where(
        circumstance.tenant_id == session.tenant_id,
        circumstance.child_id == child_id,
        circumstance.id == circumstance_id,
        circumstance.to_date.is_(None),
    )
    return session.scalars(statement, execution_options={BY_WORK: True}).one_or_none()
