"""A table of records as one Alembic operation: what every such table has, named by our convention.

Migrations that were shipped call it, so the same arguments make the same table for ever: what a
later table needs comes as a further argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from alembic.operations import MigrateOperation, Operations
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    Uuid,
    false,
    func,
)
from sqlalchemy.schema import conv

from core.tenancy.models import TENANT_COLUMN, tenant_reference
from core.tenancy.policies import ProtectTenantTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Constraint

COMMUNE_COLUMN: Final = "commune_id"
# written out, not asked of the vault: a later version of the ciphertext changes no shipped table
SEALED_RULE: Final = "octet_length({0}) >= 33 AND get_byte({0}, 0) = 1"


@Operations.register_operation("create_record_table")
@dataclass(eq=False)
class CreateRecordTable(MigrateOperation):
    """``op.create_record_table("talk", sa.Column(...), schema="parent_talks")``."""

    table: str
    own: Sequence[Column[Any]]
    schema: str
    rules: Mapping[str, str]
    sealed: Sequence[str]
    references: Mapping[str, str]
    unique: Sequence[Sequence[str]]
    indexes: Sequence[Sequence[str]]
    without: Sequence[str]

    @classmethod
    def create_record_table(
        cls,
        operations: Operations,
        table: str,
        *columns: Column[Any],
        schema: str,
        rules: Mapping[str, str] | None = None,
        sealed: Sequence[str] = (),
        references: Mapping[str, str] | None = None,
        unique: Sequence[Sequence[str]] = (),
        indexes: Sequence[Sequence[str]] = (),
        without: Sequence[str] = (),
    ) -> Any:
        """Make a table of records and put it behind the wall; called in a migration.

        Its columns are ``tenant_id`` and ``id``, the key; those given; then ``commune_id``,
        ``created_by`` (may be null), ``created_at`` and ``generated``, unless ``without`` names
        them. One of these four that is given stands where and as it is given.

        ``rules`` are conditions on a row by name. ``sealed`` names the given columns, of type
        ``LargeBinary``, that take ciphertext alone. ``references`` leads from a column to the
        ``schema.table`` of tenants it points at. The tenant comes first by itself in every one of
        ``unique`` and ``indexes``, each a sequence of columns.

        Raises:
            ValueError: a name that is no column of the table, or a column that is always there.
        """
        return operations.invoke(
            cls(
                table=table,
                own=columns,
                schema=schema,
                rules=rules or {},
                sealed=sealed,
                references=references or {},
                unique=unique,
                indexes=indexes,
                without=without,
            )
        )


@Operations.implementation_for(CreateRecordTable)
def _create(operations: Operations, operation: CreateRecordTable) -> None:
    table, schema = operation.table, operation.schema
    columns = list(_columns(operation))
    names = {column.name for column in columns}
    _refuse_unknown(operation, names)
    constraints = _constraints(operation, with_commune=COMMUNE_COLUMN in names)
    operations.create_table(table, *columns, *constraints, schema=schema)
    for indexed in operation.indexes:
        led = [TENANT_COLUMN, *indexed]
        operations.create_index(_name("ix", table, *led), table, led, schema=schema)
    ProtectTenantTable.protect_tenant_table(operations, table, schema=schema)


def _columns(operation: CreateRecordTable) -> Iterator[Column[Any]]:
    """All columns in their order."""
    yield Column(TENANT_COLUMN, BigInteger(), nullable=False)
    yield Column("id", Uuid(), nullable=False)
    yield from operation.own
    given = {column.name for column in operation.own} | set(operation.without)
    for column in _carried():
        if column.name not in given:
            yield column


def _carried() -> tuple[Column[Any], ...]:
    """Who entered a row, where and when; made anew, for a column belongs to one table."""
    return (
        Column(COMMUNE_COLUMN, BigInteger(), nullable=False),
        Column("created_by", Uuid(), nullable=True),
        Column("created_at", DateTime(timezone=True), server_default=func.now(), nullable=False),
        Column("generated", Boolean(), server_default=false(), nullable=False),
    )


def _refuse_unknown(operation: CreateRecordTable, names: set[str]) -> None:
    """A slip is told by name, before anything is made; ``("day")`` for ``("day",)`` is one."""
    used = chain(operation.sealed, operation.references, *operation.unique, *operation.indexes)
    for name in used:
        if name not in names:
            raise ValueError(f"{operation.table} has no column {name!r}.")
    optional = {column.name for column in _carried()}
    for name in operation.without:
        if name not in optional or name in names:
            raise ValueError(f"{operation.table} cannot be without {name!r}.")


def _constraints(operation: CreateRecordTable, *, with_commune: bool) -> Iterator[Constraint]:
    table = operation.table
    yield PrimaryKeyConstraint(TENANT_COLUMN, "id", name=_name("pk", table))
    sealed = ((f"{column}_sealed", SEALED_RULE.format(column)) for column in operation.sealed)
    for name, rule in (*operation.rules.items(), *sealed):
        yield CheckConstraint(rule, name=_name("ck", table, name))
    anchors = {TENANT_COLUMN: "core.tenant.id"}
    if with_commune:
        anchors[COMMUNE_COLUMN] = "core.area.id"
    for column, target in anchors.items():
        yield ForeignKeyConstraint([column], [target], name=_name("fk", table, column))
    for column, target in operation.references.items():
        name = _name("fk", table, TENANT_COLUMN, column)
        yield tenant_reference(column, target, name=name)
    for columns in operation.unique:
        led = (TENANT_COLUMN, *columns)
        yield UniqueConstraint(*led, name=_name("uq", table, *led))


def _name(kind: str, table: str, *parts: str) -> conv:
    """The name that the models' convention gives, marked as finished."""
    return conv("_".join((kind, table, *parts)))
