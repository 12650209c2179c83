"""A new version of the file over tables that hold records: each version in its own process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from core.testing.database import database_copy, ensure_template
from core.testing.plugins import fill_provinces
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
STEPS = Path(__file__).with_name("steps.py")
SCHOOL = 'name = "school"\n'
TEACHERS = (
    'name = "teachers"\nlabel = { vi = "Số giáo viên", en = "Teachers" }\nkind = "integer"\n'
    'class = "internal"\npurpose = "who helps"\nrequired = true\nsince = 2\n\n'
    "[[forms.parts.fields]]\n"
)
NURSERY = '  { value = "nursery", vi = "Nhà trẻ", en = "Nursery" },\n]\n\n[[forms]]'
NEWER = (
    ('version = "1.0.0"', 'version = "1.1.0"'),
    ("version = 1\n", "version = 2\n"),
    (SCHOOL, TEACHERS + SCHOOL),
    ("]\n\n[[forms]]", NURSERY),
    ("required = true\nmax_length = 150", "max_length = 150"),
    ("portions = 2400", "portions = 2400, teachers = 4"),
    ("portions = 6000", "portions = 6000, teachers = 9"),
)


class Installation:
    """A database and the folder with the file."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database = database
        self.folder = folder

    def put(self, *changes: tuple[str, str]) -> None:
        """Put the sample into the folder, with these changes."""
        text = SAMPLE.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        (self.folder / SAMPLE.name).write_text(text, encoding="utf-8")

    def step(self, name: str) -> dict[str, Any]:
        """What came of one step, in a process of its own."""
        done = subprocess.run(
            [sys.executable, str(STEPS), self.database, str(self.folder), name],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with database_copy(ensure_template(fill=fill_provinces)) as database:
        shutil.copy(SAMPLE, tmp_path)
        yield Installation(database.addresses.database, tmp_path)


@pytest.mark.slow
def test_a_new_field_comes_to_tables_that_hold_records(installation: Installation) -> None:
    entered = installation.step("enter")
    assert len(entered["after"]) == 6
    installation.put(*NEWER)
    told = installation.step("look")
    assert (told["drift"], told["holes"]) == ([[]], [])
    old = told["before"]
    assert {record["version"] for record in old} == {1}
    assert all("teachers" not in record["asked"] for record in old)
    kept = [{**record["answers"]} for record in old]
    assert [record.pop("teachers") for record in kept] == ["None"] * 6
    assert kept == [record["answers"] for record in entered["after"]]
    assert told["refused"] == ["teachers"]  # whoever enters now is asked
    newest = [record for record in told["after"] if record["version"] == 2]
    assert [record["answers"]["teachers"] for record in newest] == ["7"]
    assert told["figure"] > entered["figure"]


@pytest.mark.slow
def test_a_version_that_loses_or_goes_back_is_refused(installation: Installation) -> None:
    installation.put(*NEWER)
    assert installation.step("migrate") == {"drift": [[]], "holes": []}
    installation.put()
    back = installation.step("migrate")["error"]
    assert "plugin.version: is older than 1.1.0" in back
    assert "the field teachers is gone" in back
    assert "put it back, with until = 2" in back
    assert "no longer knows nursery" in back
    installation.put(*NEWER, ("most = 5000", "most = 6000"))
    same = installation.step("migrate")["error"]
    assert same.endswith("was applied with another content; raise the version")
    installation.put(*NEWER)
    assert installation.step("migrate") == {"drift": [[]], "holes": []}
