"""The records of the programme: injuries, hazards, swimming, flood season, Safe Home."""

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
    public,
    sensitive,
    tenant_reference,
)
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.permissions import ENTER_CLASS, READ_CLASS

SCHEMA = "drowning_prevention"


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    values = ", ".join(f"'{option.value}'" for option in options)
    return CheckConstraint(f"{column} IN ({values})", name=column)


class ChildInjuryIncident(AreaScoped, TenantOwned, Base):
    """One child hurt in one accident.

    The table is general, so that a later injury programme can take it over; drowning, this
    programme's focus, has columns of its own that are null for every other cause.
    Source: domain page of the programmes, §3.2.
    """

    __tablename__ = "child_injury_incident"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        tenant_reference("hazard_site_id", f"{SCHEMA}.water_hazard_site"),
        _within("cause", codes.CAUSES),
        _within("outcome", codes.OUTCOMES),
        _within("place_type", codes.PLACES),
        _within("sex", codes.SEXES),
        _within("water_type", codes.WATER_TYPES),
        _within("activity", codes.ACTIVITIES),
        _within("supervision", codes.SUPERVISION),
        _within("can_swim", codes.CAN_SWIM),
        CheckConstraint("age_at_event BETWEEN 0 AND 17", name="age_at_event"),
        CheckConstraint("cause <> 'drowning' OR water_type IS NOT NULL", name="drowning_water"),
        Index(None, "tenant_id", "occurred_on"),
        CheckConstraint(
            "support_given <@ ARRAY["
            + ", ".join(f"'{option.value}'" for option in codes.SUPPORT)
            + "]",
            name="support_given",
        ),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "hazard_site_id"),
        {"schema": SCHEMA},
    )

    occurred_on: Mapped[date] = mapped_column(info=personal("places the accident in a period"))
    child_id: Mapped[UUID | None] = mapped_column(
        info=personal("the child in the register, so that the family can be supported")
    )
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age_at_event: Mapped[int] = mapped_column(info=personal("figures by age; whole years"))
    place_type: Mapped[str] = mapped_column(info=personal("shows where to make safe"))
    cause: Mapped[str] = mapped_column(info=personal("figures by cause; choice of measures"))
    outcome: Mapped[str] = mapped_column(info=sensitive("counts deaths; urgency of support"))
    water_type: Mapped[str | None] = mapped_column(info=personal("shows which waters to secure"))
    activity: Mapped[str | None] = mapped_column(info=personal("shows what to teach"))
    supervision: Mapped[str | None] = mapped_column(info=personal("shows where care was lacking"))
    can_swim: Mapped[str | None] = mapped_column(info=personal("planning of swimming lessons"))
    flood_season: Mapped[bool | None] = mapped_column(info=personal("flood-season planning"))
    life_jacket: Mapped[bool | None] = mapped_column(info=personal("planning of equipment"))
    rescue_attempted: Mapped[bool | None] = mapped_column(
        info=personal("planning of rescue training")
    )
    hazard_site_id: Mapped[UUID | None] = mapped_column(info=personal("the place to make safe"))
    support_given: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), info=personal("what the family was given")
    )
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


