"""The role table as people wrote it, and what it lacks for what the program has."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from core.db.base import DataClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Table

FILE = Path(__file__).parent / "role_table.toml"
PARTNER = "enrolled"
# What the rows are bounded by is known with the row itself.
BOUNDS = frozenset({"tenant_id", "id", "commune_id", "confidential_key", "created_at"})
PARTNER_BOUND = "child_id"  # a partner's rows are those of enrolled children

# Papers of the province that lie in no commune and tell of nobody: their pages ask for a right,
# and a statement finds them in the province's own session alone.
PROVINCE_WIDE = frozenset(
    {"core.plan_year", "core.plan_activity", "core.sector_contribution", "core.funding_source"}
)
Rows = Literal["area", "given", "oversees", "enrolled", "none"]


@dataclass(frozen=True, slots=True)
class Block:
    """What one owner gives a role."""

    rights: frozenset[str]
    reads: DataClass
    rows: Rows
    hides: frozenset[str]
    rows_of: Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class ColumnsOf:
    """The columns of one table by class, and the right that seeing its rows takes."""

    seen_with: str
    classes: Mapping[str, DataClass]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One way in which fields of records are shown."""

    path: str
    shows: str | tuple[str, ...]
    of: str | None = None
    right: str | None = None
    needs: tuple[str, ...] = ()
    confidential: bool = True


@dataclass(frozen=True)
class RoleTable:
    """The whole file."""

    roles: Mapping[str, Mapping[str, Block]]
    sources: Mapping[str, str]
    columns: Mapping[str, ColumnsOf]
    agreed: frozenset[str]
    routes: Mapping[str, str]
    uses: Mapping[str, Use]
    jobs: Mapping[str, str]
    unused: frozenset[str] = field(default=frozenset())

    @cached_property
    def named(self) -> frozenset[str]:
        """Every permission that a line names."""
        blocks = (block for owners in self.roles.values() for block in owners.values())
        return self.unused.union(*(block.rights for block in blocks))

    def rights_of(self, role: str) -> frozenset[str]:
        """All rights of a role."""
        return frozenset[str]().union(*(block.rights for block in self.roles[role].values()))

    def shows(self, role: str, table: str, column: str) -> bool:
        """Whether a role is shown a column of the rows that it reads."""
        there = self.roles[role].get(table.partition(".")[0])
        right = self.columns[table].seen_with in self.rights_of(role)
        return there is not None and right and self.opens(role, table, column)

    def opens(self, role: str, table: str, column: str) -> bool:
        """Whether a statement of the role may name a column, whatever rows it then finds."""
        if column in BOUNDS:
            return True
        schema, _, name = table.partition(".")
        data_class, block = self.columns[table].classes[column], self.roles[role].get(schema)
        most = DataClass.INTERNAL if block is None else block.reads
        if data_class.rank > most.rank or (block and f"{name}.{column}" in block.hides):
            return False
        partner = any(one.rows == PARTNER for one in self.roles[role].values())
        agreed = f"{table}.{column}" in self.agreed or column == PARTNER_BOUND
        return not partner or data_class is not DataClass.PERSONAL or agreed

    def rows(self, role: str, table: str) -> Rows:
        """Which rows of a table a role reads."""
        block = self.roles[role].get(table.partition(".")[0])
        if block is None or self.columns[table].seen_with not in self.rights_of(role):
            return "none"
        return block.rows_of.get(table.partition(".")[2], block.rows)


