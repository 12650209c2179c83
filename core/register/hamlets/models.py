"""The table of hamlets, which each province enters for itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.register.columns import BY_BYTES, Entered
from core.tenancy.models import TENANT_COLUMN


class Hamlet(Entered, Base):
    """A khóm, ấp, thôn or bản of a commune, from a day until another; no code is published."""

    __tablename__ = "hamlet"
    __table_args__ = (
        CheckConstraint("valid_from <= valid_to", name="dates"),
        Index(None, TENANT_COLUMN, "commune_id", "name_fold"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how people call it, with its kind"))
    name_fold: Mapped[str] = mapped_column(BY_BYTES, info=internal("found without accents"))
    valid_from: Mapped[date | None] = mapped_column(Date(), info=internal("first day, if known"))
    valid_to: Mapped[date | None] = mapped_column(Date(), info=internal("last day; none: still so"))
