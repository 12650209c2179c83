"""Entitlements to a monthly allowance. Source: programmes §6.4, §7."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, personal
from plugins.orphan_care.benefits import amounts, codes
from plugins.orphan_care.columns import SCHEMA, AboutChild, of_child, within


class BenefitEntitlement(AboutChild, Base):
    """A child is entitled to a monthly allowance; the amounts are those of its first day.

    ``counted_until`` is the first day on which it is no longer in force: the day after it ended,
    or the birthday that ends it, whichever comes first. Its amounts are in đồng a month.
    """

    __tablename__ = "benefit_entitlement"
    __table_args__ = (
        of_child(),
        within("category", amounts.CATEGORIES),
        within("payment_method", codes.METHODS),
        CheckConstraint("coefficient_tenths BETWEEN 1 AND 100", name="coefficient_tenths"),
        CheckConstraint("base_vnd > 0", name="base_vnd"),
        CheckConstraint("amount_vnd = base_vnd * coefficient_tenths / 10", name="amount_vnd"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("counted_until >= starts_on", name="counted_until"),
        Index(None, "tenant_id", "child_id"),
        Index(None, "tenant_id", "starts_on"),
        {"schema": SCHEMA},
    )

    category: Mapped[str] = mapped_column(info=personal("decides the coefficient"))
    born_on: Mapped[date] = mapped_column(info=personal("age decides coefficient and end"))
    studying: Mapped[bool] = mapped_column(info=personal("goes on after 16 while studying"))
    starts_on: Mapped[date] = mapped_column(info=personal("from when; the period"))
    ends_on: Mapped[date | None] = mapped_column(info=personal("last day, if it was ended"))
    ends_by: Mapped[date] = mapped_column(info=personal("the birthday that ends it"))
    changes_on: Mapped[date | None] = mapped_column(info=personal("when the coefficient changes"))
    counted_until: Mapped[date] = mapped_column(info=personal("no longer in force from"))
    decision_no: Mapped[str] = mapped_column(info=personal("the decision it rests on"))
    decided_on: Mapped[date] = mapped_column(info=personal("when it was decided"))
    payment_method: Mapped[str] = mapped_column(info=personal("how it is paid"))
    stated_tenths: Mapped[int | None] = mapped_column(info=personal("the decision's coefficient"))
    stated_base_vnd: Mapped[int | None] = mapped_column(info=personal("the province's base level"))
    coefficient_tenths: Mapped[int] = mapped_column(info=personal("what the amount follows from"))
    base_vnd: Mapped[int] = mapped_column(info=personal("what the amount follows from"))
    amount_vnd: Mapped[int] = mapped_column(info=personal("what is paid a month"))
