"""The tables of areas: reference data that every login may read and only the migration writes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, public

PROVINCE = "province"
DISTRICT = "district"
COMMUNE = "commune"
LEVELS = (PROVINCE, DISTRICT, COMMUNE)


class Area(Base):
    """One administrative unit during one stretch of time.

    Codes are reused over time, so a unit is known by level, code and the day it began. ``id`` is
    given at the first load and never changes: what ends gets a ``valid_to``, nothing is deleted.
    """

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("level", "code", "valid_from", postgresql_nulls_not_distinct=True),
        CheckConstraint("level IN ('province', 'district', 'commune')", name="level"),
        CheckConstraint("(level = 'province') = (parent_id IS NULL)", name="parent"),
        CheckConstraint("valid_from <= valid_to", name="dates"),
        Index(None, "parent_id"),
        Index(None, "level", "name_fold"),
        {"schema": CORE_SCHEMA},
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, info=public("identifies the unit for good")
    )
    level: Mapped[str] = mapped_column(info=public("province, district or commune"))
    code: Mapped[str] = mapped_column(info=public("code of the statistics office in its time"))
    name: Mapped[str] = mapped_column(info=public("full name, with its kind"))
    kind: Mapped[str] = mapped_column(info=public("Tỉnh, Huyện, Xã, Phường, …"))
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"),
        info=public("the unit it lies in; none for a province"),
    )
    valid_from: Mapped[date | None] = mapped_column(info=public("first day; empty: not known"))
    valid_to: Mapped[date | None] = mapped_column(info=public("last day; empty: still there"))
    name_fold: Mapped[str] = mapped_column(
        info=public("name without its kind, folded: people look for 'chau doc'")
    )
    name_sort: Mapped[str] = mapped_column(info=public("Vietnamese order of the name without kind"))
    latitude: Mapped[float | None] = mapped_column(info=public("centre, for maps"))
    longitude: Mapped[float | None] = mapped_column(info=public("centre, for maps"))
    area_km2: Mapped[float | None] = mapped_column(info=public("area in square kilometres"))


class AreaSuccession(Base):
    """One old unit went, whole or in part, into one new unit."""

    __tablename__ = "area_succession"
    __table_args__ = (
        CheckConstraint("share IN ('whole', 'part')", name="share"),
        Index(None, "successor_id"),
        {"schema": CORE_SCHEMA},
    )

    predecessor_id: Mapped[int] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), primary_key=True, info=public("the unit that ended")
    )
    successor_id: Mapped[int] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), primary_key=True, info=public("the unit that took it")
    )
    on_date: Mapped[date] = mapped_column(info=public("first day of the successor"))
    share: Mapped[str] = mapped_column(info=public("the whole unit or a part of it"))
    is_default: Mapped[bool] = mapped_column(
        info=public("of several parts, the successor that took the larger share")
    )


class AreaVersion(Base):
    """The mark of the areas as they are, in one row: the database makes another with each change.

    What was read of the areas under a mark holds for as long as the mark is the same. It is random,
    so that no two databases share one.
    """

    __tablename__ = "area_version"
    __table_args__ = (CheckConstraint("alone", name="alone"), {"schema": CORE_SCHEMA})

    alone: Mapped[bool] = mapped_column(primary_key=True, info=public("holds the table to one row"))
    version: Mapped[UUID] = mapped_column(info=public("changes with every change of the areas"))
