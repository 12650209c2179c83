"""The records of the programme: screenings, cases and their support, workplaces, inspections."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    Option,
    TenantOwned,
    internal,
    personal,
    tenant_reference,
)
from plugins.child_labour import codes
from plugins.child_labour.permissions import (
    ENTER_CASE,
    ENTER_CLASS,
    ENTER_CONFIRM,
    READ,
    READ_CASE,
    READ_CLASS,
)

SCHEMA = "child_labour"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8


def case_code() -> str:
    """A random code by which people speak of a case; it tells nothing."""
    return "LD-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _values(options: Sequence[Option]) -> str:
    return ", ".join(f"'{option.value}'" for option in options)


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({_values(options)})", name=column)


def _subset(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds some of the codes."""
    return CheckConstraint(f"{column} <@ ARRAY[{_values(options)}]", name=column)


class WorkScreening(AreaScoped, TenantOwned, Base):
    """What a child does for work, and how that was classified when it was entered.

    Source: domain page of the programmes, §4.2 (``work_screening``, ``labour_classification``).
    """

    __tablename__ = "work_screening"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        tenant_reference("workplace_id", f"{SCHEMA}.workplace"),
        _within("sex", codes.SEXES),
        _within("relation_to_employer", codes.EMPLOYERS),
        _within("sector", codes.SECTORS),
        _subset("hazards", codes.HAZARDS),
        _subset("risk_factors", codes.RISK_FACTORS),
        _within("category", codes.CATEGORIES),
        _subset("reasons", codes.REASONS),
        _within("age_group", codes.AGE_GROUPS),
        CheckConstraint("age_at_screening BETWEEN 5 AND 17", name="age_at_screening"),
        CheckConstraint("hours_per_day_max BETWEEN 0 AND 18", name="hours_per_day_max"),
        CheckConstraint("hours_per_week BETWEEN 0 AND 112", name="hours_per_week"),
        _within("left_school_reason", codes.LEFT_SCHOOL),
        CheckConstraint("chores_hours_per_week BETWEEN 0 AND 112", name="chores_hours_per_week"),
        CheckConstraint("pay_vnd_month >= 0", name="pay_vnd_month"),
        Index(None, "tenant_id", "screened_on"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "workplace_id"),
        {"schema": SCHEMA},
    )

    screened_on: Mapped[date] = mapped_column(info=personal("places the screening in a period"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child to be supported"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age_at_screening: Mapped[int] = mapped_column(
        info=personal("decides what work is permitted; whole years")
    )
    school_attending: Mapped[bool] = mapped_column(info=personal("keeping children in school"))
    last_grade: Mapped[int | None] = mapped_column(info=personal("return to the right class"))
    left_school_on: Mapped[date | None] = mapped_column(info=personal("urgency of the return"))
    left_school_reason: Mapped[str | None] = mapped_column(
        info=personal("what would bring the child back")
    )
    risk_factors: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), info=personal("finds children at risk before they work")
    )
    works: Mapped[bool] = mapped_column(info=personal("whether there is work to classify"))
    relation_to_employer: Mapped[str | None] = mapped_column(info=personal("classification"))
    workplace_id: Mapped[UUID | None] = mapped_column(info=personal("where to inspect"))
    workplace_name: Mapped[str | None] = mapped_column(
        info=personal("where to inspect, if it is not in the list yet")
    )
    sector: Mapped[str | None] = mapped_column(info=personal("figures by sector; classification"))
    occupation: Mapped[str | None] = mapped_column(info=personal("comparison with official lists"))
    on_light_work_list: Mapped[bool | None] = mapped_column(info=personal("classification"))
    hours_per_day_max: Mapped[int | None] = mapped_column(info=personal("classification"))
    hours_per_week: Mapped[int | None] = mapped_column(info=personal("classification"))
    chores_hours_per_week: Mapped[int | None] = mapped_column(
        info=personal("chores at home are no labour, and too many keep from school")
    )
    night_work: Mapped[bool | None] = mapped_column(info=personal("classification"))
    hazards: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), info=personal("classification; notice to the inspectorate")
    )
    pay_vnd_month: Mapped[int | None] = mapped_column(
        info=personal("what support must replace; whole đồng a month")
    )
    category: Mapped[str] = mapped_column(info=personal("the conclusion, for support and figures"))
    reasons: Mapped[list[str]] = mapped_column(
        ARRAY(Text), info=personal("explains the conclusion line by line")
    )
    ruleset: Mapped[str] = mapped_column(info=internal("by which version it was classified"))
    age_group: Mapped[str] = mapped_column(info=personal("figures by the groups of LAB-01"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )


class Entered(AreaScoped, TenantOwned):
    """A row in one commune that somebody entered."""

    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )


