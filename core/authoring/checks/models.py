"""The tables: in the plugin's schema, a tenant's own, every column classified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, Float, Numeric

from core.authoring.finding import Finding
from core.db.base import CORE_SCHEMA, DataClass
from core.tenancy.models import TENANT_COLUMN, TenantOwned
from core.vault.columns import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table

    from core.authoring.subject import Loaded


def schema(loaded: Loaded) -> Iterator[Finding]:
    """The schema is named by the key."""
    for table in loaded.tables:
        if table.schema != loaded.key:
            yield Finding(
                "models.schema",
                table.fullname,
                f"lies in the schema {table.schema}.",
                f'Write {{"schema": "{loaded.key}"}} in __table_args__.',
            )


def tenant(loaded: Loaded) -> Iterator[Finding]:
    """Every table belongs to a tenant."""
    for mapper in loaded.mappers:
        if not issubclass(mapper.class_, TenantOwned):
            yield Finding(
                "models.tenant",
                str(mapper.local_table),
                "belongs to no tenant, so every province would see it.",
                "Inherit TenantOwned, and protect the table in its migration.",
            )


def classified(loaded: Loaded) -> Iterator[Finding]:
    """Every column has a class and a purpose."""
    for table in loaded.tables:
        for column in table.columns:
            stated = isinstance(column.info.get("data_class"), DataClass)
            if not stated or not str(column.info.get("purpose", "")).strip():
                yield Finding(
                    "models.class",
                    f"{table.name}.{column.name}",
                    "has no class or no purpose.",
                    'Write info=internal("what it is kept for"); or personal, or sensitive.',
                )


def sealed(loaded: Loaded) -> Iterator[Finding]:
    """A restricted column is sealed, or says why the database must read it."""
    for table in loaded.tables:
        for column in table.columns:
            restricted = column.info.get("data_class") is DataClass.RESTRICTED
            if restricted and not is_sealed(column) and not column.info.get("plain"):
                yield Finding(
                    "models.sealed",
                    f"{table.name}.{column.name}",
                    "is restricted and stands in plain text.",
                    "Declare it with sealed(restricted(...)), or say in plain= why the database "
                    "must read it.",
                )


def types(loaded: Loaded) -> Iterator[Finding]:
    """Types whose comparison an index may serve under row security."""
    for table in loaded.tables:
        for column in table.columns:
            if isinstance(column.type, Enum) or _is_loose(column, table):
                yield Finding(
                    "models.type",
                    f"{table.name}.{column.name}",
                    "is an enum or a loose decimal number, which no index serves.",
                    "Use text with a CHECK, whole numbers, or Numeric with a scale and no index.",
                )


def _is_loose(column: Any, table: Table) -> bool:
    """An exact number with a scale may be stored, as long as no index is to find it."""
    if not isinstance(column.type, Numeric):
        return False
    indexed = any(column.name in index.columns for index in table.indexes)
    return isinstance(column.type, Float) or column.type.scale is None or indexed


def keys(loaded: Loaded) -> Iterator[Finding]:
    """Foreign keys to tenants' tables carry the tenant; they point to core or what is required."""
    allowed = {loaded.key, CORE_SCHEMA, *loaded.info.requires}
    for table in loaded.tables:
        for foreign in table.foreign_key_constraints:
            schema_name, _, target = (
                foreign.elements[0].target_fullname.rpartition(".")[0].rpartition(".")
            )
            where = f"{table.name}({', '.join(foreign.column_keys)})"
            if schema_name not in allowed:
                yield Finding(
                    "models.foreign-schema",
                    where,
                    f"points into {schema_name}, which the plugin does not require.",
                    f"Take the key out, or name {schema_name} in requires.",
                )
            owned = _is_owned(loaded, schema_name, target)
            if owned and TENANT_COLUMN not in foreign.column_keys:
                yield Finding(
                    "models.foreign-key",
                    where,
                    f"points to {schema_name}.{target} without the tenant: it would take another "
                    "province's row.",
                    f'Use tenant_reference("{foreign.column_keys[0]}", "{schema_name}.{target}").',
                )


CHECKS = (schema, tenant, classified, sealed, types, keys)


def _is_owned(loaded: Loaded, schema_name: str, target: str) -> bool:
    table = next(iter(loaded.tables)).metadata.tables.get(f"{schema_name}.{target}")
    return table is not None and TENANT_COLUMN in table.columns
