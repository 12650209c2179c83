"""Calls a plugin's code under watch: how long it takes, and what it opens meanwhile.

The watch is an audit hook of the interpreter, which cannot be taken away again: it belongs into
the process apart in which a plugin is checked.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import psycopg

import core

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

DEADLINE = 2.0
_EVENTS = {
    "open": "a file",
    "socket.connect": "a network connection",
    "socket.bind": "a network port",
    "socket.getaddrinfo": "a network address",
    "sqlite3.connect": "a database",
    "subprocess.Popen": "another program",
    "os.system": "another program",
}
_CODE = (".py", ".pyc", ".so", ".pyd")
_CORE = str(Path(core.__file__).parent)


@dataclass
class Watched(Generic[T]):
    """What came of a call: a value or an error; ``late`` when it did not end in time."""

    value: T | None = None
    error: BaseException | None = None
    opened: list[str] = field(default_factory=list)
    late: bool = False


def _is_ours(path: str) -> bool:
    """An import reads code, and what a plugin calls of core may read core's own data."""
    return path.endswith(_CODE) or path.startswith(_CORE + os.sep)


class _Watch:
    """The one watch of the process; an audit hook can only be added, never removed."""

    def __init__(self) -> None:
        self.threads: dict[int, list[str]] = {}
        self.installed = False

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        opened = self.threads.get(threading.get_ident())
        kind = _EVENTS.get(event)
        if opened is None or kind is None:
            return
        if event == "open" and _is_ours(str(arguments[0])):
            return
        opened.append(kind)

    def install(self) -> None:
        if not self.installed:
            sys.addaudithook(self.hear)
            self.installed = True


_WATCH = _Watch()


def guarded(call: Callable[[], T], *, deadline: float = DEADLINE) -> Watched[T]:
    """Call in a thread of its own and wait no longer than the deadline, in seconds.

    A call that is late goes on in the background until the process ends.
    """
    _WATCH.install()
    seen: Watched[T] = Watched()

    def work() -> None:
        _WATCH.threads[threading.get_ident()] = seen.opened
        try:
            seen.value = call()
        except BaseException as error:  # noqa: BLE001  whatever it raises is reported
            seen.error = error
        finally:
            _WATCH.threads.pop(threading.get_ident(), None)

    thread = threading.Thread(target=work, daemon=True)
    with _no_database(seen.opened):
        thread.start()
        thread.join(deadline)
    seen.late = thread.is_alive()
    return seen


@contextmanager
def _no_database(opened: list[str]) -> Iterator[None]:
    """Shut the door to libpq, which connects in C, past every audit event."""

    def refuse(*_arguments: object, **_options: object) -> None:
        opened.append("a database")
        raise ConnectionRefusedError("no database while a plugin declares")

    kept = psycopg.connect, psycopg.Connection.__dict__["connect"]
    psycopg.connect = refuse  # type: ignore[assignment]  # put back below
    psycopg.Connection.connect = refuse  # type: ignore[assignment,method-assign]  # same
    try:
        yield
    finally:
        psycopg.connect = kept[0]
        psycopg.Connection.connect = kept[1]  # type: ignore[method-assign]  # as it was
