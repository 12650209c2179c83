"""One-time links: an administrator hands one over, its holder sets a password with it, once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from core.audit.service import Action, record
from core.identity.errors import link_refused
from core.identity.models import Account, OneTimeLink, Purpose
from core.identity.own_password import SUBJECT as PASSWORD_SUBJECT
from core.identity.own_password import store_password
from core.identity.passwords import hash_password
from core.identity.service import end_sign_ins, hold_account

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.tenancy.session import TenantSession

SUBJECT = "core.account.link"
# An invitation waits for a person who may be in the field; a reset is asked for by one who waits.
LIFE: Mapping[Purpose, timedelta] = {
    Purpose.INVITATION: timedelta(days=3),
    Purpose.RESET: timedelta(hours=2),
}


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whose password a link sets."""

    account_id: UUID
    login: str
    display_name: str


def make_link(
    session: TenantSession, account_id: UUID, purpose: Purpose, *, by: UUID | None, now: datetime
) -> str:
    """The token of a new link; it names its tenant, and every earlier link of the account ends."""
    token = f"{session.tenant_id}.{secrets.token_urlsafe(32)}"
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.tenant_id == session.tenant_id,
            OneTimeLink.account_id == account_id,
            OneTimeLink.used_at.is_(None),
        )
        .values(used_at=now)
    )
    session.add(
        OneTimeLink(
            account_id=account_id,
            purpose=purpose,
            token_hash=_hash(token),
            created_at=now,
            expires_at=now + LIFE[purpose],
        )
    )
    session.flush()
    record(session, by, Action.WRITE, subject_kind=SUBJECT, subject_id=account_id)
    return token


def holder_of(session: TenantSession, token: str, purpose: str, *, now: datetime) -> LinkHolder:
    """Whose link it is; looking does not use it up.

    Raises:
        LinkRefusedError: it serves nothing, whatever the reason.
    """
    row = session.execute(
        select(Account.id, Account.login, Account.display_name)
        .join(OneTimeLink, OneTimeLink.account_id == Account.id)
        .where(*_usable(session, token, purpose, now), Account.is_active)
    ).one_or_none()
    if row is None:
        raise link_refused()
    return LinkHolder(row.id, row.login, row.display_name)


def set_password_by_link(
    session: TenantSession, token: str, purpose: str, password: str, *, now: datetime
) -> UUID:
    """Set the password and use the link up; ends every sign-in of the account.

    A password that is refused leaves the link as it was. Of two that use it at once, the database
    lets one through.

    Raises:
        LinkRefusedError: it serves nothing, whatever the reason.
        FieldFaultError: the password is not acceptable.
    """
    holder = holder_of(session, token, purpose, now=now)
    hashed = hash_password(password, (holder.login, holder.display_name))
    hold_account(session, holder.account_id, to_change=True)
    used = session.scalar(
        update(OneTimeLink)
        .where(*_usable(session, token, purpose, now))
        .values(used_at=now)
        .returning(OneTimeLink.id)
    )
    if used is None:
        raise link_refused()
    store_password(session, holder.account_id, hashed)
    end_sign_ins(session, holder.account_id)
    record(
        session,
        holder.account_id,
        Action.WRITE,
        subject_kind=PASSWORD_SUBJECT,
        subject_id=holder.account_id,
    )
    return holder.account_id


def _usable(
    session: TenantSession, token: str, purpose: str, now: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        OneTimeLink.tenant_id == session.tenant_id,
        OneTimeLink.token_hash == _hash(token),
        OneTimeLink.purpose == purpose,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(f"link {token}".encode()).hexdigest()
