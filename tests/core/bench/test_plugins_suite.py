"""The bench of plugins runs whole with a few of them and leaves nothing behind."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

from core.bench.generated_plugins import installed, keys_of
from core.bench.plugins_suite import run_plugins
from core.registry.loading import GROUP

if TYPE_CHECKING:
    from core.settings import Settings


def test_generated_plugins_are_found_like_installed_ones_and_gone_afterwards() -> None:
    before = list(sys.path)
    with installed(3) as keys:
        assert keys == ("bench_000", "bench_001", "bench_002") == keys_of(3)
        assert set(keys) < {point.name for point in entry_points(group=GROUP)}
    assert sys.path == before
    assert set(keys).isdisjoint(point.name for point in entry_points(group=GROUP))


@pytest.mark.slow
def test_a_small_run_measures_start_and_requests(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_plugins(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "start_ms_per_plugin": 20.0,
        "request_with_8": 1.02,
    }
    start = ratios["start_ms_per_plugin"]
    assert start.ours_ms > 0
    assert "MiB" in start.plans[0]
    assert ratios["request_with_8"].floor_ms > 0
    assert not [name for name in sys.modules if name.startswith("bench_0")]
