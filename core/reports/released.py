"""What leaves the province: the figures that the ministry's login may read, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, public
from core.reports.models import NUMBER_CHECK, STATES
from core.tenancy.models import TENANT_COLUMN, Released, TenantOwned, tenant_reference


class ReleasedFigure(TenantOwned, Released, Base):
    """One indicator of one province in one period: whole, or one part of one breakdown.

    Parts of restricted figures that are too small are ``suppressed`` before they come here.
    Nobody's login may change or delete a row; a correction is a new release.
    """

    __tablename__ = "released_figure"
    __table_args__ = (
        tenant_reference("report_id", f"{CORE_SCHEMA}.report"),
        UniqueConstraint(
            *(TENANT_COLUMN, "kind", "period_code", "indicator_code"),
            *("breakdown", "detail", "report_id"),
            name="uq_released_figure_place",
        ),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint(NUMBER_CHECK, name="number"),
        CheckConstraint("breakdown IN ('', 'sex', 'age_band', 'detail')", name="breakdown"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report it was released with"))
    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period"))
    indicator_code: Mapped[str] = mapped_column(info=internal("which indicator"))
    breakdown: Mapped[str] = mapped_column(info=internal("by what it is parted; empty: whole"))
    detail: Mapped[str] = mapped_column(info=internal("which part"))
    state: Mapped[str] = mapped_column(info=public("a number, or why there is none"))
    value: Mapped[int | None] = mapped_column(info=internal("a count, to add up"))
    numerator: Mapped[int | None] = mapped_column(info=internal("to add up before dividing"))
    denominator: Mapped[int | None] = mapped_column(info=internal("to add up before dividing"))
    per: Mapped[int | None] = mapped_column(info=internal("100 for percent, 100,000 for a rate"))
    definition_version: Mapped[int] = mapped_column(info=internal("which definition was used"))
    cut_off: Mapped[date] = mapped_column(info=internal("last day that was counted"))
    released_at: Mapped[datetime] = mapped_column(info=internal("the latest release counts"))
