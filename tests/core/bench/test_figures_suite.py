"""The bench of figures runs whole on a small province and leaves nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from core.bench.figures_suite import run_figures
from core.settings import Settings
from core.testing.database import TEST_PREFIX, TEST_SECRET, admin_url

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_national_table_is_measured_with_and_without_children(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        secret=TEST_SECRET,
        database_url=admin_url(),
        database_name=f"annhi_test_{os.getpid()}",
        login_prefix=TEST_PREFIX,
    )
    ratios = {ratio.name: ratio for ratio in run_figures(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "national_table": 3.0,
        "national_table_growth": 1.1,
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())
