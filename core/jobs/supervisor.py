"""Keeps worker processes running: starts them, restarts one that dies, drains them at the end."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.jobs.signals import stop_on_signals
from core.jobs.worker import load_factory

if TYPE_CHECKING:
    import threading

logger = logging.getLogger(__name__)

_LOOK_EVERY = 0.2
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0
_STEADY_AFTER = 10.0
_GRACE = 30.0
_ENDED_WELL = (0, -signal.SIGTERM)


@dataclass(slots=True)
class _Seat:
    """A place for one process, with what happened to those before it."""

    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=_FIRST_PAUSE)


class Supervisor:
    """The parent of the workers.

    A process that dies soon after its start is restarted after a doubling pause of at most five
    seconds, so that the job it held is back within the time that ``QueuePolicy`` promises.
    """

    def __init__(self, factory: str, *, processes: int = 2, grace: float = _GRACE) -> None:
        """Check the factory (``module:function``) that each process builds its worker with."""
        load_factory(factory)
        self._command = [sys.executable, "-m", "core.jobs.worker", factory]
        self._seats = [_Seat() for _ in range(processes)]
        self._grace = grace

    def run(self, stop: threading.Event) -> bool:
        """Keep the processes running until ``stop`` is set; whether all then ended well."""
        try:
            while not stop.is_set():
                for seat in self._seats:
                    self._look_after(seat)
                stop.wait(_LOOK_EVERY)
        finally:
            ended_well = self._close()
        return ended_well

    def process_ids(self) -> list[int]:
        """The processes that are running now."""
        processes = [seat.process for seat in self._seats]
        return [each.pid for each in processes if each is not None and each.poll() is None]

    def _look_after(self, seat: _Seat) -> None:
        now = time.monotonic()
        if seat.process is not None:
            code = seat.process.poll()
            if code is None:
                return
            _release(seat.process)
            seat.process = None
            steady = now - seat.started_at >= _STEADY_AFTER
            seat.pause = _FIRST_PAUSE if steady else min(seat.pause * 2, _LONGEST_PAUSE)
            seat.start_at = now + seat.pause
            logger.warning("A worker ended with %s; a new one starts soon", code)
        if now >= seat.start_at:
            seat.process = subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603  our own module, no shell
            seat.started_at = now

    def _close(self) -> bool:
        """Drain and close all processes; whether none had to be ended or failed."""
        processes = [seat.process for seat in self._seats if seat.process is not None]
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + self._grace
        for process in processes:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("A worker did not stop in time and is ended; its job comes back")
                process.kill()
                process.wait()
            _release(process)
        # one that was still starting had no handler yet
        return all(process.returncode in _ENDED_WELL for process in processes)


def run(factory: str, *, processes: int = 2) -> int:
    """Supervise in the main thread of a process of its own, until SIGTERM or SIGINT.

    Returns the exit status of the process: 0 if all workers ended well.

    ``factory`` names, as ``module:function``, what builds a ``JobWorker`` in each process.

    Raises:
        ConfigurationError: there is no such factory.
    """
    return 0 if Supervisor(factory, processes=processes).run(stop_on_signals()) else 1


def _release(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
