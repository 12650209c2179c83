"""Which record came in with which form, how it was corrected since, and what is half typed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted
from core.tenancy.models import TENANT_COLUMN, PartlyConfidential, TenantOwned
from core.vault.columns import sealed


class FormEntry(PartlyConfidential, TenantOwned, Base):
    """One accepted submission; appended, never changed.

    That somebody entered a confidential record is as confidential as the record; whoever entered
    it finds their own entry again, so that a second sending stores nothing twice.
    """

    granted_by = "record_id"
    own_column = "entered_by"

    __tablename__ = "form_entry"
    __table_args__ = (
        UniqueConstraint(
            TENANT_COLUMN,
            "form_code",
            "entered_by",
            "idempotency_key",
            name="uq_form_entry_sent_once",
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, TENANT_COLUMN, "record_id"),
        {"schema": CORE_SCHEMA},
    )

    form_code: Mapped[str] = mapped_column(info=internal("which form"))
    form_version: Mapped[int] = mapped_column(info=internal("which version of the form"))
    record_id: Mapped[UUID] = mapped_column(info=internal("the record it made"))
    entered_by: Mapped[UUID | None] = mapped_column(info=internal("who entered it"))
    entered_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))
    idempotency_key: Mapped[str] = mapped_column(info=internal("tells a second sending"))
    # A hash of a few choices can be guessed back, so it is kept as closely as the answers.
    body_hash: Mapped[str] = mapped_column(
        info=restricted(
            "tells whether the answers were equal",
            plain="a one-way hash, keyed where an answer is sealed",
        )
    )


class RecordChange(PartlyConfidential, TenantOwned, Base):
    """One correction of a record; appended, never changed. Shown to whoever may open the record.

    Old and new values are sealed together, whatever the classes of their columns: the database
    sees that a record was corrected, never what.
    """

    granted_by = "subject_id"
    own_column = "changed_by"

    __tablename__ = "record_change"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "record_id", "number"),
        {"schema": CORE_SCHEMA},
    )

    form_code: Mapped[str] = mapped_column(info=internal("which form"))
    record_id: Mapped[UUID] = mapped_column(info=internal("the record that was corrected"))
    subject_id: Mapped[UUID] = mapped_column(
        info=internal("what a grant names whose holder reads the record: itself, or its case")
    )
    number: Mapped[int] = mapped_column(info=internal("tells two corrections at once, from 1"))
    changed_by: Mapped[UUID | None] = mapped_column(info=internal("who corrected it"))
    changed_at: Mapped[datetime] = mapped_column(info=internal("when it was corrected"))
    changes: Mapped[str] = sealed(
        restricted("what stood there before and what stands there since"), nullable=False
    )


class FormDraft(TenantOwned, Base):
    """Answers that were not submitted yet: one person's own, sealed, and gone after a while."""

    __tablename__ = "form_draft"
    __table_args__ = (
        Index(None, TENANT_COLUMN, "account_id", "saved_at"),
        Index(None, TENANT_COLUMN, "expires_at"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("whose draft it is"))
    form_code: Mapped[str] = mapped_column(info=internal("which form"))
    saved_at: Mapped[datetime] = mapped_column(info=internal("when it was kept"))
    expires_at: Mapped[datetime] = mapped_column(info=internal("when it is gone"))
    answers: Mapped[str] = sealed(
        restricted("so that nothing typed is lost on a poor line"), nullable=False
    )
