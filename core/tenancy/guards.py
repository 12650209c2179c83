"""What a session refuses: statements and rows that would pass by its tenant or its reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Select, inspect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import Delete, Insert, Update

from core.kit.errors import PlatformError
from core.tenancy.bounds import scoped_tables_in
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, ThroughItsDoor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Table, TextClause

    from core.tenancy.reach import Reach


class TenantWallError(PlatformError):
    """Code tried to work outside its tenant; always a fault of ours, never of the user."""

    code = "tenancy.wall"


def require_text_with_tenant(
    statement: TextClause, parameters: Any, tenant_id: int, reach: Reach
) -> None:
    """Textual SQL cannot be bounded: it names its tenant, and runs for no reader."""
    given = parameters if isinstance(parameters, dict) else {}
    named = TENANT_COLUMN in statement._bindparams  # noqa: SLF001
    if not named or given.get(TENANT_COLUMN) != tenant_id:
        raise TenantWallError("A textual statement must bind :tenant_id to the session's tenant.")
    if not reach.is_unbounded:
        raise TenantWallError("A textual statement would pass by the reach of its reader.")


def require_own_rows(statement: Insert, parameters: Any, tenant_id: int) -> None:
    """Every row that is inserted must be the tenant's own."""
    table = cast("Table", statement.table)
    if TENANT_COLUMN not in table.c:
        return
    rows: Sequence[Mapping[str, Any]]
    if isinstance(parameters, dict):
        rows = [parameters]
    elif parameters:
        rows = cast("Sequence[Mapping[str, Any]]", parameters)
    elif statement.select is not None:
        require_tenant_predicate(statement.select)
        rows = []
    else:
        rows = [statement.compile().params]
    for row in rows:
        if row.get(TENANT_COLUMN) != tenant_id:
            raise TenantWallError(f"A row of {table.name} was to be inserted for another tenant.")


def require_tenant_predicate(statement: Any) -> None:
    """A statement on tables must compare ``tenant_id`` of each tenant-owned one."""
    tables = [t for t in tables_of(statement) if TENANT_COLUMN in t.c]
    where = statement.whereclause if isinstance(statement, Select | Update | Delete) else None
    named = set()
    if where is not None:
        for node in visitors.iterate(where):
            if getattr(node, "name", None) == TENANT_COLUMN and hasattr(node, "table"):
                named.add(node.table)
    missing = [table.name for table in tables if table not in named]
    if missing:
        raise TenantWallError(f"A statement on {', '.join(missing)} does not name its tenant.")


def require_unbounded(reach: Reach, statement: Any) -> None:
    """A reader's bounds go into statements on mapped classes; one on a bare table has none."""
    scoped = [] if reach.is_unbounded else scoped_tables_in(statement)
    if scoped:
        raise TenantWallError(f"A statement on {', '.join(scoped)} would pass by the reach.")


def tables_of(statement: Any) -> list[Any]:
    """The tables that a statement on tables reads or changes."""
    if isinstance(statement, Update | Delete):
        return [statement.table]
    if isinstance(statement, Select):
        return [t for f in statement.get_final_froms() for t in f._from_objects if hasattr(t, "c")]  # noqa: SLF001
    return [n for n in visitors.iterate(statement) if getattr(n, "__visit_name__", "") == "table"]


def require_reach(reach: Reach, row: TenantOwned) -> None:
    """A row is stored in the communes in which the reader enters, and nowhere else."""
    if isinstance(row, AreaScoped):
        _require_commune(reach, type(row), row.commune_id)


def require_own_communes(
    reach: Reach, model: type[TenantOwned], rows: Iterable[Mapping[str, Any]]
) -> None:
    """The same for rows past the session; words and marks lie where what they belong to does."""
    if issubclass(model, AreaScoped) and not issubclass(model, ThroughItsDoor):
        for row in rows:
            _require_commune(reach, model, row["commune_id"])


def _require_commune(reach: Reach, model: type[AreaScoped], commune: int | None) -> None:
    communes = reach.communes_to_enter(inspect(model).local_table.fullname)
    if communes is not None and commune not in communes:
        raise TenantWallError("A row was to be stored outside the reader's communes.")
