"""Writes the log, in the transaction of what it tells of."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from core.audit.models import AuditEntry
from core.kit.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.db.base import DataClass
    from core.tenancy.session import TenantSession


class Action(StrEnum):
    """What may be done to a record; a new one needs no migration."""

    READ = "read"
    LIST = "list"
    SEARCH = "search"
    WRITE = "write"
    DELETE = "delete"
    EXPORT = "export"
    RELEASE = "release"
    SWITCH = "switch"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    GRANT = "grant"


class Acting(Protocol):
    """Whoever acts, as the principal of a request or job."""

    @property
    def account_id(self) -> UUID | None:
        """The account that answers for it; none for the system itself."""
        ...

    @property
    def tenant_id(self) -> int:
        """The tenant in which it acts."""
        ...


class AuditError(PlatformError):
    """What was to be written down cannot be; what it tells of must then not happen."""

    code = "audit.unwritable"


def record(
    session: TenantSession,
    who: Acting | UUID | None,
    action: Action,
    *,
    subject_kind: str,
    subject_id: UUID | None = None,
    classes: Iterable[DataClass] = (),
    reason: str | None = None,
) -> AuditEntry:
    """Write one entry, at once and in the session's transaction.

    A read that must be recorded therefore needs a session that may write. ``subject_kind`` is a
    word of code such as ``child`` or ``sexual_abuse.case``. Never pass a value, a name or the
    text of a search; ``reason`` is what a person wrote when asked why.

    Raises:
        AuditError: the session is read-only, or the actor acts in another tenant.
    """
    if session.read_only:
        raise AuditError("A read that is recorded cannot run in a read-only transaction.")
    if who is not None and not isinstance(who, UUID):
        if who.tenant_id != session.tenant_id:
            raise AuditError("The actor belongs to another tenant than the session.")
        who = who.account_id
    entry = AuditEntry(
        tenant_id=session.tenant_id,
        account_id=who,
        action=str(action),
        subject_kind=subject_kind,
        subject_id=subject_id,
        classes=sorted({str(each) for each in classes}),
        reason=reason,
    )
    session.add(entry)
    session.flush()
    return entry
