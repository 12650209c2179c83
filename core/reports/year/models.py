"""What happened to reports: steps, confirmations, exceptions, requests, and what was frozen."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted
from core.reports.year.states import BUILD
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, tenant_reference
from core.vault.columns import sealed

_AREA = f"{CORE_SCHEMA}.area.id"
_REPORT = f"{CORE_SCHEMA}.report"


class ReportStep(TenantOwned, Base):
    """One step of a report's way; nobody's login may change or delete it.

    ``number`` counts the steps of one report: of two people who take the same one at once the
    database itself lets one win, should the lock ever be forgotten.
    """

    __tablename__ = "report_step"
    __table_args__ = (
        tenant_reference("report_id", _REPORT),
        UniqueConstraint(TENANT_COLUMN, "report_id", "number"),
        CheckConstraint("number > 0", name="number"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    number: Mapped[int] = mapped_column(info=internal("its place among the report's steps"))
    step: Mapped[str] = mapped_column(info=internal("which step"))
    from_state: Mapped[str] = mapped_column(info=internal("how the report stood before"))
    to_state: Mapped[str] = mapped_column(info=internal("how it stood afterwards"))
    taken_at: Mapped[datetime] = mapped_column(info=internal("when"))
    taken_by: Mapped[UUID | None] = mapped_column(
        info=internal("the account that answers for it; empty: the program")
    )
    role: Mapped[str | None] = mapped_column(info=internal("in which role"))
    reason: Mapped[str | None] = mapped_column(info=internal("why, in the officer's words"))
    letter_number: Mapped[str | None] = mapped_column(
        info=internal("number and symbol of the ministry's letter")
    )
    letter_date: Mapped[date | None] = mapped_column(info=internal("day of the letter"))


class ReportRequest(TenantOwned, Base):
    """A report that somebody asks for besides the calendar, or that an event calls for."""

    __tablename__ = "report_request"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "code"),
        CheckConstraint("due_rule IN ('on', 'before')", name="rule"),
        CheckConstraint("(obligation IS NULL) = (happened_on IS NULL)", name="event"),
        {"schema": CORE_SCHEMA},
    )

    code: Mapped[str] = mapped_column(info=internal("names the request"))
    name: Mapped[str] = mapped_column(info=internal("what is to be reported"))
    asked_by: Mapped[str] = mapped_column(info=internal("which agency asks, or which event"))
    obligation: Mapped[str | None] = mapped_column(
        info=internal("the obligation that the event calls for; empty: ad hoc")
    )
    happened_on: Mapped[date | None] = mapped_column(info=internal("the day of the event"))
    period_code: Mapped[str] = mapped_column(info=internal("the period it reports on"))
    due_on: Mapped[date] = mapped_column(info=internal("its due day"))
    due_rule: Mapped[str] = mapped_column(info=internal("on that day, or before it"))
    cut_off: Mapped[date | None] = mapped_column(info=internal("last day to count, if stated"))
    made_at: Mapped[datetime] = mapped_column(info=internal("when it was written down"))
    made_by: Mapped[UUID | None] = mapped_column(info=internal("who wrote it down"))

    @property
    def kind(self) -> str:
        """How its report is stored."""
        return f"request.{self.code}"


class ReportConfirmation(TenantOwned, Base):
    """A commune or district stands by its figures of a period."""

    __tablename__ = "report_confirmation"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "kind", "period_code", "area_id"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period"))
    area_id: Mapped[int] = mapped_column(ForeignKey(_AREA), info=internal("the unit"))
    first_at: Mapped[datetime | None] = mapped_column(
        info=internal("when, the first time; empty: not kept before core 0030, take the last")
    )
    confirmed_at: Mapped[datetime] = mapped_column(info=internal("when, the last time"))
    confirmed_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    role: Mapped[str | None] = mapped_column(info=internal("in which role"))


class UnitPunctuality(AreaScoped, TenantOwned, Base):
    """Whether a unit stood by its figures in time; written once, the day after they were due.

    It lies in the unit's commune, or in the first commune of its district, so that a district's
    punctuality counts in the district.
    """

    read_with = BUILD
    __tablename__ = "unit_punctuality"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "kind", "period_code", "unit_id"),
        CheckConstraint("level IN ('district', 'commune')", name="level"),
        Index(None, TENANT_COLUMN, "commune_id", "due_on"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period"))
    level: Mapped[str] = mapped_column(info=internal("level of the unit"))
    unit_id: Mapped[int] = mapped_column(ForeignKey(_AREA), info=internal("the unit"))
    due_on: Mapped[date] = mapped_column(info=internal("the last day in time"))
    in_time: Mapped[bool] = mapped_column(info=internal("whether it stood by them by that day"))
    settled_at: Mapped[datetime] = mapped_column(info=internal("when this was written down"))


class ReportException(TenantOwned, Base):
    """The leader lets a report go on without a unit, or without all that are missing."""

    __tablename__ = "report_exception"
    __table_args__ = ({"schema": CORE_SCHEMA},)

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period"))
    area_id: Mapped[int | None] = mapped_column(
        ForeignKey(_AREA), info=internal("the unit; empty: every one that is missing")
    )
    name: Mapped[str] = mapped_column(info=internal("what the exception is called, and why"))
    ends_on: Mapped[date] = mapped_column(info=internal("the last day on which it helps"))
    granted_at: Mapped[datetime] = mapped_column(info=internal("when it was granted"))
    granted_by: Mapped[UUID | None] = mapped_column(info=internal("who granted it"))


class ReportUnit(TenantOwned, Base):
    """How a unit stood when the report was approved; nobody may change or delete it."""

    __tablename__ = "report_unit"
    __table_args__ = (
        tenant_reference("report_id", _REPORT),
        UniqueConstraint(TENANT_COLUMN, "report_id", "area_id"),
        CheckConstraint("standing IN ('confirmed', 'excepted')", name="standing"),
        CheckConstraint("(standing = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed"),
        CheckConstraint("(standing = 'excepted') = (exception IS NOT NULL)", name="excepted"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    area_id: Mapped[int] = mapped_column(ForeignKey(_AREA), info=internal("the unit"))
    standing: Mapped[str] = mapped_column(info=internal("confirmed, or let off"))
    confirmed_at: Mapped[datetime | None] = mapped_column(info=internal("when it confirmed"))
    exception: Mapped[str | None] = mapped_column(info=internal("the exception's name"))


class ReportDefinition(TenantOwned, Base):
    """What an indicator meant when the report was approved; nobody may change or delete it."""

    __tablename__ = "report_definition"
    __table_args__ = (
        tenant_reference("report_id", _REPORT),
        UniqueConstraint(TENANT_COLUMN, "report_id", "code"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    code: Mapped[str] = mapped_column(info=internal("the indicator"))
    version: Mapped[int] = mapped_column(info=internal("version of its definition"))
    name_vi: Mapped[str] = mapped_column(info=internal("its name then"))
    name_en: Mapped[str] = mapped_column(info=internal("its name then"))
    meaning_vi: Mapped[str] = mapped_column(info=internal("its definition then"))
    meaning_en: Mapped[str] = mapped_column(info=internal("its definition then"))
    formula: Mapped[str] = mapped_column(info=internal("how it was derived then"))
    source: Mapped[str] = mapped_column(info=internal("where the definition comes from"))


class ReportRecords(TenantOwned, Base):
    """The records behind a restricted figure when it was approved; nobody may change it.

    Which children are counted there is itself confidential, so the ids are sealed; who opens them
    reads only the records that they may read anyway.
    """

    __tablename__ = "report_records"
    __table_args__ = (
        tenant_reference("report_id", _REPORT),
        UniqueConstraint(TENANT_COLUMN, "report_id", "measure"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    measure: Mapped[str] = mapped_column(info=internal("what was counted"))
    records: Mapped[bytes] = sealed(
        restricted("ids of the records behind the figure, 16 bytes each"), bytes
    )


class ReportReminder(TenantOwned, Base):
    """Somebody was reminded once that a report, or a unit's figures, are due or late."""

    __tablename__ = "report_reminder"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "kind", "period_code", "area_id", "stage", "due_on"),
        CheckConstraint("stage IN ('10', '3', '0', 'overdue')", name="stage"),
        CheckConstraint("level IN ('province', 'district', 'commune')", name="level"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period"))
    area_id: Mapped[int] = mapped_column(ForeignKey(_AREA), info=internal("whom it reminds"))
    level: Mapped[str] = mapped_column(info=internal("level of that unit"))
    stage: Mapped[str] = mapped_column(info=internal("days ahead, or overdue"))
    due_on: Mapped[date] = mapped_column(info=internal("the last day in time"))
    raised_at: Mapped[datetime] = mapped_column(info=internal("when it was raised"))
