"""Makes and alters the tables of a declared plugin; run by the migration login alone.

What is there is compared with what the file says. A table, a column, an option may be added; a
column that had to hold something may come to be left empty. Anything else is refused beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.version import Version
from sqlalchemy import Column, delete, insert, inspect, select
from sqlalchemy.schema import AddConstraint

from core.declared.mapped import ANCHORS, check_of
from core.declared.models import DeclaredVersion
from core.declared.shape import FormShape, Shape, from_json, refuse_losses, shape_of, to_json
from core.kit.errors import ConfigurationError
from core.profiles.faults import DeclarationError
from core.tenancy.policies import OpenSchema, ProtectTenantTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alembic.operations import Operations
    from sqlalchemy import Connection, Table

    from core.declared.file import FieldRow, FormRow
    from core.declared.reading import Read
    from core.migrations.runner import DeclaredChain
    from core.tenancy.models import TenantOwned


@dataclass(frozen=True, slots=True)
class DeclaredTables:
    """The tables of one file and the steps that bring a database to them."""

    read: Read
    models: Mapping[str, type[TenantOwned]]

    @property
    def key(self) -> str:
        """The plugin's key, which names the schema."""
        return self.read.file.plugin.key

    def up(self, operations: Operations) -> None:
        """Bring the tables to what the file says, and note which version that was.

        What the database's owner has dropped meanwhile is made anew.

        Raises:
            DeclarationError: the file would lose what is stored, or is no newer version.
            ConfigurationError: the schema holds the tables of somebody else.
        """
        connection = operations.get_bind()
        there = set(inspect(connection).get_table_names(schema=self.key))
        last = _last(connection, self.key)
        before = {} if last is None else _still_there(from_json(last.shape), there)
        self._refuse_foreign(there, before)
        if not before:
            connection.execute(delete(DeclaredVersion).where(DeclaredVersion.key == self.key))
        elif last is not None:
            self._refuse_wrong_version(last, before)
        operations.invoke(OpenSchema(self.key))
        for form in self.read.file.forms:
            table = self._table(form)
            if form.name in there:
                self._alter(operations, form, table, before[form.name])
            else:
                table.create(connection)
                ProtectTenantTable.protect_tenant_table(operations, table.name, schema=self.key)
        if not before or last is None or last.sha256 != self.read.sha256:
            connection.execute(insert(DeclaredVersion).values(self._noted()))

    def down(self, operations: Operations) -> None:
        """Drop the tables with what they hold."""
        for form in self.read.file.forms:
            operations.drop_table(form.name, schema=self.key)
        mine = DeclaredVersion.key == self.key
        operations.get_bind().execute(delete(DeclaredVersion).where(mine))

    def _refuse_foreign(self, there: set[str], before: Shape) -> None:
        foreign = sorted(there - before.keys())
        if foreign:
            raise ConfigurationError(
                f"Plugin {self.key}: the schema {self.key} holds tables that were not made from "
                f"this file ({', '.join(foreign)}); give the plugin another key, or have the "
                "database's owner move that schema away."
            )

    def _refuse_wrong_version(self, last: Any, before: Shape) -> None:
        file, findings = self.read.file, self.read.findings
        known = len(findings.faults)
        now, then = Version(file.plugin.version), Version(last.version)
        if now < then:
            wrong = f"is older than {last.version}, which was applied"
            cure = f"put that file back, or a newer one; its version goes above {last.version}"
            findings.add_at(file.plugin, "version", f"{wrong}; {cure}")
        elif now == then and last.sha256 != self.read.sha256:
            wrong = "was applied with another content"
            findings.add_at(file.plugin, "version", f"{wrong}; raise the version")
        refuse_losses(file, before, findings)
        found = findings.faults[known:]
        del findings.faults[known:]
        if found:
            raise DeclarationError(found)

    def _alter(
        self, operations: Operations, form: FormRow, table: Table, before: FormShape
    ) -> None:
        now = shape_of(self.read.file)[form.name]
        for row in form.fields:
            if row.name not in now.columns:
                continue  # the commune
            held, old = now.columns[row.name], before.columns.get(row.name)
            if old is None:
                self._add(operations, table, row)
            elif old.needed and not held.needed:
                operations.alter_column(table.name, row.name, nullable=True, schema=self.key)
            if old is None or old.options != held.options:
                self._check_anew(operations, table, row, new=old is None)
        for index in table.indexes:
            names = {column.name for column in index.columns}
            if any(name in names and name not in before.columns for name in now.columns):
                index.create(operations.get_bind())

    def _check_anew(
        self, operations: Operations, table: Table, row: FieldRow, *, new: bool
    ) -> None:
        """Let the database take the values that a choice has now."""
        rule = check_of(row, self.read.file.codes)
        if rule is None:
            return
        name = operations.f(f"ck_{table.name}_{row.name}")
        if not new:
            operations.drop_constraint(name, table.name, type_="check", schema=self.key)
        operations.create_check_constraint(name, table.name, rule, schema=self.key)

    def _add(self, operations: Operations, table: Table, row: FieldRow) -> None:
        column = table.columns[row.name]
        added: Column[Any] = Column(row.name, column.type, nullable=True)
        operations.add_column(table.name, added, schema=self.key)
        if row.kind in ANCHORS:
            for key in table.foreign_key_constraints:
                if row.name in key.column_keys:
                    operations.get_bind().execute(AddConstraint(key))

    def _table(self, form: FormRow) -> Table:
        model: Any = self.models[form.name]
        table: Table = model.__table__
        return table

    def _noted(self) -> dict[str, Any]:
        file = self.read.file
        return {
            "key": self.key,
            "version": file.plugin.version,
            "sha256": self.read.sha256,
            "shape": to_json(shape_of(file)),
        }


def require_applied(connection: Connection, chains: Iterable[DeclaredChain]) -> None:
    """Whether the tables were made from the very files that this process has read.

    Raises:
        ConfigurationError: a file is another than the one that was migrated.
    """
    for chain in chains:
        last = _last(connection, chain.key)
        if last is None or last.sha256 != chain.mark:
            raise ConfigurationError(
                f"Plugin {chain.key}: its tables were not made from the file that is there now. "
                "Run annhi migrate, then start again."
            )


def _last(connection: Connection, key: str) -> Any:
    """The version that was applied last; ``None`` when there is none."""
    table = DeclaredVersion.__table__
    newest = select(table).where(table.c.key == key).order_by(table.c.applied_at.desc()).limit(1)
    return connection.execute(newest).one_or_none()


def _still_there(shape: Shape, there: set[str]) -> Shape:
    """What was applied and not dropped since by the database's owner."""
    return {name: form for name, form in shape.items() if name in there}
