"""A plugin that is taken away breaks no other, and its data goes with one statement."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from core.contribution import core_contribution
from core.migrations.runner import CORE_CHAIN, Chain, downgrade, drift, migrate
from core.registry.service import Registry
from core.testing.database import database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "sample_plugin"
LIST_PLUGINS = (
    "from core.contribution import core_contribution\n"
    "from core.registry.service import Registry\n"
    "print(*(info.key for info in Registry.discover(core_contribution()).plugins))"
)


@pytest.fixture
def database(core_template: str) -> Iterator[TestDatabase]:
    """A copy for each test, since each leaves other schemas behind."""
    with database_copy(core_template) as copy:
        yield copy


@pytest.fixture
def sample(registry: Registry) -> Chain:
    """The sample plugin's chain."""
    (chain,) = registry.chains
    return chain


def run(database: TestDatabase, *chains: Chain) -> None:
    migrate(database.owner, (CORE_CHAIN, *chains), login_prefix=database.addresses.prefix)


def schemas(database: TestDatabase) -> set[str]:
    return set(inspect(database.owner).get_schema_names())


def test_a_chain_makes_exactly_what_the_models_say(database: TestDatabase, sample: Chain) -> None:
    run(database, sample)
    with database.owner.connect() as connection:
        assert drift(connection, sample) == []


def test_a_chain_goes_up_down_and_up_again(database: TestDatabase, sample: Chain) -> None:
    run(database, sample)
    with database.owner.connect() as connection:
        downgrade(connection, sample, login_prefix=database.addresses.prefix)
    assert inspect(database.owner).get_table_names("sample_meals") == ["alembic_version"]
    run(database, sample)
    assert "meal_round" in inspect(database.owner).get_table_names("sample_meals")


def test_each_chain_keeps_its_version_in_its_own_schema(
    database: TestDatabase, sample: Chain
) -> None:
    run(database, sample)
    with database.owner.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM sample_meals.alembic_version"))
    assert version == "sample_meals_0002"


def test_the_others_migrate_on_after_a_plugin_is_gone(
    database: TestDatabase, sample: Chain
) -> None:
    run(database, sample)
    run(database)
    assert "sample_meals" in schemas(database), "its data stays until someone removes it"


def test_one_statement_removes_its_data_and_its_version(
    database: TestDatabase, sample: Chain
) -> None:
    run(database, sample)
    core = inspect(database.owner).get_table_names("core")
    with database.owner.begin() as connection:
        connection.execute(text("DROP SCHEMA sample_meals CASCADE"))
    run(database)
    assert inspect(database.owner).get_table_names("core") == core
    assert "sample_meals" not in schemas(database)
    run(database, sample)
    assert "meal_round" in inspect(database.owner).get_table_names("sample_meals")


def test_discovery_without_it_finds_the_others() -> None:
    points = Registry.discover(core_contribution())
    assert "sample_meals" not in {info.key for info in points.plugins}
    assert len(points.plugins) > 0


@pytest.mark.slow
def test_a_distribution_is_found_once_installed_and_gone_once_removed(tmp_path: Path) -> None:
    """The real thing: pip, an entry point, a process of its own."""
    python = _environment(tmp_path)
    assert "sample_meals" not in _plugins(python)
    options = ("--no-deps", "--no-build-isolation", "--no-index")
    _pip(python, "install", *options, str(SAMPLE))
    assert "sample_meals" in _plugins(python)
    _pip(python, "uninstall", "--yes", "annhi-sample-meals")
    after = _plugins(python)
    assert "sample_meals" not in after
    assert len(after) > 0


def _environment(folder: Path) -> Path:
    """An environment that sees what this one has installed, without changing it."""
    venv.create(folder / "env", with_pip=False)
    seen = [str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    (library,) = (folder / "env").glob("lib/python*/site-packages")
    (library / "seen.pth").write_text("\n".join(dict.fromkeys(seen)), encoding="utf-8")
    return folder / "env" / "bin" / "python"


def _pip(python: Path, *arguments: str) -> None:
    _run(python, "-m", "pip", "--disable-pip-version-check", *arguments)


def _plugins(python: Path) -> list[str]:
    return _run(python, "-c", LIST_PLUGINS).split()


def _run(python: Path, *arguments: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [python, *arguments], capture_output=True, text=True, check=False, env=kept
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
