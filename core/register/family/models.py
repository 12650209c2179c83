"""Parents and caregivers; the latest record of each counts, earlier ones are its history."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, personal, sensitive
from core.register.columns import BY_BYTES, AboutChild, of_child, within
from core.register.family import options
from core.tenancy.models import TENANT_COLUMN


class ParentRecord(AboutChild, Base):
    """What is known of a child's mother or father on a day. Source: programmes §2.2."""

    __tablename__ = "parent_record"
    __table_args__ = (
        of_child(),
        within("kind", options.PARENT.codes),
        within("life_status", options.LIFE.codes),
        within("availability", options.AVAILABILITY.codes),
        CheckConstraint("availability IS NULL OR life_status = 'alive'", name="available"),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "name_fold"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=personal("mother or father"))
    full_name: Mapped[str | None] = mapped_column(info=personal("who answers for the child"))
    name_fold: Mapped[str] = mapped_column(
        BY_BYTES, info=personal("the name without accents, to tell likely duplicates")
    )
    birth_year: Mapped[int | None] = mapped_column(info=personal("tells parents of one name apart"))
    life_status: Mapped[str] = mapped_column(info=sensitive("whether the child is an orphan"))
    availability: Mapped[str | None] = mapped_column(
        info=sensitive("whether the parent can care for the child")
    )
    as_of: Mapped[date] = mapped_column(Date(), info=personal("the day it was found so"))


class Caregiver(AboutChild, Base):
    """Who takes care of the child from a day on."""

    __tablename__ = "caregiver"
    __table_args__ = (
        of_child(),
        within("relation", options.CARER.codes),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    full_name: Mapped[str] = mapped_column(info=personal("whom to speak with about the child"))
    relation: Mapped[str] = mapped_column(info=personal("kinship or other care"))
    birth_year: Mapped[int | None] = mapped_column(info=personal("old carers need help themselves"))
    phone: Mapped[str | None] = mapped_column(info=personal("to reach the caregiver"))
    is_primary: Mapped[bool] = mapped_column(info=personal("who decides day by day"))
    from_date: Mapped[date] = mapped_column(Date(), info=personal("since when"))
