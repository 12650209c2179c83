"""The records of the response. Source: domain page of the programmes, §5.2 and §5.3."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, restricted, sealed, tenant_reference
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import LEVELS
from plugins.sexual_abuse.columns import (
    CODES,
    COUNTED,
    ORDER,
    SCHEMA,
    LineOfCase,
    OfCase,
    of_case,
    several,
    within,
)


class SaEmergency(OfCase, Base):
    """Emergency measures for the child of a case."""

    __tablename__ = "sa_emergency"
    __table_args__ = (
        of_case(),
        several("measures", codes.MEASURES),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )

    measures: Mapped[list[str]] = mapped_column(
        ARRAY(Text), info=restricted("what is done at once", plain=CODES)
    )
    started_at: Mapped[datetime] = mapped_column(
        info=restricted("answers the 12-hour clock", plain=ORDER)
    )
    ended_on: Mapped[date | None] = mapped_column(info=restricted("when they ended", plain=ORDER))
    decision_no: Mapped[str | None] = sealed(restricted("the decision they rest on"))
    place: Mapped[str | None] = sealed(restricted("where the child is safe"))
    responsible: Mapped[str | None] = sealed(restricted("who answers for it"))
    separation_review_on: Mapped[date | None] = mapped_column(
        info=restricted("a separation is looked at again", plain=ORDER)
    )
    delay_reason: Mapped[str | None] = sealed(restricted("why it took more than 12 hours"))


class SaAssessment(OfCase, Base):
    """What the assessment found out: the classification, and the care that is needed."""

    __tablename__ = "sa_assessment"
    __table_args__ = (
        of_case(),
        within("abuse_form", codes.ABUSE_FORMS),
        within("setting", codes.SETTINGS),
        within("relation_to_child", codes.RELATIONS),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )

    assessed_on: Mapped[date] = mapped_column(info=restricted("when", plain=ORDER))
    confirmed: Mapped[bool] = mapped_column(info=restricted("whether it is true", plain=COUNTED))
    abuse_form: Mapped[str] = mapped_column(
        info=restricted("choice of services; no description", plain=CODES)
    )
    setting: Mapped[str] = mapped_column(info=restricted("shows where to prevent", plain=CODES))
    relation_to_child: Mapped[str] = mapped_column(
        info=restricted("whether the child can stay where it is", plain=CODES)
    )
    ongoing: Mapped[bool] = mapped_column(info=restricted("whether it goes on", plain=COUNTED))
    needs_care: Mapped[bool] = mapped_column(
        info=restricted("medical or psychological care is needed", plain=COUNTED)
    )


class SaPlan(OfCase, Base):
    """The plan of support (form 04), as it was submitted."""

    __tablename__ = "sa_plan"
    __table_args__ = (
        of_case(),
        CheckConstraint("review_on > submitted_on", name="review_on"),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )

    submitted_on: Mapped[date] = mapped_column(
        info=restricted("answers the clock of five working days", plain=ORDER)
    )
    review_on: Mapped[date] = mapped_column(info=restricted("when it is reviewed", plain=ORDER))
    goals: Mapped[str | None] = sealed(restricted("what the plan is for"))
    monitoring: Mapped[str | None] = sealed(restricted("how it is followed"))
    delay_reason: Mapped[str | None] = sealed(restricted("why it took more than five days"))


class SaPlanService(OfCase, Base):
    """One service of a plan, with who answers for it and by when."""

    __tablename__ = "sa_plan_service"
    __table_args__ = (
        of_case(),
        tenant_reference("plan_id", f"{SCHEMA}.sa_plan"),
        within("kind", codes.SERVICES),
        Index(None, "tenant_id", "plan_id"),
        {"schema": SCHEMA},
    )

    plan_id: Mapped[UUID] = mapped_column(info=restricted("the plan", plain=ORDER))
    position: Mapped[int] = mapped_column(info=restricted("its place in the plan", plain=ORDER))
    kind: Mapped[str] = mapped_column(info=restricted("which service", plain=CODES))
    owner: Mapped[str | None] = sealed(restricted("who answers for it"))
    due_on: Mapped[date] = mapped_column(info=restricted("by when", plain=ORDER))


class SaPlanDecision(OfCase, Base):
    """The decision of the commune's chair on a plan (form 05)."""

    __tablename__ = "sa_plan_decision"
    __table_args__ = (
        of_case(),
        tenant_reference("plan_id", f"{SCHEMA}.sa_plan"),
        Index(None, "tenant_id", "plan_id"),
        {"schema": SCHEMA},
    )

    plan_id: Mapped[UUID] = mapped_column(info=restricted("the plan", plain=ORDER))
    decided_on: Mapped[date] = mapped_column(info=restricted("when", plain=ORDER))
    approved: Mapped[bool] = mapped_column(info=restricted("approved or returned", plain=COUNTED))
    decision_no: Mapped[str | None] = sealed(restricted("number of the decision"))


class SaService(LineOfCase, Base):
    """One service given; whoever gives it reads its own lines and no other."""

    __tablename__ = "sa_service"
    __table_args__ = (
        of_case(),
        within("kind", codes.SERVICES),
        CheckConstraint("accepted_on >= referred_on", name="accepted_on"),
        CheckConstraint("started_on >= referred_on", name="started_on"),
        CheckConstraint("done_on >= started_on", name="done_on"),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )
    kind: Mapped[str] = mapped_column(info=restricted("which service", plain=COUNTED))
    provider: Mapped[str | None] = sealed(restricted("who gives it"))
    referred_on: Mapped[date] = mapped_column(info=restricted("the period", plain=COUNTED))
    accepted_on: Mapped[date | None] = mapped_column(info=restricted("when taken on", plain=ORDER))
    started_on: Mapped[date | None] = mapped_column(info=restricted("when begun", plain=ORDER))
    done_on: Mapped[date | None] = mapped_column(info=restricted("when done", plain=ORDER))
    free_of_charge: Mapped[bool] = mapped_column(
        info=restricted("the family does not pay", plain=COUNTED)
    )
    funding_source: Mapped[str | None] = sealed(restricted("who pays"))


