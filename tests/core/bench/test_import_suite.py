"""The bench of lists runs whole on a small one, takes every row in and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bench.import_suite import run_import

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_a_small_run_takes_every_row_in_and_tells_the_memory(settings: Settings) -> None:
    said: list[str] = []
    ratios = {ratio.name: ratio for ratio in run_import(settings, "small", say=said.append)}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "import_of_children": 3.0,
        "import_inserts_alone": None,
        "import_peak_memory": 1.0,
    }
    whole, inserts = ratios["import_of_children"], ratios["import_inserts_alone"]
    assert 0 < inserts.ours_ms < 2 * whole.ours_ms  # two at once
    assert 0 < ratios["import_peak_memory"].ratio < 1
    assert any(line.startswith("Peak memory: ") for line in said)
    parts = {line[2:26].strip() for line in said if line.endswith(" µs a row")}
    assert parts >= {"reading, taking apart", "checking, storing", "children", "audit entries"}
