"""The bench runs whole on a small table, measures everything it promises and leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.bench.core_suite import run_core
from core.bench.scratch import scratch_settings
from core.db.engine import make_engine
from core.kit.errors import ConfigurationError
from core.testing.database import addresses_of

if TYPE_CHECKING:
    from core.settings import Settings

GOALS = {
    "record_read": 2.5,
    "list_of_50": 3.0,
    "record_read_without_begin": None,
    "programmes_off": 1.02,
    "row_security_key": 1.3,
    "row_security_page": 1.3,
    "row_security_count": 1.3,
}


def databases() -> set[str]:
    engine = make_engine(addresses_of("unused").admin)
    with engine.connect() as connection:
        names = set(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return names


@pytest.mark.slow
def test_a_small_run_measures_everything_and_leaves_no_database(settings: Settings) -> None:
    ratios = {ratio.name: ratio for ratio in run_core(settings, "small")}
    assert {name: ratio.goal for name, ratio in ratios.items()} == GOALS
    assert all(r.ratio > 0 and r.floor_ms > 0 and r.ours_ms > 0 for r in ratios.values())
    assert f"{settings.database_name}_bench" not in databases()


def test_a_second_bench_on_the_same_server_is_refused(settings: Settings) -> None:
    with (
        scratch_settings(settings),
        pytest.raises(ConfigurationError, match="Another bench runs"),
        scratch_settings(settings),
    ):
        pass
