"""The workers seal by themselves, every tenant, and go on after a failure."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from core.audit.sealing import unsealed
from core.audit.worker import Sealer
from core.db.engine import make_engine
from core.db.logins import Login
from core.kit.clock import FixedClock
from core.tenancy.door import TenantDoor
from core.testing.database import addresses_of
from tests.core.audit.conftest import KEYS, NOW, Log

if TYPE_CHECKING:
    import pytest


def test_every_tenant_is_sealed_until_the_worker_stops(log: Log) -> None:
    others = [log, Log(log.database, log.door, tenant_id=3)]
    for each in others:
        each.read(2)
        each.wait_for_others()
    stop = threading.Event()
    sealer = Sealer(log.door, KEYS, FixedClock(NOW))
    thread = threading.Thread(target=sealer.run, args=(stop,), kwargs={"every": 0.02})
    thread.start()
    try:
        for each in others:
            _until_sealed(each)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert [each.faults() for each in others] == [[], []]


def _until_sealed(log: Log) -> None:
    for _ in range(500):
        with log.door.tenant_session(log.tenant_id, read_only=True) as session:
            if unsealed(session).count == 0:
                return
        threading.Event().wait(0.02)
    raise AssertionError("not sealed in ten seconds")


def test_a_database_that_is_away_is_told_and_survived(caplog: pytest.LogCaptureFixture) -> None:
    engine = make_engine(addresses_of("annhi_there_is_none").url(Login.RUNTIME))
    sealer = Sealer(TenantDoor(engine), KEYS, FixedClock(NOW))
    with caplog.at_level(logging.WARNING):
        sealer.seal_every_tenant(threading.Event())
    assert "The audit log was not sealed: OperationalError" in caplog.text
    engine.dispose()
