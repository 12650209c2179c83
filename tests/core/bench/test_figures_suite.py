"""The bench of figures runs whole on a small province and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bench.figures_suite import run_figures

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_counting_and_the_national_table_are_measured(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_figures(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "edit_among_100": 10.0,
        "edit_among_400": 10.0,
        "edit_among_1000": 10.0,
        "edit_growth": 1.5,
        "whole_recount": 2.0,
        "fresh_after_edit": 1.0,
        "half_year_report": 1.0,
        "national_table": 3.0,
        "national_table_growth": 1.1,
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())
