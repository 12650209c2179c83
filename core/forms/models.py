"""Which record came in with which form; what makes a second sending harmless."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted
from core.tenancy.models import TENANT_COLUMN, PartlyConfidential, TenantOwned


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
