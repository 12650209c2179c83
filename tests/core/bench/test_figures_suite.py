"""The bench of figures runs whole on a small province and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bench.figures_suite import run_figures

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_the_national_table_is_measured_with_and_without_children(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_figures(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "national_table": 3.0,
        "national_table_growth": 1.1,
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())
