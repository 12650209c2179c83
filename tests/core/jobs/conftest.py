"""A worker in this process, over the real queue."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from core.db.logins import Login
from core.jobs.policy import QueuePolicy
from core.jobs.worker import JobWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from core.jobs.kinds import JobKind
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

    Working = Callable[..., AbstractContextManager[None]]

QUICK = QueuePolicy(
    heartbeat=0.2,
    dead_after=0.8,
    upkeep=0.2,
    poll=0.05,
    max_attempts=3,
    first_backoff=0.05,
    longest_backoff=0.2,
    time_limit=2.0,
)


@pytest.fixture
def working(database: TestDatabase, door: TenantDoor) -> Working:
    """Runs a worker for some kinds of job inside a ``with``, and drains it at the end."""

    @contextmanager
    def work(*kinds: JobKind) -> Iterator[None]:
        url = database.addresses.url(Login.RUNTIME)
        stop = threading.Event()
        worker = JobWorker(url, kinds, door, policy=QUICK)
        thread = threading.Thread(target=worker.run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(10)

    return work


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait for something to become true; fail after a minute."""

    def wait(holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline, "it did not happen within a minute"
            time.sleep(0.02)

    return wait
