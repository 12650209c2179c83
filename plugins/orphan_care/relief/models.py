"""Health services at centres and disasters, as totals. Source: programmes §6.4."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, internal
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