class LabourClassification(Entered, Base):
    """A second person's word on the category of a screening: confirmed, or another one."""

    __tablename__ = "labour_classification"
    __table_args__ = (
        tenant_reference("screening_id", f"{SCHEMA}.work_screening"),
        UniqueConstraint("tenant_id", "screening_id"),
        _within("category", codes.CATEGORIES),
        {"schema": SCHEMA},
    )

    screening_id: Mapped[UUID] = mapped_column(info=personal("the screening it speaks of"))
    decided_on: Mapped[date] = mapped_column(info=internal("when it was decided"))
    category: Mapped[str] = mapped_column(info=personal("the conclusion that counts"))
    override_reason: Mapped[str | None] = mapped_column(
        info=personal("why it differs from the rules")
    )


class ClassificationStep(Entered, Base):
    """What an overridden category changes in the figures of its screening: one more or one less."""

    read_with = READ
    entered_with = ENTER_CONFIRM
    __tablename__ = "classification_step"
    __table_args__ = (
        tenant_reference("screening_id", f"{SCHEMA}.work_screening"),
        _within("sex", codes.SEXES),
        _within("sector", codes.SECTORS),
        _within("age_group", codes.AGE_GROUPS),
        CheckConstraint("labour BETWEEN -1 AND 1", name="labour"),
        CheckConstraint("hazardous BETWEEN -1 AND 1", name="hazardous"),
        CheckConstraint("at_risk BETWEEN -1 AND 1", name="at_risk"),
        CheckConstraint("age BETWEEN 5 AND 17", name="age"),
        Index(None, "tenant_id", "screening_id"),
        {"schema": SCHEMA},
    )

    screening_id: Mapped[UUID] = mapped_column(info=personal("the screening it corrects"))
    screened_on: Mapped[date] = mapped_column(info=personal("counted with its screening"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age: Mapped[int] = mapped_column(info=personal("figures by age; whole years"))
    age_group: Mapped[str] = mapped_column(info=personal("figures by the groups of LAB-01"))
    sector: Mapped[str | None] = mapped_column(info=personal("figures by sector"))
    labour: Mapped[int] = mapped_column(info=personal("one more or less in child labour"))
    hazardous: Mapped[int] = mapped_column(info=personal("one more or less in hazardous work"))
    at_risk: Mapped[int] = mapped_column(info=personal("one more or less at risk"))


class LabourCase(Entered, Base):
    """A child who is supported out of labour; what became of it stands in its follow-ups."""

    __tablename__ = "labour_case"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        tenant_reference("screening_id", f"{SCHEMA}.work_screening"),
        UniqueConstraint("tenant_id", "code"),
        _within("category", codes.CATEGORIES),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "screening_id"),
        {"schema": SCHEMA},
    )

    code: Mapped[str] = mapped_column(
        default=case_code, info=internal("by which people speak of the case; drawn at random")
    )
    child_id: Mapped[UUID] = mapped_column(info=personal("the child to be supported"))
    screening_id: Mapped[UUID | None] = mapped_column(info=personal("how it was found"))
    opened_on: Mapped[date] = mapped_column(info=internal("follow-ups are due from here"))
    category: Mapped[str] = mapped_column(info=personal("what the support must end"))
    support_plan: Mapped[str] = mapped_column(info=personal("what is to be done"))


