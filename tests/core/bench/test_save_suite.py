"""The benches over HTTP run whole at a small size and measure what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bench.http_part import request
from core.bench.list_suite import run_list
from core.bench.save_suite import run_save

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_a_small_run_saves_with_one_connection_and_with_many(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_save(settings, "small")}
    assert {name: (ratio.goal, ratio.at_least) for name, ratio in ratios.items()} == {
        "save_1": (0.45, True),
        "save_32": (0.45, True),
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())


@pytest.mark.slow
def test_a_small_run_reads_lists_deep_pages_and_a_file(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_list(settings, "small")}
    assert {name: (ratio.goal, ratio.at_least) for name, ratio in ratios.items()} == {
        "list_1": (0.5, True),
        "list_32": (0.5, True),
        "page_100": (1.2, False),
        "csv_export": (3.0, False),
    }
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())


def test_a_request_tells_its_length_and_its_headers() -> None:
    sent = request("POST", "/x", "t", b"{}", idempotency_key="k").decode()
    assert sent.startswith("POST /x HTTP/1.1\r\n")
    assert "idempotency-key: k\r\n" in sent
    assert sent.endswith("content-length: 2\r\n\r\n{}")
