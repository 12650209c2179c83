"""Stores many new children in a few statements, with the words by which they are found.

What a child has follows from its form as for one that is entered alone; only the way into the
tables is another. The caller marks the figures and writes the audit entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, Text, cast, insert, inspect, literal, select, true

from core.db.bulk import array_text, rows_of
from core.kit.ids import new_id_texts, new_ids, opaque_codes
from core.kit.text import name_tokens
from core.register.models import CHILD_PREFIX, Child, ChildNameToken, Household, counted_until

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession

_TWINLESS = ("merged", "duplicate")
# Commune, sort key of the name, day of birth.
Likeness = tuple[int, str, Any]


@dataclass(frozen=True, slots=True)
class ChildColumns:
    """New children but for their ids and codes: columns of values, and what all have alike."""

    count: int
    columns: Mapping[str, Sequence[Any]] = field(repr=False)
    alike: Mapping[str, Any] = field(repr=False)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The columns of each child by itself."""
        for row in zip(*self.columns.values(), strict=True):
            yield {**self.alike, **dict(zip(self.columns, row, strict=True))}


def complete(
    answers: Mapping[str, Sequence[Any]], places: Sequence[int], shared: Mapping[str, Any]
) -> ChildColumns:
    """What is stored of the answers at some places; ``shared`` are columns that all have alike."""
    given = {
        name: [column[place] for place in places]
        for name, column in answers.items()
        if name in _COLUMNS
    }
    given |= _days(given["date_of_birth"], given["health_insurance_until"])
    alike = _EMPTY | {name: column[0] for name, column in given.items() if _is_alike(column)}
    columns = {name: column for name, column in given.items() if not _is_alike(column)}
    return ChildColumns(
        len(places),
        columns,
        {name: value for name, value in {**alike, **shared}.items() if name not in columns},
    )


def store_children(session: TenantSession, children: ChildColumns) -> list[UUID]:
    """Store new children; their ids, in their order.

    Raises:
        IntegrityError: a code was drawn that is there already, as happens once in a very long
            while, or a key points at nothing; nothing is stored then.
    """
    ids = new_ids(children.count)
    # in the order of the ids, which says nothing of the rows: so every index and every key that
    # is looked up is gone through from one end to the other
    order = sorted(range(children.count), key=[one.bytes for one in ids].__getitem__)
    ordered = [ids[place] for place in order]
    columns: dict[str, Any] = {
        name: [column[place] for place in order] for name, column in children.columns.items()
    }
    columns |= {"id": ordered, "child_code": opaque_codes(CHILD_PREFIX, children.count)}
    names = columns.get("full_name") or [children.alike["full_name"]] * children.count
    communes = columns.get("commune_id") or [children.alike["commune_id"]] * children.count
    with session.begin_nested():
        _insert(session, Child, columns, children.alike)
        _insert(session, ChildNameToken, _tokens(ordered, names, communes), {})
    return ids


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
    # each looked up in the index by itself: joined at once, every child of the tenant is read
    alike = (
        select(Child.child_code)
        .where(
            Child.tenant_id == session.tenant_id,
            Child.commune_id == given.c.commune_id,
            Child.name_sort == given.c.name_sort,
            Child.date_of_birth == given.c.born,
            Child.status.not_in(_TWINLESS),
        )
        .order_by(Child.child_code)
        .limit(1)
        .lateral("alike")
    )
    statement = select(*given.c, alike.c.child_code).select_from(given).join(alike, true())
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


def _tokens(
    ids: Sequence[UUID], names: Sequence[str | None], communes: Sequence[int]
) -> dict[str, Any]:
    words = [tuple(dict.fromkeys(name_tokens(name or ""))) for name in names]
    children = [one for one, found in zip(ids, words, strict=True) for _ in found]
    return {
        "id": new_id_texts(len(children)),
        "child_id": children,
        "commune_id": [one for one, found in zip(communes, words, strict=True) for _ in found],
        "token": [word for found in words for word in found],
    }


def _insert(
    session: TenantSession,
    model: Any,
    columns: Mapping[str, Sequence[Any]],
    alike: Mapping[str, Any],
) -> None:
    """Rows of these columns, each with what all have alike."""
    types = {str(column.key): column.type for column in inspect(model).columns}
    several = {name for name in columns if isinstance(types[name], ARRAY)}
    given = rows_of(
        {
            name: (Text(), list(map(array_text, column)))
            if name in several
            else (types[name], column)
            for name, column in columns.items()
        }
    )
    same = {"tenant_id": session.tenant_id, **alike}
    chosen = select(
        *(cast(one, types[one.name]) if one.name in several else one for one in given.c),
        *(literal(value, types[name]).label(name) for name, value in same.items()),
    ).where(given.c.id.is_not(None))
    names = [*(column.name for column in given.c), *same]
    session.execute(insert(model.__table__).from_select(names, chosen, include_defaults=False))


def _days(born: Sequence[Any], insured: Sequence[Any]) -> dict[str, list[Any]]:
    """Until when each child counts, by its birth and the last day of its card."""
    pairs = list(zip(born, insured, strict=True))
    known = {pair: counted_until(pair[0], None, pair[1]) for pair in set(pairs)}
    return {
        name: [known[pair][at] for pair in pairs]
        for at, name in enumerate(("child_until", "small_until", "insured_until"))
    }


def _is_alike(column: Sequence[Any]) -> bool:
    return bool(column) and column.count(column[0]) == len(column)


def _child_columns() -> frozenset[str]:
    """The columns that come from answers or are the same for all; the others are made here."""
    made = {"tenant_id", "id", "child_code", "created_at"}
    return frozenset(str(c.key) for c in inspect(Child).columns) - made


_COLUMNS = _child_columns()
_EMPTY = dict.fromkeys(sorted(_COLUMNS)) | {"status": "active", "generated": False}