class SupportPackage(Entered, Base):
    """One kind of support given in a case."""

    __tablename__ = "support_package"
    __table_args__ = (
        tenant_reference("labour_case_id", f"{SCHEMA}.labour_case"),
        tenant_reference("vocational_class_id", f"{SCHEMA}.vocational_class"),
        _within("kind", codes.PACKAGES),
        _within("source", codes.SOURCES),
        CheckConstraint("ends_on >= starts_on", name="ends_on"),
        CheckConstraint("cost_vnd > 0", name="cost_vnd"),
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade"),
        Index(None, "tenant_id", "labour_case_id"),
        Index(None, "tenant_id", "vocational_class_id"),
        {"schema": SCHEMA},
    )

    labour_case_id: Mapped[UUID] = mapped_column(info=personal("the case"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    provider: Mapped[str] = mapped_column(info=internal("who gives it"))
    starts_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    ends_on: Mapped[date | None] = mapped_column(info=internal("when it was over"))
    cost_vnd: Mapped[int | None] = mapped_column(info=internal("money spent; whole đồng"))
    source: Mapped[str | None] = mapped_column(info=internal("who paid"))
    school_name: Mapped[str | None] = mapped_column(info=personal("where the child went back"))
    grade: Mapped[int | None] = mapped_column(info=personal("in which class it sits"))
    vocational_class_id: Mapped[UUID | None] = mapped_column(info=personal("where it learns"))
    outcome: Mapped[str | None] = mapped_column(info=personal("what came of it"))


class FirstTime(Entered, Base):
    """The first support of a child who was found, of its schooling, or of a household in a year.

    Each counts once: a child with the screening that found it, a household with its day.
    """

    read_with = READ_CASE
    entered_with = ENTER_CASE
    __tablename__ = "first_time"
    __table_args__ = (
        CheckConstraint("kind IN ('support', 'education', 'livelihood')", name="kind"),
        UniqueConstraint("tenant_id", "kind", "subject_id", "year"),
        {"schema": SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("what came for the first time"))
    subject_id: Mapped[UUID] = mapped_column(info=personal("the screening or household"))
    year: Mapped[int] = mapped_column(info=internal("the year; 0 where once is for good"))
    day: Mapped[date] = mapped_column(info=internal("places it in a period"))


class VocationalClass(Entered, Base):
    """A class in which children learn a trade."""

    __tablename__ = "vocational_class"
    __table_args__ = (
        CheckConstraint("months BETWEEN 1 AND 36", name="months"),
        CheckConstraint("places BETWEEN 1 AND 200", name="places"),
        CheckConstraint("from_age BETWEEN 5 AND 17", name="from_age"),
        CheckConstraint("learners >= 0", name="learners"),
        Index(None, "tenant_id", "starts_on"),
        {"schema": SCHEMA},
    )

    trade: Mapped[str] = mapped_column(info=internal("what is learnt"))
    provider: Mapped[str] = mapped_column(info=internal("who teaches"))
    place: Mapped[str] = mapped_column(info=internal("where it is held"))
    starts_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    months: Mapped[int] = mapped_column(info=internal("how long it takes"))
    places: Mapped[int] = mapped_column(info=internal("how many children it takes"))
    from_age: Mapped[int] = mapped_column(info=internal("the age the trade allows"))
    project: Mapped[bool] = mapped_column(info=internal("whether it counts in LAB-08"))
    learners: Mapped[int] = mapped_column(info=internal("how many are in the list"))


class VocationalEnrolment(Entered, Base):
    """One child of a vocational class."""

    read_with = READ_CLASS
    entered_with = ENTER_CLASS
    __tablename__ = "vocational_enrolment"
    __table_args__ = (
        tenant_reference("vocational_class_id", f"{SCHEMA}.vocational_class"),
        tenant_reference("child_id", "core.child"),
        _within("entry_category", codes.ENTRY_CATEGORIES),
        _within("result", codes.CLASS_RESULTS),
        Index(None, "tenant_id", "vocational_class_id"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    vocational_class_id: Mapped[UUID] = mapped_column(info=internal("the class"))
    position: Mapped[int] = mapped_column(info=internal("the order of the list"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child who learns"))
    entry_category: Mapped[str] = mapped_column(info=personal("which of the four groups"))
    result: Mapped[str | None] = mapped_column(info=personal("what came of it"))
    employed_after: Mapped[bool | None] = mapped_column(info=personal("whether it led to work"))


class LivelihoodSupport(Entered, Base):
    """What a household was given to live by, so that its children need not work."""

    __tablename__ = "livelihood_support"
    __table_args__ = (
        tenant_reference("household_id", "core.household"),
        _within("kind", codes.LIVELIHOODS),
        CheckConstraint("value_vnd > 0", name="value_vnd"),
        CheckConstraint("income_after_vnd >= 0", name="income_after_vnd"),
        Index(None, "tenant_id", "household_id"),
        {"schema": SCHEMA},
    )

    household_id: Mapped[UUID] = mapped_column(info=personal("the household"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    given_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    value_vnd: Mapped[int] = mapped_column(info=internal("what it was worth; whole đồng"))
    income_after_vnd: Mapped[int | None] = mapped_column(
        info=personal("whether it helped; whole đồng a month")
    )


class LabourFollowUp(Entered, Base):
    """A visit to a child of a case."""

    __tablename__ = "labour_follow_up"
    __table_args__ = (
        tenant_reference("labour_case_id", f"{SCHEMA}.labour_case"),
        _within("status", codes.CASE_STATUS),
        CheckConstraint("hours_per_week BETWEEN 0 AND 112", name="hours_per_week"),
        Index(None, "tenant_id", "labour_case_id"),
        {"schema": SCHEMA},
    )

    labour_case_id: Mapped[UUID] = mapped_column(info=personal("the case"))
    visited_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    still_working: Mapped[bool] = mapped_column(info=personal("whether support must go on"))
    hours_per_week: Mapped[int | None] = mapped_column(info=personal("how much it works"))
    in_school: Mapped[bool] = mapped_column(info=personal("keeping the child in school"))
    moved_away: Mapped[bool] = mapped_column(info=personal("whether another commune goes on"))
    status: Mapped[str | None] = mapped_column(info=personal("what the case came to, if changed"))
    note: Mapped[str | None] = mapped_column(info=personal("what was seen"))


class FollowUpDue(Entered, Base):
    """A day by which a case is to be visited, and once it was, the day it was."""

    read_with = READ_CASE
    entered_with = ENTER_CASE
    __tablename__ = "follow_up_due"
    __table_args__ = (
        tenant_reference("labour_case_id", f"{SCHEMA}.labour_case"),
        CheckConstraint("kind IN ('due', 'done')", name="kind"),
        CheckConstraint("months BETWEEN 1 AND 60", name="months"),
        UniqueConstraint("tenant_id", "labour_case_id", "months", "kind"),
        {"schema": SCHEMA},
    )

    labour_case_id: Mapped[UUID] = mapped_column(info=personal("the case"))
    kind: Mapped[str] = mapped_column(info=internal("due, or done in time"))
    months: Mapped[int] = mapped_column(info=internal("months after the opening"))
    due_on: Mapped[date] = mapped_column(info=internal("places it in a period"))


class Workplace(Entered, Base):
    """Where children work or might."""

    __tablename__ = "workplace"
    __table_args__ = (
        _within("kind", codes.WORKPLACE_KINDS),
        _within("sector", codes.SECTORS),
        CheckConstraint("workers BETWEEN 0 AND 100000", name="workers"),
        CheckConstraint("minors BETWEEN 0 AND 100000", name="minors"),
        Index(None, "tenant_id", "commune_id"),
        {"schema": SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how people call it"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    sector: Mapped[str] = mapped_column(info=internal("figures by sector"))
    workers: Mapped[int | None] = mapped_column(info=internal("how many people work there"))
    minors: Mapped[int | None] = mapped_column(info=internal("how many of them are minors"))
    registered_no: Mapped[str | None] = mapped_column(info=internal("its registration"))


class LabourInspection(Entered, Base):
    """One inspection of a workplace; numbers of minors alone, no child."""

    __tablename__ = "labour_inspection"
    __table_args__ = (
        tenant_reference("workplace_id", f"{SCHEMA}.workplace"),
        _subset("findings", codes.FINDINGS),
        _within("sanction", codes.SANCTIONS),
        CheckConstraint("minors_found BETWEEN 0 AND 10000", name="minors_found"),
        CheckConstraint(
            "minors_found = minors_5_12 + minors_13_14 + minors_15_17", name="minors_by_age"
        ),
        CheckConstraint("violations BETWEEN 0 AND 20", name="violations"),
        CheckConstraint("handled IN (0, violations)", name="handled"),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        CheckConstraint("remedied_on >= inspected_on", name="remedied_on"),
        Index(None, "tenant_id", "workplace_id"),
        {"schema": SCHEMA},
    )

    workplace_id: Mapped[UUID] = mapped_column(info=internal("what was inspected"))
    inspected_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    decision_no: Mapped[str] = mapped_column(info=internal("the paper it rests on"))
    team: Mapped[str] = mapped_column(info=internal("who inspected"))
    minors_found: Mapped[int] = mapped_column(info=internal("minors at work"))
    minors_5_12: Mapped[int] = mapped_column(info=internal("of these, below 13"))
    minors_13_14: Mapped[int] = mapped_column(info=internal("of these, 13 and 14"))
    minors_15_17: Mapped[int] = mapped_column(info=internal("of these, 15 to 17"))
    findings: Mapped[list[str]] = mapped_column(ARRAY(Text), info=internal("what was violated"))
    violations: Mapped[int] = mapped_column(info=internal("how many violations"))
    handled: Mapped[int] = mapped_column(info=internal("how many were sanctioned or remedied"))
    sanction: Mapped[str | None] = mapped_column(info=internal("what followed"))
    amount_vnd: Mapped[int | None] = mapped_column(info=internal("the fine; whole đồng"))
    referred_to: Mapped[str | None] = mapped_column(info=internal("the body it was referred to"))
    remedy_by: Mapped[date | None] = mapped_column(info=internal("until when to mend it"))
    remedied_on: Mapped[date | None] = mapped_column(info=internal("when it was mended"))


class CommuneYear(Entered, Base):
    """What a commune reports once a year, of which the program holds no single records."""

    __tablename__ = "commune_year"
    __table_args__ = (
        UniqueConstraint("tenant_id", "commune_id", "year"),
        CheckConstraint("year BETWEEN 2010 AND 2100", name="year"),
        CheckConstraint("children BETWEEN 0 AND 100000", name="children"),
        CheckConstraint("informed_children BETWEEN 0 AND children", name="informed_children"),
        CheckConstraint("businesses BETWEEN 0 AND 100000", name="businesses"),
        CheckConstraint("informed_businesses BETWEEN 0 AND businesses", name="informed_businesses"),
        {"schema": SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the year it tells of"))
    first_day: Mapped[date] = mapped_column(info=internal("counted from this day"))
    until_day: Mapped[date] = mapped_column(info=internal("no longer from this day"))
    children: Mapped[int] = mapped_column(info=internal("children aged 5 to 17"))
    informed_children: Mapped[int] = mapped_column(info=internal("of these, informed"))
    businesses: Mapped[int] = mapped_column(info=internal("businesses, cooperatives, households"))
    informed_businesses: Mapped[int] = mapped_column(info=internal("of these, informed"))
