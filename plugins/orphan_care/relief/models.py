"""Health services at centres and disasters, as totals. Source: programmes §6.4."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, internal, personal, sensitive, tenant_reference
from plugins.orphan_care.columns import SCHEMA, Entered, within
from plugins.orphan_care.relief import codes


class HealthServiceAtCentre(Entered, Base):
    """A health service given to the children of a centre on one day."""

    __tablename__ = "health_service_at_centre"
    __table_args__ = (
        within("service", codes.SERVICES),
        CheckConstraint("children_served > 0", name="children_served"),
        Index(None, "tenant_id", "given_on"),
        {"schema": SCHEMA},
    )

    facility: Mapped[str] = mapped_column(info=internal("which centre"))
    service: Mapped[str] = mapped_column(info=internal("which service"))
    given_on: Mapped[date] = mapped_column(info=internal("when; the period"))
    children_served: Mapped[int] = mapped_column(info=internal("how many children"))
    provider: Mapped[str] = mapped_column(info=internal("who gave it"))


class DisasterEvent(Entered, Base):
    """What a disaster did to the children of one commune, and how many were helped."""

    __tablename__ = "disaster_event"
    __table_args__ = (
        within("kind", codes.DISASTERS),
        CheckConstraint("children_affected >= 0", name="children_affected"),
        CheckConstraint("households_affected >= 0", name="households_affected"),
        CheckConstraint(
            "children_supported BETWEEN 0 AND children_affected", name="children_supported"
        ),
        Index(None, "tenant_id", "happened_on"),
        {"schema": SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("which disaster"))
    kind: Mapped[str] = mapped_column(info=internal("figures by kind"))
    happened_on: Mapped[date] = mapped_column(info=internal("when; the period"))
    children_affected: Mapped[int] = mapped_column(info=internal("how many children"))
    households_affected: Mapped[int] = mapped_column(info=internal("how many households"))
    children_supported: Mapped[int] = mapped_column(info=internal("how many were helped"))


class DisasterChild(Entered, Base):
    """A child that was struck; one outside the register is told by age and sex alone."""

    __tablename__ = "disaster_child"
    __table_args__ = (
        tenant_reference("disaster_id", f"{SCHEMA}.disaster_event"),
        tenant_reference("child_id", "core.child"),
        within("sex", codes.SEXES),
        CheckConstraint("age BETWEEN 0 AND 17", name="age"),
        {"schema": SCHEMA},
    )

    disaster_id: Mapped[UUID] = mapped_column(info=personal("which disaster"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    child_id: Mapped[UUID | None] = mapped_column(info=personal("the child, if registered"))
    age: Mapped[int] = mapped_column(info=personal("what help fits"))
    sex: Mapped[str] = mapped_column(info=personal("what help fits"))


class ReliefLine(Entered, Base):
    """Something that was given after a disaster."""

    __tablename__ = "relief_line"
    __table_args__ = (
        tenant_reference("disaster_id", f"{SCHEMA}.disaster_event"),
        within("kind", codes.RELIEF),
        CheckConstraint("children_helped > 0", name="children_helped"),
        CheckConstraint("value_vnd >= 0", name="value_vnd"),
        Index(None, "tenant_id", "given_on"),
        {"schema": SCHEMA},
    )

    disaster_id: Mapped[UUID] = mapped_column(info=internal("after which disaster"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    kind: Mapped[str] = mapped_column(info=internal("what was given"))
    given_on: Mapped[date] = mapped_column(info=internal("when; the period"))
    children_helped: Mapped[int] = mapped_column(info=internal("to how many children"))
    value_vnd: Mapped[int] = mapped_column(info=internal("what it was worth"))
    given_by: Mapped[str] = mapped_column(info=internal("who gave it"))


class CentreResidentList(Entered, Base):
    """The list that the head of a centre makes every six months."""

    __tablename__ = "centre_resident_list"
    __table_args__ = (
        UniqueConstraint("tenant_id", "commune_id", "facility", "as_of"),
        {"schema": SCHEMA},
    )

    facility: Mapped[str] = mapped_column(info=internal("which centre"))
    as_of: Mapped[date] = mapped_column(info=internal("the day of the list"))


class CentreResident(Entered, Base):
    """A child of a centre who needs alternative care."""

    __tablename__ = "centre_resident"
    __table_args__ = (
        tenant_reference("list_id", f"{SCHEMA}.centre_resident_list"),
        tenant_reference("child_id", "core.child"),
        within("needs", codes.CHILD_NEEDS),
        UniqueConstraint("tenant_id", "list_id", "child_id"),
        {"schema": SCHEMA},
    )

    list_id: Mapped[UUID] = mapped_column(info=sensitive("which list"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    child_id: Mapped[UUID] = mapped_column(info=sensitive("who lives in a centre"))
    needs: Mapped[str] = mapped_column(info=sensitive("what care the child needs"))
