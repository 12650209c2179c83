"""Plan years, their activities, results, contributions of sectors, inspections and scores.

The plan itself is the province's and is read by every unit; a result lies in the commune where
something was done. Source: programmes §2.6, §2.10.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.organisation import options as units
from core.organisation.columns import AtUnit
from core.planning import options
from core.register.columns import Entered, Kept, within
from core.tenancy.models import TENANT_COLUMN, tenant_reference

READ, MANAGE = "core.plan.read", "core.plan.manage"
ENTER_RESULT = "core.result.enter"
CONTRIBUTE, READ_CONTRIBUTION = "core.contribution.enter", "core.contribution.read"
INSPECT, READ_INSPECTION = "core.inspection.enter", "core.inspection.read"
_LISTED = (TENANT_COLUMN, "created_at", "id")


class PlanYear(Kept, Base):
    """The province's plan of one year and the decision that founds it."""

    __tablename__ = "plan_year"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "year"),
        within("status", options.PLAN_STATUS.codes),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the year it is for"))
    title: Mapped[str] = mapped_column(info=internal("how the plan is called"))
    decision_no: Mapped[str | None] = mapped_column(info=internal("number of the decision"))
    decided_on: Mapped[date | None] = mapped_column(Date(), info=internal("day of the decision"))
    approved_by: Mapped[str | None] = mapped_column(info=internal("by which office"))
    status: Mapped[str] = mapped_column(info=internal("how far it has come"))


class PlanActivity(Kept, Base):
    """Something the plan wants done; without a quantity it is followed by text and date."""

    __tablename__ = "plan_activity"
    __table_args__ = (
        tenant_reference("plan_id", f"{CORE_SCHEMA}.plan_year"),
        UniqueConstraint(TENANT_COLUMN, "plan_id", "code"),
        CheckConstraint("planned_quantity >= 0", name="planned_quantity"),
        CheckConstraint("planned_quantity IS NULL OR unit IS NOT NULL", name="unit"),
        within("occasion", options.OCCASION.codes),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    plan_id: Mapped[UUID] = mapped_column(info=internal("the plan"))
    code: Mapped[str] = mapped_column(info=internal("its code in the plan"))
    title: Mapped[str] = mapped_column(info=internal("what is to be done"))
    programme_code: Mapped[str] = mapped_column(info=internal("under which programme, or core"))
    planned_quantity: Mapped[int | None] = mapped_column(info=internal("how many are planned"))
    unit: Mapped[str | None] = mapped_column(info=internal("what is counted"))
    counts_people: Mapped[bool] = mapped_column(info=internal("whether participants are counted"))
    planned_beneficiaries: Mapped[int | None] = mapped_column(info=internal("persons planned"))
    commune_ids: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger()), default=list, info=internal("where it is to be done; none: everywhere")
    )
    lead_agency: Mapped[str | None] = mapped_column(info=internal("who answers for it"))
    coop_agencies: Mapped[str | None] = mapped_column(info=internal("who takes part"))
    due_on: Mapped[date | None] = mapped_column(Date(), info=internal("by when it is to be done"))
    occasion: Mapped[str | None] = mapped_column(info=internal("on which occasion"))
    source: Mapped[str | None] = mapped_column(info=internal("document and clause"))


