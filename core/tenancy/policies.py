"""Row security as one Alembic operation, so that policies are generated and never hand-written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

TENANT_EXPRESSION = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::int"


def protect_statements(
    schema: str, table: str, *, prefix: str, released: bool = False, append_only: bool = False
) -> Iterator[str]:
    """The statements that put one tenant-owned table behind the wall.

    ``released`` lets the ministry's login read the table across tenants; ``append_only`` leaves
    the runtime login neither UPDATE nor DELETE.
    """
    name = f"{schema}.{table}"
    runtime, ministry, backup = f"{prefix}_runtime", f"{prefix}_ministry", f"{prefix}_backup"
    bound_to = runtime if released else "PUBLIC"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield (
        f"CREATE POLICY tenant_wall ON {name} AS RESTRICTIVE FOR ALL TO {bound_to} "
        f"USING ({TENANT_EXPRESSION}) WITH CHECK ({TENANT_EXPRESSION})"
    )
    yield (
        f"CREATE POLICY runtime_login ON {name} AS PERMISSIVE FOR ALL TO {runtime} "
        f"USING ({TENANT_EXPRESSION}) WITH CHECK ({TENANT_EXPRESSION})"
    )
    yield f"REVOKE ALL ON {name} FROM PUBLIC"
    commands = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT {commands} ON {name} TO {runtime}"
    yield f"GRANT SELECT ON {name} TO {backup}"
    if released:
        yield (
            f"CREATE POLICY ministry_login ON {name} AS PERMISSIVE FOR SELECT TO {ministry} "
            "USING (true)"
        )
        yield f"GRANT SELECT ON {name} TO {ministry}"


def archive_statements(
    schema: str, owned: Sequence[str], shared: Sequence[str], *, prefix: str
) -> Iterator[str]:
    """The statements that leave a schema to the archive's login, one tenant at a time."""
    archive = f"{prefix}_archive"
    for login in ("runtime", "ministry"):
        yield f"REVOKE USAGE ON SCHEMA {schema} FROM {prefix}_{login}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {archive}"
    for table in owned:
        yield f"DROP POLICY IF EXISTS archive_login ON {schema}.{table}"
        yield (
            f"CREATE POLICY archive_login ON {schema}.{table} AS PERMISSIVE FOR SELECT "
            f"TO {archive} USING ({TENANT_EXPRESSION})"
        )
    for table in (*owned, *shared):
        yield f"GRANT SELECT ON {schema}.{table} TO {archive}"


def bring_back_statements(schema: str, owned: Sequence[str], *, prefix: str) -> Iterator[str]:
    """The statements that give an archived schema back to the program's logins."""
    archive = f"{prefix}_archive"
    for table in owned:
        yield f"DROP POLICY IF EXISTS archive_login ON {schema}.{table}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {archive}"
    yield f"REVOKE USAGE ON SCHEMA {schema} FROM {archive}"
    for login in ("runtime", "ministry"):
        yield f"GRANT USAGE ON SCHEMA {schema} TO {prefix}_{login}"


@Operations.register_operation("protect_tenant_table")
class ProtectTenantTable(MigrateOperation):
    """``op.protect_tenant_table("child", schema="core")``: force row security on a table."""

    def __init__(self, table: str, schema: str, *, released: bool, append_only: bool) -> None:
        """Keep what to protect and how."""
        self.table = table
        self.schema = schema
        self.released = released
        self.append_only = append_only

    @classmethod
    def protect_tenant_table(
        cls,
        operations: Operations,
        table: str,
        *,
        schema: str,
        released: bool = False,
        append_only: bool = False,
    ) -> Any:
        """Called in a migration right after ``op.create_table``."""
        return operations.invoke(cls(table, schema, released=released, append_only=append_only))


@Operations.implementation_for(ProtectTenantTable)
def _protect(operations: Operations, operation: ProtectTenantTable) -> None:
    prefix = login_prefix(operations)
    for statement in protect_statements(
        operation.schema,
        operation.table,
        prefix=prefix,
        released=operation.released,
        append_only=operation.append_only,
    ):
        operations.execute(statement)


@Operations.register_operation("over_all_tenants")
class OverAllTenants(MigrateOperation):
    """``with op.over_all_tenants("core.child"): op.execute("UPDATE core.child ...")``.

    The migration login owns the tables and is bound by their row security all the same: without
    this a statement of a migration finds no row, and says nothing of it.
    """

    def __init__(self, tables: Sequence[str]) -> None:
        """Keep which tables (``schema.table``) the statements read or change."""
        self.tables = tables

    @classmethod
    def over_all_tenants(cls, operations: Operations, *tables: str) -> AbstractContextManager[None]:
        """Called in a migration around statements on rows that are there already."""
        opened: AbstractContextManager[None] = operations.invoke(cls(tables))
        return opened


@Operations.implementation_for(OverAllTenants)
@contextmanager
def _open_to_owner(operations: Operations, operation: OverAllTenants) -> Iterator[None]:
    for table in operation.tables:
        operations.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    yield
    for table in operation.tables:
        operations.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


@Operations.register_operation("share_reference_table")
class ShareReferenceTable(MigrateOperation):
    """``op.share_reference_table("area", schema="core")``: every login may read, none may write.

    With ``for_ministry=False`` the ministry's may not: it reads no more than it needs.
    """

    def __init__(self, table: str, schema: str, *, for_ministry: bool) -> None:
        """Keep which table, and for whom."""
        self.table = table
        self.schema = schema
        self.for_ministry = for_ministry

    @classmethod
    def share_reference_table(
        cls, operations: Operations, table: str, *, schema: str, for_ministry: bool = True
    ) -> Any:
        """Called in a migration right after ``op.create_table``."""
        return operations.invoke(cls(table, schema, for_ministry=for_ministry))


@Operations.implementation_for(ShareReferenceTable)
def _share(operations: Operations, operation: ShareReferenceTable) -> None:
    prefix = login_prefix(operations)
    name = f"{operation.schema}.{operation.table}"
    operations.execute(f"REVOKE ALL ON {name} FROM PUBLIC")
    for login in ("runtime", "backup", *(("ministry",) if operation.for_ministry else ())):
        operations.execute(f"GRANT SELECT ON {name} TO {prefix}_{login}")


@Operations.register_operation("open_schema")
class OpenSchema(MigrateOperation):
    """``op.open_schema("core")``: the logins may look into a schema, and nothing more."""

    def __init__(self, schema: str) -> None:
        """Keep which schema."""
        self.schema = schema

    @classmethod
    def open_schema(cls, operations: Operations, schema: str) -> Any:
        """Called first in the first migration of a chain."""
        return operations.invoke(cls(schema))


@Operations.implementation_for(OpenSchema)
def _open(operations: Operations, operation: OpenSchema) -> None:
    prefix = login_prefix(operations)
    for login in ("runtime", "ministry", "backup"):
        operations.execute(f"GRANT USAGE ON SCHEMA {operation.schema} TO {prefix}_{login}")


def login_prefix(operations: Operations) -> str:
    """The prefix of this installation's logins, handed over by the migration runner."""
    prefix = operations.migration_context.opts["login_prefix"]
    return str(prefix)
