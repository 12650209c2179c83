"""All SQL of the register; the session bounds every statement to the tenant and the reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, or_, select
from sqlalchemy.orm import aliased

from core.register.models import Child, ChildNameToken, Household
from core.tenancy.session import BY_WORK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import InstrumentedAttribute

    from core.tenancy.session import TenantSession

# Sorts behind every letter and digit of a folded word or a code.
_BEHIND = "{"

HouseholdRow = tuple["UUID", str, str, str, int]
_NOT_SHOWN = ("merged", "duplicate")


def shown_columns(session: TenantSession, names: Sequence[str]) -> tuple[str, ...]:
    """Those of some columns of a child that the reader may see; the others are not selected."""
    hidden = session.hidden_fields(Child)
    return tuple(name for name in names if name not in hidden)


def children_after(
    session: TenantSession,
    names: Sequence[str],
    after: UUID | None,
    limit: int,
    commune_id: int | None = None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """One page of children in the order of names, or of codes where names are hidden.

    ``names`` are the columns to select, ``after`` is the last child of the page before.
    """
    key = _order(session)
    statement = _children(session, names)
    if commune_id is not None:
        statement = statement.where(Child.commune_id == commune_id)
    if after is not None:
        place = session.execute(
            select(key).where(Child.tenant_id == session.tenant_id, Child.id == after)
        ).scalar_one()
        statement = statement.where(
            or_(key > place, and_(key == place, Child.id > after)),
            # Implied by the line above; PostgreSQL needs it said to begin inside the index.
            key >= place,
        )
    return session.execute(statement.order_by(key, Child.id).limit(limit)).all()


def is_child(session: TenantSession, child_id: UUID) -> bool:
    """Whether there is such a child within reach."""
    statement = select(Child.id).where(Child.tenant_id == session.tenant_id, Child.id == child_id)
    return session.scalar(statement) is not None


def _children(session: TenantSession, names: Sequence[str]) -> Select[Any]:
    """Children that stand for themselves; whoever may not know the status meets the others too."""
    statement = select(*(getattr(Child, name) for name in names)).where(
        Child.tenant_id == session.tenant_id
    )
    if "status" not in session.hidden_fields(Child):
        statement = statement.where(Child.status.not_in(_NOT_SHOWN))
    return statement


def _order(session: TenantSession) -> InstrumentedAttribute[str]:
    return Child.child_code if "name_sort" in session.hidden_fields(Child) else Child.name_sort


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
    named = Child.child_code == key if isinstance(key, str) else Child.id == key
    found: UUID | None = session.scalar(_children(session, ("id",)).where(named))
    return found


def household_id_of(session: TenantSession, key: UUID | str) -> UUID | None:
    """The household with an id or a code."""
    return session.scalar(
        select(Household.id).where(
            Household.tenant_id == session.tenant_id,
            Household.household_code == key if isinstance(key, str) else Household.id == key,
        )
    )


def child_codes(session: TenantSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of some children, by id; none to whom codes are hidden."""
    if "child_code" in session.hidden_fields(Child):
        return {}
    return _codes(session, Child.id, Child.child_code, ids)


def household_codes(session: TenantSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of some households, by id; none to whom codes are hidden."""
    if "household_code" in session.hidden_fields(Household):
        return {}
    return _codes(session, Household.id, Household.household_code, ids)


def _codes(session: TenantSession, key: Any, code: Any, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(key, code).where(
        key.class_.tenant_id == session.tenant_id, key.in_(sorted(ids))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def children_named(
    session: TenantSession,
    words: Sequence[str],
    limit: int,
    *,
    whole: bool,
    commune_id: int | None = None,
) -> Sequence[UUID]:
    """Children whose names have each of the words, ``whole`` or as beginnings; at most ``limit``.

    The longest word leads along the index and the others are looked up for each child it gives,
    so that the work ends with the last child of the page.
    """
    matches = _is if whole else _begins
    first, *others = sorted(words, key=len, reverse=True)
    lead = aliased(ChildNameToken)
    earlier = aliased(ChildNameToken)
    found = select(lead.child_id).where(
        lead.tenant_id == session.tenant_id,
        matches(lead.token, first),
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
    if commune_id is not None:
        found = found.where(lead.commune_id == commune_id)
    for word in others:
        other = aliased(ChildNameToken)
        found = found.where(
            select(other.id)
            .where(
                other.tenant_id == session.tenant_id,
                other.child_id == lead.child_id,
                matches(other.token, word),
            )
            .exists()
        )
    return session.scalars(found.order_by(lead.token, lead.child_id).limit(limit)).all()


def children_with_ids(
    session: TenantSession, names: Sequence[str], ids: Collection[UUID]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """These children, as far as they are within reach and stand for themselves."""
    return session.execute(_children(session, names).where(Child.id.in_(sorted(ids)))).all()


def children_coded(
    session: TenantSession,
    names: Sequence[str],
    beginning: str,
    limit: int,
    commune_id: int | None = None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Children whose codes begin so, in the order of the codes."""
    statement = _children(session, names).where(_begins(Child.child_code, beginning))
    if commune_id is not None:
        statement = statement.where(Child.commune_id == commune_id)
    return session.execute(statement.order_by(Child.child_code).limit(limit)).all()


def children_of_households(
    session: TenantSession,
    names: Sequence[str],
    households: Collection[UUID],
    limit: int,
    commune_id: int | None = None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The children of some households."""
    statement = _children(session, names).where(Child.household_id.in_(sorted(households)))
    if commune_id is not None:
        statement = statement.where(Child.commune_id == commune_id)
    return session.execute(statement.order_by(Child.id).limit(limit)).all()


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


def drop_tokens(session: TenantSession, child: Child) -> None:
    """Delete the words of a child's name."""
    session.execute(
        delete(ChildNameToken).where(
            ChildNameToken.tenant_id == session.tenant_id, ChildNameToken.child_id == child.id
        )
    )


def add_tokens(session: TenantSession, child: Child, tokens: Sequence[str]) -> None:
    """Store the words of a child's name."""
    words = [{"token": token} for token in dict.fromkeys(tokens)]
    session.put(ChildNameToken, words, child_id=child.id, commune_id=child.commune_id)


def _is(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column == word


def _begins(column: InstrumentedAttribute[str], beginning: str) -> ColumnElement[bool]:
    """A range instead of LIKE, which row security keeps away from every index."""
    return and_(column >= beginning, column < beginning + _BEHIND)


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
