"""The password at the door: who asks, what is counted, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.audit.service import Action, record
from core.identity.models import Account
from core.identity.service import open_sign_in
from core.identity.throttle import ADDRESS, KNOWN_BROWSER, PASSWORD, Counter, counter
from core.kit.text import nfc

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

_SUBJECT = "core.account"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a typed name stands for; no account and no password look alike from outside."""

    login: str
    account_id: UUID | None
    password_hash: str | None


def typed_login(text: str) -> str:
    """A name as it was typed, without what nobody sees and without capitals."""
    return nfc(text).lower()


def candidate_for(session: TenantSession, login: str) -> Candidate:
    """The account that a name may sign in to."""
    row = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.tenant_id == session.tenant_id, Account.login == login, Account.is_active
        )
    ).one_or_none()
    return Candidate(login, None, None) if row is None else Candidate(login, *row)


def counters_for(
    secret: str, tenant_id: int, login: str, *, address: str, browser: str | None
) -> tuple[Counter, ...]:
    """What an attempt is counted on.

    A ``browser`` that has signed in to this account before is counted by itself alone, so that
    nobody who guesses from elsewhere keeps its owner out.
    """
    if browser is not None:
        return (counter(KNOWN_BROWSER, secret, tenant_id, login, browser),)
    return (
        counter(ADDRESS, secret, tenant_id, address),
        counter(PASSWORD, secret, tenant_id, login),
    )


def refuse(session: TenantSession, candidate: Candidate) -> None:
    """Write a failure down; never the name that was typed, which may be a password."""
    record(
        session,
        None,
        Action.SIGN_IN_REFUSED,
        subject_kind=_SUBJECT,
        subject_id=candidate.account_id,
    )


def let_in(
    session: TenantSession, candidate: Candidate, *, device: str, now: datetime
) -> str | None:
    """A sign-in after the right password; none when it was changed or disabled meanwhile."""
    same = session.scalar(
        select(Account.id)
        .where(
            Account.tenant_id == session.tenant_id,
            Account.id == candidate.account_id,
            Account.password_hash == candidate.password_hash,
            Account.is_active,
        )
        .with_for_update(read=True)  # whoever changes it waits, and then ends this sign-in too
    )
    if same is None:
        return None
    record(session, same, Action.SIGN_IN, subject_kind=_SUBJECT, subject_id=same)
    return open_sign_in(session, same, now=now, device=device)
