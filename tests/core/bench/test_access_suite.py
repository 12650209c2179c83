"""The bench of access runs whole on a small table and measures what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bench.access_suite import run_access

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_a_small_run_measures_the_list_and_the_case_page(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_access(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "list_of_a_commune": 1.2,
        "case_page": 1.5,
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())
