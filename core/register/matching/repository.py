"""All SQL of matching and merging."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, load_only

from core.register.family.models import ParentRecord
from core.register.matching.likeness import swapped
from core.register.matching.models import ChildMerge, MergedRow
from core.register.models import Child
from core.tenancy.session import IN_STEP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from core.register.matching.likeness import Person
    from core.tenancy.session import TenantSession

_NEAR = timedelta(days=31)
# Far more than the children of a commune born within two months.
_MOST = 2000
_MERGED = ("merged", "duplicate")

SeenRow = tuple["UUID", str, str | None, str, "date", str, "UUID | None", int]


def _seen(child: Any) -> tuple[Any, ...]:
    return (
        child.id,
        child.child_code,
        child.full_name,
        child.sex,
        child.date_of_birth,
        child.dob_precision,
        child.household_id,
        child.commune_id,
    )


def children_like(session: TenantSession, person: Person) -> Sequence[Row[*SeenRow]]:
    """Children within reach who may be alike: born near, in the household, or of the mother."""
    mother = aliased(ParentRecord)
    of_mother = select(mother.child_id).where(
        mother.tenant_id == session.tenant_id,
        mother.kind == "mother",
        mother.name_fold == person.mother,
        mother.name_fold != "",
    )
    statement = (
        select(*_seen(Child))
        .where(
            Child.tenant_id == session.tenant_id,
            Child.status.not_in(_MERGED),
            or_(
                _born_near(person),
                Child.household_id == person.household_id,
                Child.id.in_(of_mother),
            ),
        )
        .order_by(Child.id)
        .limit(_MOST)
    )
    return session.execute(statement).all()


def _born_near(person: Person) -> ColumnElement[bool]:
    born = person.born
    near = Child.date_of_birth.between(born - _NEAR, born + _NEAR)
    others = [day for day in (swapped(born), *_years_beside(born)) if day is not None]
    other = Child.date_of_birth.in_(others)
    first, last = date(born.year, 1, 1), date(born.year, 12, 31)
    if person.exact:
        inexact = and_(
            Child.date_of_birth.between(first, last), Child.dob_precision.not_in(("day",))
        )
    else:
        inexact = Child.date_of_birth.between(first, last)
    return or_(near, other, inexact)


def _years_beside(born: date) -> tuple[date | None, ...]:
    if (born.month, born.day) == (2, 29):
        return ()
    return (born.replace(year=born.year - 1), born.replace(year=born.year + 1))


def pairs_alike(session: TenantSession, limit: int) -> Sequence[tuple[Any, ...]]:
    """Pairs of one commune born on one day or of one name, each pair once, by their ids."""
    one, other = aliased(Child), aliased(Child)
    found: list[tuple[Any, ...]] = []
    for same in (
        one.date_of_birth == other.date_of_birth,
        one.name_sort == other.name_sort,
    ):
        statement = (
            select(*_seen(one), *_seen(other))
            .where(
                one.tenant_id == session.tenant_id,
                other.tenant_id == session.tenant_id,
                one.commune_id == other.commune_id,
                one.id < other.id,
                one.status.not_in(_MERGED),
                other.status.not_in(_MERGED),
                same,
            )
            .order_by(one.id, other.id)
            .limit(limit)
        )
        found += [tuple(row) for row in session.execute(statement)]
    return found


def mothers_of(session: TenantSession, children: Collection[UUID]) -> dict[UUID, str]:
    """The folded name of the mother of each child, by her latest record."""
    parent = ParentRecord
    statement = (
        select(parent.child_id, parent.name_fold)
        .where(
            parent.tenant_id == session.tenant_id,
            parent.kind == "mother",
            parent.child_id.in_(sorted(children)),
        )
        .order_by(parent.as_of, parent.created_at)
    )
    return {child: name for child, name in session.execute(statement)}  # noqa: C416  rows, typed


def child_to_merge(session: TenantSession, child_id: UUID) -> Child | None:
    """One record within reach, held until the transaction ends."""
    statement = (
        select(Child)
        .where(Child.tenant_id == session.tenant_id, Child.id == child_id)
        .with_for_update()
    )
    return session.scalars(statement).one_or_none()


def merge_by_id(session: TenantSession, survivor_id: UUID, merge_id: UUID) -> ChildMerge | None:
    """One merge that was not undone, found through the survivor."""
    merge = ChildMerge
    statement = (
        select(merge)
        .where(
            merge.tenant_id == session.tenant_id,
            merge.id == merge_id,
            merge.survivor_id == survivor_id,
            merge.undone_at.is_(None),
        )
        .with_for_update()
    )
    return session.scalars(statement).one_or_none()


def merges_into(session: TenantSession, survivor_id: UUID) -> Sequence[ChildMerge]:
    """What was merged into a record and not undone, the latest first."""
    merge = ChildMerge
    statement = (
        select(merge)
        .where(
            merge.tenant_id == session.tenant_id,
            merge.survivor_id == survivor_id,
            merge.undone_at.is_(None),
        )
        .order_by(merge.merged_at.desc(), merge.id)
    )
    return session.scalars(statement).all()


def followed(session: TenantSession, merge_id: UUID) -> dict[str, list[UUID]]:
    """The rows that followed in a merge, by table."""
    statement = select(MergedRow.table_name, MergedRow.row_id).where(
        MergedRow.tenant_id == session.tenant_id, MergedRow.merge_id == merge_id
    )
    found: dict[str, list[UUID]] = {}
    for table, row_id in session.execute(statement, execution_options={IN_STEP: True}):
        found.setdefault(table, []).append(row_id)
    return found


def rows_still_at(
    session: TenantSession, model: Any, column: str, child_id: UUID, ids: Sequence[UUID]
) -> Sequence[Any]:
    """Those of some rows that still point at a child; keys alone are loaded."""
    statement = (
        select(model)
        .where(
            model.tenant_id == session.tenant_id,
            model.id.in_(sorted(ids)),
            getattr(model, column) == child_id,
        )
        .options(load_only(model.tenant_id, model.id, getattr(model, column), raiseload=True))
        .order_by(model.id)
    )
    return session.scalars(statement, execution_options={IN_STEP: True}).all()
