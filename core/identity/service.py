"""Signing in and out, and making a principal of an open sign-in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from core.audit.service import Action, record
from core.identity.models import Account, RoleGrant, SignIn, SignInFailure
from core.identity.passwords import hash_password, password_fits
from core.identity.roles import BY_CODE
from core.kit.errors import ConfigurationError, PlatformError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=5)
FAILURES_ALLOWED = 10
_DIGITS_OF_A_TENANT = 9
FAILURE_WINDOW = timedelta(minutes=15)


class SignInRefusedError(PlatformError):
    """The name or the password is wrong; never says which."""

    code = "identity.sign_in_refused"
    status = 401


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role as it was given: for an area or the whole tenant, for some programmes or all."""

    role: str
    area_id: int | None
    programmes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open sign-in and whose it is."""

    sign_in_id: UUID
    account_id: UUID
    display_name: str
    roles: tuple[GivenRole, ...]
    needs_touch: bool
    partner_id: UUID | None = None


def create_account(
    session: TenantSession,
    *,
    login: str,
    display_name: str,
    password: str,
    roles: Sequence[GivenRole],
    now: datetime,
    partner_id: UUID | None = None,
    generated: bool = False,
) -> UUID:
    """Store an account with its roles; the password is hashed here and nowhere kept.

    Raises:
        ConfigurationError: a role does not exist.
        MalformedError: the password is not acceptable.
    """
    for given in roles:
        if given.role not in BY_CODE:
            raise ConfigurationError(f"There is no role {given.role!r}.")
    account = Account(
        login=login.strip().lower(),
        display_name=display_name,
        password_hash=hash_password(password),
        partner_id=partner_id,
        generated=generated,
        created_at=now,
    )
    session.add(account)
    session.flush()
    session.add_all(
        RoleGrant(account_id=account.id, role=g.role, area_id=g.area_id, granted_at=now)
        for g in roles
    )
    session.flush()
    return account.id


def sign_in(session: TenantSession, *, login: str, password: str, now: datetime) -> str | None:
    """A fresh token when name and password fit; ``None`` after noting a failed attempt.

    The caller commits in both cases, so that a failure counts, and answers a ``None`` with
    ``refused()``.
    """
    login = login.strip().lower()
    failures = session.scalar(
        select(func.count(SignInFailure.id)).where(
            SignInFailure.tenant_id == session.tenant_id,
            SignInFailure.login == login,
            SignInFailure.at > now - FAILURE_WINDOW,
        )
    )
    account = session.scalars(
        select(Account).where(
            Account.tenant_id == session.tenant_id, Account.login == login, Account.is_active
        )
    ).one_or_none()
    fits = password_fits(password, account.password_hash if account else None)
    if account is None or not fits or (failures or 0) >= FAILURES_ALLOWED:
        session.add(SignInFailure(login=login, at=now))
        _note(session, Action.SIGN_IN_REFUSED, None, account.id if account else None)
        return None
    _note(session, Action.SIGN_IN, account.id, account.id)
    return open_sign_in(session, account.id, now=now)


def refused() -> SignInRefusedError:
    """One sentence for every reason, so that nobody learns which names exist."""
    return SignInRefusedError(
        Text(
            vi="Tên đăng nhập hoặc mật khẩu không đúng, hoặc đã thử quá nhiều lần. "
            "Hãy thử lại sau ít phút hoặc liên hệ quản trị của tỉnh.",
            en="The name or password is wrong, or there were too many attempts. "
            "Try again in a few minutes or ask your province's administrator.",
        )
    )


def open_sign_in(session: TenantSession, account_id: UUID, *, now: datetime) -> str:
    """A token for the browser; it names its tenant, and only its hash is kept."""
    token = f"{session.tenant_id}.{secrets.token_urlsafe(32)}"
    session.add(
        SignIn(
            account_id=account_id,
            token_hash=_hash(token),
            created_at=now,
            seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.flush()
    return token


def tenant_of(token: str) -> int | None:
    """The tenant a token claims; only a claim until ``resolve`` has found the token there."""
    number, dot, rest = token.partition(".")
    if not (dot and rest and number.isascii() and number.isdigit()):
        return None
    return int(number) if len(number) <= _DIGITS_OF_A_TENANT else None


def resolve(session: TenantSession, token: str, *, now: datetime) -> SignedIn | None:
    """Whose token it is; ``None`` when unknown, idle too long, ended or disabled."""
    rows = session.execute(
        select(
            SignIn.id,
            SignIn.seen_at,
            Account.id.label("account_id"),
            Account.display_name,
            Account.partner_id,
            RoleGrant.role,
            RoleGrant.area_id,
        )
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            SignIn.tenant_id == session.tenant_id,
            SignIn.token_hash == _hash(token),
            SignIn.expires_at > now,
            SignIn.seen_at > now - IDLE,
            Account.is_active,
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
        roles=tuple(GivenRole(row.role, row.area_id) for row in rows if row.role is not None),
        needs_touch=first.seen_at < now - TOUCH_AFTER,
        partner_id=first.partner_id,
    )


def given_roles(session: TenantSession, account_id: UUID) -> tuple[GivenRole, ...]:
    """The roles of an account as they were given."""
    rows = session.scalars(
        select(RoleGrant)
        .where(RoleGrant.tenant_id == session.tenant_id, RoleGrant.account_id == account_id)
        .order_by(RoleGrant.role)
    )
    return tuple(GivenRole(row.role, row.area_id) for row in rows)


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


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
