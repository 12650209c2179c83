"""Cells, which hold what was counted, and marks, which say what must be counted again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted
from core.tenancy.models import AreaScoped, TenantOwned, ThroughItsDoor

_ADDED = "the database adds the cells up"


class FigureCell(ThroughItsDoor, TenantOwned, AreaScoped, Base):
    """What one measure adds up to in one commune on one day, for one combination of breakdowns.

    Sparse: no row means zero. An empty text stands for "not broken down" and "not stated". A
    stock keeps differences: what came on the day less what went. A single cell can tell of a
    single child, so nothing but ``core.indicators`` reads this table.
    """

    read_with = "core.figures.read"
    owner_in = "measure"
    __tablename__ = "figure_cell"
    __table_args__ = (
        UniqueConstraint(
            *("tenant_id", "measure", "day", "commune_id", "sex", "age_band", "detail"),
            name="uq_figure_cell_place",
        ),
        {"schema": CORE_SCHEMA},
    )

    measure: Mapped[str] = mapped_column(info=internal("which measure was counted"))
    day: Mapped[date] = mapped_column(
        info=restricted("any period is a sum over days", plain=_ADDED)
    )
    sex: Mapped[str] = mapped_column(info=restricted("breakdown of the figure", plain=_ADDED))
    age_band: Mapped[str] = mapped_column(info=restricted("breakdown of the figure", plain=_ADDED))
    detail: Mapped[str] = mapped_column(
        info=restricted("the programme's own breakdown", plain=_ADDED)
    )
    value: Mapped[int] = mapped_column(
        info=restricted("what was counted; may be one child", plain=_ADDED)
    )


class FigureStale(ThroughItsDoor, TenantOwned, AreaScoped, Base):
    """A mark that one measure's cells of a commune and day must be counted again.

    Appended in the transaction of the write and never updated: a shared counter would make
    writers wait for each other.
    """

    __tablename__ = "figure_stale"
    __table_args__ = (
        Index(None, "tenant_id", "measure", "commune_id", "day"),
        {"schema": CORE_SCHEMA},
    )

    measure: Mapped[str] = mapped_column(info=internal("which measure to count again"))
    day: Mapped[date] = mapped_column(info=restricted("which day to count again", plain=_ADDED))
