"""The records of the programme: injuries of children, drowning with its circumstances."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    Option,
    TenantOwned,
    internal,
    personal,
    sensitive,
    tenant_reference,
)
from plugins.drowning_prevention import codes

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
        Index(None, "tenant_id", "child_id"),
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
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )
