"""What a change of one file cannot show: leaks, waiting, a chain that is not there."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from core.authoring.apart import check_apart
from core.authoring.checks import trial
from core.authoring.guard import guarded
from core.authoring.subject import Declared, Loaded, Tried, find_installed
from core.testing.plugins import migrated_copy, open_world, registry_with
from tests.core.authoring.faults import KEY

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = "drowning_prevention"


def test_a_record_of_another_province_would_be_noticed() -> None:
    found = find_installed(PLUGIN)
    registry = registry_with(found.point)
    given = next(c for c in registry.catalogue.contributions if c.owner == PLUGIN)
    declared = Declared(Loaded(found, found.point.load(), {}, {}), registry, given)
    with migrated_copy(registry) as database:
        tried = Tried(declared, database, open_world(registry, database))
        assert list(trial.records(tried)) == []
        assert list(trial.isolation(tried)) == []
        # as if what the second province reads had been entered by the first
        crossed = replace(tried, entered={1: tried.entered[2], 2: []})
        assert {one.check for one in trial.isolation(crossed)} == {"isolation.leak"}


def test_a_plugin_that_keeps_waiting_is_ended(generated: Path) -> None:
    file = generated / KEY / "plugin.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"import time\n\ntime.sleep(60)\n{text}", encoding="utf-8")
    (found,) = check_apart(None, generated, seconds=1)
    assert found.check == "load.hangs"


def test_tables_without_migrations_are_found(generated: Path) -> None:
    shutil.rmtree(generated / KEY / "migrations")
    assert [one.check for one in check_apart(None, generated)] == ["migrations.missing"]


def test_a_call_is_watched_only_while_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.touch()
    assert guarded(file.read_text).opened == ["a file"]
    assert guarded(lambda: 7).value == 7
    file.read_text()
    assert guarded(lambda: None).opened == []
