"""Which account an identity at a provider belongs to.

A link is made by its owner alone, signed in here and proved there within minutes. An
administrator who typed subjects could open any account for anybody, and at many providers nobody
can read a subject before its owner has signed in.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core.audit.service import Action, record
from core.identity.models import Account, SignIn
from core.identity.openid.errors import AnswerRefusedError, UnknownIdentityError
from core.identity.openid.models import ProviderLink, SpentVisit
from core.identity.service import open_sign_in
from core.kit.errors import ConflictError
from core.kit.ids import new_id
from core.kit.language import Text

if TYPE_CHECKING:
    from uuid import UUID

    from core.identity.openid.id_token import Proved
    from core.identity.openid.providers import Provider
    from core.identity.openid.visit import Visit
    from core.tenancy.session import TenantSession

KIND = "core.provider_link"
FRESH = timedelta(minutes=15)


def sign_in_proved(
    session: TenantSession, provider: Provider, visit: Visit, proved: Proved, *, now: datetime
) -> str:
    """A fresh token for the account that the identity is linked to.

    Raises:
        UnknownIdentityError: no account is, or it is disabled.
        AnswerRefusedError: this visit has been used.
    """
    _spend(session, visit, now)
    account = session.scalar(
        select(Account.id)
        .join(ProviderLink, ProviderLink.account_id == Account.id)
        .where(
            Account.tenant_id == session.tenant_id,
            ProviderLink.provider_id == provider.id,
            ProviderLink.issuer == proved.issuer,
            ProviderLink.subject == proved.subject,
            Account.is_active,
            Account.is_machine.is_(False),
        )
    )
    if account is None:
        raise UnknownIdentityError(provider.name)
    record(session, account, Action.SIGN_IN, subject_kind="core.account", subject_id=account)
    return open_sign_in(session, account, now=now, second_factor=proved.second_factor)


def note_refused(session: TenantSession, provider_id: UUID) -> None:
    """Write down that somebody came back from a provider and was refused."""
    record(
        session,
        None,
        Action.SIGN_IN_REFUSED,
        subject_kind="core.identity_provider",
        subject_id=provider_id,
    )


def link(
    session: TenantSession,
    provider: Provider,
    visit: Visit,
    proved: Proved,
    *,
    account_id: UUID,
    now: datetime,
) -> None:
    """Let an identity sign in to the account of the person who is signed in.

    Raises:
        ConflictError: the identity or the account is linked already.
        AnswerRefusedError: this visit has been used.
    """
    _spend(session, visit, now)
    # one after the other for each account, so that two answers at once make no two links
    session.scalar(
        select(Account.id)
        .where(Account.tenant_id == session.tenant_id, Account.id == account_id)
        .with_for_update()
    )
    if provider.id in links_of(session, account_id):
        raise _linked_already()
    made = session.scalar(
        insert(ProviderLink)
        .values(
            tenant_id=session.tenant_id,
            id=new_id(),
            account_id=account_id,
            provider_id=provider.id,
            issuer=proved.issuer,
            subject=proved.subject,
            linked_at=now,
        )
        .on_conflict_do_nothing()
        .returning(ProviderLink.id)
    )
    if made is None:
        raise _linked_already()
    record(session, account_id, Action.GRANT, subject_kind=KIND, subject_id=made)


def unlink(session: TenantSession, provider_id: UUID, *, account_id: UUID, by: UUID | None) -> bool:
    """End an account's link to a provider; whether there was one."""
    gone = session.scalar(
        delete(ProviderLink)
        .where(
            ProviderLink.tenant_id == session.tenant_id,
            ProviderLink.account_id == account_id,
            ProviderLink.provider_id == provider_id,
        )
        .returning(ProviderLink.id)
    )
    if gone is not None:
        record(session, by, Action.REVOKE, subject_kind=KIND, subject_id=gone)
    return gone is not None


def links_of(session: TenantSession, account_id: UUID) -> dict[UUID, datetime]:
    """The providers that an account is linked to, and since when."""
    rows = session.execute(
        select(ProviderLink.provider_id, ProviderLink.linked_at).where(
            ProviderLink.tenant_id == session.tenant_id, ProviderLink.account_id == account_id
        )
    )
    return {row.provider_id: row.linked_at for row in rows}


def account_by_login(session: TenantSession, login: str) -> UUID | None:
    """Whose account a login is, for the operator's commands."""
    return session.scalar(
        select(Account.id).where(Account.tenant_id == session.tenant_id, Account.login == login)
    )


def signed_in_lately(session: TenantSession, sign_in_id: UUID, *, now: datetime) -> bool:
    """Whether a sign-in is so new that whoever uses it has just proved who they are.

    A link outlives the sign-in, so a screen left open must not be enough to make one.
    """
    began = session.scalar(
        select(SignIn.created_at).where(
            SignIn.tenant_id == session.tenant_id, SignIn.id == sign_in_id
        )
    )
    return began is not None and began > now - FRESH


def _spend(session: TenantSession, visit: Visit, now: datetime) -> None:
    """Use a visit up: of two answers with one state, also at the same moment, one counts."""
    session.execute(
        delete(SpentVisit).where(
            SpentVisit.tenant_id == session.tenant_id, SpentVisit.expires_at < now
        )
    )
    spent = session.scalar(
        insert(SpentVisit)
        .values(
            tenant_id=session.tenant_id,
            id=new_id(),
            state_hash=hashlib.sha256(visit.state.encode()).hexdigest(),
            expires_at=datetime.fromtimestamp(visit.expires, tz=now.tzinfo),
        )
        .on_conflict_do_nothing()
        .returning(SpentVisit.id)
    )
    if spent is None:
        raise AnswerRefusedError("used")


def _linked_already() -> ConflictError:
    return ConflictError(
        Text(
            vi="Tài khoản cơ quan này đã được liên kết, hoặc bạn đã liên kết một tài khoản "
            "khác của cùng nơi cấp. Hãy bỏ liên kết cũ trước; nếu bạn không nhận ra liên kết "
            "đó, báo ngay cho quản trị của tỉnh.",
            en="This account is linked already, or you have linked another one of the same "
            "provider. Remove the old link first; if you do not recognise it, tell your "
            "province's administrator at once.",
        )
    )
