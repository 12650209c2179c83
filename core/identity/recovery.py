"""Recovery codes: ten to keep on paper, each stands in once for a code of the app."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from core.audit.service import Action, record
from core.identity.models import RecoveryCode

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

CODES = 10
SUBJECT = "core.account.recovery_codes"
# 120 bits: a plain hash is enough, as for a sign-in's token. Source: OWASP ASVS 5.0, 6.5.2.
_CODE_BYTES = 15
_GROUP = 4


def make_recovery_codes(session: TenantSession, account_id: UUID) -> tuple[str, ...]:
    """Ten new codes in place of all earlier ones; they are returned here and never again."""
    drop_recovery_codes(session, account_id)
    codes = tuple(_new_code() for _ in range(CODES))
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=_hash(account_id, code)) for code in codes
    )
    session.flush()
    record(session, account_id, Action.WRITE, subject_kind=SUBJECT, subject_id=account_id)
    return codes


def use_recovery_code(
    session: TenantSession, account_id: UUID, code: str, *, now: datetime
) -> bool:
    """Use one up; false when it is no unused code of this account."""
    used = session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.tenant_id == session.tenant_id,
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(account_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return used is not None


def codes_left(session: TenantSession, account_id: UUID) -> int:
    """How many are unused."""
    left = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.tenant_id == session.tenant_id,
        RecoveryCode.account_id == account_id,
        RecoveryCode.used_at.is_(None),
    )
    return session.scalar(left) or 0


def drop_recovery_codes(session: TenantSession, account_id: UUID) -> None:
    """Remove all of an account."""
    session.execute(
        delete(RecoveryCode).where(
            RecoveryCode.tenant_id == session.tenant_id, RecoveryCode.account_id == account_id
        )
    )


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _hash(account_id: UUID, code: str) -> str:
    """Dashes, blanks and capitals do not count: it is typed from paper."""
    letters = "".join(char for char in code.lower() if char.isalnum())
    return hashlib.sha256(f"recovery {account_id} {letters}".encode()).hexdigest()
