"""The records of the programme: a child who was found to need care, until that ends."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, false, func
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
from plugins.orphan_care import codes

SCHEMA = "orphan_care"


def _values(options: Sequence[Option]) -> str:
    return ", ".join(f"'{option.value}'" for option in options)


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({_values(options)})", name=column)


class OrphanCareRecord(AreaScoped, TenantOwned, Base):
    """One child in the programme's care, from detection until the care ends.

    Sex and age are the register's and not copied here.
    Source: domain page of the programmes, §6.4.
    """

    __tablename__ = "orphan_care_record"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("mother_status", codes.PARENT_STATUSES),
        _within("father_status", codes.PARENT_STATUSES),
        _within("group_code", codes.GROUPS),
        _within("sub_group", codes.SUB_GROUPS),
        _within("current_carer", codes.CARERS),
        CheckConstraint(f"needs <@ ARRAY[{_values(codes.NEEDS)}]", name="needs"),
        _within("status", codes.STATUSES),
        CheckConstraint("(status = 'ended') = (ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("ended_on >= detected_on", name="dates"),
        CheckConstraint(
            "(group_code IN ('a', 'b', 'c')) = (sub_group IS NOT NULL) "
            "AND (sub_group IS NULL OR left(sub_group, 1) = group_code)",
            name="sub_group_of_group",
        ),
        Index(None, "tenant_id", "detected_on"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    detected_on: Mapped[date] = mapped_column(info=personal("when the care begins; the period"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child to be cared for"))
    mother_status: Mapped[str] = mapped_column(info=sensitive("decides the legal group"))
    father_status: Mapped[str] = mapped_column(info=sensitive("decides the legal group"))
    has_siblings: Mapped[bool | None] = mapped_column(info=personal("keeps siblings together"))
    group_code: Mapped[str] = mapped_column(info=sensitive("entitlement; figures by group"))
    sub_group: Mapped[str | None] = mapped_column(info=sensitive("entitlement"))
    current_carer: Mapped[str] = mapped_column(info=personal("whether someone cares for the child"))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text), info=personal("choice of services"))
    status: Mapped[str] = mapped_column(
        default="active", server_default="active", info=personal("whether the care goes on")
    )
    ended_on: Mapped[date | None] = mapped_column(info=personal("when the care ended"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )
