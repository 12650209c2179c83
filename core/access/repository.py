"""All SQL of the access rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Interval, and_, bindparam, func, literal, or_, select

from core.access.models import Agreement, EmergencyAccess, EmergencyNotice, Partner, ViewAs
from core.areas.repository import communes_within
from core.audit.models import AuditEntry
from core.identity.models import Account, RoleGrant
from core.kit.clock import VIETNAM_TIME
from core.profiles.models import TenantProfile
from core.tenancy.grants import AccessGrant
from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression

    from core.tenancy.session import TenantSession


_MOST_EMERGENCIES = 200
_MOST_NOTICES = 50
# Who verifies a notice and directs it in the commune where it happened (§2.4).
RESPONSIBLE = ("commune_leader", "commune_worker")
_OFFSET = literal(VIETNAM_TIME.utcoffset(None), Interval())


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


def holders_of(session: TenantSession, kind: str) -> Sequence[UUID]:
    """Who holds lasting grants of one kind."""
    return session.scalars(
        select(AccessGrant.holder_id)
        .where(
            AccessGrant.tenant_id == session.tenant_id,
            AccessGrant.kind == kind,
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


def accounts_given(session: TenantSession, subject_id: UUID) -> Sequence[UUID]:
    """The active accounts that a row is given to now, to work on."""
    return session.scalars(
        select(AccessGrant.holder_id)
        .join(Account, Account.id == AccessGrant.holder_id)
        .where(
            AccessGrant.tenant_id == session.tenant_id,
            AccessGrant.kind == "assignment",
            AccessGrant.subject_id == subject_id,
            _lasts(),
            Account.is_active,
        )
        .distinct()
    ).all()


def accounts_with_roles(session: TenantSession, roles: Collection[str]) -> Sequence[UUID]:
    """The active accounts that have one of the roles, wherever."""
    return session.scalars(
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.tenant_id == session.tenant_id,
            RoleGrant.role.in_(sorted(roles)),
            Account.is_active,
        )
        .distinct()
    ).all()


def _lasts() -> ColumnElement[bool]:
    """By the database's clock at the statement, as the bounds of every statement have it."""
    now = func.statement_timestamp()
    return and_(
        AccessGrant.valid_from <= now,
        or_(AccessGrant.valid_to.is_(None), AccessGrant.valid_to > now),
    )


def partner_coded(session: TenantSession, code: str) -> Partner | None:
    """The partner with a code."""
    return session.scalars(
        select(Partner).where(Partner.tenant_id == session.tenant_id, Partner.code == code)
    ).one_or_none()


def partner_by_id(session: TenantSession, partner_id: UUID) -> Partner | None:
    """One partner."""
    return session.scalars(
        select(Partner).where(Partner.tenant_id == session.tenant_id, Partner.id == partner_id)
    ).one_or_none()


def partners(session: TenantSession) -> Sequence[Partner]:
    """All partners, by code."""
    return session.scalars(
        select(Partner).where(Partner.tenant_id == session.tenant_id).order_by(Partner.code)
    ).all()


def agreement_numbered(session: TenantSession, number: str) -> Agreement | None:
    """The agreement with a number."""
    return session.scalars(
        select(Agreement).where(
            Agreement.tenant_id == session.tenant_id, Agreement.number == number
        )
    ).one_or_none()


def agreement_by_id(session: TenantSession, agreement_id: UUID) -> Agreement | None:
    """One agreement."""
    return session.scalars(
        select(Agreement).where(
            Agreement.tenant_id == session.tenant_id, Agreement.id == agreement_id
        )
    ).one_or_none()


def agreements(session: TenantSession) -> Sequence[tuple[Agreement, Partner]]:
    """All agreements with their partners, those that last longest first."""
    rows = session.execute(
        select(Agreement, Partner)
        .join(Partner, Partner.id == Agreement.partner_id)
        .where(Agreement.tenant_id == session.tenant_id)
        .order_by(Agreement.valid_to.desc(), Agreement.number)
    )
    return [(row[0], row[1]) for row in rows]


def lie_in_province(session: TenantSession, areas: Collection[int]) -> bool:
    """Whether areas are communes or districts of the tenant's province, as any profile has it."""
    own = session.scalars(
        select(TenantProfile.area_id).where(
            TenantProfile.tenant_id == session.tenant_id, TenantProfile.area_id.is_not(None)
        )
    ).all()
    theirs = communes_within(session, sorted(areas))
    return bool(theirs) and theirs <= communes_within(session, [a for a in own if a is not None])


