"""The migration goes forward, back and forward over accounts that are there, policies and all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from sqlalchemy import text

import core.identity.models  # noqa: F401  the tables are compared with these models
from core.migrations.runner import CORE_CHAIN, _config, drift
from core.testing.database import database_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.testing.database import TestDatabase

BEFORE, AFTER = "core_0015-1", "core_0015"
MINE = (
    "account",
    "role_grant",
    "sign_in",
    "second_factor",
    "recovery_code",
    "one_time_link",
    "attempt_count",
)
ACCOUNTS = """
    INSERT INTO core.account
        (tenant_id, id, login, display_name, password_hash, is_active, generated, created_at)
    SELECT 1, gen_random_uuid(), 'u' || n, 'x', 'h', n <> 2, false, now()
    FROM generate_series(1, 2) n
"""
SIGN_INS = """
    INSERT INTO core.sign_in
        (tenant_id, id, account_id, token_hash, created_at, seen_at, expires_at)
    SELECT 1, gen_random_uuid(), id, login, now(), now(), now() FROM core.account
"""


@pytest.fixture
def filled(core_template: str) -> Iterator[TestDatabase]:
    """A database of its own, taken back to before, with an active and a disabled account."""
    with database_copy(core_template) as copy:
        _go(copy, command.downgrade, BEFORE)
        for statement in (ACCOUNTS, SIGN_INS):
            _run(copy, statement)
        yield copy


def _go(database: TestDatabase, way: Callable[..., None], revision: str) -> None:
    with database.owner.connect() as connection:
        way(_config(connection, CORE_CHAIN, database.addresses.prefix), revision)
        connection.commit()


def _run(database: TestDatabase, statement: str) -> None:
    with database.admin.begin() as connection:
        connection.execute(text(statement))


def _rows(database: TestDatabase, query: str) -> list[Any]:
    with database.admin.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_accounts_and_sign_ins_go_forward_back_and_forward(filled: TestDatabase) -> None:
    _go(filled, command.upgrade, AFTER)
    disabled = "SELECT is_active, disabled_at IS NOT NULL FROM core.account ORDER BY login"
    assert _rows(filled, disabled) == [(True, False), (False, True)]
    assert set(_rows(filled, "SELECT stage, device FROM core.sign_in")) == {("enrol", "")}
    _run(filled, "UPDATE core.account SET password_hash = NULL WHERE login = 'u1'")
    _go(filled, command.downgrade, BEFORE)
    hashes = "SELECT password_hash FROM core.account ORDER BY login"
    assert _rows(filled, hashes) == [("none",), ("h",)]
    _go(filled, command.upgrade, AFTER)
    assert _rows(filled, disabled) == [(True, False), (False, True)]
    _go(filled, command.upgrade, "head")
    with filled.owner.connect() as connection:
        differences = drift(connection, CORE_CHAIN)
    said = [f"'{table}'" for table in MINE] + [f"<{table}>" for table in MINE]
    found = [line for line in differences if any(name in line for name in said)]
    assert found == []
