"""No row crosses: every table, every command, every ordered pair of three look-alike tenants."""

# ruff: noqa: S608  the names in the statements are the catalogue's own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.db.engine import make_engine, verify_runtime_login
from core.db.logins import Login
from core.tenancy.models import Released
from core.testing.database import addresses_of
from tests.isolation.crossing import (
    COMMANDS,
    NOT_A_NUMBER,
    PAIRS,
    REFUSED,
    acting_as,
    answer,
    granted_to_runtime,
    try_everything,
)
from tests.isolation.product import models, owned_tables, table_name, tables
from tests.isolation.rows import TENANTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from core.testing.database import TestDatabase
    from tests.isolation.rows import Stock


def test_no_row_crosses(whole: TestDatabase, stock: Stock, summary: Callable[[str], None]) -> None:
    verify_runtime_login(whole.runtime)
    trial = try_everything(whole, stock)
    assert trial.leaks == []
    by_command = [t for t in trial.tried if t[1] in COMMANDS]
    assert len(by_command) == len(stock.tables) * len(COMMANDS) * len(PAIRS)
    summary(
        f"{len(by_command)} (table, command, pair) tried as the runtime login: "
        f"{len(stock.tables)} tables x {len(COMMANDS)} commands x {len(PAIRS)} pairs; "
        f"{len(trial.tried) - len(by_command)} more through references and bare walls; "
        "0 rows crossed"
    )


def test_every_model_of_a_tenant_is_tried(whole: TestDatabase) -> None:
    with whole.admin.connect() as connection:
        there = {table.name for table in owned_tables(connection)}
    assert there == {table_name(model) for model in models() if "tenant_id" in model.__table__.c}


def test_every_tenant_has_the_same_rows_under_the_same_ids(
    whole: TestDatabase, stock: Stock
) -> None:
    """Otherwise the suite would try doors that lead nowhere."""
    for table in stock.tables:
        same = text(f"SELECT count(DISTINCT tenant_id) FROM {table.name} GROUP BY id ORDER BY 1")
        with whole.admin.connect() as connection:
            assert connection.scalars(same).all() == [1, 1, 1, 3], table.name


def test_a_tenant_that_is_no_number_is_an_error(whole: TestDatabase, stock: Stock) -> None:
    with acting_as(whole, "1 OR true") as connection:
        for table in stock.tables:
            assert _count(connection, table.name) == NOT_A_NUMBER


def test_append_only_tables_refuse_change_and_removal(whole: TestDatabase, stock: Stock) -> None:
    granted = granted_to_runtime(whole, stock)
    fixed = [table for table in stock.tables if "UPDATE" not in granted[table.name]]
    assert "core.audit_entry" in {table.name for table in fixed}
    with acting_as(whole, TENANTS[0]) as connection:
        for table in fixed:
            for sql in (f"UPDATE {table.name} SET id = id", f"DELETE FROM {table.name}"):
                assert _run(connection, sql) == REFUSED, sql


def test_the_ministry_reads_released_figures_and_shared_tables_alone(whole: TestDatabase) -> None:
    released = {table_name(model) for model in models() if issubclass(model, Released)}
    with whole.admin.connect() as connection:
        every = tables(connection).values()
    with whole.ministry.connect() as connection:
        for table in every:
            seen = _count(connection, table.name)
            if table.name in released:
                assert seen == 2 * len(TENANTS), table.name
            elif table.is_owned or table.name.startswith("jobs."):
                assert seen == REFUSED, table.name
            for command in _writing(table.name, table.columns[0].name):
                assert _run(connection, command) == REFUSED, command


def test_the_backup_reads_every_row_and_writes_none(whole: TestDatabase, stock: Stock) -> None:
    addresses = addresses_of(whole.addresses.database)
    engine = make_engine(addresses.url(Login.BACKUP))
    try:
        with engine.connect() as connection:
            for table in stock.tables:
                assert _count(connection, table.name) == 2 * len(TENANTS), table.name
                for command in _writing(table.name, "tenant_id"):
                    assert _run(connection, command) == REFUSED, command
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    "command", ["TRUNCATE {}", "ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "DROP TABLE {}"]
)
def test_the_runtime_login_has_no_way_round_the_policies(
    whole: TestDatabase, stock: Stock, command: str
) -> None:
    with acting_as(whole, TENANTS[0]) as connection:
        for table in stock.tables:
            assert _run(connection, command.format(table.name)) == REFUSED, table.name


def _writing(table: str, column: str) -> tuple[str, ...]:
    return (
        f"INSERT INTO {table} ({column}) VALUES (NULL)",
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
    )


def _count(connection: Connection, table: str) -> int | str:
    statement = text(f"SELECT count(*) FROM {table}")
    return answer(connection, lambda: connection.scalar(statement))


def _run(connection: Connection, sql: str) -> int | str:
    return answer(connection, lambda: connection.execute(text(sql)).rowcount)
