"""A record merged into another, and everything that followed, so that it can be taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted
from core.register.columns import CHILD_TABLE
from core.tenancy.models import (
    TENANT_COLUMN,
    AreaScoped,
    Confidential,
    TenantOwned,
    tenant_reference,
)


class ChildMerge(AreaScoped, TenantOwned, Base):
    """Two records of one child made one; ``undone_at`` when they were parted again."""

    read_with = "core.child.read"
    __tablename__ = "child_merge"
    __table_args__ = (
        tenant_reference("survivor_id", CHILD_TABLE),
        tenant_reference("loser_id", CHILD_TABLE),
        Index(None, TENANT_COLUMN, "survivor_id"),
        Index(None, TENANT_COLUMN, "loser_id"),
        {"schema": CORE_SCHEMA},
    )

    survivor_id: Mapped[UUID] = mapped_column(info=personal("the record that stays"))
    loser_id: Mapped[UUID] = mapped_column(info=personal("the record that was merged into it"))
    loser_status: Mapped[str] = mapped_column(info=personal("given back when it is undone"))
    loser_left_on: Mapped[date | None] = mapped_column(
        Date(), info=personal("given back when it is undone")
    )
    merged_at: Mapped[datetime] = mapped_column(info=internal("when"))
    merged_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    undone_at: Mapped[datetime | None] = mapped_column(info=internal("when it was undone"))
    undone_by: Mapped[UUID | None] = mapped_column(info=internal("who undid it"))


# Why the database itself must read these.
_KEY = "a key, by which the undoing finds the rows that it brings back"


class MergedRow(Confidential, TenantOwned, Base):
    """A row that followed the survivor; read by the undoing alone.

    How many rows there are would tell of confidential ones, so nobody has the key to them.
    """

    confidential_key = "core.merged_row"
    __tablename__ = "merged_row"
    __table_args__ = (
        tenant_reference("merge_id", f"{CORE_SCHEMA}.child_merge"),
        Index(None, TENANT_COLUMN, "merge_id"),
        {"schema": CORE_SCHEMA},
    )

    merge_id: Mapped[UUID] = mapped_column(info=restricted("in which merge", plain=_KEY))
    table_name: Mapped[str] = mapped_column(info=restricted("where the row is", plain=_KEY))
    row_id: Mapped[UUID] = mapped_column(info=restricted("which row followed", plain=_KEY))