def read(text: str | None = None) -> RoleTable:
    """The file, or a changed copy of it."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8") if text is None else text)
    return RoleTable(
        roles={
            role: {owner: _block(given) for owner, given in row.items() if owner != "source"}
            for role, row in found["roles"].items()
        },
        sources={role: row.get("source", "") for role, row in found["roles"].items()},
        columns={table: _columns(given) for table, given in found["columns"].items()},
        agreed=frozenset(found["agreement"]["fields"]),
        routes=found["routes"],
        uses={name: _use(given) for name, given in found["uses"].items()},
        jobs=found["jobs"],
        unused=frozenset(found.get("unused", {}).get("rights", ())),
    )


def lacking_roles(table: RoleTable, roles: Iterable[str]) -> list[str]:
    """A sentence for each role without a block or a source, and each block without a role."""
    there = set(roles)
    return [
        *(f"{role}: add [roles.{role}] with its source" for role in there - set(table.roles)),
        *(f"{role}: say in `source` where its rights come from" for role in _unsourced(table)),
        *(
            f"{role}: take [roles.{role}] out, there is no such role"
            for role in table.roles.keys() - there
        ),
    ]


def lacking_permissions(table: RoleTable, permissions: Iterable[str]) -> list[str]:
    """A sentence for each permission of the program that no line names, and the other way round."""
    there = set(permissions)
    return [
        *(
            f"{right}: add it to `rights` of the roles that have it"
            for right in there - table.named
        ),
        *(f"{right}: take it out, nothing asks for it" for right in table.named - there),
    ]


def lacking_routes(table: RoleTable, routes: Mapping[str, str]) -> list[str]:
    """A sentence for each route without a line, and each line that says something else."""
    return [
        *(
            f'{name}: add "{name}" = "{right}" to [routes], if that is its right'
            for name, right in routes.items()
            if name not in table.routes
        ),
        *(
            f"{name}: the table says {table.routes[name]!r}, the program {right!r}"
            for name, right in routes.items()
            if table.routes.get(name, right) != right
        ),
        *(f"{name}: take it out of [routes]" for name in table.routes.keys() - routes.keys()),
    ]


def lacking_columns(table: RoleTable, tables: Iterable[Table]) -> list[str]:
    """A sentence for each column without class, purpose or line, or of another class."""
    faults = []
    for one in tables:
        known = table.columns.get(one.fullname)
        if known is None:
            faults.append(f'{one.fullname}: add [columns."{one.fullname}"] with its columns')
            continue
        for column in one.columns:
            data_class, said = column.info.get("data_class"), known.classes.get(column.name)
            if not isinstance(data_class, DataClass) or not column.info.get("purpose"):
                faults.append(f"{column}: give it a class and a purpose in the model")
            elif said is None:
                faults.append(
                    f'{column}: add it under `{data_class}` in [columns."{one.fullname}"]'
                )
            elif said is not data_class:
                faults.append(f"{column}: the table says {said}, the model {data_class}")
        gone = known.classes.keys() - set(one.columns.keys())
        faults += [f"{one.fullname}.{name}: take it out of the table" for name in sorted(gone)]
    return faults


def lacking_jobs(table: RoleTable, jobs: Mapping[str, str]) -> list[str]:
    """A sentence for each kind of job whose reach no line tells, or tells otherwise."""
    return [
        f'{name}: add "{name}" = "{reach}" to [jobs], if that is what it may read'
        for name, reach in jobs.items()
        if table.jobs.get(name) != reach
    ] + [f"{name}: take it out of [jobs]" for name in table.jobs.keys() - jobs.keys()]


def _unsourced(table: RoleTable) -> list[str]:
    return [role for role, source in table.sources.items() if "§" not in source]


def _block(given: Mapping[str, Any]) -> Block:
    return Block(
        rights=frozenset(given["rights"]),
        reads=DataClass(given["reads"]),
        rows=given["rows"],
        hides=frozenset(given.get("hides", ())),
        rows_of=given.get("rows_of", {}),
    )


def _columns(given: Mapping[str, Any]) -> ColumnsOf:
    classes = {
        name: data_class for data_class in DataClass for name in given.get(data_class.value, ())
    }
    return ColumnsOf(given["seen_with"], classes)


def _use(given: Mapping[str, Any]) -> Use:
    shows = given["shows"]
    named = shows if isinstance(shows, str) else tuple(shows)
    return Use(**{**given, "shows": named, "needs": tuple(given.get("needs", ()))})