class SaProceeding(LineOfCase, Base):
    """One step of the proceedings; no narrative, and no offender's name."""

    __tablename__ = "sa_proceeding"
    __table_args__ = (
        of_case(),
        within("stage", codes.STAGES),
        within("body", codes.BODIES),
        within("outcome", codes.OUTCOMES),
        within("no_case_reason", codes.NO_CASE_REASONS),
        CheckConstraint(
            "(stage = 'no_criminal_case') = (no_case_reason IS NOT NULL)", name="no_case"
        ),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )
    stage: Mapped[str] = mapped_column(info=restricted("figures by stage", plain=COUNTED))
    happened_on: Mapped[date] = mapped_column(info=restricted("the period", plain=COUNTED))
    body: Mapped[str] = mapped_column(info=restricted("which body", plain=CODES))
    document_no: Mapped[str | None] = sealed(restricted("the paper of the body"))
    child_friendly_interview: Mapped[bool] = mapped_column(
        info=restricted("the child was heard in a child-friendly way", plain=COUNTED)
    )
    legal_aid_present: Mapped[bool] = mapped_column(
        info=restricted("legal aid was there", plain=COUNTED)
    )
    outcome: Mapped[str | None] = mapped_column(info=restricted("how it ended", plain=CODES))
    no_case_reason: Mapped[str | None] = mapped_column(
        info=restricted("why there is no criminal case", plain=CODES)
    )


class SaPlacement(OfCase, Base):
    """Where the child lives, from when until when."""

    __tablename__ = "sa_placement"
    __table_args__ = (
        of_case(),
        within("kind", codes.PLACES),
        CheckConstraint("ends_on >= starts_on", name="ends_on"),
        CheckConstraint("review_on >= starts_on", name="review_on"),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=restricted("what kind of place", plain=CODES))
    starts_on: Mapped[date] = mapped_column(info=restricted("from when", plain=ORDER))
    ends_on: Mapped[date | None] = mapped_column(info=restricted("until when", plain=ORDER))
    review_on: Mapped[date | None] = mapped_column(info=restricted("when reviewed", plain=ORDER))


class SaReview(OfCase, Base):
    """The review at the end of a stage (form 06): levels, their totals, a conclusion."""

    __tablename__ = "sa_review"
    __table_args__ = (
        of_case(),
        *(
            within(name, LEVELS)
            for name in (
                "harm",
                "offender_access",
                "care_obstacles",
                "self_protection",
                "caregiver_ability",
                "recovery",
            )
        ),
        within("conclusion", codes.CONCLUSIONS),
        CheckConstraint(
            "conclusion <> 'close' OR NOT 'high' IN (harm, offender_access, care_obstacles)",
            name="no_harm_left",
        ),
        CheckConstraint("high_count + medium_count + low_count = 6", name="counts"),
        Index(None, "tenant_id", "case_id"),
        {"schema": SCHEMA},
    )

    reviewed_on: Mapped[date] = mapped_column(info=restricted("when", plain=ORDER))
    harm: Mapped[str] = mapped_column(info=restricted("is the harm still serious", plain=CODES))
    offender_access: Mapped[str] = mapped_column(
        info=restricted("can the offender reach the child", plain=CODES)
    )
    care_obstacles: Mapped[str] = mapped_column(
        info=restricted("what stands against safety", plain=CODES)
    )
    self_protection: Mapped[str] = mapped_column(
        info=restricted("can the child protect itself", plain=CODES)
    )
    caregiver_ability: Mapped[str] = mapped_column(
        info=restricted("can the carer protect it", plain=CODES)
    )
    recovery: Mapped[str] = mapped_column(info=restricted("does the child recover", plain=CODES))
    high_count: Mapped[int] = mapped_column(info=restricted("total of form 06", plain=CODES))
    medium_count: Mapped[int] = mapped_column(info=restricted("total of form 06", plain=CODES))
    low_count: Mapped[int] = mapped_column(info=restricted("total of form 06", plain=CODES))
    conclusion: Mapped[str] = mapped_column(info=restricted("what comes next", plain=CODES))


class SaClosing(OfCase, Base):
    """A second person confirms that a case is closed."""

    __tablename__ = "sa_closing"
    __table_args__ = (
        of_case(),
        tenant_reference("review_id", f"{SCHEMA}.sa_review"),
        UniqueConstraint("tenant_id", "review_id"),
        {"schema": SCHEMA},
    )

    review_id: Mapped[UUID] = mapped_column(info=restricted("the review", plain=ORDER))
    closed_on: Mapped[date] = mapped_column(info=restricted("when", plain=COUNTED))


class SaMilestone(OfCase, Base):
    """What a case has reached, each once: what the figures of the response are counted by.

    ``day`` is the day the case was received, so that a case is counted in one period throughout.
    """

    __tablename__ = "sa_milestone"
    __table_args__ = (
        of_case(),
        within("kind", codes.MILESTONES),
        UniqueConstraint("tenant_id", "case_id", "kind"),
        Index(None, "tenant_id", "day"),
        {"schema": SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=restricted("what was reached", plain=COUNTED))
    day: Mapped[date] = mapped_column(info=restricted("the period", plain=COUNTED))
    on_time: Mapped[bool] = mapped_column(info=restricted("within its clock", plain=COUNTED))
