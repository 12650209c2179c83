"""The ministry's login at the database itself: released figures and reference tables, to read."""

# ruff: noqa: S608  the names in the statements are the catalogue's own

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from core.db.logins import Login
from core.tenancy.models import Released
from tests.isolation.product import models, table_name

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

_EVERY_TABLE = text(
    """
    SELECT format('%I.%I', n.nspname, c.relname),
           (SELECT quote_ident(a.attname) FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum LIMIT 1)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
      AND n.nspname <> 'information_schema'
    ORDER BY 1
    """
)
# Without the wall around a tenant, because there is nothing of a tenant in them.
REFERENCE = {
    "core.tenant",
    "core.area",
    "core.area_succession",
    "core.area_version",
    "core.legal_document",
}
COMMANDS = {
    "SELECT": "SELECT 1 FROM {table}",
    "INSERT": "INSERT INTO {table} DEFAULT VALUES",
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table}",
}


@pytest.fixture(scope="module")
def tables(whole: TestDatabase) -> dict[str, str]:
    """Every table of every schema, with a column of each."""
    with whole.admin.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(_EVERY_TABLE)}


def _is_refused(database: TestDatabase, statement: str) -> bool:
    """Whether the database refuses for lack of a right, and for nothing else."""
    with database.ministry.connect() as connection:
        try:
            connection.execute(text(statement))
        except ProgrammingError as error:
            if isinstance(error.orig, errors.InsufficientPrivilege):
                return True
            raise
        return False


def _released() -> set[str]:
    return {table_name(model) for model in models() if issubclass(model, Released)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_table_of_every_schema_is_tried(
    whole: TestDatabase, tables: dict[str, str], command: str
) -> None:
    allowed = {
        table
        for table, column in tables.items()
        if not _is_refused(whole, COMMANDS[command].format(table=table, column=column))
    }
    assert allowed == (_released() | REFERENCE if command == "SELECT" else set())


def test_the_trial_reaches_core_and_every_programme(tables: dict[str, str]) -> None:
    schemas = {table.split(".")[0] for table in tables}
    assert {"core", "child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"} <= schemas
    assert _released() == {"core.released_figure", "core.report_standing"}
    assert len(tables) > 40


def test_a_table_that_is_opened_by_mistake_is_found(whole: TestDatabase) -> None:
    login = whole.addresses.role(Login.MINISTRY)
    reading = "SELECT 1 FROM core.child"
    assert _is_refused(whole, reading)
    with whole.admin.begin() as connection:
        connection.execute(text(f"GRANT SELECT ON core.child TO {login}"))
    assert not _is_refused(whole, reading)
    with whole.admin.begin() as connection:
        connection.execute(text(f"REVOKE SELECT ON core.child FROM {login}"))
    assert _is_refused(whole, reading)
