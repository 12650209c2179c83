"""Opening and ending sign-ins, and what an open one tells of its account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, and_, bindparam, delete, or_, select

from core.audit.service import Action, record
from core.identity.models import Account, RoleGrant, SignIn, Stage
from core.identity.passwords import hash_password
from core.identity.roles import BY_CODE
from core.identity.second_factor import awaited
from core.kit.errors import ConfigurationError, NotFoundError
from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import BindParameter, ColumnElement, Select

    from core.tenancy.session import TenantSession

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
# for giving the code, or setting up the app, after the password
HALF_LIFE = timedelta(minutes=15)
TOUCH_AFTER = timedelta(minutes=5)
_DIGITS_OF_A_TENANT = 9


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role as it was given: for an area or the whole tenant, for some programmes or all."""

    role: str
    area_id: int | None
    programmes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open sign-in and whose it is; before its second factor it has no roles.

    ``scopes`` narrow what a program's token may be used for.
    """

    sign_in_id: UUID
    account_id: UUID
    display_name: str
    roles: tuple[GivenRole, ...]
    needs_touch: bool
    stage: Stage
    partner_id: UUID | None = None
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A sign-in as its owner sees it in the list."""

    sign_in_id: UUID
    device: str
    created_at: datetime
    seen_at: datetime


