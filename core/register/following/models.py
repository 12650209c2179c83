"""Changes of a child or household, each a row of its history."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, personal, sensitive
from core.register import options as register_options
from core.register.columns import AboutChild, Entered, of_child, within
from core.register.following import options
from core.tenancy.models import TENANT_COLUMN, tenant_reference


class SchoolingChange(AboutChild, Base):
    """Where a child goes to school from a day on, and why it left school."""

    __tablename__ = "schooling_change"
    __table_args__ = (
        of_child(),
        within("schooling", register_options.SCHOOLING.codes),
        within("dropout_reason", options.DROPOUT.codes),
        CheckConstraint(
            "(schooling = 'dropped_out') = (dropout_reason IS NOT NULL)", name="dropout"
        ),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    changed_on: Mapped[date] = mapped_column(Date(), info=personal("from when"))
    schooling: Mapped[str] = mapped_column(info=personal("who is out of school"))
    school_name: Mapped[str | None] = mapped_column(info=personal("whom to ask about the child"))
    grade: Mapped[int | None] = mapped_column(info=personal("the last grade"))
    dropout_reason: Mapped[str | None] = mapped_column(info=personal("how to bring it back"))
    is_working: Mapped[bool | None] = mapped_column(info=personal("whether to screen for labour"))


class StatusChange(AboutChild, Base):
    """A child is no longer followed here, or is again. Source: programmes §2.2."""

    __tablename__ = "status_change"
    __table_args__ = (
        of_child(),
        within("status", options.STATUS_TO.codes),
        within("death_cause", options.DEATH_CAUSE.codes),
        CheckConstraint("(status = 'deceased') = (death_cause IS NOT NULL)", name="death"),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    changed_on: Mapped[date] = mapped_column(Date(), info=personal("no longer counted from"))
    status: Mapped[str] = mapped_column(info=personal("whether the child is still followed"))
    death_cause: Mapped[str | None] = mapped_column(info=sensitive("what might have saved it"))
    destination: Mapped[str | None] = mapped_column(info=personal("where it moved to"))


class PovertyYear(Entered, Base):
    """How a household was classified in one year."""

    __tablename__ = "poverty_year"
    __table_args__ = (
        tenant_reference("household_id", f"{CORE_SCHEMA}.household"),
        within("poverty_status", register_options.POVERTY.codes),
        Index(None, TENANT_COLUMN, "household_id"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    household_id: Mapped[UUID] = mapped_column(info=personal("which household"))
    year: Mapped[int] = mapped_column(info=personal("households are classified every year"))
    poverty_status: Mapped[str] = mapped_column(info=personal("who is entitled to help"))


class ChildMove(AboutChild, Base):
    """A move from one commune to another of the province; it lies where the child lives now."""

    read_with = "core.child.read"
    __tablename__ = "child_move"
    __table_args__ = (
        of_child(),
        within("reason", options.MOVE_REASON.codes),
        Index(None, TENANT_COLUMN, "child_id"),
        {"schema": CORE_SCHEMA},
    )

    from_commune_id: Mapped[int] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), info=personal("where the child lived before")
    )
    to_commune_id: Mapped[int] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), info=personal("where it moved to")
    )
    moved_on: Mapped[date] = mapped_column(Date(), info=personal("since when"))
    reason: Mapped[str] = mapped_column(info=personal("what the new commune should know"))
