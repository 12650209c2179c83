"""Rows made from others so that a child is counted once; read by the counting alone.

That a child is in any group would show a confidential one where no other is to be seen. So the
tables are confidential whole, under the key of the groups, and no page, form or list shows them.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, restricted
from core.register.circumstances.groups import CONFIDENTIAL
from core.register.columns import of_child
from core.tenancy.models import TENANT_COLUMN, AreaScoped, Confidential, TenantOwned

# Why the database itself must read these; that the row is there is what its bound keeps.
_KEY = "a key of the register, by which rows are counted and put right"
_COUNTED = "counted in the figures, by the database"


class CircumstanceSpell(Confidential, AreaScoped, TenantOwned, Base):
    """A stretch of days on which a child had at least one group of the law."""

    confidential_key = CONFIDENTIAL
    __tablename__ = "circumstance_spell"
    __table_args__ = (
        of_child(),
        CheckConstraint("until_day > from_day", name="until_day"),
        Index(None, TENANT_COLUMN, "child_id"),
        {"schema": CORE_SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=restricted("counts each child once", plain=_KEY))
    sex: Mapped[str] = mapped_column(info=restricted("figures by sex", plain=_COUNTED))
    from_day: Mapped[date] = mapped_column(
        Date(), info=restricted("counted from this day", plain=_COUNTED)
    )
    until_day: Mapped[date | None] = mapped_column(
        Date(), info=restricted("no longer from this", plain=_COUNTED)
    )


class SupportedChild(Confidential, AreaScoped, TenantOwned, Base):
    """The first help of a calendar year to a child that was in a group on that day."""

    confidential_key = CONFIDENTIAL
    __tablename__ = "supported_child"
    __table_args__ = (
        of_child(),
        Index(None, TENANT_COLUMN, "child_id"),
        {"schema": CORE_SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(
        info=restricted("counts each child once a year", plain=_KEY)
    )
    sex: Mapped[str] = mapped_column(info=restricted("figures by sex", plain=_COUNTED))
    first_on: Mapped[date] = mapped_column(
        Date(), info=restricted("the period it counts in", plain=_COUNTED)
    )
