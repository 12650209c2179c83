"""The queue's tables: made by our migration, and no more right than needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

import core.jobs.models  # noqa: F401  the tables are compared with these models
from core.jobs.policy import QueuePolicy
from core.migrations.runner import CORE_CHAIN, drift

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

RIGHTS = text(
    "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) "
    "FROM information_schema.role_table_grants "
    "WHERE table_schema = 'jobs' AND grantee = :grantee GROUP BY table_name"
)


def rights(database: TestDatabase, login: str) -> dict[str, str]:
    with database.owner.connect() as connection:
        grantee = f"{database.addresses.prefix}_{login}"
        rows = connection.execute(RIGHTS, {"grantee": grantee}).all()
    return {row[0]: row[1] for row in rows}


def test_tables_are_what_the_models_say(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        found = [line for line in drift(connection, CORE_CHAIN) if "job_" in line]
    assert found == []


def test_runtime_login_has_the_rights_that_the_queue_needs_and_no_other(
    database: TestDatabase,
) -> None:
    assert rights(database, "runtime") == {
        "queue": "DELETE INSERT SELECT UPDATE",
        "worker": "DELETE INSERT SELECT UPDATE",
        "result": "DELETE SELECT",
    }
    assert set(rights(database, "backup").values()) == {"SELECT"}
    assert rights(database, "ministry") == {}


def test_runtime_login_makes_no_table_in_the_queue_schema(database: TestDatabase) -> None:
    with (
        database.runtime.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("CREATE TABLE jobs.extra (id int)"))


def test_ministry_cannot_look_into_the_queue(database: TestDatabase) -> None:
    with (
        database.ministry.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("SELECT 1 FROM jobs.queue"))


def test_job_of_a_killed_worker_is_back_within_twenty_seconds_by_the_times_of_production() -> None:
    assert QueuePolicy().back_within <= 20


def test_worker_that_is_late_once_does_not_count_as_dead() -> None:
    with pytest.raises(ValueError, match="three heartbeats"):
        QueuePolicy(heartbeat=3, dead_after=8)
