"""The bench of lists runs whole on a small one, takes every row in and leaves nothing.

In a process of its own, as its user runs it: it tells the most memory that its process ever held.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.testing.database import TEST_PREFIX, TEST_SECRET, admin_url
from tests.end_to_end.serving import environment, run

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_a_small_run_takes_every_row_in_and_tells_the_memory(settings: Settings) -> None:
    env = environment(
        settings.home,
        DATABASE_URL=admin_url(),
        ANNHI_DATABASE=settings.database_name,
        ANNHI_LOGIN_PREFIX=TEST_PREFIX,
        ANNHI_SECRET=TEST_SECRET,
    )
    done = run(["bench", "import", "--size", "small", "--json"], env, settings.home)
    assert done.returncode == 0, done.stderr
    ratios = json.loads(done.stdout)
    assert {name: ratio["goal"] for name, ratio in ratios.items()} == {
        "import_of_children": 3.0,
        "import_inserts_alone": None,
        "import_peak_memory": 1.0,
    }
    whole, inserts = ratios["import_of_children"], ratios["import_inserts_alone"]
    assert 0 < inserts["ours_ms"] < 2 * whole["ours_ms"]  # two at once
    assert 0 < ratios["import_peak_memory"]["ratio"] < 1
    said = done.stderr.splitlines()
    assert any(line.startswith("Peak memory: ") for line in said)
    parts = {line[2:26].strip() for line in said if line.endswith(" µs a row")}
    assert parts >= {"reading, taking apart", "checking, storing", "children", "audit entries"}
