"""One worker process: takes one job after the other until it is asked to stop."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, cast

from dramatiq import Worker

from core.jobs.broker import JobBroker, build_broker
from core.jobs.policy import QueuePolicy
from core.jobs.rounds import start_rounds
from core.jobs.signals import stop_on_signals
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import URL

    from core.jobs.kinds import JobKind
    from core.jobs.rounds import Round
    from core.tenancy.door import TenantDoor

logger = logging.getLogger(__name__)

EXIT_STALLED = 70
_LOOK_EVERY = 0.5


class JobWorker:
    """Runs one job at a time, so that a job that ends its process is counted alone.

    More jobs at a time are more processes: see ``core.jobs.supervisor``.
    """

    def __init__(
        self,
        url: URL,
        kinds: Iterable[JobKind],
        door: TenantDoor,
        *,
        policy: QueuePolicy | None = None,
        rounds: Iterable[Round] = (),
    ) -> None:
        """Keep what is needed; nothing is opened before ``run``."""
        self._rounds = tuple(rounds)
        self._url = url
        self._kinds = tuple(kinds)
        self._door = door
        self._policy = policy or QueuePolicy()

    def run(self, stop: threading.Event) -> bool:
        """Work until ``stop`` is set, then finish the job at hand; false if the work stalled."""
        start_rounds(self._rounds, stop)
        broker = build_broker(self._url, self._kinds, self._door, policy=self._policy)
        try:
            worker = self._start(broker)
            alive = True
            while alive and not stop.wait(_LOOK_EVERY):
                # an interrupt at a bad moment can end a thread and leave the process idle
                threads = (*worker.workers, *worker.consumers.values())
                alive = all(thread.is_alive() for thread in threads)
            worker.stop(timeout=int(self._policy.drain * 1000))
        finally:
            broker.close()
        return alive

    def _start(self, broker: JobBroker) -> Worker:
        broker.emit_after("process_boot")
        timeout = int(self._policy.poll * 1000)
        worker = Worker(broker, worker_threads=1, worker_timeout=timeout)
        # a job fetched early would wait here while another process has nothing to do
        worker.queue_prefetch = 1
        worker.start()
        return worker


def load_factory(path: str) -> Callable[[], JobWorker]:
    """The function that ``module:function`` names.

    Raises:
        ConfigurationError: there is none.
    """
    module, _, name = path.partition(":")
    try:
        return cast("Callable[[], JobWorker]", getattr(importlib.import_module(module), name))
    except (ImportError, AttributeError, ValueError):
        raise ConfigurationError(f"There is no worker factory {path}.") from None


def main(arguments: list[str]) -> int:
    """The process: build the worker, run it, end when asked or when the parent is gone."""
    stop = stop_on_signals()
    threading.Thread(target=_watch_parent, args=(stop,), daemon=True).start()
    worker = load_factory(arguments[0])()
    return 0 if worker.run(stop) else EXIT_STALLED


def _watch_parent(stop: threading.Event) -> None:
    """Stop when the supervisor, which holds the other end of standard input, has died."""
    # the bare descriptor: a daemon thread inside sys.stdin would break the end of the process
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
