"""That a list was taken away: how many lines, in which format."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal
from core.tenancy.models import TenantOwned


class ExportMade(TenantOwned, Base):
    """One file that was made; the audit entry of the export names this row.

    The runtime login may insert and read, and neither change nor delete.
    """

    __tablename__ = "export_made"
    __table_args__ = (
        CheckConstraint("format IN ('csv', 'xlsx')", name="format"),
        CheckConstraint("row_count >= 0", name="row_count"),
        {"schema": CORE_SCHEMA},
    )

    subject_kind: Mapped[str] = mapped_column(info=internal("which list"))
    format: Mapped[str] = mapped_column(info=internal("which kind of file"))
    row_count: Mapped[int] = mapped_column(info=personal("how much left the system"))
    made_by: Mapped[UUID | None] = mapped_column(info=personal("who answers for it"))
    made_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when, by the database's clock")
    )
