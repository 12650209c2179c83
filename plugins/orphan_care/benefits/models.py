"""Entitlements to a monthly allowance. Source: programmes §6.4, §7."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import Base, internal, personal, tenant_reference
from plugins.orphan_care.benefits import amounts, codes
from plugins.orphan_care.columns import SCHEMA, AboutChild, Entered, of_child, within


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
        CheckConstraint("coefficient > 0 AND coefficient <= 10", name="coefficient"),
        CheckConstraint("base_vnd > 0", name="base_vnd"),
        CheckConstraint("amount_vnd = trunc(base_vnd * coefficient)", name="amount_vnd"),
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
    stated_coefficient: Mapped[Decimal | None] = mapped_column(
        Numeric(3, 1), info=personal("the decision's coefficient")
    )
    stated_base_vnd: Mapped[int | None] = mapped_column(info=personal("the province's base level"))
    coefficient: Mapped[Decimal] = mapped_column(
        Numeric(3, 1), info=personal("what the amount follows from")
    )
    base_vnd: Mapped[int] = mapped_column(info=personal("what the amount follows from"))
    amount_vnd: Mapped[int] = mapped_column(info=personal("what is paid a month"))


class Dossier(AboutChild, Base):
    """The papers on which a decision for a child rests; ``complete`` follows from its items."""

    __tablename__ = "dossier"
    __table_args__ = (
        of_child(),
        within("kind", codes.DOSSIERS),
        within("result", codes.RESULTS),
        CheckConstraint("submitted_on IS NULL OR complete", name="submitted"),
        CheckConstraint("submitted_on >= opened_on", name="submitted_on"),
        CheckConstraint("decided_on >= submitted_on", name="decided_on"),
        CheckConstraint("(decided_on IS NULL) = (result IS NULL)", name="decided"),
        Index(None, "tenant_id", "opened_on"),
        Index(None, "tenant_id", "child_id"),
        {"schema": SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=personal("figures by kind"))
    opened_on: Mapped[date] = mapped_column(info=personal("when it was begun; the period"))
    complete: Mapped[bool] = mapped_column(info=personal("figures of complete dossiers"))
    submitted_on: Mapped[date | None] = mapped_column(info=personal("when it was submitted"))
    decided_on: Mapped[date | None] = mapped_column(info=personal("when it was decided"))
    decision_no: Mapped[str | None] = mapped_column(info=personal("the decision"))
    result: Mapped[str | None] = mapped_column(info=personal("how it was decided"))


class DossierItem(Entered, Base):
    """One paper of a dossier, and when it was received."""

    __tablename__ = "dossier_item"
    __table_args__ = (
        tenant_reference("dossier_id", f"{SCHEMA}.dossier"),
        within("item", codes.ITEMS),
        UniqueConstraint("tenant_id", "dossier_id", "item"),
        {"schema": SCHEMA},
    )

    dossier_id: Mapped[UUID] = mapped_column(info=personal("the dossier"))
    position: Mapped[int] = mapped_column(info=internal("its place in the list"))
    item: Mapped[str] = mapped_column(info=personal("which paper"))
    received_on: Mapped[date] = mapped_column(info=personal("when it was received"))


class BenefitPayment(Entered, Base):
    """What was paid of an entitlement for one month, in đồng."""

    __tablename__ = "benefit_payment"
    __table_args__ = (
        tenant_reference("entitlement_id", f"{SCHEMA}.benefit_entitlement"),
        within("status", codes.PAYMENTS),
        UniqueConstraint("tenant_id", "entitlement_id", "month"),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        CheckConstraint("(status = 'paid') = (paid_on IS NOT NULL)", name="paid"),
        Index(None, "tenant_id", "month"),
        {"schema": SCHEMA},
    )

    entitlement_id: Mapped[UUID] = mapped_column(info=personal("what it is paid for"))
    month: Mapped[date] = mapped_column(info=personal("which month; the period"))
    amount_vnd: Mapped[int] = mapped_column(info=personal("how much"))
    status: Mapped[str] = mapped_column(info=personal("paid or not"))
    paid_on: Mapped[date | None] = mapped_column(info=personal("when it was paid"))
    receipt: Mapped[str | None] = mapped_column(info=personal("the receipt"))
