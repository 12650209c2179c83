"""All SQL of the access rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Interval, and_, func, literal, or_, select

from core.access.models import Agreement, RoleNarrowing
from core.identity.models import Account, RoleGrant
from core.kit.clock import VIETNAM_TIME
from core.tenancy.grants import AccessGrant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.tenancy.session import TenantSession


# Who verifies a notice and directs it in the commune where it happened (§2.4).
RESPONSIBLE = ("commune_leader", "commune_worker")
_OFFSET = literal(VIETNAM_TIME.utcoffset(None), Interval())


def narrowings(session: TenantSession, roles: Collection[str]) -> Mapping[str, RoleNarrowing]:
    """What the province takes away from some roles, by role."""
    if not roles:
        return {}
    rows = session.scalars(
        select(RoleNarrowing).where(
            RoleNarrowing.tenant_id == session.tenant_id, RoleNarrowing.role.in_(sorted(roles))
        )
    )
    return {row.role: row for row in rows}


def agreements_in_force(session: TenantSession, partner_id: UUID) -> Sequence[Agreement]:
    """A partner's agreements on today's date in Viet Nam, by the database's clock."""
    today = func.date(func.timezone(_OFFSET, func.statement_timestamp()))
    return session.scalars(
        select(Agreement)
        .where(
            Agreement.tenant_id == session.tenant_id,
            Agreement.partner_id == partner_id,
            Agreement.valid_from <= today,
            Agreement.valid_to >= today,
            or_(Agreement.ended_on.is_(None), Agreement.ended_on > today),
        )
        .order_by(Agreement.number)
    ).all()


def lasting_grant(
    session: TenantSession, holder: UUID, kind: str, subject_id: UUID, source_id: UUID | None
) -> AccessGrant | None:
    """The grant of a holder on a row that lasts now, of one kind and source."""
    return session.scalars(
        select(AccessGrant)
        .where(
            AccessGrant.tenant_id == session.tenant_id,
            AccessGrant.holder_id == holder,
            AccessGrant.kind == kind,
            AccessGrant.subject_id == subject_id,
            AccessGrant.source_id == source_id
            if source_id is not None
            else AccessGrant.source_id.is_(None),
            _lasts(),
        )
        .limit(1)
    ).first()


def end_grants(
    session: TenantSession,
    now: datetime,
    *,
    subject_id: UUID | None = None,
    holder: UUID | None = None,
    kind: str | None = None,
    source_id: UUID | None = None,
) -> Sequence[AccessGrant]:
    """End lasting grants; at least a subject or a source bounds which. Gives those ended."""
    bounds: list[ColumnElement[bool]] = []
    if subject_id is not None:
        bounds.append(AccessGrant.subject_id == subject_id)
    if source_id is not None:
        bounds.append(AccessGrant.source_id == source_id)
    assert bounds, "ending every grant of a tenant is nobody's wish"
    if holder is not None:
        bounds.append(AccessGrant.holder_id == holder)
    if kind is not None:
        bounds.append(AccessGrant.kind == kind)
    grants = session.scalars(
        select(AccessGrant)
        .where(AccessGrant.tenant_id == session.tenant_id, _lasts(), *bounds)
        .with_for_update()
    ).all()
    for grant in grants:
        grant.valid_to = max(now, grant.valid_from)
    session.flush()
    return grants


def grants_of(session: TenantSession, holder: UUID) -> Sequence[AccessGrant]:
    """What a holder was given that lasts now."""
    return session.scalars(
        select(AccessGrant)
        .where(
            AccessGrant.tenant_id == session.tenant_id, AccessGrant.holder_id == holder, _lasts()
        )
        .order_by(AccessGrant.given_at, AccessGrant.id)
    ).all()


def holders_of(session: TenantSession, kind: str, subject_kind: str) -> Sequence[UUID]:
    """Who holds lasting grants of one kind on rows of one kind."""
    return session.scalars(
        select(AccessGrant.holder_id)
        .where(
            AccessGrant.tenant_id == session.tenant_id,
            AccessGrant.kind == kind,
            AccessGrant.subject_kind == subject_kind,
            _lasts(),
        )
        .distinct()
    ).all()


def grants_on(session: TenantSession, subject_id: UUID) -> Sequence[AccessGrant]:
    """Every grant there is or was on a row."""
    return session.scalars(
        select(AccessGrant)
        .where(AccessGrant.tenant_id == session.tenant_id, AccessGrant.subject_id == subject_id)
        .order_by(AccessGrant.given_at.desc(), AccessGrant.id)
    ).all()


def accounts_at_work(session: TenantSession, commune_id: int) -> Sequence[UUID]:
    """The active accounts of the worker and the leader of one commune."""
    return session.scalars(
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.tenant_id == session.tenant_id,
            RoleGrant.role.in_(RESPONSIBLE),
            RoleGrant.area_id == commune_id,
            Account.is_active,
        )
        .distinct()
        .order_by(RoleGrant.account_id)
    ).all()


def _lasts() -> ColumnElement[bool]:
    """By the database's clock at the statement, as the bounds of every statement have it."""
    now = func.statement_timestamp()
    return and_(
        AccessGrant.valid_from <= now,
        or_(AccessGrant.valid_to.is_(None), AccessGrant.valid_to > now),
    )
