"""One line of the audit log, and the seals over many."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    FetchedValue,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, sensitive
from core.tenancy.models import TenantOwned

# Words of code and nothing else, so that no name can slip into the log.
WORD = "^[a-z][a-z0-9_]*$"
DOTTED = "^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$"
CLASSES = "ARRAY['public', 'internal', 'personal', 'sensitive', 'restricted']"


class AuditEntry(TenantOwned, Base):
    """Who looked at or changed which record, when, and which classes of field.

    The runtime login may insert and read, and neither change nor delete. The account has no
    foreign key: the entry stays when the account is gone.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint(f"action ~ '{WORD}'", name="action"),
        CheckConstraint(f"subject_kind ~ '{DOTTED}'", name="subject_kind"),
        CheckConstraint(f"classes <@ {CLASSES}", name="classes"),
        Index("ix_audit_entry_tenant_id_at", "tenant_id", "at"),
        Index("ix_audit_entry_tenant_id_subject_id_at", "tenant_id", "subject_id", "at"),
        Index("ix_audit_entry_order", "tenant_id", "server_id", "transaction_id", "id"),
        {"schema": CORE_SCHEMA},
    )

    at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when, by the database's clock")
    )
    account_id: Mapped[UUID | None] = mapped_column(
        info=personal("who answers for it; none for the system itself")
    )
    action: Mapped[str] = mapped_column(info=internal("what was done"))
    subject_kind: Mapped[str] = mapped_column(info=internal("what kind of record"))
    subject_id: Mapped[UUID | None] = mapped_column(
        info=personal("which record; none for a list or an export")
    )
    classes: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("which classes of field were shown or changed")
    )
    reason: Mapped[str | None] = mapped_column(
        info=sensitive("why, in the reader's own words, where a reason is asked for")
    )
    server_id: Mapped[int] = mapped_column(
        server_default=FetchedValue(),
        info=internal("the server's own number; tells transactions of a restored copy apart"),
    )
    transaction_id: Mapped[int] = mapped_column(
        server_default=FetchedValue(),
        info=internal("the transaction that wrote it; gives entries an order that can be sealed"),
    )


class AuditSeal(TenantOwned, Base):
    """A seal over all entries that a range of transactions wrote; the seals form one chain.

    ``from_transaction`` is within the range, ``until_transaction`` is not. Hashes and the
    signature are lower-case hexadecimal.
    """

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("tenant_id", "number"), {"schema": CORE_SCHEMA})

    number: Mapped[int] = mapped_column(info=internal("place in the chain, from 1"))
    server_id: Mapped[int] = mapped_column(info=internal("whose transactions"))
    from_transaction: Mapped[int] = mapped_column(info=internal("where the range begins"))
    until_transaction: Mapped[int] = mapped_column(info=internal("the first one after the range"))
    entry_count: Mapped[int] = mapped_column(info=internal("how many entries it covers"))
    first_entry: Mapped[UUID] = mapped_column(info=internal("the first entry it covers"))
    last_entry: Mapped[UUID] = mapped_column(info=internal("the last entry it covers"))
    manifest: Mapped[bytes] = mapped_column(
        LargeBinary(), info=internal("id and digest of each entry, to name the one that changed")
    )
    previous_hash: Mapped[str] = mapped_column(info=internal("binds it to the seal before"))
    hash: Mapped[str] = mapped_column(info=internal("over all of the above; SHA-256"))
    sealed_at: Mapped[datetime] = mapped_column(info=internal("when it was sealed"))
    key_number: Mapped[int] = mapped_column(info=internal("which key signed it"))
    signature: Mapped[str] = mapped_column(info=internal("over the hash; HMAC-SHA-256"))
