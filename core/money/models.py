"""Sources, budget lines, expenditure, donations, and each unit beside its minimum.

Money is whole đồng. An expenditure names no child: a case is known by its code alone.
Source: programmes §2.7.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal
from core.money import options
from core.organisation import options as units
from core.organisation.columns import AtUnit
from core.register.columns import Entered, Kept, within
from core.tenancy.models import TENANT_COLUMN, tenant_reference

READ, ENTER = "core.money.read", "core.money.enter"
_LISTED = (TENANT_COLUMN, "created_at", "id")


class FundingSource(Kept, Base):
    """Where money comes from, and what it may be spent on if that is bound."""

    __tablename__ = "funding_source"
    __table_args__ = (
        within("source_type", options.SOURCE.codes),
        CheckConstraint(
            "NOT earmarked OR cardinality(purposes) + cardinality(beneficiaries) > 0",
            name="earmarked",
        ),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    name: Mapped[str] = mapped_column(info=internal("how it is called"))
    source_type: Mapped[str] = mapped_column(info=internal("what kind of source"))
    earmarked: Mapped[bool] = mapped_column(info=internal("whether its use is bound"))
    purposes: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("what it may be spent on; none: anything")
    )
    beneficiaries: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("for whom it may be spent; none: anybody")
    )
    restriction: Mapped[str | None] = mapped_column(info=internal("the document's own words"))


class BudgetLine(AtUnit, Base):
    """An amount set aside for a unit in a year, from one source."""

    __tablename__ = "budget_line"
    __table_args__ = (
        tenant_reference("source_id", f"{CORE_SCHEMA}.funding_source"),
        tenant_reference("activity_id", f"{CORE_SCHEMA}.plan_activity"),
        within("level", units.LEVEL.codes),
        within("source_type", options.SOURCE.codes),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        Index(None, TENANT_COLUMN, "unit_id", "year"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the budget year"))
    counts_on: Mapped[date] = mapped_column(Date(), info=internal("the day it counts from"))
    source_id: Mapped[UUID] = mapped_column(info=internal("where the money comes from"))
    source_type: Mapped[str] = mapped_column(info=internal("kind of source, for figures"))
    amount_vnd: Mapped[int] = mapped_column(info=internal("đồng"))
    decision_no: Mapped[str] = mapped_column(info=internal("the decision that gives it"))
    activity_id: Mapped[UUID | None] = mapped_column(info=internal("for which activity"))
    programme_code: Mapped[str | None] = mapped_column(info=internal("for which programme"))


class Expenditure(Entered, Base):
    """Money spent of a line; refused where the line's source is bound to something else."""

    __tablename__ = "expenditure"
    __table_args__ = (
        tenant_reference("line_id", f"{CORE_SCHEMA}.budget_line"),
        within("purpose", options.PURPOSE.codes),
        within("beneficiary_type", options.BENEFICIARY.codes),
        within("source_type", options.SOURCE.codes),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        Index(None, TENANT_COLUMN, "line_id"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    line_id: Mapped[UUID] = mapped_column(info=internal("of which line"))
    source_type: Mapped[str] = mapped_column(info=internal("kind of source, for figures"))
    amount_vnd: Mapped[int] = mapped_column(info=internal("đồng"))
    spent_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    purpose: Mapped[str] = mapped_column(info=internal("on what it was spent"))
    beneficiary_type: Mapped[str] = mapped_column(info=internal("for whom, in general"))
    voucher_no: Mapped[str | None] = mapped_column(info=internal("the paper that proves it"))
    case_ref: Mapped[str | None] = mapped_column(info=personal("code of a case, never a name"))


class Donation(Entered, Base):
    """What somebody gave to the Child Fund or another fund for children."""

    __tablename__ = "donation"
    __table_args__ = (
        within("kind", options.DONATION.codes),
        within("earmark", options.PURPOSE.codes),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        Index(None, TENANT_COLUMN, "commune_id", "donated_on"),
        Index(None, *_LISTED),
        {"schema": CORE_SCHEMA},
    )

    fund: Mapped[str] = mapped_column(info=internal("which fund received it"))
    donor: Mapped[str] = mapped_column(info=personal("who gave, for thanks and for the books"))
    kind: Mapped[str] = mapped_column(info=internal("money or goods"))
    amount_vnd: Mapped[int] = mapped_column(info=internal("đồng, or the worth of the goods"))
    donated_on: Mapped[date] = mapped_column(Date(), info=internal("the period it counts in"))
    earmark: Mapped[str | None] = mapped_column(info=internal("what the donor gave it for"))
    receipt_no: Mapped[str | None] = mapped_column(info=internal("the receipt"))


class BudgetStanding(AtUnit, Base):
    """A unit beside the least that it must set aside in a year; kept by the program.

    Made for every unit when the year's plan is opened, so that a unit that set nothing aside is
    counted too.
    """

    read_with = READ
    entered_with = ENTER
    __tablename__ = "budget_standing"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "unit_id", "year"),
        within("level", units.LEVEL.codes),
        CheckConstraint("until_day > from_day", name="until_day"),
        {"schema": CORE_SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the budget year"))
    from_day: Mapped[date] = mapped_column(Date(), info=internal("first day of the year"))
    until_day: Mapped[date] = mapped_column(Date(), info=internal("first day of the next"))
    minimum_vnd: Mapped[int] = mapped_column(info=internal("the least it must set aside, in đồng"))
    allocated_vnd: Mapped[int] = mapped_column(info=internal("what it set aside, in đồng"))
    meets: Mapped[bool] = mapped_column(info=internal("whether it is enough"))
