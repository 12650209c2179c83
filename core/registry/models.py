"""Which programme was on in which province, and when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import TenantOwned


class ProgrammeEnablement(TenantOwned, Base):
    """A dated record: on from a moment until another; never deleted, for reports on the past."""

    __tablename__ = "programme_enablement"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
        Index(
            "uq_programme_enablement_open",
            "tenant_id",
            "programme",
            unique=True,
            postgresql_where="valid_to IS NULL",
        ),
        {"schema": CORE_SCHEMA},
    )

    programme: Mapped[str] = mapped_column(info=internal("which programme"))
    valid_from: Mapped[datetime] = mapped_column(info=internal("on from this moment"))
    valid_to: Mapped[datetime | None] = mapped_column(info=internal("off from this moment"))
    switched_on_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    switched_off_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    reason: Mapped[str | None] = mapped_column(info=internal("why, in the officer's words"))
