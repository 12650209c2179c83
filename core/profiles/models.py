"""The tables that a tenant's declaration fills; one row for each fact, each with its source.

A field that is empty and named in ``unknown`` is *not stated by the document*; a field that is
empty and not named there does not apply.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID  # noqa: TC003  SQLAlchemy evaluates the annotation

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, public
from core.tenancy.models import TENANT_COLUMN, TenantOwned, tenant_reference

_LEGAL_DOCUMENT = f"{CORE_SCHEMA}.legal_document.code"
_AREA = f"{CORE_SCHEMA}.area.id"


def _texts(purpose: str) -> Mapped[list[str]]:
    return mapped_column(ARRAY(Text()), default=list, info=internal(purpose))


class LegalDocument(Base):
    """A legal document that declarations cite; a reference table, the same for every tenant."""

    __tablename__ = "legal_document"
    __table_args__ = ({"schema": CORE_SCHEMA},)

    code: Mapped[str] = mapped_column(primary_key=True, info=public("names the document"))
    number: Mapped[str | None] = mapped_column(info=public("number and symbol"))
    issued_on: Mapped[date | None] = mapped_column(info=public("day of issue"))
    issuer: Mapped[str | None] = mapped_column(info=public("who issued it"))
    title_vi: Mapped[str] = mapped_column(info=public("what it is about"))
    programme: Mapped[str | None] = mapped_column(info=public("the programme it founds"))
    source: Mapped[str] = mapped_column(info=public("where it is cited"))
    note: Mapped[str | None] = mapped_column(info=public("what a reader must know"))
    unknown: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), default=list, info=public("fields that the text does not state")
    )


class TenantProfile(TenantOwned, Base):
    """One stretch of time in which a tenant works by one decision; old ones stay readable."""

    __tablename__ = "tenant_profile"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "code"),
        CheckConstraint("valid_from <= valid_to", name="dates"),
        {"schema": CORE_SCHEMA},
    )

    code: Mapped[str] = mapped_column(info=internal("names the profile"))
    valid_from: Mapped[date | None] = mapped_column(info=internal("first day; empty: not known"))
    valid_to: Mapped[date | None] = mapped_column(info=internal("last day; empty: open"))
    decision: Mapped[str | None] = mapped_column(
        ForeignKey(_LEGAL_DOCUMENT), info=internal("the document that founds the profile")
    )
    legal_basis: Mapped[list[str]] = _texts("codes of the documents it rests on")
    area_id: Mapped[int | None] = mapped_column(
        ForeignKey(_AREA), info=internal("the province in its time; empty for the ministry")
    )
    source: Mapped[str] = mapped_column(info=internal("document and clause"))
    unknown: Mapped[list[str]] = _texts("fields that the document does not state")


class ProfileItem(TenantOwned):
    """One fact of a profile; ``code`` is unique in the profile and is never reused.

    What leaves the declaration gets ``ended_on`` and stays, because records may point at it.
    """

    @declared_attr
    def profile_id(cls) -> Mapped[UUID]:  # noqa: N805  declared_attr is a class method
        """The profile it belongs to."""
        return mapped_column(Uuid(), info=internal("its profile"))

    @declared_attr
    def code(cls) -> Mapped[str]:  # noqa: N805  declared_attr is a class method
        """Its id in the declaration."""
        return mapped_column(info=internal("its id in the declaration"))

    @declared_attr
    def source(cls) -> Mapped[str | None]:  # noqa: N805  declared_attr is a class method
        """Document and clause."""
        return mapped_column(info=internal("document and clause"))

    @declared_attr
    def note(cls) -> Mapped[str | None]:  # noqa: N805  declared_attr is a class method
        """What a reader must know."""
        return mapped_column(info=internal("what a reader must know"))

    @declared_attr
    def unknown(cls) -> Mapped[list[str]]:  # noqa: N805  declared_attr is a class method
        """Fields that the document does not state."""
        return _texts("fields that the document does not state")

    @declared_attr
    def ended_on(cls) -> Mapped[date | None]:  # noqa: N805  declared_attr is a class method
        """Since when the declaration no longer names it."""
        return mapped_column(info=internal("since when the declaration no longer names it"))


def _item_table(*constraints: Any) -> tuple[Any, ...]:
    return (
        UniqueConstraint(TENANT_COLUMN, "profile_id", "code"),
        tenant_reference("profile_id", f"{CORE_SCHEMA}.tenant_profile"),
        *constraints,
        {"schema": CORE_SCHEMA},
    )


class ProfileUnit(ProfileItem, Base):
    """A district that the declaration names, and the area that it is."""

    __tablename__ = "profile_unit"
    __table_args__ = _item_table()

    name_vi: Mapped[str] = mapped_column(info=internal("name as the document writes it"))
    kind: Mapped[str] = mapped_column(info=internal("city, town or rural district"))
    area_id: Mapped[int] = mapped_column(ForeignKey(_AREA), info=internal("the district"))


class Agency(ProfileItem, Base):
    """An agency with its role and duties, or a body that sends or receives reports."""

    __tablename__ = "agency"
    __table_args__ = _item_table(
        CheckConstraint("listed_as IN ('agency', 'body')", name="listed_as")
    )

    listed_as: Mapped[str] = mapped_column(info=internal("has duties of its own, or not"))
    role: Mapped[str] = mapped_column(info=internal("stable role; the name changes with time"))
    name_vi: Mapped[str] = mapped_column(info=internal("shown to people"))
    name_en: Mapped[str] = mapped_column(info=internal("shown to people"))
    duties: Mapped[list[str]] = _texts("what the document asks of it")
    valid_from: Mapped[date | None] = mapped_column(info=internal("first day in the role"))
    valid_to: Mapped[date | None] = mapped_column(info=internal("last day in the role"))


class Target(ProfileItem, Base):
    """A value that an indicator shall reach; one indicator may have many targets."""

    __tablename__ = "target"
    __table_args__ = _item_table(
        CheckConstraint("scope IN ('national', 'province')", name="scope"),
        CheckConstraint("(operator = 'change_pct_vs') = (baseline_year IS NOT NULL)", name="base"),
        CheckConstraint("(operator = 'at_least_n_per_unit') = (per IS NOT NULL)", name="per"),
    )

    indicator: Mapped[str] = mapped_column(info=internal("code of the indicator"))
    scope: Mapped[str] = mapped_column(info=internal("nation or province"))
    year: Mapped[int] = mapped_column(info=internal("the year it is for"))
    operator: Mapped[str] = mapped_column(info=internal(">=, <=, <, >, =, maintain, …"))
    value: Mapped[Decimal] = mapped_column(Numeric(20, 4), info=internal("the value to reach"))
    unit: Mapped[str] = mapped_column(info=internal("unit of the value"))
    per: Mapped[str | None] = mapped_column(info=internal("level of which each unit must"))
    baseline_year: Mapped[int | None] = mapped_column(info=internal("year a change is against"))
    applies_to: Mapped[str | None] = mapped_column(info=internal("whom or what it is about"))
    criteria_version: Mapped[str | None] = mapped_column(
        ForeignKey(_LEGAL_DOCUMENT), info=internal("the criteria in force")
    )
    breakdown: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), info=internal("how the value is made up")
    )


class PlannedActivity(ProfileItem, Base):
    """An activity of the plan: with a quantity, without one, or a duty of everybody."""

    __tablename__ = "planned_activity"
    __table_args__ = _item_table(
        CheckConstraint("kind IN ('quantified', 'unquantified', 'general_duty')", name="kind")
    )

    kind: Mapped[str] = mapped_column(info=internal("quantified, unquantified or general duty"))
    year: Mapped[int | None] = mapped_column(info=internal("year of the plan"))
    title_vi: Mapped[str] = mapped_column(info=internal("what is to be done"))
    programme: Mapped[str] = mapped_column(info=internal("the programme it belongs to, or core"))
    quantity: Mapped[int | None] = mapped_column(info=internal("how many are planned"))
    operator: Mapped[str | None] = mapped_column(info=internal(">= where more is wanted"))
    unit: Mapped[str | None] = mapped_column(info=internal("what is counted"))
    participants: Mapped[int | None] = mapped_column(info=internal("persons planned in all"))
    sites: Mapped[int | None] = mapped_column(info=internal("places planned"))
    units: Mapped[list[str]] = _texts("codes of the districts named")
    split: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSONB(none_as_null=True), info=internal("how the quantity is spread over districts")
    )


class ReportingObligation(ProfileItem, Base):
    """Who owes which report to whom, how often and by which day."""

    __tablename__ = "reporting_obligation"
    __table_args__ = _item_table(
        CheckConstraint("due_rule IN ('on', 'before')", name="rule"),
        CheckConstraint("q3_due_rule IN ('on', 'before')", name="q3_rule"),
        CheckConstraint("(event IS NULL) = (event_days IS NULL)", name="event"),
    )

    kind: Mapped[str] = mapped_column(info=internal("report, plan submission, evaluation, …"))
    name_vi: Mapped[str] = mapped_column(info=internal("shown to people"))
    name_en: Mapped[str | None] = mapped_column(info=internal("shown to people"))
    frequency: Mapped[str | None] = mapped_column(info=internal("how often"))
    due_month: Mapped[int | None] = mapped_column(info=internal("month of the due day"))
    due_day: Mapped[int | None] = mapped_column(info=internal("day of the month"))
    due_rule: Mapped[str | None] = mapped_column(info=internal("on that day, or before it"))
    q3_due_month: Mapped[int | None] = mapped_column(info=internal("third quarter: month"))
    q3_due_day: Mapped[int | None] = mapped_column(info=internal("third quarter: day"))
    q3_due_rule: Mapped[str | None] = mapped_column(info=internal("third quarter: on or before"))
    event: Mapped[str | None] = mapped_column(info=internal("the event that calls for it"))
    event_days: Mapped[int | None] = mapped_column(info=internal("within how many days after it"))
    from_roles: Mapped[list[str]] = _texts("roles or agencies that report")
    to_roles: Mapped[list[str]] = _texts("roles or agencies that receive")
    via: Mapped[str | None] = mapped_column(info=internal("who passes it on"))
    onward: Mapped[list[str]] = _texts("who gets it afterwards")
    with_roles: Mapped[list[str]] = _texts("who works on it too")
    form: Mapped[str | None] = mapped_column(info=internal("which form it has"))


class BudgetMinimum(ProfileItem, Base):
    """The least that each unit of a level sets aside in a year."""

    __tablename__ = "budget_minimum"
    __table_args__ = _item_table(CheckConstraint("level IN ('district', 'commune')", name="level"))

    level: Mapped[str] = mapped_column(info=internal("which units"))
    amount_vnd: Mapped[int] = mapped_column(info=internal("đồng for each unit"))
    per: Mapped[str] = mapped_column(info=internal("for which time"))
    units: Mapped[int] = mapped_column(info=internal("how many units the document counts"))
    total_vnd: Mapped[int] = mapped_column(info=internal("đồng for all units"))


class ProfileSetting(ProfileItem, Base):
    """A fact that has no table of its own: typed, and possibly not stated (``unknown``)."""

    __tablename__ = "profile_setting"
    __table_args__ = _item_table(
        CheckConstraint(
            "value_type IN ('text', 'integer', 'decimal', 'boolean', 'date', 'list')",
            name="value_type",
        ),
        CheckConstraint("value IS NOT NULL OR unknown = ARRAY['value']", name="value"),
    )

    value_type: Mapped[str | None] = mapped_column(info=internal("how to read the value"))
    value: Mapped[str | None] = mapped_column(info=internal("the value; empty: not stated"))


class RoleNarrowing(ProfileItem, Base):
    """What a province takes away from one role, its code; nothing here can add to a role."""

    __tablename__ = "role_narrowing"
    __table_args__ = _item_table()

    without: Mapped[list[str]] = _texts("permissions that the role does not have here")
    classes: Mapped[dict[str, str]] = mapped_column(
        JSONB(), info=internal("by schema, the most careful class of field it is shown here")
    )


ITEM_TABLES: tuple[type[ProfileItem], ...] = (
    ProfileUnit,
    Agency,
    Target,
    PlannedActivity,
    ReportingObligation,
    BudgetMinimum,
    ProfileSetting,
    RoleNarrowing,
)
