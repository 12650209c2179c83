"""All SQL of the yearly review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from core.register.models import Child
from core.register.reviewing.models import ReviewCount, YearlyReview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Row

    from core.tenancy.session import TenantSession


def reviews_of(session: TenantSession, year: int) -> Sequence[YearlyReview]:
    """The reviews of a year within reach."""
    statement = select(YearlyReview).where(
        YearlyReview.tenant_id == session.tenant_id, YearlyReview.year == year
    )
    return session.scalars(statement).all()


def review_of(session: TenantSession, commune_id: int, year: int) -> YearlyReview | None:
    """The review of one commune, held until the transaction ends."""
    statement = (
        select(YearlyReview)
        .where(
            YearlyReview.tenant_id == session.tenant_id,
            YearlyReview.commune_id == commune_id,
            YearlyReview.year == year,
        )
        .with_for_update()
    )
    return session.scalars(statement).one_or_none()


def births_on(
    session: TenantSession, commune_id: int, day: date
) -> Sequence[Row[*tuple[str, date, int]]]:
    """How many children of each sex and birth date the commune's register holds on a day."""
    statement = (
        select(Child.sex, Child.date_of_birth, func.count(Child.id))
        .where(
            Child.tenant_id == session.tenant_id,
            Child.commune_id == commune_id,
            Child.registered_on <= day,
            or_(Child.left_on.is_(None), Child.left_on > day),
            Child.status.not_in(("merged", "duplicate")),
        )
        .group_by(Child.sex, Child.date_of_birth)
    )
    return session.execute(statement).all()


def counts_of(session: TenantSession, year: int) -> dict[int, tuple[int, int]]:
    """By commune, the children under 16 and all persons in the locked register of a year."""
    count = ReviewCount
    under_16 = func.coalesce(func.sum(count.children).filter(count.age < 16), 0)  # noqa: PLR2004  a child's age
    statement = (
        select(count.commune_id, under_16, func.sum(count.children))
        .join(YearlyReview, YearlyReview.id == count.review_id)
        .where(count.tenant_id == session.tenant_id, YearlyReview.year == year)
        .group_by(count.commune_id)
    )
    return {commune: (int(few), int(many)) for commune, few, many in session.execute(statement)}
