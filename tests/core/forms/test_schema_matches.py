"""The migrations of the register and the forms make exactly what the models say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import CheckConstraint, inspect

import core.areas.models
import core.forms.models
import core.register.models  # noqa: F401  puts the tables into the metadata
from core.db.base import CORE_SCHEMA, Base
from core.migrations.runner import CORE_CHAIN, drift

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

TABLES = ("household", "child", "child_name_token", "form_entry")


def test_models_and_migrations_agree(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        found = drift(connection, CORE_CHAIN)
    assert [one for one in found if any(f"'{table}'" in one for table in TABLES)] == []


@pytest.mark.parametrize("table", TABLES)
def test_checks_and_keys_have_the_names_that_the_models_give(
    database: TestDatabase, table: str
) -> None:
    declared = Base.metadata.tables[f"{CORE_SCHEMA}.{table}"]
    there = inspect(database.owner)
    checks = {
        str(c.name) for c in declared.constraints if isinstance(c, CheckConstraint) and c.name
    }
    assert {c["name"] for c in there.get_check_constraints(table, CORE_SCHEMA)} == checks
    keys = {str(key.name) for key in declared.foreign_key_constraints}
    assert {key["name"] for key in there.get_foreign_keys(table, CORE_SCHEMA)} == keys
