"""A plugin of one file that was taken away: kept and brought back, or dropped with its versions."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from core.kit.hidden import Hidden
from core.settings import Settings
from core.testing.database import (
    TEST_KEYS,
    TEST_PREFIX,
    TEST_SECRET,
    admin_url,
    database_copy,
    ensure_template,
)
from core.testing.plugins import fill_provinces
from tests.core.declared.conftest import SAMPLE
from tests.core.removal.test_removal import annhi

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.testing.database import TestDatabase

KEY = SAMPLE.stem


@pytest.fixture
def database() -> Iterator[TestDatabase]:
    with database_copy(ensure_template(fill=fill_provinces)) as made:
        yield made


@pytest.fixture
def settings(database: TestDatabase, tmp_path: Path) -> Settings:
    (tmp_path / "declared").mkdir()
    return Settings(
        home=tmp_path,
        secret=TEST_SECRET,
        database_url=admin_url(),
        database_name=database.addresses.database,
        login_prefix=TEST_PREFIX,
        keys=Hidden(TEST_KEYS),
    )


@pytest.mark.slow
def test_a_plugin_of_one_file_is_kept_brought_back_and_dropped(
    settings: Settings, database: TestDatabase
) -> None:
    file = settings.home / "declared" / SAMPLE.name

    def done(*arguments: str) -> str:
        said = annhi(settings, *arguments)
        assert said.returncode == 0, said.stderr
        return said.stdout

    def installed() -> None:
        shutil.copy(SAMPLE, file)
        done("migrate")

    installed()
    refused = annhi(settings, "plugin", "remove", KEY, "--keep")
    assert refused.returncode != 0
    assert "still installed" in refused.stdout + refused.stderr
    file.unlink()
    done("plugin", "remove", KEY, "--keep")
    installed()  # closes the archive: what is kept there is the program's again
    file.unlink()
    assert "tables" in done("plugin", "remove", KEY, "--drop", "--confirm", KEY)
    with database.admin.connect() as connection:
        assert KEY not in inspect(connection).get_schema_names()
        assert connection.scalar(text("SELECT count(*) FROM core.declared_version")) == 0
    again = annhi(settings, "plugin", "remove", KEY, "--drop", "--confirm", KEY)
    assert "has left anything" in again.stdout + again.stderr
    installed()
    with database.admin.connect() as connection:
        assert KEY in inspect(connection).get_schema_names()
