"""Attachments, and their bytes in a table of their own.

The bytes are a column of a table and not large objects: those have no row policies, no tenant and
no place in one province's restore; PostgreSQL moves a long column out of the row by itself. The
second table keeps lists of attachments from ever touching them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, sensitive
from core.tenancy.models import AreaScoped, TenantOwned, tenant_reference


class Attachment(AreaScoped, TenantOwned, Base):
    """A paper that belongs to one record of a form, and lies in the record's commune.

    The same content once for each record, so that a form sent twice attaches it once.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"
        ),
        CheckConstraint("byte_count > 0", name="byte_count"),
        UniqueConstraint("tenant_id", "subject_kind", "subject_id", "sha256"),
        {"schema": CORE_SCHEMA},
    )

    subject_kind: Mapped[str] = mapped_column(info=internal("the form of the record"))
    subject_id: Mapped[UUID] = mapped_column(info=personal("the record it belongs to"))
    title: Mapped[str] = mapped_column(info=sensitive("what the paper is, in the sender's words"))
    media_type: Mapped[str] = mapped_column(info=internal("how it is opened; by its content"))
    byte_count: Mapped[int] = mapped_column(info=internal("tells the reader how long it takes"))
    sha256: Mapped[str] = mapped_column(
        info=sensitive("tells the same content; SHA-256 in hexadecimal")
    )
    uploaded_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    uploaded_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it came in")
    )


class AttachmentContent(AreaScoped, TenantOwned, Base):
    """The bytes of one attachment."""

    __tablename__ = "attachment_content"
    __table_args__ = (
        tenant_reference("attachment_id", f"{CORE_SCHEMA}.attachment"),
        Index(None, "tenant_id", "attachment_id"),
        {"schema": CORE_SCHEMA},
    )

    attachment_id: Mapped[UUID] = mapped_column(info=internal("whose bytes"))
    content: Mapped[bytes] = mapped_column(
        LargeBinary(), info=sensitive("the paper itself, for those who may open the record")
    )
