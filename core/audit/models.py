"""One line of the audit log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, func
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
