"""All SQL of the attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core.attachments.models import Attachment, AttachmentContent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.tenancy.session import TenantSession


def attachments_of(session: TenantSession, kind: str, subject_id: UUID) -> Sequence[Attachment]:
    """The attachments of one record, the oldest first."""
    statement = (
        select(Attachment)
        .where(*_of(session, kind, subject_id))
        .order_by(Attachment.uploaded_at, Attachment.id)
    )
    return session.scalars(statement).all()


def attachment_of(
    session: TenantSession, kind: str, subject_id: UUID, attachment_id: UUID
) -> Attachment | None:
    """One attachment, if it is of this record."""
    statement = select(Attachment).where(
        *_of(session, kind, subject_id), Attachment.id == attachment_id
    )
    return session.scalars(statement).one_or_none()


def same_content(
    session: TenantSession, kind: str, subject_id: UUID, sha256: str
) -> Attachment | None:
    """The attachment of this record with this content."""
    statement = select(Attachment).where(
        *_of(session, kind, subject_id), Attachment.sha256 == sha256
    )
    return session.scalars(statement).one_or_none()


def claim_attachment(session: TenantSession, values: Mapping[str, Any]) -> bool:
    """Store an attachment unless the record has its content; waits for a twin in the making."""
    statement = (
        insert(Attachment)
        .values(tenant_id=session.tenant_id, **values)
        .on_conflict_do_nothing()
        .returning(Attachment.id)
    )
    return session.execute(statement).first() is not None


def content_of(session: TenantSession, attachment_id: UUID) -> bytes | None:
    """The bytes of an attachment."""
    return session.scalar(
        select(AttachmentContent.content).where(
            AttachmentContent.tenant_id == session.tenant_id,
            AttachmentContent.attachment_id == attachment_id,
        )
    )


def delete_attachment(session: TenantSession, attachment_id: UUID) -> None:
    """Take an attachment away, its bytes first."""
    session.execute(
        delete(AttachmentContent).where(
            AttachmentContent.tenant_id == session.tenant_id,
            AttachmentContent.attachment_id == attachment_id,
        )
    )
    session.execute(
        delete(Attachment).where(
            Attachment.tenant_id == session.tenant_id, Attachment.id == attachment_id
        )
    )


def _of(session: TenantSession, kind: str, subject_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        Attachment.tenant_id == session.tenant_id,
        Attachment.subject_kind == kind,
        Attachment.subject_id == subject_id,
    )
