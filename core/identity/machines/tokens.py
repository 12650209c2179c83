"""A program's token, made and met: the same value as a person's sign-in comes out of it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from core.identity.machines.models import Machine, MachineToken
from core.identity.machines.service import hashed
from core.identity.models import Account, RoleGrant, Stage
from core.identity.service import GivenRole, SignedIn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

# Authlib's own default for programs is ten days.
LASTS = timedelta(minutes=10)
_MARK = ".machine."


def is_machine_token(token: str) -> bool:
    """Whether a token claims to be a program's; a browser's never holds a second full stop."""
    return _MARK in token


def new_token(tenant_id: int) -> str:
    """A fresh token; like every other, it begins with the tenant that it claims."""
    return f"{tenant_id}{_MARK}{secrets.token_urlsafe(32)}"


def keep_token(
    session: TenantSession, machine_id: UUID, token: str, scopes: Sequence[str], *, now: datetime
) -> None:
    """Store the hash of a token, and forget the program's tokens that are over."""
    session.execute(
        delete(MachineToken).where(
            MachineToken.tenant_id == session.tenant_id,
            MachineToken.machine_id == machine_id,
            MachineToken.expires_at <= now,
        )
    )
    session.add(
        MachineToken(
            machine_id=machine_id,
            token_hash=hashed(token),
            scopes=sorted(scopes),
            created_at=now,
            expires_at=now + LASTS,
        )
    )
    session.flush()


def revoke_token(session: TenantSession, machine_id: UUID, token: str) -> bool:
    """End a token of this program; whether there was one."""
    gone = session.scalar(
        delete(MachineToken)
        .where(
            MachineToken.tenant_id == session.tenant_id,
            MachineToken.machine_id == machine_id,
            MachineToken.token_hash == hashed(token),
        )
        .returning(MachineToken.id)
    )
    return gone is not None


def resolve_machine(session: TenantSession, token: str, *, now: datetime) -> SignedIn | None:
    """Whose token it is; ``None`` when unknown, over, revoked, or its program is disabled."""
    rows = session.execute(
        select(
            MachineToken.id,
            MachineToken.scopes,
            Account.id.label("account_id"),
            Account.display_name,
            RoleGrant.role,
            RoleGrant.area_id,
            RoleGrant.programmes,
            Account.partner_id,
        )
        .join(Machine, Machine.id == MachineToken.machine_id)
        .join(Account, Account.id == Machine.account_id)
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            MachineToken.tenant_id == session.tenant_id,
            MachineToken.token_hash == hashed(token),
            MachineToken.expires_at > now,
            Account.is_active,
            Account.is_machine,
        )
        .order_by(RoleGrant.role)
    ).all()
    if not rows:
        return None
    first = rows[0]
    return SignedIn(
        sign_in_id=first.id,
        account_id=first.account_id,
        display_name=first.display_name,
        roles=tuple(
            GivenRole(row.role, row.area_id, row.programmes and tuple(row.programmes))
            for row in rows
            if row.role is not None
        ),
        needs_touch=False,
        stage=Stage.FULL,
        partner_id=first.partner_id,
        scopes=frozenset(first.scopes),
    )
