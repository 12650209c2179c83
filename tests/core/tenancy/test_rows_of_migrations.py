"""A migration changes the rows of every tenant, or says that it does not."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from core.tenancy.catalogue_lint import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

ROOT = Path(__file__).parents[3]
FOLDERS = ("core/migrations/versions", "plugins", "partners")
MIGRATIONS = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if path.parent.name in {"versions", "migrations"} and path.name[:4].isdigit()
)
CHANGES = re.compile(r"^\s*(?:UPDATE|INSERT INTO|DELETE FROM)\s+([\w.{}]+)", re.IGNORECASE)
SHARED = {one.object for one in ALLOWED if one.rule == "shared-table"}
TABLE = "core.programme_enablement"


def unopened(node: ast.AST, *, opened: bool = False) -> Iterator[str]:
    """The statements on rows of tenants that stand outside ``op.over_all_tenants``."""
    if isinstance(node, ast.With):
        opened = opened or any("over_all_tenants" in ast.unparse(one) for one in node.items)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "op.execute" and not opened:
        said = CHANGES.match(ast.unparse(node.args[0]).strip("f'\"").replace("\\n", "\n"))
        if said is not None and said[1] not in SHARED:
            yield f"line {node.lineno}: {said[0].strip()}"
    for child in ast.iter_child_nodes(node):
        yield from unopened(child, opened=opened)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_statements_on_rows_reach_every_tenant(path: Path) -> None:
    assert list(unopened(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_a_statement_outside_is_found() -> None:
    found = unopened(ast.parse("def upgrade():\n    op.execute('UPDATE core.child SET sex = sex')"))
    assert list(found) == ["line 2: UPDATE core.child"]


def test_the_owner_reaches_all_rows_for_so_long(door: TenantDoor, database: TestDatabase) -> None:
    insert = (
        f"INSERT INTO {TABLE} (tenant_id, id, programme, valid_from) "  # noqa: S608  a constant
        "VALUES ({0}, gen_random_uuid(), 'of migrations', now())"
    )
    count = f"SELECT count(*) FROM {TABLE} WHERE programme = 'of migrations'"  # noqa: S608  the same
    for tenant in (1, 2):
        with database.runtime.begin() as runtime:
            raw = runtime.connection.driver_connection
            assert raw is not None
            raw.execute(f"SET LOCAL app.tenant = '{tenant}'")
            raw.execute(insert.format(tenant))
    with database.owner.connect() as owner:
        op = Operations(MigrationContext.configure(owner))
        seen = [owner.exec_driver_sql(count).scalar_one()]
        with op.over_all_tenants(TABLE):  # type: ignore[attr-defined]  # registered at run time
            seen.append(owner.exec_driver_sql(count).scalar_one())
        seen.append(owner.exec_driver_sql(count).scalar_one())
        owner.rollback()
    assert seen == [0, 2, 0]
