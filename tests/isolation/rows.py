"""Makes rows that fit any table: by type, by CHECK and by foreign key, never by its name.

Every value is written as text and cast by the server, and the server itself judges the CHECKs.
"""

# ruff: noqa: S608  the names in the statements are the catalogue's own

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.db.engine import TENANT_STATEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from core.testing.database import TestDatabase
    from tests.isolation.product import Check, Column, Table

Row = dict[str, str | None]

TENANTS = (1, 2, 3)
# The look-alike has the same id and the same values in every tenant; the own row has its own id.
LOOK_ALIKE, OWN = "look-alike", "own"
_TRIES = 40

_VALUES: dict[str, tuple[str, ...]] = {
    "boolean": ("true", "false"),
    "date": ("2018-03-15", "2018-06-30"),
    "timestamp with time zone": ("2018-03-15T02:00:00Z", "2018-06-30T02:00:00Z"),
    "jsonb": ("{}", "[]"),
    "json": ("{}", "[]"),
    "double precision": ("1.5",),
    # the second has the shape of a sealed value
    "bytea": (r"\x616e", r"\x01" + "61" * 40),
    "daterange": ("[2018-01-01,2018-07-01)",),
    "tstzrange": ("[2018-01-01,2018-07-01)",),
}


@dataclass
class Stock:
    """The rows that were put in: by table, then by tenant and sort."""

    tables: list[Table]
    rows: dict[str, dict[tuple[int, str], Row]] = field(default_factory=dict)
    shared: dict[str, Row] = field(default_factory=dict)

    def count(self, table: str, tenant: int) -> int:
        """How many rows a tenant has in a table."""
        return sum(owner == tenant for owner, _ in self.rows[table])


def fill(
    database: TestDatabase,
    every: dict[str, Table],
    *,
    sorts: Sequence[str] = (LOOK_ALIKE, OWN),
) -> Stock:
    """Put rows of each sort into every tenant table, as the runtime login of each tenant."""
    stock = Stock([table for table in every.values() if table.is_owned])
    with database.admin.begin() as judge:
        stock.shared = {
            name: _any_row(judge, table, stock.shared)
            for name, table in every.items()
            if not table.is_owned
        }
    with database.admin.connect() as judge:
        for tenant in TENANTS:
            with database.runtime.begin() as connection:
                become(connection, tenant)
                for table in stock.tables:
                    for sort in sorts:
                        _put(judge, connection, stock, table, tenant=tenant, sort=sort)
    return stock


def become(connection: Connection, tenant: int | str) -> None:
    """Set the tenant for this transaction, past our own session, so that the wall stands alone."""
    connection.exec_driver_sql(
        f"SET LOCAL app.tenant = '{tenant}'", execution_options={TENANT_STATEMENT: True}
    )


def make(
    judge: Connection,
    stock: Stock,
    table: Table,
    tenant: int,
    sort: str,
    *,
    seed: int,
    given: Row | None = None,
) -> Row:
    """A row that every CHECK accepts, pointing to the tenant's rows of the same sort.

    ``given`` holds values that stand as they are, such as other parents.
    """
    salt = sort if sort == LOOK_ALIKE else f"{sort}_{tenant}"
    fixed = _references(stock, table, tenant, sort) | (given or {})
    fixed["tenant_id"] = str(tenant)
    fixed["id"] = _identifier(table.name, salt)
    return _fitting(judge, table, fixed, salt=salt.replace("-", "_"), seed=seed)


def insert(connection: Connection, table: Table, row: Row) -> int:
    """Insert one row and say how many went in."""
    kinds = {column.name: column.kind for column in table.columns}
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f"CAST(:{name} AS {kinds[name]})" for name in row)
    statement = text(f"INSERT INTO {table.name} ({names}) VALUES ({values})")
    return connection.execute(statement, row).rowcount


def _put(
    judge: Connection, connection: Connection, stock: Stock, table: Table, *, tenant: int, sort: str
) -> None:
    for seed in range(_TRIES):
        row = make(judge, stock, table, tenant, sort, seed=seed)
        try:
            with connection.begin_nested():
                insert(connection, table, row)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) not in {"23505", "23P01"}:
                raise
            continue
        stock.rows.setdefault(table.name, {})[tenant, sort] = row
        return
    raise AssertionError(f"no {sort} row fits into {table.name}")