def create_account(
    session: TenantSession,
    *,
    login: str,
    display_name: str,
    password: str | None,
    roles: Sequence[GivenRole],
    now: datetime,
    partner_id: UUID | None = None,
    generated: bool = False,
) -> UUID:
    """Store an account with its roles; without a password until its invitation is used.

    Raises:
        ConfigurationError: a role does not exist.
        FieldFaultError: the password is not acceptable.
    """
    for given in roles:
        if given.role not in BY_CODE:
            raise ConfigurationError(f"There is no role {given.role!r}.")
    login = login.strip().lower()
    account = Account(
        login=login,
        display_name=display_name,
        partner_id=partner_id,
        password_hash=None if password is None else hash_password(password, (login, display_name)),
        generated=generated,
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
    session.flush()
    return account.id


def open_sign_in(
    session: TenantSession,
    account_id: UUID,
    *,
    now: datetime,
    second_factor: bool = False,
    device: str = "",
) -> str:
    """A token for the browser; it names its tenant, and only its hash is kept.

    Unless ``second_factor`` says that one was given, the sign-in is a half one where the account
    has or needs a second factor.
    """
    stage = Stage.FULL if second_factor else awaited(session, account_id)
    return _store(session, account_id, stage, device, now=now, expires_at=now + ABSOLUTE)


def replace_sign_in(
    session: TenantSession,
    account_id: UUID,
    sign_in_id: UUID,
    stage: Stage,
    *,
    now: datetime,
    alone: bool = False,
) -> str:
    """A new token in place of the old one, which ends; the absolute end stays where it was.

    ``alone`` ends every other sign-in of the account too.

    Raises:
        NotFoundError: it has ended meanwhile.
    """
    hold_account(session, account_id, to_change=alone)
    if alone:
        end_sign_ins(session, account_id, except_for=sign_in_id)
    old = session.execute(
        delete(SignIn)
        .where(
            SignIn.tenant_id == session.tenant_id,
            SignIn.account_id == account_id,
            SignIn.id == sign_in_id,
        )
        .returning(SignIn.device, SignIn.expires_at)
    ).one_or_none()
    if old is None:
        raise NotFoundError
    return _store(session, account_id, stage, old.device, now=now, expires_at=old.expires_at)


def hold_account(session: TenantSession, account_id: UUID, *, to_change: bool = False) -> None:
    """Lock an account's row before its sign-ins are touched.

    Without it, a token that is being replaced would outlive a change of rights that ends them all.

    Raises:
        NotFoundError: there is no such account.
    """
    held = session.scalar(
        select(Account.id)
        .where(Account.tenant_id == session.tenant_id, Account.id == account_id)
        .with_for_update(read=not to_change)
    )
    if held is None:
        raise NotFoundError


def tenant_of(token: str) -> int | None:
    """The tenant a token claims; only a claim until ``resolve`` has found the token there."""
    number, dot, rest = token.partition(".")
    if not (dot and rest and number.isascii() and number.isdigit()):
        return None
    return int(number) if len(number) <= _DIGITS_OF_A_TENANT else None


def _of_token(*, demonstration: bool) -> Select[*tuple[Any, ...]]:
    """An open sign-in by the hash of its token, with a row for each role of its account."""
    complete = partial(_is_complete, demonstration=demonstration)
    return (
        select(
            SignIn.id.label("sign_in_id"),
            SignIn.seen_at,
            SignIn.stage,
            complete().label("complete"),
            Account.id.label("account_id"),
            Account.display_name,
            Account.partner_id,
            RoleGrant.role,
            RoleGrant.area_id,
            RoleGrant.programmes,
        )
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(RoleGrant, and_(RoleGrant.account_id == Account.id, complete()))
        .where(
            SignIn.tenant_id == bindparam(TENANT_COLUMN),
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.expires_at > _now(),
            SignIn.seen_at > _now() - IDLE,
            or_(complete(), SignIn.created_at > _now() - HALF_LIFE),
            Account.is_active,
            Account.is_machine.is_(False),
        )
        .order_by(RoleGrant.role)
    )


def _is_complete(*, demonstration: bool) -> ColumnElement[bool]:
    full = SignIn.stage == Stage.FULL
    if not demonstration:
        return full
    return or_(full, and_(SignIn.stage == Stage.ENROL, Account.generated))


def _now() -> BindParameter[datetime]:
    """Each place of a value gets a marker of its own: to tell copies of one apart takes long."""
    return bindparam("now", type_=DateTime(timezone=True))


# Whether a demonstration waives the second factor; for statements that ask more besides.
OF_TOKEN = {waived: _of_token(demonstration=waived) for waived in (False, True)}


def resolve(
    session: TenantSession, token: str, *, now: datetime, demonstration: bool = False
) -> SignedIn | None:
    """Whose token it is; ``None`` when unknown, idle too long, ended or disabled.

    In a ``demonstration`` a generated account need not set up a second factor.
    """
    rows = session.rows(OF_TOKEN[demonstration], **asked_of(token, now))
    return signed_in_of(rows, now) if rows else None


def asked_of(token: str, now: datetime) -> dict[str, Any]:
    """The values of a statement of ``OF_TOKEN``."""
    return {"token_hash": _hash(token), "now": now}


def signed_in_of(rows: Sequence[Any], now: datetime) -> SignedIn:
    """What such a statement tells: a row for each role, at least one."""
    first = rows[0]
    return SignedIn(
        sign_in_id=first.sign_in_id,
        account_id=first.account_id,
        display_name=first.display_name,
        roles=tuple(
            GivenRole(row.role, row.area_id, _programmes(row.programmes))
            for row in rows
            if row.role is not None
        ),
        needs_touch=first.seen_at < now - TOUCH_AFTER,
        partner_id=first.partner_id,
        stage=Stage.FULL if first.complete else Stage(first.stage),
    )


def given_roles(session: TenantSession, account_id: UUID) -> tuple[GivenRole, ...]:
    """The roles of an account as they were given."""
    rows = session.scalars(
        select(RoleGrant)
        .where(RoleGrant.tenant_id == session.tenant_id, RoleGrant.account_id == account_id)
        .order_by(RoleGrant.role)
    )
    return tuple(GivenRole(row.role, row.area_id, _programmes(row.programmes)) for row in rows)


def touch(session: TenantSession, sign_in_id: UUID, *, now: datetime) -> None:
    """Note that a sign-in is in use; called rarely, in a transaction of its own."""
    row = session.get(SignIn, (session.tenant_id, sign_in_id))
    if row is not None:
        row.seen_at = now


def sign_out(session: TenantSession, token: str) -> None:
    """End one sign-in; unknown tokens are no fault."""
    account = session.scalar(
        delete(SignIn)
        .where(SignIn.tenant_id == session.tenant_id, SignIn.token_hash == _hash(token))
        .returning(SignIn.account_id)
    )
    if account is not None:
        _note(session, Action.SIGN_OUT, account, account)


def end_sign_ins(
    session: TenantSession, account_id: UUID, *, except_for: UUID | None = None
) -> None:
    """End every sign-in of an account, perhaps but one."""
    session.execute(
        delete(SignIn).where(
            SignIn.tenant_id == session.tenant_id,
            SignIn.account_id == account_id,
            *(() if except_for is None else (SignIn.id != except_for,)),
        )
    )


def end_sign_in(session: TenantSession, account_id: UUID, sign_in_id: UUID) -> None:
    """End one sign-in of an account.

    Raises:
        NotFoundError: the account has no such sign-in.
    """
    ended = session.scalar(
        delete(SignIn)
        .where(
            SignIn.tenant_id == session.tenant_id,
            SignIn.account_id == account_id,
            SignIn.id == sign_in_id,
        )
        .returning(SignIn.id)
    )
    if ended is None:
        raise NotFoundError
    _note(session, Action.SIGN_OUT, account_id, account_id)


def open_sign_ins(
    session: TenantSession, account_id: UUID, *, now: datetime
) -> tuple[OpenSignIn, ...]:
    """The full sign-ins of an account that have not ended, last seen first."""
    rows = session.execute(
        select(SignIn.id, SignIn.device, SignIn.created_at, SignIn.seen_at)
        .where(
            SignIn.tenant_id == session.tenant_id,
            SignIn.account_id == account_id,
            SignIn.expires_at > now,
            SignIn.seen_at > now - IDLE,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    )
    return tuple(OpenSignIn(*row) for row in rows)


def account_names(session: TenantSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What accounts are called; one that is gone is left out."""
    rows = session.execute(
        select(Account.id, Account.display_name).where(
            Account.tenant_id == session.tenant_id, Account.id.in_(sorted(ids))
        )
    )
    return {row.id: row.display_name for row in rows}


def _note(
    session: TenantSession, action: Action, account: UUID | None, subject: UUID | None
) -> None:
    """Write it down; never the name that was typed, which may be a password."""
    record(session, account, action, subject_kind="core.account", subject_id=subject)


def _store(
    session: TenantSession,
    account_id: UUID,
    stage: Stage,
    device: str,
    *,
    now: datetime,
    expires_at: datetime,
) -> str:
    token = f"{session.tenant_id}.{secrets.token_urlsafe(32)}"
    session.add(
        SignIn(
            account_id=account_id,
            token_hash=_hash(token),
            stage=stage,
            device=device,
            created_at=now,
            seen_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token


def _programmes(stored: list[str] | None) -> tuple[str, ...] | None:
    return None if stored is None else tuple(stored)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
