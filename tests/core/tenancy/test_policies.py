"""The generated policies: what each kind of table lets each login do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import ProgrammingError

from core.db.engine import TENANT_STATEMENT
from core.tenancy.policies import TENANT_EXPRESSION, protect_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from core.testing.database import TestDatabase

ROWS = "INSERT INTO core.{} VALUES (1, 'a'), (2, 'b')"


@pytest.fixture(scope="module")
def protected(database: TestDatabase) -> Iterator[TestDatabase]:
    """One table of each kind, with a row of two tenants."""
    kinds = {
        "plain_kind": {},
        "released_kind": {"released": True},
        "appended_kind": {"append_only": True},
    }
    for table, options in kinds.items():
        with database.owner.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE core.{table} (tenant_id bigint, word text)")
            connection.exec_driver_sql(ROWS.format(table))
            for statement in protect_statements(
                "core", table, prefix=database.addresses.prefix, **options
            ):
                connection.exec_driver_sql(statement)
    yield database
    with database.owner.begin() as connection:
        for table in kinds:
            connection.exec_driver_sql(f"DROP TABLE core.{table}")


def test_every_policy_asks_for_the_tenant_to_read_and_to_write() -> None:
    policies = [s for s in protect_statements("core", "x", prefix="p") if "CREATE POLICY" in s]
    assert len(policies) == 2
    for statement in policies:
        assert statement.endswith(f"USING ({TENANT_EXPRESSION}) WITH CHECK ({TENANT_EXPRESSION})")
    assert "AS RESTRICTIVE FOR ALL TO PUBLIC" in policies[0]


def test_only_a_released_table_is_opened_to_the_ministry_and_for_reading_alone() -> None:
    plain = " ".join(protect_statements("core", "x", prefix="p"))
    released = list(protect_statements("core", "x", prefix="p", released=True))
    assert "p_ministry" not in plain
    assert [s for s in released if "p_ministry" in s] == [
        (
            "CREATE POLICY ministry_login ON core.x AS PERMISSIVE FOR SELECT TO p_ministry "
            "USING (true)"
        ),
        "GRANT SELECT ON core.x TO p_ministry",
    ]


@pytest.mark.parametrize("table", ["plain_kind", "released_kind", "appended_kind"])
def test_the_runtime_login_sees_its_tenant_alone(protected: TestDatabase, table: str) -> None:
    select = f"SELECT word FROM core.{table}"  # noqa: S608
    with protected.runtime.connect() as connection:
        assert connection.exec_driver_sql(select).all() == []
        _become(connection, 2)
        assert connection.exec_driver_sql(select).all() == [("b",)]


@pytest.mark.parametrize("table", ["plain_kind", "released_kind", "appended_kind"])
def test_the_owner_is_bound_too(protected: TestDatabase, table: str) -> None:
    with protected.owner.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT 1 FROM core.{table}").all() == []  # noqa: S608


def test_the_ministry_reads_every_tenant_of_a_released_table(protected: TestDatabase) -> None:
    with protected.ministry.connect() as connection:
        found = connection.exec_driver_sql("SELECT word FROM core.released_kind ORDER BY 1").all()
    assert found == [("a",), ("b",)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT word FROM core.plain_kind",
        "SELECT word FROM core.appended_kind",
        "INSERT INTO core.released_kind VALUES (1, 'c')",
        "UPDATE core.released_kind SET word = 'c'",
        "DELETE FROM core.released_kind",
    ],
)
def test_the_ministry_is_refused_everything_else(protected: TestDatabase, statement: str) -> None:
    _refused(protected.ministry, statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE core.appended_kind SET word = 'c'", "DELETE FROM core.appended_kind"]
)
def test_an_append_only_table_is_only_added_to(protected: TestDatabase, statement: str) -> None:
    _refused(protected.runtime, statement)
    with protected.runtime.connect() as connection:
        _become(connection, 1)
        connection.exec_driver_sql("INSERT INTO core.appended_kind VALUES (1, 'c')")


@pytest.mark.parametrize(
    "statement", ["INSERT INTO core.area (id) VALUES (0)", "DELETE FROM core.tenant"]
)
def test_a_shared_table_is_read_and_never_written(protected: TestDatabase, statement: str) -> None:
    for engine in (protected.runtime, protected.ministry):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM core.area").scalar()
        _refused(engine, statement)


def _become(connection: Connection, tenant: int) -> None:
    connection.exec_driver_sql(
        f"SET LOCAL app.tenant = '{tenant}'", execution_options={TENANT_STATEMENT: True}
    )


def _refused(engine: Engine, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        engine.connect() as connection,
    ):
        connection.exec_driver_sql(statement)
