"""Storing a new password, and changing one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from core.audit.service import Action, record
from core.identity.errors import FieldFaultError
from core.identity.models import Account, Stage
from core.identity.passwords import hash_password, password_fits
from core.identity.service import hold_account, replace_sign_in
from core.kit.language import Text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

SUBJECT = "core.account.password"


def store_password(session: TenantSession, account_id: UUID, hashed: str | None) -> None:
    """Put a hash into the account, or none until a link is used."""
    session.execute(
        update(Account)
        .where(Account.tenant_id == session.tenant_id, Account.id == account_id)
        .values(password_hash=hashed)
    )


def change_own_password(
    session: TenantSession,
    account_id: UUID,
    sign_in_id: UUID,
    *,
    current: str,
    password: str,
    now: datetime,
) -> str:
    """Change it; every other sign-in ends, and this one gets the token that is returned.

    Raises:
        FieldFaultError: the current password is wrong, or the new one is not acceptable.
    """
    account = session.execute(
        select(Account.login, Account.display_name, Account.password_hash).where(
            Account.tenant_id == session.tenant_id, Account.id == account_id
        )
    ).one()
    if not password_fits(current, account.password_hash):
        raise current_refused()
    hold_account(session, account_id, to_change=True)
    store_password(
        session, account_id, hash_password(password, (account.login, account.display_name))
    )
    record(session, account_id, Action.WRITE, subject_kind=SUBJECT, subject_id=account_id)
    return replace_sign_in(session, account_id, sign_in_id, Stage.FULL, now=now, alone=True)


def current_refused() -> FieldFaultError:
    """One sentence for a wrong one and for too many attempts."""
    return FieldFaultError(
        "current",
        Text(
            vi="Mật khẩu hiện tại không đúng, hoặc đã thử quá nhiều lần. Hãy thử lại sau ít phút.",
            en="The current password is wrong, or there were too many attempts. "
            "Try again in a few minutes.",
        ),
    )
