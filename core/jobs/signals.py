"""Turns the signals that ask a process to end into an event that its loops wait for."""

from __future__ import annotations

import signal
import threading
from queue import SimpleQueue


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set; call it in the main thread."""
    stop = threading.Event()
    # A handler interrupts the main thread anywhere, even while it holds the event's own lock;
    # of the standard library's queues only this one may be used there.
    asked: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.put(number))

    def pass_on() -> None:
        asked.get()
        stop.set()

    threading.Thread(target=pass_on, name="stop-on-signals", daemon=True).start()
    return stop
