"""Stores many new households in one statement, and finds those that are likely there already.

What a household has follows from its form as for one that is entered alone. The caller marks the
figures and writes the audit entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, Text, inspect, literal, select, true
from sqlalchemy.dialects.postgresql import insert

from core.db.bulk import rows_of
from core.kit.ids import opaque_codes
from core.register.models import HOUSEHOLD_PREFIX, Household
from core.tenancy.guards import require_own_communes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession

# Commune, folded name of the head.
Headed = tuple[int, str]


class Known(NamedTuple):
    """A household of the register beside which another may be the same."""

    id: UUID
    code: str
    address: str


def households_headed(
    session: TenantSession, sought: Iterable[Headed]
) -> dict[Headed, list[Known]]:
    """The households within reach in these communes with heads of these names, by both."""
    listed = sorted(set(sought))
    given = rows_of(
        {
            "commune_id": (BigInteger(), [commune for commune, _ in listed]),
            "head_fold": (Text(), [head for _, head in listed]),
        },
        name="sought",
    )
    # each looked up in the index by itself, as the likely doubles of children are
    alike = (
        select(Household.id, Household.household_code, Household.address)
        .where(
            Household.tenant_id == session.tenant_id,
            Household.commune_id == given.c.commune_id,
            Household.head_fold == given.c.head_fold,
        )
        .order_by(Household.household_code)
        .lateral("alike")
    )
    statement = select(*given.c, *alike.c).select_from(given).join(alike, true())
    found: dict[Headed, list[Known]] = {}
    for commune, head, *known in session.execute(statement):
        found.setdefault((commune, head), []).append(Known(*known))
    return found


def store_households(
    session: TenantSession, rows: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]
) -> set[UUID]:
    """Store households with the ids that they bring, but for those that are there; which were.

    Waits for one that another transaction is storing. Rows go in the order of their ids, so that
    two transactions never wait for each other.

    Raises:
        TenantWallError: a household lies outside the communes in which the reader enters.
        IntegrityError: a code was drawn that is there already, as happens once in a very long
            while; nothing is stored then.
    """
    require_own_communes(session.reach, Household, rows)
    ordered = sorted(rows, key=lambda row: row["id"].bytes)
    types = {str(column.key): column.type for column in inspect(Household).columns}
    columns: dict[str, Sequence[Any]] = {
        name: [row.get(name) for row in ordered] for name in _GIVEN
    }
    columns["household_code"] = opaque_codes(HOUSEHOLD_PREFIX, len(ordered))
    given = rows_of({name: (types[name], column) for name, column in columns.items()})
    same = {"tenant_id": session.tenant_id, "generated": False, **shared}
    chosen = select(
        *given.c, *(literal(value, types[name]).label(name) for name, value in same.items())
    ).where(given.c.id.is_not(None))
    names = [*(column.name for column in given.c), *same]
    table: Any = Household.__table__
    statement = (
        insert(table)
        .from_select(names, chosen, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["tenant_id", "id"])
        .returning(table.c.id)
    )
    return set(session.execute(statement).scalars())


def _given() -> tuple[str, ...]:
    """The columns that come from the form; the id first, which every row has."""
    made = {"tenant_id", "id", "household_code", "generated", "created_at", "created_by"}
    return ("id", *(str(c.key) for c in inspect(Household).columns if str(c.key) not in made))


_GIVEN = _given()
