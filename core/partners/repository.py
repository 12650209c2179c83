"""All SQL of enrolments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.access.models import Agreement, Enrolment
from core.register.models import Child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession


def agreements_on(session: TenantSession, programme: str) -> Sequence[Agreement]:
    """The province's agreements on one programme, the latest first."""
    return session.scalars(
        select(Agreement)
        .where(Agreement.tenant_id == session.tenant_id, Agreement.programme == programme)
        .order_by(Agreement.valid_from.desc(), Agreement.number)
    ).all()


def open_enrolment(session: TenantSession, agreement_id: UUID, child_id: UUID) -> Enrolment | None:
    """The enrolment of a child that has not ended."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.tenant_id == session.tenant_id,
            Enrolment.agreement_id == agreement_id,
            Enrolment.child_id == child_id,
            Enrolment.left_on.is_(None),
        )
    ).one_or_none()


def enrolment_by_id(session: TenantSession, enrolment_id: UUID) -> Enrolment | None:
    """One enrolment within reach."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.tenant_id == session.tenant_id, Enrolment.id == enrolment_id
        )
    ).one_or_none()


def enrolments(session: TenantSession, agreement_id: UUID) -> Sequence[tuple[Enrolment, str]]:
    """Every enrolment under an agreement, open ones first, with the child's code."""
    rows = session.execute(
        select(Enrolment, Child.child_code)
        .join(Child, Child.id == Enrolment.child_id)
        .where(Enrolment.tenant_id == session.tenant_id, Enrolment.agreement_id == agreement_id)
        .order_by(Enrolment.left_on.is_not(None), Child.child_code)
    )
    return [(row[0], row[1]) for row in rows]
