"""Writes the log, in the transaction of what it tells of."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import UUID

from core.audit.models import AuditEntry
from core.audit.repository import insert_entries
from core.kit.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    APPROVE = "approve"
    RELEASE = "release"
    SWITCH = "switch"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    GRANT = "grant"
    REVOKE = "revoke"
    EMERGENCY = "emergency"
    VIEW_AS = "view_as"
    ARCHIVE = "archive"


# Doing the same of these again in one transaction tells nothing new.
_LOOKING = frozenset({Action.READ, Action.LIST, Action.SEARCH})
_WRITTEN = "audit entries of looking"


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
) -> None:
    """Write one entry, at once and in the session's transaction.

    Looking at the same thing again in that transaction writes no second entry. A read that must be
    recorded needs a session that may write. ``subject_kind`` is a word of code such as
    ``child`` or ``sexual_abuse.case``. Never pass a value, a name or the text of a search;
    ``reason`` is what a person wrote when asked why.

    Raises:
        AuditError: the session is read-only, or the actor acts in another tenant.
    """
    if session.read_only:
        raise AuditError("A read that is recorded cannot run in a read-only transaction.")
    if who is not None and not isinstance(who, UUID):
        if who.tenant_id != session.tenant_id:
            raise AuditError("The actor belongs to another tenant than the session.")
        who = who.account_id
    told: dict[str, Any] = {
        "account_id": who,
        "action": str(action),
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "classes": sorted({str(each) for each in classes}),
        "reason": reason,
    }
    if action not in _LOOKING:
        session.put(AuditEntry, [told])
        return
    entry = AuditEntry(tenant_id=session.tenant_id, **told)
    written = _written(session)
    same = _what(entry)
    # one that a savepoint took back is in the session no more, and is written again
    if same in written and written[same] in session:
        return
    session.add(entry)
    session.flush()
    written[same] = entry


def record_many(
    session: TenantSession,
    who: Acting,
    action: Action,
    *,
    subject_kind: str,
    subject_ids: Sequence[UUID],
    classes: Iterable[DataClass] = (),
) -> None:
    """Write one entry for each of many records, in one statement of the session's transaction.

    Raises:
        AuditError: the session is read-only, or the actor acts in another tenant.
    """
    if session.read_only:
        raise AuditError("What is recorded cannot run in a read-only transaction.")
    if who.tenant_id != session.tenant_id:
        raise AuditError("The actor belongs to another tenant than the session.")
    insert_entries(
        session,
        subject_ids,
        account_id=who.account_id,
        action=str(action),
        subject_kind=subject_kind,
        classes=sorted({str(each) for each in classes}),
    )


def _what(entry: AuditEntry) -> tuple[object, ...]:
    return (
        entry.account_id,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        tuple(entry.classes),
        entry.reason,
    )


def _written(session: TenantSession) -> dict[tuple[object, ...], AuditEntry]:
    """The looking that this transaction has written down; a new transaction begins anew."""
    transaction = session.get_transaction()
    known, written = session.info.get(_WRITTEN, (None, {}))
    if known is not transaction:
        written = {}
        session.info[_WRITTEN] = (transaction, written)
    return cast("dict[tuple[object, ...], AuditEntry]", written)
