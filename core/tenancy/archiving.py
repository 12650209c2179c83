"""The schema of a plugin that was taken away: out of the program's sight, kept for the archive.

Run by the migration login, which owns the tables. The program's logins lose sight of the schema
and keep what they may do in it, so that bringing it back is one grant. Row security holds for the
archive as for everybody; what is sealed stays sealed, for no key is in the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from core.db.logins import Login
from core.tenancy.policies import archive_statements, bring_back_statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_TABLES = text(
    """
    SELECT c.relname AS name, EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
        AND NOT a.attisdropped) AS owned
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
    ORDER BY c.relname
    """
)
_HAS_CHAIN = text("SELECT to_regclass(:name) IS NOT NULL")
_HAS_SCHEMA = text("SELECT to_regnamespace(:name) IS NOT NULL")
_MAY_LOOK = text(
    "SELECT has_schema_privilege(r.oid, n.oid, 'USAGE') FROM pg_roles r, pg_namespace n "
    "WHERE r.rolname = :role AND n.nspname = :schema"
)
_POINTING = text(
    """
    SELECT DISTINCT s.nspname || '.' || c.relname AS name
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace s ON s.oid = c.relnamespace
    JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE k.contype = 'f' AND n.nspname = :schema AND s.nspname <> :schema
    ORDER BY 1
    """
)


def has_chain(connection: Connection, schema: str) -> bool:
    """Whether the schema is that of a plugin: its version table tells."""
    return bool(connection.scalar(_HAS_CHAIN, {"name": f"{schema}.alembic_version"}))


def has_schema(connection: Connection, schema: str) -> bool:
    """Whether there is such a schema."""
    return bool(connection.scalar(_HAS_SCHEMA, {"name": schema}))


def tables_in(connection: Connection, schema: str, *, owned: bool | None = None) -> Sequence[str]:
    """The names of its tables, those of tenants or the others alone if asked."""
    rows = connection.execute(_TABLES, {"schema": schema})
    return [row.name for row in rows if owned is None or row.owned == owned]


def pointing_at(connection: Connection, schema: str) -> Sequence[str]:
    """Tables of other schemas with a foreign key into it."""
    return list(connection.scalars(_POINTING, {"schema": schema}))


def is_archived(connection: Connection, schema: str, *, prefix: str) -> bool:
    """Whether the archive's login may look into the schema."""
    role = f"{prefix}_{Login.ARCHIVE}"
    return bool(connection.scalar(_MAY_LOOK, {"role": role, "schema": schema}))


def archive(connection: Connection, schema: str, *, prefix: str) -> None:
    """Leave a schema to the archive's login alone (and to the backup's); safe to repeat."""
    owned = tables_in(connection, schema, owned=True)
    shared = tables_in(connection, schema, owned=False)
    for statement in archive_statements(schema, owned, shared, prefix=prefix):
        connection.exec_driver_sql(statement)


def bring_back(connection: Connection, schema: str, *, prefix: str) -> bool:
    """Give an archived schema back to the program; whether it was archived."""
    if not is_archived(connection, schema, prefix=prefix):
        return False
    owned = tables_in(connection, schema, owned=True)
    for statement in bring_back_statements(schema, owned, prefix=prefix):
        connection.exec_driver_sql(statement)
    return True


def drop(connection: Connection, schema: str) -> None:
    """Drop the schema with all its tables and its version."""
    connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
