"""All SQL of the register; the session bounds every statement to the tenant and the reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, or_, select
from sqlalchemy.orm import aliased

from core.register.models import Child, ChildNameToken, Household
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import InstrumentedAttribute

    from core.tenancy.session import TenantSession

# Sorts behind every letter and digit of a folded word or a code.
_BEHIND = "{"

ChildLineRow = tuple["UUID", str, str, "date", str, int, str]
ChildMatchRow = tuple["UUID", str, str | None, str, "date", int]
HouseholdRow = tuple["UUID", str, str, str, int]


def children_after(
    session: TenantSession, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Row[*ChildLineRow]]:
    """One page of children without their names, in the order of their names."""
    statement = select(
        Child.id,
        Child.child_code,
        Child.sex,
        Child.date_of_birth,
        Child.schooling,
        Child.commune_id,
        Child.status,
    ).where(Child.tenant_id == session.tenant_id)
    if after is not None:
        name_sort, child_id = after
        statement = statement.where(
            or_(
                Child.name_sort > name_sort,
                and_(Child.name_sort == name_sort, Child.id > child_id),
            ),
            # Implied by the line above; PostgreSQL needs it said to begin inside the index.
            Child.name_sort >= name_sort,
        )
    return session.execute(statement.order_by(Child.name_sort, Child.id).limit(limit)).all()


def place_of_child(session: TenantSession, child_id: UUID) -> tuple[str, UUID] | None:
    """Where a child stands in the order of names."""
    statement = select(Child.name_sort, Child.id).where(
        Child.tenant_id == session.tenant_id, Child.id == child_id
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1])


# Built once: to read one record by its key is the most frequent statement of all.
_CHILD_BY_ID = select(Child).where(
    Child.tenant_id == bindparam("tenant"), Child.id == bindparam("child")
)


def child_by_id(session: TenantSession, child_id: UUID) -> Child | None:
    """The whole record, if it is within reach."""
    found = session.scalars(
        _CHILD_BY_ID,
        {"tenant": session.tenant_id, "child": child_id},
        execution_options={BY_WORK: True},
    )
    return found.one_or_none()


def household_by_id(session: TenantSession, household_id: UUID) -> Household | None:
    """The whole record."""
    statement = select(Household).where(
        Household.tenant_id == session.tenant_id, Household.id == household_id
    )
    return session.scalars(statement).one_or_none()


def child_id_of(session: TenantSession, key: UUID | str) -> UUID | None:
    """The child with an id or a code; records that were merged away are not found."""
    return session.scalar(
        select(Child.id).where(
            Child.tenant_id == session.tenant_id,
            Child.child_code == key if isinstance(key, str) else Child.id == key,
            Child.status.not_in(("merged", "duplicate")),
        )
    )


def household_id_of(session: TenantSession, key: UUID | str) -> UUID | None:
    """The household with an id or a code."""
    return session.scalar(
        select(Household.id).where(
            Household.tenant_id == session.tenant_id,
            Household.household_code == key if isinstance(key, str) else Household.id == key,
        )
    )


def children_named(
    session: TenantSession, words: Sequence[str], limit: int
) -> Sequence[Row[*ChildMatchRow]]:
    """Children whose names have a word beginning with each of the words; at most ``limit``.

    The longest word leads along the index and the others are looked up for each child it gives,
    so that the work ends with the last child of the page.
    """
    first, *others = sorted(words, key=len, reverse=True)
    lead = aliased(ChildNameToken)
    earlier = aliased(ChildNameToken)
    found = select(lead.child_id).where(
        lead.tenant_id == session.tenant_id,
        _begins(lead.token, first),
        # A name may have several such words ("Nguyễn Nguyệt"): the first of them stands for it.
        ~select(earlier.id)
        .where(
            earlier.tenant_id == session.tenant_id,
            earlier.child_id == lead.child_id,
            earlier.token >= first,
            earlier.token < lead.token,
        )
        .exists(),
    )
    for word in others:
        other = aliased(ChildNameToken)
        found = found.where(
            select(other.id)
            .where(
                other.tenant_id == session.tenant_id,
                other.child_id == lead.child_id,
                _begins(other.token, word),
            )
            .exists()
        )
    children = session.scalars(found.order_by(lead.token, lead.child_id).limit(limit)).all()
    return _matches(session, Child.id.in_(children), limit) if children else []


def children_coded(
    session: TenantSession, beginning: str, limit: int
) -> Sequence[Row[*ChildMatchRow]]:
    """Children whose codes begin so."""
    return _matches(session, _begins(Child.child_code, beginning), limit)


def households_coded(
    session: TenantSession, beginning: str, limit: int
) -> Sequence[Row[*HouseholdRow]]:
    """Households whose codes begin so."""
    return _households(session, _begins(Household.household_code, beginning), limit)


def households_headed(
    session: TenantSession, beginning: str, limit: int
) -> Sequence[Row[*HouseholdRow]]:
    """Households whose head's folded name begins so."""
    return _households(session, _begins(Household.head_fold, beginning), limit)


def replace_tokens(session: TenantSession, child: Child, tokens: Sequence[str]) -> None:
    """Store the words of a child's name anew."""
    session.execute(
        delete(ChildNameToken).where(
            ChildNameToken.tenant_id == session.tenant_id, ChildNameToken.child_id == child.id
        )
    )
    session.add_all(
        ChildNameToken(child_id=child.id, commune_id=child.commune_id, token=token)
        for token in dict.fromkeys(tokens)
    )
    session.flush()


def _begins(column: InstrumentedAttribute[str], beginning: str) -> ColumnElement[bool]:
    """A range instead of LIKE, which row security keeps away from every index."""
    return and_(column >= beginning, column < beginning + _BEHIND)


def _matches(
    session: TenantSession, condition: ColumnElement[bool], limit: int
) -> Sequence[Row[*ChildMatchRow]]:
    statement = (
        select(
            Child.id,
            Child.child_code,
            Child.full_name,
            Child.sex,
            Child.date_of_birth,
            Child.commune_id,
        )
        .where(Child.tenant_id == session.tenant_id, condition)
        .order_by(Child.name_sort, Child.id)
        .limit(limit)
    )
    return session.execute(statement).all()


def _households(
    session: TenantSession, condition: ColumnElement[bool], limit: int
) -> Sequence[Row[*HouseholdRow]]:
    statement = (
        select(
            Household.id,
            Household.household_code,
            Household.head_name,
            Household.address,
            Household.commune_id,
        )
        .where(Household.tenant_id == session.tenant_id, condition)
        .order_by(Household.head_fold, Household.id)
        .limit(limit)
    )
    return session.execute(statement).all()
