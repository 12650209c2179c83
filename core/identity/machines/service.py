"""Programs as accounts: added with roles and scopes, given another secret, revoked."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from core.audit.service import Action, record
from core.identity.machines.models import Machine, MachineToken
from core.identity.models import Account, RoleGrant
from core.identity.roles import BY_CODE
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.identity.service import GivenRole
    from core.tenancy.session import TenantSession

KIND = "core.machine"
_SCOPE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_CLIENT_ID = re.compile(r"[1-9][0-9]{0,8}\.[A-Za-z0-9_-]{16}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a program signs in with; the secret is readable here and never again."""

    client_id: str
    secret: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Credentials({self.client_id!r})"


@dataclass(frozen=True, slots=True)
class MachineView:
    """A program as an operator sees it."""

    client_id: str
    name: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    is_active: bool
    created_at: datetime


def add_machine(
    session: TenantSession,
    *,
    name: str,
    roles: Sequence[GivenRole],
    scopes: Sequence[str],
    now: datetime,
) -> Credentials:
    """Store a program with its roles and the permissions that it may ask for.

    Raises:
        ConfigurationError: a role or scope does not exist or none is given.
    """
    unknown = [given.role for given in roles if given.role not in BY_CODE]
    if unknown or not roles:
        raise ConfigurationError(f"Give roles that there are, not {', '.join(unknown) or 'none'}.")
    malformed = [scope for scope in scopes if not _SCOPE.fullmatch(scope)]
    if malformed or not scopes:
        raise ConfigurationError("Give scopes, each a permission such as core.figures.read.")
    client_id = f"{session.tenant_id}.{secrets.token_urlsafe(12)}"
    account = Account(
        login=client_id.lower(),
        display_name=name,
        password_hash="",  # no password fits an empty hash
        is_machine=True,
        created_at=now,
    )
    session.add(account)
    session.flush()
    session.add_all(
        RoleGrant(
            account_id=account.id,
            role=given.role,
            area_id=given.area_id,
            programmes=None if given.programmes is None else list(given.programmes),
            granted_at=now,
        )
        for given in roles
    )
    secret = secrets.token_urlsafe(32)
    machine = Machine(
        account_id=account.id,
        client_id=client_id,
        secret_hash=hashed(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
    )
    session.add(machine)
    session.flush()
    record(session, None, Action.GRANT, subject_kind=KIND, subject_id=machine.id)
    return Credentials(client_id, secret)


def renew_secret(session: TenantSession, client_id: str) -> Credentials:
    """Another secret for a program; the old one and all its tokens end with this transaction.

    Raises:
        ConfigurationError: there is no such program.
    """
    machine = _found(session, client_id)
    secret = secrets.token_urlsafe(32)
    machine.secret_hash = hashed(secret)
    _end_tokens(session, machine.id)
    record(session, None, Action.WRITE, subject_kind=KIND, subject_id=machine.id)
    return Credentials(client_id, secret)


def revoke_machine(session: TenantSession, client_id: str, *, now: datetime) -> None:
    """Disable a program; its tokens are worth nothing from the next statement on.

    Raises:
        ConfigurationError: there is no such program.
    """
    machine = _found(session, client_id)
    account = session.get_one(Account, (session.tenant_id, machine.account_id))
    account.is_active, account.disabled_at = False, now
    _end_tokens(session, machine.id)
    record(session, None, Action.REVOKE, subject_kind=KIND, subject_id=machine.id)


def machines(session: TenantSession) -> tuple[MachineView, ...]:
    """The tenant's programs, the revoked ones too, by name."""
    rows = session.execute(
        select(Machine, Account)
        .join(Account, Account.id == Machine.account_id)
        .where(Machine.tenant_id == session.tenant_id)
        .order_by(Account.display_name, Machine.client_id)
    ).all()
    grants = session.execute(
        select(RoleGrant.account_id, RoleGrant.role)
        .where(
            RoleGrant.tenant_id == session.tenant_id,
            RoleGrant.account_id.in_([account.id for _, account in rows]),
        )
        .order_by(RoleGrant.role)
    ).all()
    return tuple(
        MachineView(
            client_id=machine.client_id,
            name=account.display_name,
            roles=tuple(g.role for g in grants if g.account_id == account.id),
            scopes=tuple(machine.scopes),
            is_active=account.is_active,
            created_at=machine.created_at,
        )
        for machine, account in rows
    )


def is_client_id(text: str) -> bool:
    """Whether a text can be the name of a program at all."""
    return _CLIENT_ID.fullmatch(text) is not None


def hashed(secret: str) -> str:
    """What is kept of a secret or token: they are random and long, so one fast hash will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def active_machine(session: TenantSession, client_id: str) -> tuple[Machine, UUID] | None:
    """The program and its account, unless it is unknown or revoked."""
    row = session.execute(
        select(Machine, Account.id)
        .join(Account, Account.id == Machine.account_id)
        .where(
            Machine.tenant_id == session.tenant_id,
            Machine.client_id == client_id,
            Account.is_active,
            Account.is_machine,
        )
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def _found(session: TenantSession, client_id: str) -> Machine:
    machine = session.scalars(
        select(Machine).where(
            Machine.tenant_id == session.tenant_id, Machine.client_id == client_id
        )
    ).one_or_none()
    if machine is None:
        raise ConfigurationError(f"There is no machine {client_id!r} in this tenant.")
    return machine


def _end_tokens(session: TenantSession, machine_id: UUID) -> None:
    session.execute(
        delete(MachineToken).where(
            MachineToken.tenant_id == session.tenant_id, MachineToken.machine_id == machine_id
        )
    )
