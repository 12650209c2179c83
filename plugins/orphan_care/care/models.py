"""Events of parents, arrangements of care, sponsorships. Source: programmes §6.4."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, personal, sensitive, tenant_reference
from plugins.orphan_care.care import codes
from plugins.orphan_care.columns import SCHEMA, AboutChild, Entered, of_child, several, within


class ParentStatusChange(AboutChild, Base):
    """A child lost the care of a parent."""

    __tablename__ = "parent_status_change"
    __table_args__ = (
        of_child(),
        within("parent", codes.PARENTS),
        within("event", codes.EVENTS),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    parent: Mapped[str] = mapped_column(info=sensitive("which parent"))
    event: Mapped[str] = mapped_column(info=sensitive("decides the legal group"))
    happened_on: Mapped[date] = mapped_column(info=sensitive("since when"))
    document: Mapped[str | None] = mapped_column(info=sensitive("the paper that shows it"))


class CareArrangement(AboutChild, Base):
    """Who cares for a child, from when until when. ``ends_on`` is the last day of it."""

    __tablename__ = "care_arrangement"
    __table_args__ = (
        of_child(),
        within("care_type", codes.CARE_TYPES),
        within("assessment_result", codes.RESULTS),
        within("siblings", codes.SIBLINGS),
        within("basis", codes.BASES),
        within("end_reason", codes.END_REASONS),
        CheckConstraint("assessment_result <> 'unsuitable'", name="suitable"),
        CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="ended"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("siblings <> 'apart' OR siblings_reason IS NOT NULL", name="apart"),
        CheckConstraint("capacity BETWEEN 1 AND 1000", name="capacity"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "starts_on"),
        {"schema": SCHEMA},
    )

    care_type: Mapped[str] = mapped_column(info=personal("figures of family and facility care"))
    carer_name: Mapped[str] = mapped_column(info=personal("who answers for the child"))
    is_relative: Mapped[bool] = mapped_column(info=personal("relatives notify, others register"))
    basis: Mapped[str] = mapped_column(info=personal("notified or registered"))
    capacity: Mapped[int] = mapped_column(info=personal("how many children it can care for"))
    assessed_on: Mapped[date] = mapped_column(info=personal("when the carer was assessed"))
    assessment_result: Mapped[str] = mapped_column(info=personal("whether the carer is fit"))
    background_checked_on: Mapped[date | None] = mapped_column(
        info=personal("the carer's record was looked at")
    )
    siblings: Mapped[str] = mapped_column(info=personal("keeps siblings together"))
    siblings_reason: Mapped[str | None] = mapped_column(info=sensitive("why they were parted"))
    starts_on: Mapped[date] = mapped_column(info=personal("first day of the care; the period"))
    ends_on: Mapped[date | None] = mapped_column(info=personal("last day of the care"))
    counted_until: Mapped[date | None] = mapped_column(info=personal("no longer counted from"))
    end_reason: Mapped[str | None] = mapped_column(info=sensitive("why it ended"))
    moved_from_facility: Mapped[bool] = mapped_column(info=personal("figures of moves"))
    agreement_no: Mapped[str | None] = mapped_column(info=personal("the paper it rests on"))
    next_review_on: Mapped[date | None] = mapped_column(info=personal("when a visit is due"))


class Sponsorship(AboutChild, Base):
    """Somebody gives to one child; the giver learns the child's code and nothing else."""

    __tablename__ = "sponsorship"
    __table_args__ = (
        of_child(),
        within("kind", codes.SPONSORSHIPS),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "starts_on"),
        {"schema": SCHEMA},
    )

    donor: Mapped[str] = mapped_column(info=personal("who gives"))
    kind: Mapped[str] = mapped_column(info=personal("what is given"))
    amount_vnd: Mapped[int] = mapped_column(info=personal("how much in all"))
    starts_on: Mapped[date] = mapped_column(info=personal("from when; the period"))
    ends_on: Mapped[date | None] = mapped_column(info=personal("the last day"))
    counted_until: Mapped[date | None] = mapped_column(info=personal("no longer counted from"))
    has_other_sponsor: Mapped[bool] = mapped_column(
        info=personal("so that a child with two sponsors is counted once")
    )


class CareFamily(Entered, Base):
    """A person or family that was assessed and may take children in."""

    __tablename__ = "care_family"
    __table_args__ = (
        within("assessment_result", codes.RESULTS),
        CheckConstraint("capacity BETWEEN 1 AND 20", name="capacity"),
        CheckConstraint("children_now BETWEEN 0 AND capacity", name="children_now"),
        {"schema": SCHEMA},
    )

    carer_name: Mapped[str] = mapped_column(info=personal("who may take a child in"))
    capacity: Mapped[int] = mapped_column(info=personal("how many children it can care for"))
    children_now: Mapped[int] = mapped_column(info=personal("how many it cares for"))
    assessed_on: Mapped[date] = mapped_column(info=personal("when it was assessed"))
    assessment_result: Mapped[str] = mapped_column(info=personal("whether it is fit"))


class CareVisitDue(Entered, Base):
    """A visit that falls due; made when an arrangement or a visit says when the next one is."""

    __tablename__ = "care_visit_due"
    __table_args__ = (
        tenant_reference("arrangement_id", f"{SCHEMA}.care_arrangement"),
        UniqueConstraint("tenant_id", "arrangement_id", "due_on"),
        Index(None, "tenant_id", "due_on"),
        {"schema": SCHEMA},
    )

    arrangement_id: Mapped[UUID] = mapped_column(info=personal("which care is visited"))
    due_on: Mapped[date] = mapped_column(info=personal("when; the period"))


class CareVisit(Entered, Base):
    """A visit to a child in care."""

    __tablename__ = "care_visit"
    __table_args__ = (
        tenant_reference("arrangement_id", f"{SCHEMA}.care_arrangement"),
        within("wellbeing", codes.LEVELS),
        within("school", codes.LEVELS),
        within("health", codes.LEVELS),
        several("concerns", codes.CONCERNS),
        CheckConstraint("next_review_on > visited_on", name="next_review_on"),
        Index(None, "tenant_id", "arrangement_id"),
        Index(None, "tenant_id", "due_on"),
        {"schema": SCHEMA},
    )

    arrangement_id: Mapped[UUID] = mapped_column(info=personal("which care is visited"))
    due_on: Mapped[date] = mapped_column(info=personal("which due visit it answers; the period"))
    visited_on: Mapped[date] = mapped_column(info=personal("when"))
    on_time: Mapped[bool] = mapped_column(info=personal("figures of visits on time"))
    wellbeing: Mapped[str] = mapped_column(info=sensitive("how the child is"))
    school: Mapped[str] = mapped_column(info=sensitive("how the child does at school"))
    health: Mapped[str] = mapped_column(info=sensitive("the child's health"))
    concerns: Mapped[list[str]] = mapped_column(ARRAY(Text), info=sensitive("what to act on"))
    still_in_care: Mapped[bool] = mapped_column(info=personal("whether a next visit is due"))
    next_review_on: Mapped[date | None] = mapped_column(info=personal("when the next is due"))
