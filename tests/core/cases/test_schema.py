"""The migration of the cases makes exactly what the models say, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from sqlalchemy import inspect

import core.cases.papers.models  # noqa: F401  puts the tables into the metadata
from core.db.base import Base
from core.migrations.runner import CORE_CHAIN, _config, drift
from core.testing.database import TEST_PREFIX, database_copy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.testing.database import TestDatabase


def test_models_and_migrations_agree(database: TestDatabase) -> None:
    tables = [name for name in Base.metadata.tables if name.startswith("core.case")]
    assert len(tables) == 13
    with database.owner.connect() as connection:
        found = drift(connection, CORE_CHAIN)
    assert [one for one in found if "case" in one] == []


def test_the_migration_goes_down_and_up_again(core_template: str) -> None:
    with database_copy(core_template) as copy, copy.owner.connect() as connection:
        config = _config(connection, CORE_CHAIN, TEST_PREFIX)
        command.downgrade(config, "core_0020")
        command.downgrade(config, "-1")
        assert tables_of_cases(connection) == 0
        command.upgrade(config, "head")
        assert tables_of_cases(connection) == 13


def tables_of_cases(connection: Connection) -> int:
    there = inspect(connection).get_table_names("core")
    return sum(name == "case" or name.startswith("case_") for name in there)