def _any_row(judge: Connection, table: Table, shared: dict[str, Row]) -> Row:
    """A row of a table that belongs to no tenant: one that is there, or a new one."""
    listed = ", ".join(f'CAST("{column.name}" AS text)' for column in table.columns)
    # the deepest unit is a commune, and a commune is an area everywhere an area is asked for
    order = "level, id" if table.name == "core.area" else "1"
    query = text(f"SELECT {listed} FROM {table.name} ORDER BY {order} LIMIT 1")
    found = judge.execute(query).first()
    names = [column.name for column in table.columns]
    if found is not None:
        return dict(zip(names, found, strict=True))
    fixed: Row = {}
    for key in table.foreign_keys:
        fixed |= {here: shared.get(key.target, {}).get(there) for here, there in key.pairs}
    row = _fitting(judge, table, fixed, salt="shared", seed=0)
    insert(judge, table, row)
    return row


def _references(stock: Stock, table: Table, tenant: int, sort: str) -> Row:
    fixed: Row = {}
    for key in table.foreign_keys:
        if key.target == table.name:
            fixed |= {here: None for here, _ in key.pairs if here != "tenant_id"}
            continue
        parents = stock.rows.get(key.target)
        # a probe points to what the tenant owns
        parent_sort = sort if parents and (tenant, sort) in parents else OWN
        parent = parents[tenant, parent_sort] if parents else stock.shared[key.target]
        fixed |= {here: parent[there] for here, there in key.pairs}
    return fixed


def _fitting(judge: Connection, table: Table, fixed: Row, *, salt: str, seed: int) -> Row:
    """Try values until every CHECK is content; seeded, so that look-alikes look alike."""
    chance = random.Random(f"{table.name} {salt} {seed}")  # noqa: S311  no secret
    choices = {
        column.name: [fixed[column.name]]
        if column.name in fixed
        else _choices(column, table.checks, f"{salt}_{seed}")
        for column in table.columns
    }
    pick = chance.choice if seed else (lambda options: options[0])
    row = {name: pick(options) for name, options in choices.items()}
    broken = _broken(judge, table, row)
    for _ in range(2000):
        if not broken:
            return row
        name = chance.choice(chance.choice(broken).columns)
        changed = row | {name: chance.choice(choices[name])}
        still = _broken(judge, table, changed)
        if len(still) <= len(broken):
            row, broken = changed, still
    raise AssertionError(f"no value pleases {table.name}: {[check.expression for check in broken]}")


def _broken(judge: Connection, table: Table, row: Row) -> list[Check]:
    if not table.checks:
        return []
    values = ", ".join(f'CAST(:{c.name} AS {c.kind}) AS "{c.name}"' for c in table.columns)
    asked = ", ".join(f"({check.expression}) IS NOT FALSE" for check in table.checks)
    asked = asked.replace(":", r"\:")
    answers = judge.execute(text(f"SELECT {asked} FROM (SELECT {values}) AS made"), row).one()
    return [check for check, holds in zip(table.checks, answers, strict=True) if not holds]


def _choices(column: Column, checks: Sequence[Check], salt: str) -> list[str | None]:
    said = [check.expression for check in checks if column.name in check.columns]
    words = [w.replace("''", "'") for e in said for w in re.findall(r"'((?:[^']|'')*)'", e)]
    numbers = [n for e in said for n in re.findall(r"\b\d+\b", e)]
    found: list[str | None] = list(_of_kind(column, words, numbers, salt))
    return found if column.required else [*found, None]


def _of_kind(column: Column, words: list[str], numbers: list[str], salt: str) -> Sequence[str]:
    name, kind = column.name, column.kind
    if kind == "text":
        return [*words, f"{name}_{salt}"] if words else [f"{name}_{salt}"]
    if kind == "text[]":
        plain = [word for word in words if re.fullmatch(r"\w+", word)]
        return [*(f"{{{word}}}" for word in plain), "{}"] if plain else [f"{{{name}}}", "{}"]
    if kind in {"bigint", "integer", "smallint", "numeric"}:
        return [*numbers, "1", "0", "7"]
    if kind.endswith("[]"):
        return ["{}"]
    if kind == "uuid":
        return [_identifier(name, salt)]
    assert kind in _VALUES, f"no value is known for a column of type {kind}"
    return _VALUES[kind]


def _identifier(*parts: str) -> str:
    return str(uuid5(NAMESPACE_OID, " ".join(parts)))
