"""Stores many new children in a few statements, with the words by which they are found.

What a child has follows from its form as for one that is entered alone; only the way into the
tables is another. The caller marks the figures and writes the audit entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Text, Uuid, func, insert, inspect, literal, select, tuple_

from core.db.bulk import rows_of
from core.kit.ids import new_id_texts, new_ids, opaque_codes
from core.kit.text import name_tokens
from core.register.models import CHILD_PREFIX, Child, ChildNameToken, Household, counted_until

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession

_TWINLESS = ("merged", "duplicate")
# Commune, sort key of the name, day of birth.
Likeness = tuple[int, str, Any]


def complete(answers: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a new child but for its id and code; ``shared`` are those that all have."""
    until = counted_until(answers["date_of_birth"], None, answers["health_insurance_until"])
    days = dict(zip(("child_until", "small_until", "insured_until"), until, strict=True))
    kept = {name: answers[name] for name in answers if name in _COLUMNS}
    return {**_EMPTY, **kept, **days, **shared}


def store_children(session: TenantSession, rows: Sequence[dict[str, Any]]) -> list[UUID]:
    """Store complete rows of children; their ids, in the order of the rows.

    Raises:
        IntegrityError: a code was drawn that is there already, as happens once in a very long
            while, or a key points at nothing; nothing is stored then.
    """
    ids = new_ids(len(rows))
    # in the order of the ids, which says nothing of the rows: so every index and every key that
    # is looked up is gone through from one end to the other
    listed = sorted(zip(ids, rows, strict=True), key=_by_id)
    ordered, sorted_rows = [one for one, _ in listed], [row for _, row in listed]
    codes = opaque_codes(CHILD_PREFIX, len(rows))
    columns: dict[str, Any] = {"id": (Uuid(), ordered), "child_code": (Text(), codes)}
    for name, column in _COLUMNS.items():
        columns[name] = (column.type, [row[name] for row in sorted_rows])
    with session.begin_nested():
        _insert(session, Child, columns)
        _insert(session, ChildNameToken, _tokens(ordered, sorted_rows))
    return ids


def _by_id(listed: tuple[UUID, Any]) -> UUID:
    return listed[0]


def already_there(session: TenantSession, likenesses: Sequence[Likeness]) -> dict[Likeness, str]:
    """Those of some likenesses that a child within reach has, with one child's code."""
    given = rows_of(
        {
            "commune_id": (BigInteger(), [commune for commune, _, _ in likenesses]),
            "name_sort": (Text(), [name for _, name, _ in likenesses]),
            "born": (Child.date_of_birth.type, [born for _, _, born in likenesses]),
        },
        name="sought",
    )
    same = tuple_(Child.commune_id, Child.name_sort, Child.date_of_birth) == tuple_(
        given.c.commune_id, given.c.name_sort, given.c.born
    )
    statement = (
        select(Child.commune_id, Child.name_sort, Child.date_of_birth, func.min(Child.child_code))
        .select_from(given)
        .join(Child, same)
        .where(Child.tenant_id == session.tenant_id, Child.status.not_in(_TWINLESS))
        .group_by(Child.commune_id, Child.name_sort, Child.date_of_birth)
    )
    return {(row[0], row[1], row[2]): row[3] for row in session.execute(statement)}


def households_coded(session: TenantSession, codes: Collection[str]) -> dict[str, UUID]:
    """The households within reach with these codes, by code."""
    statement = select(Household.household_code, Household.id).where(
        Household.tenant_id == session.tenant_id, Household.household_code.in_(sorted(codes))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def children_with_codes(
    session: TenantSession, names: Iterable[str], codes: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Some columns of the children within reach with these codes, by code."""
    listed = tuple(names)
    columns = [getattr(Child, name) for name in listed]
    statement = select(Child.child_code, *columns).where(
        Child.tenant_id == session.tenant_id,
        Child.child_code.in_(sorted(codes)),
        Child.status.not_in(_TWINLESS),
    )
    return {row[0]: dict(zip(listed, row[1:], strict=True)) for row in session.execute(statement)}


def _tokens(ids: Sequence[UUID], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found: list[tuple[UUID, int, str]] = []
    for child_id, row in zip(ids, rows, strict=True):
        words = dict.fromkeys(name_tokens(row["full_name"] or ""))
        found += [(child_id, row["commune_id"], word) for word in words]
    return {
        "id": (Uuid(), new_id_texts(len(found))),
        "child_id": (Uuid(), [child for child, _, _ in found]),
        "commune_id": (BigInteger(), [commune for _, commune, _ in found]),
        "token": (Text(), [word for _, _, word in found]),
    }


def _insert(session: TenantSession, model: Any, columns: Mapping[str, Any]) -> None:
    given = rows_of(columns)
    chosen = select(literal(session.tenant_id, BigInteger()), *given.c).where(
        given.c.id.is_not(None)
    )
    statement = insert(model.__table__).from_select(
        ["tenant_id", *columns], chosen, include_defaults=False
    )
    session.execute(statement)


def _child_columns() -> dict[str, Any]:
    """The columns that come from answers or are the same for all; the others are made here."""
    made = {"tenant_id", "id", "child_code", "created_at"}
    return {str(c.key): c for c in inspect(Child).columns if c.key not in made}


_COLUMNS = _child_columns()
_EMPTY: Mapping[str, Any] = dict.fromkeys(_COLUMNS) | {"status": "active", "generated": False}