class ActivityResult(Entered, Base):
    """What was done of an activity, where and when."""

    __tablename__ = "activity_result"
    __table_args__ = (
        tenant_reference("activity_id", f"{CORE_SCHEMA}.plan_activity"),
        within("period", options.PERIOD.codes),
        CheckConstraint("done_quantity >= 0", name="done_quantity"),
        CheckConstraint("participants_total >= 0", name="participants_total"),
        CheckConstraint(
            "participants_female BETWEEN 0 AND participants_total", name="participants_female"
        ),
        CheckConstraint(
            "participants_children BETWEEN 0 AND participants_total", name="participants_children"
        ),
        Index(None, TENANT_COLUMN, "activity_id"),
        Index(None, TENANT_COLUMN, "commune_id", "done_on"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    activity_id: Mapped[UUID] = mapped_column(info=internal("the activity"))
    activity_code: Mapped[str] = mapped_column(info=internal("its code, for figures"))
    period: Mapped[str] = mapped_column(info=internal("quarter that it is reported in"))
    done_quantity: Mapped[int] = mapped_column(info=internal("how many were done"))
    participants_total: Mapped[int | None] = mapped_column(info=internal("how many people came"))
    participants_female: Mapped[int | None] = mapped_column(info=internal("of them women, girls"))
    participants_children: Mapped[int | None] = mapped_column(info=internal("of them children"))
    done_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    date_reason: Mapped[str | None] = mapped_column(info=internal("why the day is outside"))
    place: Mapped[str] = mapped_column(info=internal("where it was done"))
    evidence: Mapped[str | None] = mapped_column(info=internal("which papers prove it"))
    narrative: Mapped[str | None] = mapped_column(info=internal("what came of it"))
    difficulty: Mapped[str | None] = mapped_column(info=internal("what stood in the way"))


class SectorContribution(Kept, Base):
    """What an agency contributes to the report of a period; totals alone, or nothing arose."""

    __tablename__ = "sector_contribution"
    __table_args__ = (
        within("period", options.PERIOD.codes),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        Index(None, TENANT_COLUMN, "year", "period", "agency_code"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    agency: Mapped[str] = mapped_column(info=internal("which agency"))
    agency_code: Mapped[str] = mapped_column(info=internal("its code in the profile"))
    year: Mapped[int] = mapped_column(info=internal("the year reported on"))
    period: Mapped[str] = mapped_column(info=internal("the quarter reported on"))
    nil_return: Mapped[bool] = mapped_column(info=internal("nothing arose in the period"))
    content: Mapped[str | None] = mapped_column(info=internal("what it did, in words"))


class ContributionFigure(Kept, Base):
    """One total of a contribution."""

    read_with = READ_CONTRIBUTION
    __tablename__ = "contribution_figure"
    __table_args__ = (
        tenant_reference("contribution_id", f"{CORE_SCHEMA}.sector_contribution"),
        CheckConstraint("quantity >= 0", name="quantity"),
        Index(None, TENANT_COLUMN, "contribution_id"),
        {"schema": CORE_SCHEMA},
    )

    contribution_id: Mapped[UUID] = mapped_column(info=internal("the contribution"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    name: Mapped[str] = mapped_column(info=internal("what is counted"))
    quantity: Mapped[int] = mapped_column(info=internal("how many"))
    unit: Mapped[str] = mapped_column(info=internal("in which unit"))


class InspectionVisit(Entered, Base):
    """A visit of inspection or supervision: what was looked at and what is to follow."""

    __tablename__ = "inspection_visit"
    __table_args__ = (
        CheckConstraint("deadline >= visited_on", name="deadline"),
        CheckConstraint("n_units >= 1", name="n_units"),
        Index(None, TENANT_COLUMN, "commune_id", "visited_on"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    topic: Mapped[str] = mapped_column(info=internal("what was looked at"))
    units_inspected: Mapped[str] = mapped_column(info=internal("which units were visited"))
    n_units: Mapped[int] = mapped_column(info=internal("how many units were visited"))
    visited_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    team: Mapped[str] = mapped_column(info=internal("which agencies went"))
    findings: Mapped[str] = mapped_column(info=internal("what was found"))
    recommendations: Mapped[str | None] = mapped_column(info=internal("what is to change"))
    deadline: Mapped[date | None] = mapped_column(Date(), info=internal("by when"))
    follow_up: Mapped[str | None] = mapped_column(info=internal("what was done since"))


class EmulationScore(AtUnit, Base):
    """How a unit was scored in the emulation of a year."""

    __tablename__ = "emulation_score"
    __table_args__ = (
        within("level", units.LEVEL.codes),
        UniqueConstraint(TENANT_COLUMN, "unit_id", "year"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("self_score >= 0", name="self_score"),
        CheckConstraint("verified_score >= 0", name="verified_score"),
        CheckConstraint("rank >= 1", name="rank"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the year scored"))
    self_score: Mapped[Decimal] = mapped_column(
        Numeric(20, 2), info=internal("what the unit gave itself")
    )
    verified_score: Mapped[Decimal | None] = mapped_column(
        Numeric(20, 2), info=internal("what the re-verification gave")
    )
    rank: Mapped[int | None] = mapped_column(info=internal("its place"))
    reward: Mapped[str | None] = mapped_column(info=internal("which reward was decided"))


class EmulationCriterion(Entered, Base):
    """The score of one criterion."""

    read_with = READ
    entered_with = MANAGE
    __tablename__ = "emulation_criterion"
    __table_args__ = (
        tenant_reference("score_id", f"{CORE_SCHEMA}.emulation_score"),
        CheckConstraint("points BETWEEN 0 AND most_points", name="points"),
        Index(None, TENANT_COLUMN, "score_id"),
        {"schema": CORE_SCHEMA},
    )

    score_id: Mapped[UUID] = mapped_column(info=internal("the unit's score"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    criterion: Mapped[str] = mapped_column(info=internal("what is scored"))
    most_points: Mapped[Decimal] = mapped_column(Numeric(20, 2), info=internal("the most it gives"))
    points: Mapped[Decimal] = mapped_column(Numeric(20, 2), info=internal("what it got"))
