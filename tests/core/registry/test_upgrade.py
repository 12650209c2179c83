"""A plugin with records is upgraded: its next version's migrations, form and figures fit them.

Each version runs in processes of its own, found by its entry point as an installed distribution.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET, admin_url, database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

ROOT = Path(__file__).parents[3]
GROWING = ROOT / "tests" / "growing_plugin"
FAILS = '''"""Growing 0003: half of it can be done."""

import sqlalchemy as sa
from alembic import op

revision = "growing_0003"
down_revision = "growing_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.drop_column("talk", "parents", schema="growing")
    op.execute("ALTER TABLE growing.talk ADD CONSTRAINT never CHECK (held_on IS NULL)")
'''

pytestmark = pytest.mark.slow


class Installation:
    """One database, and whichever version is installed."""

    def __init__(self, database: TestDatabase, home: Path) -> None:
        """Nothing is installed yet."""
        self.database = database
        self.environment = {
            **os.environ,
            "ANNHI_HOME": str(home),
            "ANNHI_SECRET": TEST_SECRET,
            "ANNHI_DATABASE": database.addresses.database,
            "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
            "ANNHI_KEYS": TEST_KEYS,
            "ANNHI_PLUGINS": "growing",
            "DATABASE_URL": admin_url(),
        }

    def install(self, version: Path) -> None:
        """Have the next processes find this version."""
        self.environment["PYTHONPATH"] = os.pathsep.join((str(version), str(ROOT)))

    def migrate(self) -> subprocess.CompletedProcess[str]:
        """``annhi migrate``."""
        return self._run("-c", "from core.cli import main; main()", "migrate")

    def use(self, *arguments: str) -> Any:
        """What a process of the installed version answers."""
        done = self._run(str(GROWING / "use.py"), *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def enter(self, **answers: str) -> Any:
        """A talk; the fields at fault."""
        return self.use("enter", json.dumps(answers))

    def version(self) -> str:
        """The revision of the plugin's chain."""
        with self.database.admin.connect() as connection:
            statement = "SELECT version_num FROM growing.alembic_version"
            return str(connection.exec_driver_sql(statement).scalar())

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def installed(core_template: str, tmp_path: Path) -> Iterator[Installation]:
    """Version 1 with a record."""
    with database_copy(core_template) as copy:
        made = Installation(copy, tmp_path / "home")
        made.install(GROWING / "one")
        done = made.migrate()
        assert done.returncode == 0, done.stderr
        assert made.enter(parents="12") == []
        yield made


def test_the_next_version_takes_the_records_over(installed: Installation) -> None:
    installed.install(GROWING / "two")
    assert installed.migrate().returncode == 0
    assert installed.version() == "growing_0002"
    assert installed.enter(parents="8") == ["fathers"], "the new version asks for more"
    assert installed.enter(parents="8", fathers="3") == []
    seen = installed.use("look")
    old, new = ["held_on", "commune_id", "parents"], ["held_on", "commune_id", "parents", "fathers"]
    assert seen["opened"] == [
        {"version": 1, "asked": old, "parents": 12},
        {"version": 2, "asked": new, "parents": 8},
    ]
    assert (seen["figure"], seen["differing"]) == (20, 0)


def test_a_migration_that_fails_leaves_the_version_before_working(
    installed: Installation, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(GROWING / "two", broken)
    (broken / "growing/migrations/0003_fails.py").write_text(FAILS, encoding="utf-8")
    installed.install(broken)
    done = installed.migrate()
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "Migrating growing failed" in said
    assert "never" in said, "what the database says against it"
    assert "Nothing of growing was changed" in said
    assert "install the version before" in said
    assert "12" not in said.partition("Migrating")[2], "no value of a record"
    assert installed.version() == "growing_0001", "the whole chain is one transaction"
    installed.install(GROWING / "one")
    assert installed.migrate().returncode == 0
    assert installed.enter(parents="5") == []
    seen = installed.use("look")
    assert (seen["figure"], seen["differing"]) == (17, 0)
    installed.install(GROWING / "two")
    assert installed.migrate().returncode == 0
    assert installed.version() == "growing_0002"
