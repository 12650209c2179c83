"""The suite sees what it is for: each hole that we make on purpose turns it red."""

# ruff: noqa: S608  the names in the statements are the catalogue's own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.tenancy.policies import TENANT_EXPRESSION, protect_statements
from core.testing.database import TestDatabase, database_copy
from tests.isolation.crossing import try_everything
from tests.isolation.product import tables
from tests.isolation.rows import OWN, fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.isolation.rows import Stock

TABLE = "core.household"
RUNTIME = "annhi_test_runtime"

MUTANTS = {
    "row security off": (["ALTER TABLE {t} DISABLE ROW LEVEL SECURITY"], "SELECT"),
    "the wall taken away": (["DROP POLICY tenant_wall ON {t}"], "WALL"),
    "the login's policy taken away": (["DROP POLICY runtime_login ON {t}"], "SELECT"),
    "both let everybody in": (
        [
            "ALTER POLICY tenant_wall ON {t} USING (true) WITH CHECK (true)",
            "ALTER POLICY runtime_login ON {t} USING (true) WITH CHECK (true)",
        ],
        "DELETE",
    ),
    "both let everything be written": (
        [
            "ALTER POLICY tenant_wall ON {t} WITH CHECK (true)",
            "ALTER POLICY runtime_login ON {t} WITH CHECK (true)",
        ],
        "INSERT",
    ),
    "the wall for reading alone": (
        [
            "DROP POLICY tenant_wall ON {t}",
            f"CREATE POLICY wall ON {{t}} AS RESTRICTIVE FOR SELECT USING ({TENANT_EXPRESSION})",
            "ALTER POLICY runtime_login ON {t} USING (true) WITH CHECK (true)",
        ],
        "UPDATE",
    ),
    "no tenant means all": (
        [
            f"ALTER POLICY tenant_wall ON {{t}} USING (coalesce({TENANT_EXPRESSION}, true))",
            f"ALTER POLICY runtime_login ON {{t}} USING (coalesce({TENANT_EXPRESSION}, true))",
        ],
        "SELECT",
    ),
    "the login bypasses": (
        [f"ALTER TABLE {{t}} OWNER TO {RUNTIME}", "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY"],
        "SELECT",
    ),
}


@pytest.fixture
def mended(whole: TestDatabase) -> Iterator[TestDatabase]:
    """The database of this module, made whole again after each hole."""
    yield whole
    prefix = whole.addresses.prefix
    with whole.admin.begin() as connection:
        names = connection.scalars(
            text("SELECT polname FROM pg_policy WHERE polrelid = CAST(:name AS regclass)"),
            {"name": TABLE},
        ).all()
        for statement in (
            *(f"DROP POLICY {name} ON {TABLE}" for name in names),
            f"ALTER TABLE {TABLE} OWNER TO {prefix}_migrator",
            *protect_statements(*TABLE.split("."), prefix=prefix),
        ):
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_each_hole_in_the_policies_turns_the_suite_red(
    mended: TestDatabase, stock: Stock, mutant: str
) -> None:
    statements, command = MUTANTS[mutant]
    assert try_everything(mended, stock, TABLE).leaks == []
    _as_admin(mended, [statement.format(t=TABLE) for statement in statements])
    assert command in {leak.command for leak in try_everything(mended, stock, TABLE).leaks}


def test_a_key_on_the_id_alone_turns_the_suite_red(product_template: str) -> None:
    """No look-alike rows here: with the same id in two tenants such a key could not exist."""
    with database_copy(product_template) as database:
        with database.admin.connect() as connection:
            stock = fill(database, tables(connection), sorts=(OWN,))
        assert try_everything(database, stock, "core.child").leaks == []
        _as_admin(
            database,
            [
                "ALTER TABLE core.household ADD UNIQUE (id)",
                "ALTER TABLE core.child DROP CONSTRAINT fk_child_tenant_id_household_id",
                (
                    "ALTER TABLE core.child ADD CONSTRAINT by_id "
                    "FOREIGN KEY (household_id) REFERENCES core.household (id)"
                ),
            ],
        )
        with database.admin.connect() as connection:
            stock.tables = [table for table in tables(connection).values() if table.is_owned]
        leaks = try_everything(database, stock, "core.child").leaks
        assert {leak.command for leak in leaks} == {"REFERENCES"}
        assert len(leaks) == 6  # one for each ordered pair


def test_a_careless_second_policy_opens_nothing(mended: TestDatabase, stock: Stock) -> None:
    """The wall is restrictive: whatever else is allowed, it is asked too."""
    _as_admin(mended, [f"CREATE POLICY second ON {TABLE} USING (true) WITH CHECK (true)"])
    assert try_everything(mended, stock, TABLE).leaks == []


def test_without_force_the_owner_alone_sees_more(mended: TestDatabase, stock: Stock) -> None:
    """FORCE binds the migration login; the suite, run as the runtime login, cannot see it."""
    count = text(f"SELECT count(*) FROM {TABLE}")
    with mended.owner.connect() as connection:
        assert connection.scalar(count) == 0
    _as_admin(mended, [f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY"])
    assert try_everything(mended, stock, TABLE).leaks == []
    with mended.owner.connect() as connection:
        assert connection.scalar(count) == 6


def _as_admin(database: TestDatabase, statements: Sequence[str]) -> None:
    with database.admin.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
