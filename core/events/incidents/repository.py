"""All SQL of urgent incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from core.events.incidents.models import IncidentNotice, IncidentUpdate, UrgentIncident
from core.register.models import Child, ChildNameToken

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession


def names_with(session: TenantSession, commune: int, words: Collection[str]) -> Sequence[str]:
    """Names of the commune's children of which at least two words are among these."""
    token = ChildNameToken
    likely = (
        select(token.child_id)
        .where(
            token.tenant_id == session.tenant_id,
            token.commune_id == commune,
            token.token.in_(sorted(words)),
        )
        .group_by(token.child_id)
        .having(func.count() > 1)
    )
    statement = select(Child.full_name).where(
        Child.tenant_id == session.tenant_id,
        Child.commune_id == commune,
        Child.id.in_(likely),
        Child.full_name.is_not(None),
    )
    return [name for name in session.scalars(statement) if name is not None]


def incident(session: TenantSession, incident_id: UUID) -> UrgentIncident | None:
    """One incident within reach."""
    statement = select(UrgentIncident).where(
        UrgentIncident.tenant_id == session.tenant_id, UrgentIncident.id == incident_id
    )
    return session.scalars(statement).one_or_none()


def newest(
    session: TenantSession, before: UUID | None, limit: int
) -> Sequence[UrgentIncident] | None:
    """A page of the incidents within reach, the newest first; ``None`` without that ``before``."""
    model = UrgentIncident
    statement = select(model).where(model.tenant_id == session.tenant_id)
    if before is not None:
        last = incident(session, before)
        if last is None:
            return None
        statement = statement.where(
            (model.created_at < last.created_at)
            | ((model.created_at == last.created_at) & (model.id < last.id))
        )
    ordered = statement.order_by(model.created_at.desc(), model.id.desc())
    return session.scalars(ordered.limit(limit)).all()


def notices(session: TenantSession, incidents: Collection[UUID]) -> Sequence[IncidentNotice]:
    """Who was told of some incidents, the nearest level first."""
    statement = (
        select(IncidentNotice)
        .where(
            IncidentNotice.tenant_id == session.tenant_id,
            IncidentNotice.incident_id.in_(sorted(incidents)),
        )
        .order_by(IncidentNotice.told_at, IncidentNotice.level)
    )
    return session.scalars(statement).all()


def notice(session: TenantSession, incident_id: UUID, level: str) -> IncidentNotice | None:
    """The notice to one level, locked: two people may take note at once."""
    statement = (
        select(IncidentNotice)
        .where(
            IncidentNotice.tenant_id == session.tenant_id,
            IncidentNotice.incident_id == incident_id,
            IncidentNotice.level == level,
        )
        .with_for_update()
    )
    return session.scalars(statement).one_or_none()


def updates(session: TenantSession, incident_id: UUID) -> Sequence[IncidentUpdate]:
    """What was written about an incident, the newest first."""
    statement = (
        select(IncidentUpdate)
        .where(
            IncidentUpdate.tenant_id == session.tenant_id,
            IncidentUpdate.incident_id == incident_id,
        )
        .order_by(IncidentUpdate.written_at.desc(), IncidentUpdate.id)
    )
    return session.scalars(statement).all()
