"""All SQL of the head counts; it reads every row of one child and gives out none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.register.circumstances.models import SpecialCircumstance
from core.register.models import Child
from core.register.support.models import SupportDelivery
from core.tenancy.session import IN_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from core.register.counting.models import CircumstanceSpell, SupportedChild
    from core.tenancy.session import TenantSession

_ALL = {IN_STEP: True}


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counting must know of a child."""

    commune_id: int
    sex: str
    since: date
    until: date


def counted_child(session: TenantSession, child_id: UUID) -> Counted:
    """Where and from when until when a child counts."""
    statement = select(Child.commune_id, Child.sex, Child.registered_on, Child.child_until).where(
        Child.tenant_id == session.tenant_id, Child.id == child_id
    )
    return Counted(*session.execute(statement, execution_options=_ALL).one())


def stretches_of(session: TenantSession, child_id: UUID) -> list[tuple[date, date | None]]:
    """From when until when the child is in each group of the law, confidential ones too."""
    circumstance = SpecialCircumstance
    statement = select(circumstance.from_date, circumstance.to_date).where(
        circumstance.tenant_id == session.tenant_id,
        circumstance.child_id == child_id,
        circumstance.group_scheme == "LAW2016",
    )
    rows = session.execute(statement, execution_options=_ALL)
    return [(begin, end) for begin, end in rows]


def days_of_support(session: TenantSession, child_id: UUID) -> Sequence[date]:
    """Every day on which the child was helped."""
    statement = select(SupportDelivery.delivered_on).where(
        SupportDelivery.tenant_id == session.tenant_id, SupportDelivery.child_id == child_id
    )
    return session.scalars(statement, execution_options=_ALL).all()


def kept(
    session: TenantSession, model: type[CircumstanceSpell | SupportedChild], child_id: UUID
) -> Sequence[Any]:
    """The rows that were made of the child before."""
    statement = select(model).where(
        model.tenant_id == session.tenant_id, model.child_id == child_id
    )
    return session.scalars(statement, execution_options=_ALL).all()
