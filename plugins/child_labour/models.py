"""The records of the programme: one screening of one child on one day."""

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
    tenant_reference,
)
from plugins.child_labour import codes

SCHEMA = "child_labour"


def _values(options: Sequence[Option]) -> str:
    return ", ".join(f"'{option.value}'" for option in options)


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({_values(options)})", name=column)


def _subset(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds some of the codes."""
    return CheckConstraint(f"{column} <@ ARRAY[{_values(options)}]", name=column)


class WorkScreening(AreaScoped, TenantOwned, Base):
    """What a child does for work, and how that was classified when it was entered.

    Source: domain page of the programmes, §4.2 (``work_screening``, ``labour_classification``).
    """

    __tablename__ = "work_screening"
    __table_args__ = (
        tenant_reference("child_id", "core.child"),
        _within("sex", codes.SEXES),
        _within("relation_to_employer", codes.EMPLOYERS),
        _within("sector", codes.SECTORS),
        _subset("hazards", codes.HAZARDS),
        _subset("risk_factors", codes.RISK_FACTORS),
        _within("category", codes.CATEGORIES),
        _subset("reasons", codes.REASONS),
        _within("age_group", codes.AGE_GROUPS),
        CheckConstraint("age_at_screening BETWEEN 5 AND 17", name="age_at_screening"),
        CheckConstraint("hours_per_day_max BETWEEN 0 AND 18", name="hours_per_day_max"),
        CheckConstraint("hours_per_week BETWEEN 0 AND 112", name="hours_per_week"),
        CheckConstraint("pay_vnd_month >= 0", name="pay_vnd_month"),
        Index(None, "tenant_id", "screened_on"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    screened_on: Mapped[date] = mapped_column(info=personal("places the screening in a period"))
    child_id: Mapped[UUID] = mapped_column(info=personal("the child to be supported"))
    sex: Mapped[str] = mapped_column(info=personal("figures by sex"))
    age_at_screening: Mapped[int] = mapped_column(
        info=personal("decides what work is permitted; whole years")
    )
    school_attending: Mapped[bool] = mapped_column(info=personal("keeping children in school"))
    last_grade: Mapped[int | None] = mapped_column(info=personal("return to the right class"))
    left_school_on: Mapped[date | None] = mapped_column(info=personal("urgency of the return"))
    risk_factors: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), info=personal("finds children at risk before they work")
    )
    works: Mapped[bool] = mapped_column(info=personal("whether there is work to classify"))
    relation_to_employer: Mapped[str | None] = mapped_column(info=personal("classification"))
    sector: Mapped[str | None] = mapped_column(info=personal("figures by sector; classification"))
    occupation: Mapped[str | None] = mapped_column(info=personal("comparison with official lists"))
    on_light_work_list: Mapped[bool | None] = mapped_column(info=personal("classification"))
    hours_per_day_max: Mapped[int | None] = mapped_column(info=personal("classification"))
    hours_per_week: Mapped[int | None] = mapped_column(info=personal("classification"))
    night_work: Mapped[bool | None] = mapped_column(info=personal("classification"))
    hazards: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), info=personal("classification; notice to the inspectorate")
    )
    pay_vnd_month: Mapped[int | None] = mapped_column(
        info=personal("what support must replace; whole đồng a month")
    )
    category: Mapped[str] = mapped_column(info=personal("the conclusion, for support and figures"))
    reasons: Mapped[list[str]] = mapped_column(
        ARRAY(Text), info=personal("explains the conclusion line by line")
    )
    ruleset: Mapped[str] = mapped_column(info=internal("by which version it was classified"))
    age_group: Mapped[str] = mapped_column(info=personal("figures by the groups of LAB-01"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("marks records of the demonstration")
    )
