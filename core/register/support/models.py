"""Children at risk, and each help that a child was given."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, personal, sensitive
from core.register.columns import AboutChild, of_child, within
from core.register.support import options
from core.tenancy.models import TENANT_COLUMN


class AtRisk(AboutChild, Base):
    """A child at risk of special circumstances. Source: programmes §2.3."""

    __tablename__ = "at_risk"
    __table_args__ = (
        of_child(),
        within("risk_type", options.RISK.codes),
        within("level", options.LEVEL.codes),
        CheckConstraint("closed_on >= identified_on", name="closed_on"),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    risk_type: Mapped[str] = mapped_column(info=sensitive("what to prevent"))
    identified_on: Mapped[date] = mapped_column(Date(), info=sensitive("when it was seen"))
    level: Mapped[str] = mapped_column(info=sensitive("how urgent it is"))
    action: Mapped[str | None] = mapped_column(info=sensitive("what was done"))
    closed_on: Mapped[date | None] = mapped_column(Date(), info=sensitive("since when it is over"))


class SupportDelivery(AboutChild, Base):
    """One help given to one child; the numerator of those who were supported."""

    __tablename__ = "support_delivery"
    __table_args__ = (
        of_child(),
        within("support_type", options.SUPPORT.codes),
        within("protection_level", options.PROTECTION.codes),
        within("occasion", options.OCCASION.codes),
        CheckConstraint("amount_vnd > 0", name="amount_vnd"),
        Index(None, TENANT_COLUMN, "child_id"),
        Index(None, TENANT_COLUMN, "commune_id", "delivered_on"),
        Index(None, TENANT_COLUMN, "created_at", "id"),
        {"schema": CORE_SCHEMA},
    )

    delivered_on: Mapped[date] = mapped_column(Date(), info=personal("the period it counts in"))
    support_type: Mapped[str] = mapped_column(info=personal("what was given"))
    protection_level: Mapped[str] = mapped_column(info=personal("prevention, help or recovery"))
    provider: Mapped[str | None] = mapped_column(info=personal("who gave it"))
    funding_source: Mapped[str | None] = mapped_column(info=personal("who paid for it"))
    amount_vnd: Mapped[int | None] = mapped_column(info=personal("money, or the worth of a gift"))
    programme_code: Mapped[str | None] = mapped_column(info=personal("under which programme"))
    occasion: Mapped[str | None] = mapped_column(info=personal("Tết, 1 June, Mid-Autumn"))
