"""Over a run of the leak fuzzer the log says what was read: no more and no fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.access.conftest import peopled, table, world, world_home, world_template
from tests.isolation.audited import Delivered, exported, now_of, written
from tests.isolation.fuzz_sets import fuzzed
from tests.isolation.fuzz_world import KEEPER, Fuzzed
from tests.isolation.in_process import calling
from tests.isolation.leak_fuzzer import LeakFuzzer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.isolation.in_process import Caller

__all__ = ["fuzzed", "peopled", "table", "world", "world_home", "world_template"]  # fixtures

READERS = ("commune_worker", "district_officer", KEEPER, "service_staff", "ngo_manager", "nobody")
RECORDS = r"/(cases|records|children|referrals)\b"
OPENS = r"^GET .*_id}$"
CALLS, PAGES = 60, 100


def run(fuzzed: Fuzzed, caller: Caller, *, pages: int, calls: int) -> Delivered:
    """A run as each of the readers; what was delivered to them."""
    delivered = Delivered(fuzzed)
    fuzzer = LeakFuzzer(fuzzed, caller, tell=delivered.hear)
    for reader in fuzzed.readers:
        if reader.name in READERS:
            for call, _ in fuzzer.open_pages(reader, OPENS)[:pages]:
                delivered.hear(reader, call, caller.send(reader.visitor, call))
            fuzzer.run(reader, calls, only=RECORDS)
    return delivered


@pytest.mark.slow
def test_the_log_holds_the_reads_of_a_fuzzer_run_no_more_and_no_fewer(
    fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch, summary: Callable[[str], None]
) -> None:
    admin = fuzzed.world.database.admin
    began = now_of(admin)
    with calling(fuzzed.world, monkeypatch) as caller:
        delivered = run(fuzzed, caller, pages=PAGES, calls=CALLS)
        calls = caller.calls
    assert delivered.unexplained == []
    log, looks = written(admin, began), delivered.looks
    assert (log - looks, looks - log) == ({}, {}), "written alone, and delivered alone"
    assert exported(admin, began) == delivered.exports
    assert len({kind for _, kind, _ in delivered.looks}) > 5
    reads = delivered.looks.total()
    assert reads > 30
    summary(f"audit: {calls} calls of a fuzzer run, {reads} reads delivered, as many in the log")


@pytest.mark.slow
def test_a_read_that_is_not_written_down_is_found(
    fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the equality above would prove nothing."""
    admin = fuzzed.world.database.admin
    began = now_of(admin)
    monkeypatch.setattr("core.web.actions.cases.record", lambda *_given, **_named: None)
    with calling(fuzzed.world, monkeypatch) as caller:
        delivered = Delivered(fuzzed)
        keeper = next(one for one in fuzzed.readers if one.name == KEEPER)
        LeakFuzzer(fuzzed, caller, tell=delivered.hear).run(keeper, 30, only=r"GET /cases/{")
    assert delivered.looks.total() > written(admin, began).total()