class WaterHazardSite(Entered, Base):
    """A place where children may drown, and what was done about it. Source: programmes §3.2."""

    __tablename__ = "water_hazard_site"
    __table_args__ = (
        _within("type", codes.WATER_TYPES),
        _within("risk_level", codes.RISK_LEVELS),
        _within("mitigation", codes.MITIGATIONS),
        CheckConstraint("mitigation = 'none' OR mitigated_on IS NOT NULL", name="mitigated_on"),
        Index(None, "tenant_id", "commune_id"),
        {"schema": SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=public("how people call the place"))
    hamlet_id: Mapped[UUID | None] = mapped_column(info=public("where it is"))
    type: Mapped[str] = mapped_column(info=public("which waters to secure"))
    risk_level: Mapped[str] = mapped_column(info=public("what to secure first"))
    surveyed_on: Mapped[date] = mapped_column(info=public("known from this day"))
    last_checked_on: Mapped[date] = mapped_column(info=public("checked again every year"))
    mitigation: Mapped[str] = mapped_column(info=public("what was done"))
    mitigated_on: Mapped[date | None] = mapped_column(info=public("made safe from this day"))
    responsible: Mapped[str] = mapped_column(info=internal("who looks after it"))


class SwimCageHandover(Entered, Base):
    """Swim cages handed over by one decision; its facilities are stored with it."""

    __tablename__ = "swim_cage_handover"
    __table_args__ = (
        _within("condition", codes.CONDITIONS),
        CheckConstraint("quantity BETWEEN 1 AND 50", name="quantity"),
        {"schema": SCHEMA},
    )

    decision_no: Mapped[str] = mapped_column(info=internal("the paper it rests on"))
    recipient_unit: Mapped[str] = mapped_column(info=internal("who received them"))
    quantity: Mapped[int] = mapped_column(info=internal("how many swim cages"))
    delivered_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    condition: Mapped[str] = mapped_column(info=internal("what must be repaired"))
    funding_source: Mapped[str] = mapped_column(info=internal("who paid for them"))


class SwimFacility(Entered, Base):
    """A place where children learn to swim."""

    __tablename__ = "swim_facility"
    __table_args__ = (
        tenant_reference("handover_id", f"{SCHEMA}.swim_cage_handover"),
        _within("kind", codes.FACILITY_KINDS),
        _within("status", codes.FACILITY_STATUS),
        CheckConstraint("capacity BETWEEN 1 AND 1000", name="capacity"),
        CheckConstraint("status = 'planned' OR allocated_on IS NOT NULL", name="allocated_on"),
        Index(None, "tenant_id", "commune_id"),
        Index(None, "tenant_id", "handover_id"),
        {"schema": SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how people call it"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    capacity: Mapped[int | None] = mapped_column(info=internal("how many children at a time"))
    status: Mapped[str] = mapped_column(info=internal("whether classes can be held"))
    allocated_on: Mapped[date | None] = mapped_column(info=internal("there from this day"))
    funding_source: Mapped[str | None] = mapped_column(info=internal("who paid for it"))
    caretaker: Mapped[str | None] = mapped_column(info=internal("who keeps it"))
    handover_id: Mapped[UUID | None] = mapped_column(info=internal("the hand-over it came by"))


class SwimClass(Entered, Base):
    """A class in which children learn to swim safely."""

    __tablename__ = "swim_class"
    __table_args__ = (
        tenant_reference("facility_id", f"{SCHEMA}.swim_facility"),
        _within("organiser", codes.ORGANISERS),
        CheckConstraint("ends_on >= starts_on", name="ends_on"),
        CheckConstraint("lessons_planned BETWEEN 1 AND 100", name="lessons_planned"),
        CheckConstraint("places BETWEEN 1 AND 200", name="places"),
        Index(None, "tenant_id", "facility_id"),
        Index(None, "tenant_id", "starts_on"),
        {"schema": SCHEMA},
    )

    facility_id: Mapped[UUID] = mapped_column(info=internal("where it is held"))
    organiser: Mapped[str] = mapped_column(info=internal("figures by organiser"))
    starts_on: Mapped[date] = mapped_column(info=internal("places the class in a period"))
    ends_on: Mapped[date] = mapped_column(info=internal("results are due from here"))
    lessons_planned: Mapped[int | None] = mapped_column(info=internal("what attendance means"))
    instructor: Mapped[str | None] = mapped_column(info=internal("who teaches"))
    places: Mapped[int] = mapped_column(info=internal("how many children it takes"))
    funding_source: Mapped[str | None] = mapped_column(info=internal("who pays for it"))


class SwimEnrolment(Entered, Base):
    """One child of a class, and what it can do at the end."""

    read_with = READ_CLASS
    entered_with = ENTER_CLASS
    __tablename__ = "swim_enrolment"
    __table_args__ = (
        tenant_reference("swim_class_id", f"{SCHEMA}.swim_class"),
        tenant_reference("child_id", "core.child"),
        _within("sex", codes.SEXES),
        _within("result", codes.SWIM_RESULTS),
        CheckConstraint("age BETWEEN 0 AND 17", name="age"),
        CheckConstraint("attended BETWEEN 0 AND 100", name="attended"),
        CheckConstraint("distance_m BETWEEN 0 AND 5000", name="distance_m"),
        CheckConstraint("float_seconds BETWEEN 0 AND 7200", name="float_seconds"),
        Index(None, "tenant_id", "swim_class_id"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    swim_class_id: Mapped[UUID] = mapped_column(info=internal("the class"))
    position: Mapped[int] = mapped_column(info=internal("the order of the list"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child who learns"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age: Mapped[int] = mapped_column(info=personal("figures by age; whole years"))
    attended: Mapped[int | None] = mapped_column(info=personal("lessons the child came to"))
    result: Mapped[str | None] = mapped_column(info=personal("who needs another class"))
    test_date: Mapped[date | None] = mapped_column(info=personal("places the result in a period"))
    distance_m: Mapped[int | None] = mapped_column(info=personal("proof of the result; metres"))
    float_seconds: Mapped[int | None] = mapped_column(info=personal("proof of the result; seconds"))


class SwimSkill(Entered, Base):
    """A change in whether a child swims safely: one more from a day on, or one less.

    A child's latest result counts (DRW-05). ``step`` is 1 when the child became able, -1 when a
    later test took that back; the sum over the days from ``from_day`` to ``until_day``, between
    the sixth and the sixteenth birthday, counts each child once.
    """

    read_with = READ_CLASS
    entered_with = ENTER_CLASS
    __tablename__ = "swim_skill"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("sex", codes.SEXES),
        CheckConstraint("step IN (1, -1)", name="step"),
        CheckConstraint("until_day > from_day", name="until_day"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    child_id: Mapped[UUID] = mapped_column(info=personal("counts each child once"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    tested_on: Mapped[date] = mapped_column(info=personal("the latest result counts"))
    from_day: Mapped[date] = mapped_column(info=personal("counted from this day"))
    until_day: Mapped[date] = mapped_column(info=personal("no longer from this: 16 years old"))
    step: Mapped[int] = mapped_column(info=personal("1: became able; -1: no longer"))


class FloodSeason(Entered, Base):
    """The water of a commune reached a level of alarm, until it fell again."""

    __tablename__ = "flood_season"
    __table_args__ = (
        CheckConstraint("alarm_level BETWEEN 1 AND 3", name="alarm_level"),
        CheckConstraint("water_level_cm BETWEEN 0 AND 3000", name="water_level_cm"),
        CheckConstraint("closed_on >= opened_on", name="closed_on"),
        Index(None, "tenant_id", "commune_id"),
        {"schema": SCHEMA},
    )

    opened_on: Mapped[date] = mapped_column(info=internal("small children are in danger from here"))
    alarm_level: Mapped[int] = mapped_column(info=internal("which of the three levels of alarm"))
    water_level_cm: Mapped[int | None] = mapped_column(info=internal("at the gauge, if known"))
    closed_on: Mapped[date | None] = mapped_column(info=internal("the water fell again"))


class FloodCarePoint(Entered, Base):
    """A place where small children are minded while the water is high."""

    __tablename__ = "flood_care_point"
    __table_args__ = (
        _within("status", codes.POINT_STATUS),
        CheckConstraint("closed_on >= opened_on", name="closed_on"),
        CheckConstraint("status = 'planned' OR opened_on IS NOT NULL", name="opened_on"),
        CheckConstraint("capacity BETWEEN 1 AND 1000", name="capacity"),
        CheckConstraint("carers BETWEEN 0 AND 200", name="carers"),
        {"schema": SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how people call it"))
    hamlet_id: Mapped[UUID | None] = mapped_column(info=internal("where it is"))
    host_place: Mapped[str] = mapped_column(info=internal("school, office or house it is in"))
    status: Mapped[str] = mapped_column(info=internal("whether children are minded there"))
    opened_on: Mapped[date | None] = mapped_column(info=internal("places it in a period"))
    closed_on: Mapped[date | None] = mapped_column(info=internal("no children from here on"))
    capacity: Mapped[int] = mapped_column(info=internal("how many children at most"))
    carers: Mapped[int] = mapped_column(info=internal("how many people mind them"))
    water_level_event: Mapped[str | None] = mapped_column(info=internal("the flood it opened for"))


class FloodCareDay(Entered, Base):
    """How many children a point minded on one day; numbers alone, no child."""

    __tablename__ = "flood_care_day"
    __table_args__ = (
        tenant_reference("point_id", f"{SCHEMA}.flood_care_point"),
        UniqueConstraint("tenant_id", "point_id", "day"),
        CheckConstraint("children_male BETWEEN 0 AND 1000", name="children_male"),
        CheckConstraint("children_female BETWEEN 0 AND 1000", name="children_female"),
        CheckConstraint("children = children_male + children_female", name="children"),
        CheckConstraint("under_6 BETWEEN 0 AND children", name="under_6"),
        {"schema": SCHEMA},
    )

    point_id: Mapped[UUID] = mapped_column(info=internal("the point"))
    day: Mapped[date] = mapped_column(info=internal("places it in a period"))
    children_male: Mapped[int] = mapped_column(info=internal("boys minded"))
    children_female: Mapped[int] = mapped_column(info=internal("girls minded"))
    children: Mapped[int] = mapped_column(info=internal("children minded, both together"))
    under_6: Mapped[int] = mapped_column(info=internal("of these, under six"))
    over_capacity_reason: Mapped[str | None] = mapped_column(
        info=internal("why there were more children than places")
    )


class SafeHomeAssessment(Entered, Base):
    """One household judged by the criteria of the Safe Home, once a year.

    Each criterion is a column of its own, ``item_01`` to ``item_33``, added below.
    """

    __tablename__ = "safe_home_assessment"
    __table_args__ = (
        tenant_reference("household_id", "core.household"),
        UniqueConstraint("tenant_id", "household_id", "year"),
        _within("result", codes.RESULTS),
        CheckConstraint("score BETWEEN 0 AND 33", name="score"),
        CheckConstraint("mandatory_passed BETWEEN 0 AND 15", name="mandatory_passed"),
        CheckConstraint("recheck_on > assessed_on", name="recheck_on"),
        *(_within(code, codes.ANSWERS) for code in ITEM_CODES),
        {"schema": SCHEMA},
    )

    household_id: Mapped[UUID] = mapped_column(info=personal("the household to be helped"))
    assessed_on: Mapped[date] = mapped_column(info=personal("places it in a period"))
    year: Mapped[int] = mapped_column(info=personal("one for each household and year"))
    criteria_set: Mapped[str] = mapped_column(info=internal("by which version it was judged"))
    injury_at_home_in_year: Mapped[bool] = mapped_column(
        info=personal("a home in which a child was hurt does not pass")
    )
    mandatory_passed: Mapped[int] = mapped_column(info=personal("mandatory criteria met"))
    score: Mapped[int] = mapped_column(info=personal("criteria met"))
    result: Mapped[str] = mapped_column(info=personal("figures; what to come back for"))
    advice: Mapped[str | None] = mapped_column(info=personal("what the family should mend"))
    recheck_on: Mapped[date | None] = mapped_column(info=personal("when somebody comes again"))


for _code in ITEM_CODES:
    setattr(
        SafeHomeAssessment,
        _code,
        mapped_column(Text, nullable=False, info=personal("one criterion of the Safe Home")),
    )


class SafetyEquipmentDelivery(Entered, Base):
    """Equipment given to a child or to a school."""

    __tablename__ = "safety_equipment_delivery"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("kind", codes.EQUIPMENT),
        CheckConstraint("quantity BETWEEN 1 AND 10000", name="quantity"),
        CheckConstraint("(child_id IS NULL) <> (school_name IS NULL)", name="recipient"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("what was given"))
    quantity: Mapped[int] = mapped_column(info=internal("how many"))
    delivered_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    child_id: Mapped[UUID | None] = mapped_column(info=personal("the child who received it"))
    school_name: Mapped[str | None] = mapped_column(info=internal("the school that received it"))
    donor: Mapped[str | None] = mapped_column(info=internal("who gave it"))


class CommuneYear(Entered, Base):
    """What a commune reports once a year, of which the program holds no single records."""

    __tablename__ = "commune_year"
    __table_args__ = (
        UniqueConstraint("tenant_id", "commune_id", "year"),
        CheckConstraint("year BETWEEN 2010 AND 2100", name="year"),
        CheckConstraint("households BETWEEN 0 AND 100000", name="households"),
        CheckConstraint("schools BETWEEN 0 AND 200", name="schools"),
        CheckConstraint("safe_schools BETWEEN 0 AND schools", name="safe_schools"),
        {"schema": SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the year it tells of"))
    first_day: Mapped[date] = mapped_column(info=internal("counted from this day"))
    until_day: Mapped[date] = mapped_column(info=internal("no longer from this day"))
    households: Mapped[int] = mapped_column(info=internal("households with children"))
    schools: Mapped[int] = mapped_column(info=internal("schools and kindergartens"))
    safe_schools: Mapped[int] = mapped_column(info=internal("recognised as safe schools"))
    safe_community: Mapped[bool] = mapped_column(info=internal("recognised as safe community"))
    decision_no: Mapped[str | None] = mapped_column(info=internal("the paper it rests on"))