def emergencies(session: TenantSession) -> Sequence[EmergencyAccess]:
    """Every look out of duty, those that nobody has judged yet first."""
    return session.scalars(
        select(EmergencyAccess)
        .where(EmergencyAccess.tenant_id == session.tenant_id)
        .order_by(EmergencyAccess.reviewed_at.is_not(None), EmergencyAccess.opened_at.desc())
        .limit(_MOST_EMERGENCIES)
    ).all()


def emergency_by_id(session: TenantSession, emergency_id: UUID) -> EmergencyAccess | None:
    """One look out of duty, locked, so that two reviewers do not judge it at once."""
    return session.scalars(
        select(EmergencyAccess)
        .where(EmergencyAccess.tenant_id == session.tenant_id, EmergencyAccess.id == emergency_id)
        .with_for_update()
    ).one_or_none()


def kinds_opened(holder: SQLColumnExpression[UUID]) -> Select[str]:
    """The kinds of the files that somebody has open out of duty, as part of a statement."""
    return select(AccessGrant.subject_kind).where(
        AccessGrant.tenant_id == bindparam(TENANT_COLUMN),
        AccessGrant.holder_id == holder,
        AccessGrant.kind == "emergency",
        _lasts(),
    )


def notices_of(
    session: TenantSession, account_id: UUID
) -> Sequence[Row[EmergencyNotice, EmergencyAccess, str, UUID]]:
    """The latest notices to an account, unseen ones first, each with its look and its file."""
    return session.execute(
        select(EmergencyNotice, EmergencyAccess, AccessGrant.subject_kind, AccessGrant.subject_id)
        .join(EmergencyAccess, EmergencyAccess.id == EmergencyNotice.emergency_id)
        .join(AccessGrant, AccessGrant.id == EmergencyAccess.grant_id)
        .where(
            EmergencyNotice.tenant_id == session.tenant_id,
            EmergencyNotice.account_id == account_id,
        )
        .order_by(
            EmergencyNotice.seen_at.is_not(None), EmergencyNotice.told_at.desc(), EmergencyNotice.id
        )
        .limit(_MOST_NOTICES)
    ).all()


def unseen_notices(session: TenantSession, account_id: UUID) -> int:
    """How many notices to an account nobody has marked as seen."""
    return (
        session.scalar(
            select(func.count(EmergencyNotice.id)).where(
                EmergencyNotice.tenant_id == session.tenant_id,
                EmergencyNotice.account_id == account_id,
                EmergencyNotice.seen_at.is_(None),
            )
        )
        or 0
    )


def notice_to(session: TenantSession, notice_id: UUID, account_id: UUID) -> EmergencyNotice | None:
    """One notice, if it is to this account."""
    return session.scalars(
        select(EmergencyNotice).where(
            EmergencyNotice.tenant_id == session.tenant_id,
            EmergencyNotice.id == notice_id,
            EmergencyNotice.account_id == account_id,
        )
    ).one_or_none()


def tries_since(session: TenantSession, account_id: UUID, action: str, since: datetime) -> int:
    """How often an account did one thing since a moment, by the audit log."""
    return (
        session.scalar(
            select(func.count(AuditEntry.id)).where(
                AuditEntry.tenant_id == session.tenant_id,
                AuditEntry.account_id == account_id,
                AuditEntry.action == action,
                AuditEntry.at > since,
            )
        )
        or 0
    )


def open_view(session: TenantSession, sign_in_id: UUID, now: datetime) -> ViewAs | None:
    """As whom somebody looks in this sign-in, if at all."""
    return session.scalars(
        select(ViewAs)
        .where(
            ViewAs.tenant_id == session.tenant_id,
            ViewAs.sign_in_id == sign_in_id,
            ViewAs.ended_at.is_(None),
            ViewAs.ends_at > now,
        )
        .order_by(ViewAs.started_at.desc())
        .limit(1)
    ).one_or_none()


def active_account(session: TenantSession, account_id: UUID) -> Account | None:
    """An account that may sign in."""
    return session.scalars(
        select(Account).where(
            Account.tenant_id == session.tenant_id, Account.id == account_id, Account.is_active
        )
    ).one_or_none()


def account_by_login(session: TenantSession, login: str) -> Account | None:
    """The active account that signs in with a name."""
    return session.scalars(
        select(Account).where(Account.tenant_id == session.tenant_id, Account.login == login)
    ).one_or_none()


def grant_by_id(session: TenantSession, grant_id: UUID) -> AccessGrant:
    """One grant, which another row refers to."""
    return session.scalars(
        select(AccessGrant).where(
            AccessGrant.tenant_id == session.tenant_id, AccessGrant.id == grant_id
        )
    ).one()
