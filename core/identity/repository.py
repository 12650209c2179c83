"""What an administrator sees of accounts: never a hash, a secret or a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.identity.models import Account, RoleGrant, SecondFactor
from core.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that an account has."""

    grant_id: UUID
    role: str
    area_id: int | None
    programmes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with its roles."""

    account_id: UUID
    login: str
    display_name: str
    is_active: bool
    has_password: bool
    has_factor: bool
    created_at: datetime
    disabled_at: datetime | None
    disabled_reason: str | None
    grants: tuple[Grant, ...]


def accounts(session: TenantSession, *, after: UUID | None, limit: int) -> tuple[AccountView, ...]:
    """The accounts of the tenant by login, those behind one of them.

    Raises:
        NotFoundError: there is no such one to begin behind.
    """
    chosen = select(Account.id).where(Account.tenant_id == session.tenant_id)
    if after is not None:
        chosen = chosen.where(Account.login > login_of(session, after))
    ids = session.scalars(chosen.order_by(Account.login).limit(limit)).all()
    return _views(session, ids)


def account_view(session: TenantSession, account_id: UUID) -> AccountView:
    """One account.

    Raises:
        NotFoundError: there is none in this tenant.
    """
    found = _views(session, [account_id])
    if not found:
        raise NotFoundError
    return found[0]


def login_of(session: TenantSession, account_id: UUID) -> str:
    """What an account signs in with.

    Raises:
        NotFoundError: there is none in this tenant.
    """
    found = session.scalars(
        select(Account.login).where(
            Account.tenant_id == session.tenant_id, Account.id == account_id
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return found


def _views(session: TenantSession, ids: Sequence[UUID]) -> tuple[AccountView, ...]:
    factors = set(
        session.scalars(
            select(SecondFactor.account_id).where(
                SecondFactor.tenant_id == session.tenant_id,
                SecondFactor.account_id.in_(ids),
                SecondFactor.confirmed,
            )
        )
    )
    grants = session.execute(
        select(
            RoleGrant.account_id,
            RoleGrant.id,
            RoleGrant.role,
            RoleGrant.area_id,
            RoleGrant.programmes,
        )
        .where(RoleGrant.tenant_id == session.tenant_id, RoleGrant.account_id.in_(ids))
        .order_by(RoleGrant.role, RoleGrant.id)
    ).all()
    rows = session.execute(
        select(
            Account.id,
            Account.login,
            Account.display_name,
            Account.is_active,
            Account.password_hash.is_not(None).label("has_password"),
            Account.created_at,
            Account.disabled_at,
            Account.disabled_reason,
        )
        .where(Account.tenant_id == session.tenant_id, Account.id.in_(ids))
        .order_by(Account.login)
    )
    return tuple(
        AccountView(
            account_id=row.id,
            login=row.login,
            display_name=row.display_name,
            is_active=row.is_active,
            has_password=row.has_password,
            has_factor=row.id in factors,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
            disabled_reason=row.disabled_reason,
            grants=tuple(
                Grant(
                    each.id,
                    each.role,
                    each.area_id,
                    None if each.programmes is None else tuple(each.programmes),
                )
                for each in grants
                if each.account_id == row.id
            ),
        )
        for row in rows
    )
