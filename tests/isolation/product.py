"""What there is to try: every chain, every model and every table of core and the plugins."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import text

from core.db.base import Base
from core.migrations.runner import Chain
from core.registry.loading import installed_entry_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy import Table as SqlTable


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an INSERT must or may name."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key: the table it points to and the pairs of columns."""

    name: str
    target: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK constraint as the server writes it."""

    expression: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as the catalogue has it."""

    name: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def is_owned(self) -> bool:
        """Whether its rows belong to tenants."""
        return any(column.name == "tenant_id" for column in self.columns)


def packages() -> tuple[str, ...]:
    """Core and the package of every installed plugin."""
    points = installed_entry_points()
    return ("core", *(point.value.rpartition(".")[0] for point in points))


def plugin_chains() -> tuple[Chain, ...]:
    """The migrations of every installed plugin, found without running the plugin."""
    chains = []
    for point in installed_entry_points():
        for folder in _folders(point.value.rpartition(".")[0]):
            location = Path(folder) / "migrations"
            if list(location.glob("*.py")):
                chains.append(Chain(key=point.name, schema=point.name, location=location))
    return tuple(chains)


def models() -> list[type[Base]]:
    """Every mapped class of core and of the plugins; each module with a table is imported."""
    for package in packages():
        for found in pkgutil.walk_packages(_folders(package), f"{package}."):
            spec = found.module_finder.find_spec(found.name, None)
            if spec is None or spec.origin is None:
                continue
            if "__tablename__" in Path(spec.origin).read_text(encoding="utf-8"):
                importlib.import_module(found.name)
    roots = tuple(f"{package}." for package in packages())
    # tests of other packages may map tables of their own
    classes = [mapper.class_ for mapper in Base.registry.mappers]
    return [cls for cls in classes if cls.__module__.startswith(roots)]


def table_name(model: type[Base]) -> str:
    """``schema.table`` of a mapped class."""
    table = cast("SqlTable", model.__table__)
    return f"{table.schema}.{table.name}"


def _folders(package: str) -> Sequence[str]:
    spec = find_spec(package)
    return list(spec.submodule_search_locations or ()) if spec else ()


def tables(connection: Connection) -> dict[str, Table]:
    """Every table of ours by name, parents before those that point to them."""
    names = [str(name) for name in connection.scalars(_TABLES)]
    found = {
        name: Table(
            name=name,
            columns=tuple(Column(*row) for row in connection.execute(_COLUMNS, {"name": name})),
            checks=tuple(
                Check(expression, tuple(columns))
                for expression, columns in connection.execute(_CHECKS, {"name": name})
            ),
            foreign_keys=tuple(
                ForeignKey(key, target, tuple(zip(here, there, strict=True)))
                for key, target, here, there in connection.execute(_KEYS, {"name": name})
            ),
        )
        for name in names
    }
    return {name: found[name] for name in _parents_first(found)}


def owned_tables(connection: Connection) -> list[Table]:
    """Every table with a ``tenant_id``, parents first."""
    return [table for table in tables(connection).values() if table.is_owned]


def descendants(table: Table, among: Sequence[Table]) -> list[Table]:
    """The tables that point to this one, straight or through others, the last child first."""
    reached = {table.name}
    found = []
    for other in among:
        if other.name not in reached and any(k.target in reached for k in other.foreign_keys):
            reached.add(other.name)
            found.append(other)
    return found[::-1]


def _parents_first(found: dict[str, Table]) -> list[str]:
    order: list[str] = []
    waiting = list(found)
    while waiting:
        ready = [
            name
            for name in waiting
            if all(k.target in order or k.target == name for k in found[name].foreign_keys)
        ]
        assert ready, f"tables point to each other in a circle: {waiting}"
        order.extend(ready)
        waiting = [name for name in waiting if name not in ready]
    return order


_TABLES = text(
    """
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n
    ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1
    """
)
_COLUMNS = text(
    """
    SELECT a.attname, format_type(a.atttypid, NULL),
           a.attnotnull
    FROM pg_attribute a
    WHERE a.attrelid = CAST(:name AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' AND a.attidentity = '' ORDER BY a.attnum
    """
)
_CHECKS = text(
    """
    SELECT pg_get_expr(k.conbin, k.conrelid), ARRAY(
        SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey))
    FROM pg_constraint k
    WHERE k.conrelid = CAST(:name AS regclass) AND k.contype = 'c' ORDER BY k.conname
    """
)
_KEYS = text(
    """
    SELECT k.conname, n.nspname || '.' || t.relname, here.names, there.names
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    CROSS JOIN LATERAL (SELECT array_agg(CAST(a.attname AS text) ORDER BY c.place) AS names
        FROM unnest(k.conkey) WITH ORDINALITY AS c(number, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.number) AS here
    CROSS JOIN LATERAL (SELECT array_agg(CAST(a.attname AS text) ORDER BY c.place) AS names
        FROM unnest(k.confkey) WITH ORDINALITY AS c(number, place)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.number) AS there
    WHERE k.conrelid = CAST(:name AS regclass) AND k.contype = 'f' ORDER BY k.conname
    """
)
