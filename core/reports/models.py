"""Reports, the figures frozen with them, and the officers' own words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.plugin_api.documents import FigureState
from core.reports.year.states import ReportState
from core.tenancy.models import TENANT_COLUMN, TenantOwned, tenant_reference

PERIODIC = "periodic"

_REPORT_STATES = ", ".join(f"'{state.value}'" for state in ReportState)
# What cannot be counted is never frozen: the report waits for it.
STATES = ", ".join(
    f"'{state.value}'" for state in FigureState if state is not FigureState.NOT_AVAILABLE
)
# A number is there exactly when the state says so.
NUMBER_CHECK = (
    "(state = 'number') = (value IS NOT NULL OR (numerator IS NOT NULL AND denominator > 0))"
)


class Report(TenantOwned, Base):
    """One version of a report of a tenant: of one kind, for one period.

    The version with the highest number counts; an older one stays as it was approved.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "kind", "period_code", "version"),
        CheckConstraint(f"state IN ({_REPORT_STATES})", name="state"),
        CheckConstraint(
            "CASE WHEN state IN ('approved', 'sent', 'accepted') THEN frozen_at IS NOT NULL "
            "ELSE state = 'returned' OR frozen_at IS NULL END",
            name="frozen",
        ),
        CheckConstraint("(version > 1) = (corrects IS NOT NULL)", name="version"),
        tenant_reference("corrects", f"{CORE_SCHEMA}.report"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period it reports on"))
    version: Mapped[int] = mapped_column(
        default=1, info=internal("1, and one more with each correction")
    )
    corrects: Mapped[UUID | None] = mapped_column(info=internal("the version it corrects"))
    state: Mapped[str] = mapped_column(info=internal("how far it has come"))
    cut_off: Mapped[date] = mapped_column(info=internal("last day that its figures count"))
    frozen_at: Mapped[datetime | None] = mapped_column(
        info=internal("since when its figures stand: it was approved then")
    )

    @property
    def is_frozen(self) -> bool:
        """Whether its figures stand."""
        return self.frozen_at is not None


class ReportFigure(TenantOwned, Base):
    """One figure as an approved report states it; nobody's login may change or delete it.

    ``asked`` says how a section asked for it (a measure, an indicator, one part of a breakdown, a
    planned quantity), ``part`` which part, ``position`` the order of parts. Rows asked for as
    ``leaves`` are what goes to the ministry once the report is sent.
    """

    __tablename__ = "report_figure"
    __table_args__ = (
        tenant_reference("report_id", f"{CORE_SCHEMA}.report"),
        UniqueConstraint(
            *(TENANT_COLUMN, "report_id", "asked", "code", "span", "part"),
            name="uq_report_figure_asked",
        ),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint(NUMBER_CHECK, name="number"),
        CheckConstraint("span IN ('period', 'last_year')", name="span"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report that states it"))
    asked: Mapped[str] = mapped_column(info=internal("how the section asked for it"))
    code: Mapped[str] = mapped_column(info=internal("indicator, measure or activity"))
    span: Mapped[str] = mapped_column(info=internal("the period or the one a year before"))
    part: Mapped[str] = mapped_column(info=internal("which part of a breakdown; empty: whole"))
    position: Mapped[int] = mapped_column(info=internal("order of the parts"))
    state: Mapped[str] = mapped_column(info=internal("a number, or why there is none"))
    value: Mapped[int | None] = mapped_column(info=internal("a count as approved"))
    numerator: Mapped[int | None] = mapped_column(info=internal("what stands behind a ratio"))
    denominator: Mapped[int | None] = mapped_column(info=internal("what stands behind a ratio"))
    per: Mapped[int | None] = mapped_column(info=internal("100 for percent, 100,000 for a rate"))
    definition_version: Mapped[int | None] = mapped_column(
        info=internal("the definition that was used")
    )


class OfficerText(TenantOwned, Base):
    """What an officer wrote into a section; it stays when the report is drafted again."""

    __tablename__ = "officer_text"
    __table_args__ = (
        tenant_reference("report_id", f"{CORE_SCHEMA}.report"),
        UniqueConstraint(TENANT_COLUMN, "report_id", "section_code"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    section_code: Mapped[str] = mapped_column(info=internal("the section"))
    body: Mapped[str] = mapped_column(info=internal("what figures cannot say"))
    written_at: Mapped[datetime] = mapped_column(info=internal("when it was written"))
    written_by: Mapped[UUID | None] = mapped_column(info=internal("who wrote it"))
