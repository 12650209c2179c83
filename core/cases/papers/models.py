"""What the papers of a case hold; narratives and names are sealed.

The choices beside them are kept readable for the database, because statistics are cut by them.
Source: domain page of the programmes, §2.4; Decree 56/2017/ND-CP, forms 01 to 06.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.cases import options
from core.cases.models import PartOfCase, part_of_case, within
from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted, sensitive
from core.tenancy.models import tenant_reference
from core.vault.columns import sealed

FILE, WORK, APPROVE = "core.case.file", "core.case.work", "core.case.approve"
_INFORMANT = (
    "informant_consents IS TRUE OR (informant_name IS NULL AND informant_phone IS NULL "
    "AND informant_address IS NULL)"
)


class CaseIntake(PartOfCase, Base):
    """Form 01: what was told, by whom, of which child."""

    entered_with = FILE
    __tablename__ = "case_intake"
    __table_args__ = part_of_case(
        within("channel", options.CHANNEL.codes),
        within("subject", options.SUBJECT.codes),
        within("sex", options.SEX.codes),
        CheckConstraint("estimated_age BETWEEN 0 AND 17", name="estimated_age"),
        CheckConstraint(_INFORMANT, name="informant_consents"),
    )

    channel: Mapped[str] = mapped_column(info=personal("how the information came in"))
    received_at: Mapped[datetime] = mapped_column(info=internal("starts the 12-hour clock"))
    subject: Mapped[str] = mapped_column(info=personal("decides the kind of case"))
    abuse_types: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=sensitive("decides the kind of case")
    )
    child_ref: Mapped[UUID | None] = sealed(restricted("the child in the register"), UUID)
    child_name: Mapped[str | None] = sealed(restricted("to find the child"))
    date_of_birth: Mapped[date | None] = mapped_column(info=sensitive("age decides the measures"))
    estimated_age: Mapped[int | None] = mapped_column(info=sensitive("age decides the measures"))
    sex: Mapped[str | None] = mapped_column(info=personal("statistics by sex"))
    place_detail: Mapped[str | None] = sealed(restricted("to find the child"))
    child_condition: Mapped[str] = sealed(restricted("how urgent it is"), nullable=False)
    expected_harm: Mapped[str | None] = sealed(restricted("how urgent it is"))
    father: Mapped[str | None] = sealed(restricted("who cares for the child"))
    mother: Mapped[str | None] = sealed(restricted("who cares for the child"))
    family_situation: Mapped[str | None] = sealed(restricted("what the child lives in"))
    current_caregiver: Mapped[str | None] = sealed(restricted("who cares for the child"))
    actions_taken: Mapped[str | None] = sealed(restricted("what need not be done again"))
    informant_consents: Mapped[bool | None] = mapped_column(
        info=sensitive("whether the informant may be named")
    )
    informant_name: Mapped[str | None] = sealed(restricted("to ask back, with consent"))
    informant_phone: Mapped[str | None] = sealed(restricted("to ask back, with consent"))
    informant_address: Mapped[str | None] = sealed(restricted("to ask back, with consent"))


class CaseInitialAssessment(PartOfCase, Base):
    """Form 02: is the information true, how great is the danger, is it an emergency."""

    __tablename__ = "case_initial_assessment"
    __table_args__ = part_of_case(
        within("confirmed", options.CONFIRMED.codes),
        *(
            within(name, options.LEVEL.codes)
            for name in ("current_harm", "offender_access", "self_protection")
        ),
    )

    assessed_on: Mapped[date] = mapped_column(info=internal("the day of the visit"))
    confirmed: Mapped[str] = mapped_column(info=sensitive("whether there is a case"))
    current_harm: Mapped[str] = mapped_column(info=sensitive("decides the emergency"))
    offender_access: Mapped[str] = mapped_column(info=sensitive("decides the emergency"))
    self_protection: Mapped[str] = mapped_column(info=sensitive("decides the measures"))
    protecting_adult: Mapped[bool] = mapped_column(info=sensitive("decides the emergency"))
    emergency_needed: Mapped[bool] = mapped_column(info=personal("starts the emergency clock"))
    no_emergency_reason: Mapped[str | None] = sealed(
        restricted("why there is none although the levels say so")
    )
    immediate_needs: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=sensitive("what must be given at once")
    )
    situation: Mapped[str | None] = sealed(restricted("what was found"))


class CaseEmergencyMeasure(PartOfCase, Base):
    """Emergency measures, temporary separation among them. Source: the decree, Art. 31 and 32."""

    __tablename__ = "case_emergency_measure"
    __table_args__ = part_of_case(
        CheckConstraint(
            "NOT ('temporary_separation' = ANY(measures)) OR separation_review_on IS NOT NULL",
            name="separation",
        ),
    )

    started_at: Mapped[datetime] = mapped_column(info=internal("answers the 12-hour clock"))
    measures: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=sensitive("what protects the child")
    )
    decision_no: Mapped[str | None] = mapped_column(info=internal("number of the decision"))
    place: Mapped[str] = sealed(restricted("where the child is safe"), nullable=False)
    responsible: Mapped[str] = sealed(restricted("who looks after the child"), nullable=False)
    separation_review_on: Mapped[date | None] = mapped_column(
        info=internal("separation is for a time and is looked at again")
    )
    delay_reason: Mapped[str | None] = sealed(restricted("why it was later than twelve hours"))


class CaseDetailedAssessment(PartOfCase, Base):
    """Form 03: what is known of the child and the family, and the risks one by one."""

    __tablename__ = "case_detailed_assessment"
    __table_args__ = part_of_case(
        *(
            within(name, options.LEVEL.codes)
            for name in ("harm", "care_obstacles", "self_protection", "overall_risk")
        ),
    )

    assessed_on: Mapped[date] = mapped_column(info=internal("when it was done"))
    child_situation: Mapped[str] = sealed(restricted("what the plan answers"), nullable=False)
    family_situation: Mapped[str | None] = sealed(restricted("what the plan builds on"))
    harm: Mapped[str] = mapped_column(info=sensitive("decides the plan"))
    care_obstacles: Mapped[str] = mapped_column(info=sensitive("decides the plan"))
    self_protection: Mapped[str] = mapped_column(info=sensitive("decides the plan"))
    overall_risk: Mapped[str] = mapped_column(info=sensitive("decides the plan"))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text()), info=sensitive("decides the plan"))
    child_view: Mapped[str | None] = sealed(restricted("the child is heard"))


class CaseConference(PartOfCase, Base):
    """A meeting on a case, with its minutes. Source: the decree, Art. 27(2)."""

    __tablename__ = "case_conference"
    __table_args__ = part_of_case(within("topic", options.CONFERENCE.codes))

    held_on: Mapped[date] = mapped_column(info=internal("when it was held"))
    topic: Mapped[str] = mapped_column(info=internal("what it was about"))
    participants: Mapped[str] = sealed(restricted("who was there"), nullable=False)
    minutes: Mapped[str] = sealed(restricted("what was agreed"), nullable=False)


class CasePlan(PartOfCase, Base):
    """Form 04: the plan of support and intervention; its services stand beside it."""

    entered_with = WORK
    __tablename__ = "case_plan"
    __table_args__ = part_of_case(CheckConstraint("review_on >= starts_on", name="dates"))

    goals: Mapped[str] = sealed(restricted("what is to be reached"), nullable=False)
    starts_on: Mapped[date] = mapped_column(info=internal("when support begins"))
    monitoring: Mapped[str] = sealed(restricted("how it is followed"), nullable=False)
    review_on: Mapped[date] = mapped_column(info=internal("when it is reviewed"))


class CaseService(PartOfCase, Base):
    """One service of a plan: what, by whom, until when."""

    __tablename__ = "case_service"
    __table_args__ = part_of_case(
        tenant_reference("plan_id", f"{CORE_SCHEMA}.case_plan"),
        within("kind", options.SERVICE.codes),
        within("protection_level", options.PROTECTION_LEVEL.codes),
        CheckConstraint("due_on >= starts_on", name="dates"),
    )

    plan_id: Mapped[UUID] = mapped_column(info=internal("the plan it belongs to"))
    kind: Mapped[str] = mapped_column(info=sensitive("what is given"))
    protection_level: Mapped[str] = mapped_column(info=sensitive("figures by level"))
    provider: Mapped[str] = sealed(restricted("who gives it"), nullable=False)
    starts_on: Mapped[date] = mapped_column(info=internal("when it begins"))
    due_on: Mapped[date] = mapped_column(info=internal("until when it is given"))
    note: Mapped[str | None] = sealed(restricted("what else matters"))


class CaseDecision(PartOfCase, Base):
    """Form 05: the decision that approves the plan, and who met before it."""

    entered_with = APPROVE
    __tablename__ = "case_decision"
    __table_args__ = part_of_case(tenant_reference("plan_id", f"{CORE_SCHEMA}.case_plan"))

    plan_id: Mapped[UUID] = mapped_column(info=internal("the plan that is approved"))
    decision_no: Mapped[str] = mapped_column(info=internal("number of the decision"))
    decided_on: Mapped[date] = mapped_column(info=internal("date of the decision"))
    attended: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("who met before the decision")
    )
    note: Mapped[str | None] = sealed(restricted("conditions of the approval"))
    delay_reason: Mapped[str | None] = sealed(restricted("why the deadline was not kept"))


class CaseReview(PartOfCase, Base):
    """Form 06: what has changed, rated high, medium or low, and what follows."""

    __tablename__ = "case_review"
    __table_args__ = part_of_case(
        within("conclusion", options.CONCLUSION.codes),
        *(
            within(name, options.LEVEL.codes)
            for name in (
                "harm",
                "offender_access",
                "care_obstacles",
                "self_protection",
                "caregiver_ability",
                "recovery",
            )
        ),
        CheckConstraint(
            "conclusion <> 'close' OR (harm <> 'high' AND offender_access <> 'high' "
            "AND care_obstacles <> 'high')",
            name="closing",
        ),
        CheckConstraint("conclusion <> 'continue' OR next_review_on IS NOT NULL", name="goes_on"),
    )

    reviewed_on: Mapped[date] = mapped_column(info=internal("when it was done"))
    harm: Mapped[str] = mapped_column(info=sensitive("no case ends while it is high"))
    offender_access: Mapped[str] = mapped_column(info=sensitive("no case ends while it is high"))
    care_obstacles: Mapped[str] = mapped_column(info=sensitive("no case ends while it is high"))
    self_protection: Mapped[str] = mapped_column(info=sensitive("what was reached"))
    caregiver_ability: Mapped[str] = mapped_column(info=sensitive("what was reached"))
    recovery: Mapped[str] = mapped_column(info=sensitive("what was reached"))
    high_count: Mapped[int] = mapped_column(info=sensitive("total of the form"))
    medium_count: Mapped[int] = mapped_column(info=sensitive("total of the form"))
    low_count: Mapped[int] = mapped_column(info=sensitive("total of the form"))
    conclusion: Mapped[str] = mapped_column(info=sensitive("what follows"))
    next_review_on: Mapped[date | None] = mapped_column(info=internal("the next review"))
    results: Mapped[str | None] = sealed(restricted("what was done and reached"))
