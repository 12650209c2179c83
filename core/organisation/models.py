"""Committees with their members, posts, collaborators, groups, providers, points, focal points."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal
from core.organisation import options
from core.organisation.columns import AtUnit
from core.register.columns import BY_BYTES, Entered, within
from core.tenancy.models import TENANT_COLUMN, tenant_reference

READ = "core.network.read"
ENTER = "core.network.enter"


class Committee(AtUnit, Base):
    """A body set up by a decision; a later decision on the same body replaces it (kiện toàn)."""

    __tablename__ = "committee"
    __table_args__ = (
        within("level", options.LEVEL.codes),
        within("committee_type", options.COMMITTEE.codes),
        within("status", options.STANDING.codes),
        CheckConstraint("ended_on >= decided_on", name="ended_on"),
        CheckConstraint("(status = 'active') = (ended_on IS NULL)", name="standing"),
        Index(None, TENANT_COLUMN, "unit_id", "committee_type", "decided_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    committee_type: Mapped[str] = mapped_column(info=internal("which body it is"))
    decision_no: Mapped[str] = mapped_column(info=internal("number of the decision"))
    decided_on: Mapped[date] = mapped_column(Date(), info=internal("day of the decision"))
    chair_role: Mapped[str] = mapped_column(info=internal("who presides, by office"))
    status: Mapped[str] = mapped_column(default="active", info=internal("whether it stands"))
    ended_on: Mapped[date | None] = mapped_column(Date(), info=internal("replaced on this day"))


class CommitteeMember(Entered, Base):
    """Somebody on a committee; a reconstitution ends the membership and keeps the row."""

    read_with = READ
    entered_with = ENTER
    __tablename__ = "committee_member"
    __table_args__ = (
        tenant_reference("committee_id", f"{CORE_SCHEMA}.committee"),
        CheckConstraint("to_date >= from_date", name="to_date"),
        Index(None, TENANT_COLUMN, "committee_id"),
        {"schema": CORE_SCHEMA},
    )

    committee_id: Mapped[UUID] = mapped_column(info=internal("the committee"))
    full_name: Mapped[str] = mapped_column(info=personal("who it is"))
    agency: Mapped[str | None] = mapped_column(info=internal("whom the member stands for"))
    role: Mapped[str] = mapped_column(info=internal("place on the committee"))
    from_date: Mapped[date | None] = mapped_column(
        Date(), info=internal("member from this day; empty: since the decision")
    )
    position: Mapped[int | None] = mapped_column(info=internal("its place in the list"))
    to_date: Mapped[date | None] = mapped_column(Date(), info=internal("no longer from this day"))


class StaffPost(AtUnit, Base):
    """A post for children at a unit, and who holds it."""

    __tablename__ = "staff_post"
    __table_args__ = (
        within("level", options.LEVEL.codes),
        within("post_type", options.POST.codes),
        CheckConstraint("to_date >= from_date", name="to_date"),
        Index(None, TENANT_COLUMN, "commune_id", "from_date"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    post_type: Mapped[str] = mapped_column(info=internal("what the post is for"))
    incumbent: Mapped[str] = mapped_column(info=personal("who holds it"))
    full_time: Mapped[bool] = mapped_column(info=internal("whole or part of the working time"))
    from_date: Mapped[date] = mapped_column(Date(), info=internal("held from this day"))
    to_date: Mapped[date | None] = mapped_column(Date(), info=internal("no longer from this day"))


class Collaborator(Entered, Base):
    """A child-protection collaborator of a hamlet."""

    __tablename__ = "collaborator"
    __table_args__ = (
        CheckConstraint("to_date >= from_date", name="to_date"),
        CheckConstraint("to_date IS NULL OR end_reason IS NOT NULL", name="end_reason"),
        CheckConstraint("allowance_vnd >= 0", name="allowance_vnd"),
        Index(None, TENANT_COLUMN, "commune_id", "name_fold"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    full_name: Mapped[str] = mapped_column(info=personal("who it is"))
    name_fold: Mapped[str] = mapped_column(
        BY_BYTES, info=personal("the name without accents, to find the same person again")
    )
    phone: Mapped[str] = mapped_column(info=personal("to reach the collaborator"))
    hamlet: Mapped[str] = mapped_column(info=internal("where the collaborator works"))
    hamlet_fold: Mapped[str] = mapped_column(
        BY_BYTES, info=internal("the hamlet without accents, to know it again")
    )
    from_date: Mapped[date] = mapped_column(Date(), info=internal("works from this day"))
    to_date: Mapped[date | None] = mapped_column(Date(), info=internal("no longer from this day"))
    end_reason: Mapped[str | None] = mapped_column(info=personal("why the work ended"))
    trained_on: Mapped[date | None] = mapped_column(Date(), info=internal("last trained on"))
    allowance_vnd: Mapped[int | None] = mapped_column(info=internal("đồng a month"))


class NetworkGroup(Entered, Base):
    """A club or group of children, or a team of volunteers; heads are counted, nobody is named."""

    __tablename__ = "network_group"
    __table_args__ = (
        within("group_type", options.GROUP.codes),
        CheckConstraint("members_total >= 0", name="members_total"),
        CheckConstraint("members_female BETWEEN 0 AND members_total", name="members_female"),
        CheckConstraint("closed_on >= opened_on", name="closed_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    group_type: Mapped[str] = mapped_column(info=internal("what kind of group"))
    name: Mapped[str] = mapped_column(info=internal("how the group is called"))
    host: Mapped[str | None] = mapped_column(info=internal("which body looks after it"))
    members_total: Mapped[int] = mapped_column(info=internal("how many belong to it"))
    members_female: Mapped[int | None] = mapped_column(info=internal("of them girls and women"))
    opened_on: Mapped[date] = mapped_column(Date(), info=internal("since when it meets"))
    closed_on: Mapped[date | None] = mapped_column(Date(), info=internal("no longer from this day"))


class ServiceProvider(Entered, Base):
    """A provider of child-protection services; reviewed and registered."""

    __tablename__ = "service_provider"
    __table_args__ = (
        within("ownership", options.OWNERSHIP.codes),
        CheckConstraint("capacity >= 0", name="capacity"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how it is called"))
    ownership: Mapped[str] = mapped_column(info=internal("public or not"))
    registration_no: Mapped[str | None] = mapped_column(info=internal("registration"))
    services: Mapped[list[str]] = mapped_column(ARRAY(Text()), info=internal("what it provides"))
    capacity: Mapped[int | None] = mapped_column(info=internal("how many children at a time"))
    address: Mapped[str | None] = mapped_column(info=internal("where it is"))
    phone: Mapped[str | None] = mapped_column(info=internal("the office's number"))
    reviewed_on: Mapped[date] = mapped_column(Date(), info=internal("last reviewed on"))


class ServicePoint(Entered, Base):
    """A place or model of service; those that are open are counted."""

    __tablename__ = "service_point"
    __table_args__ = (
        within("point_type", options.POINT.codes),
        within("status", options.POINT_STATUS.codes),
        CheckConstraint("status = 'planned' OR opened_on IS NOT NULL", name="opened_on"),
        CheckConstraint(
            "(status IN ('paused', 'closed')) = (inactive_from IS NOT NULL)", name="inactive"
        ),
        CheckConstraint("inactive_from >= opened_on", name="inactive_from"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    point_type: Mapped[str] = mapped_column(info=internal("what kind of point"))
    host: Mapped[str] = mapped_column(info=internal("which body runs it"))
    status: Mapped[str] = mapped_column(info=internal("planned, active, paused or closed"))
    opened_on: Mapped[date | None] = mapped_column(Date(), info=internal("since when it is open"))
    inactive_from: Mapped[date | None] = mapped_column(
        Date(), info=internal("paused or closed from this day")
    )
    funding: Mapped[str | None] = mapped_column(info=internal("who pays for it"))


class CommuneRecognition(Entered, Base):
    """A commune recognised as child-friendly, by the standard of its time, until it is withdrawn.

    Which standard is part of the record: a commune recognised by the one of 2014 is not yet one
    by that of 2019.
    """

    read_with = READ
    entered_with = ENTER
    __tablename__ = "commune_recognition"
    __table_args__ = (
        within("standard", options.FRIENDLY_STANDARD.codes),
        CheckConstraint("ended_on >= decided_on", name="ended_on"),
        Index(None, TENANT_COLUMN, "commune_id", "decided_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    standard: Mapped[str] = mapped_column(info=internal("by which set of criteria"))
    decision_no: Mapped[str] = mapped_column(info=internal("number of the decision"))
    decided_on: Mapped[date] = mapped_column(Date(), info=internal("day of the decision"))
    ended_on: Mapped[date | None] = mapped_column(
        Date(), info=internal("withdrawn, or no longer valid, from this day")
    )


class IntakeFocalPoint(AtUnit, Base):
    """Where information about a child in danger is received."""

    __tablename__ = "intake_focal_point"
    __table_args__ = (
        within("level", options.LEVEL.codes),
        CheckConstraint("to_date >= from_date", name="to_date"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    unit_name: Mapped[str] = mapped_column(info=internal("which office receives"))
    phone: Mapped[str] = mapped_column(info=internal("the office's number"))
    hours: Mapped[str] = mapped_column(info=internal("when somebody answers"))
    from_date: Mapped[date] = mapped_column(Date(), info=internal("receives from this day"))
    to_date: Mapped[date | None] = mapped_column(Date(), info=internal("no longer from this day"))
