"""The yearly review of a commune's register and the figures it locks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.register.columns import within
from core.register.options import SEX
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, tenant_reference


class YearlyReview(AreaScoped, TenantOwned, Base):
    """Verified by the worker, confirmed by the leader, locked by the province; in that order.

    Source: programmes §2.2, yearly review.
    """

    read_with = "core.review.read"
    __tablename__ = "yearly_review"
    __table_args__ = (
        UniqueConstraint(TENANT_COLUMN, "commune_id", "year"),
        CheckConstraint("confirmed_at >= verified_at", name="confirmed"),
        CheckConstraint("locked_at >= confirmed_at", name="locked"),
        {"schema": CORE_SCHEMA},
    )

    year: Mapped[int] = mapped_column(info=internal("the register at the end of which year"))
    verified_at: Mapped[datetime] = mapped_column(info=internal("the worker went through it"))
    verified_by: Mapped[UUID | None] = mapped_column(info=internal("who verified"))
    confirmed_at: Mapped[datetime | None] = mapped_column(info=internal("the leader confirmed"))
    confirmed_by: Mapped[UUID | None] = mapped_column(info=internal("who confirmed"))
    locked_at: Mapped[datetime | None] = mapped_column(info=internal("the figures stand"))
    locked_by: Mapped[UUID | None] = mapped_column(info=internal("who locked"))


class ReviewCount(AreaScoped, TenantOwned, Base):
    """Children of one sex and age in the locked register: a denominator of the year's rates."""

    read_with = "core.review.read"
    __tablename__ = "review_count"
    __table_args__ = (
        tenant_reference("review_id", f"{CORE_SCHEMA}.yearly_review"),
        within("sex", SEX.codes),
        CheckConstraint("age BETWEEN 0 AND 17", name="age"),
        CheckConstraint("children > 0", name="children"),
        UniqueConstraint(TENANT_COLUMN, "review_id", "sex", "age"),
        Index(None, TENANT_COLUMN, "commune_id"),
        {"schema": CORE_SCHEMA},
    )

    review_id: Mapped[UUID] = mapped_column(info=internal("of which review"))
    sex: Mapped[str] = mapped_column(info=internal("figures by sex"))
    age: Mapped[int] = mapped_column(info=internal("whole years on 31 December"))
    children: Mapped[int] = mapped_column(info=internal("how many"))
