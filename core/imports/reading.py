"""Rows of a workbook as another process reads them (``reader``); what goes wrong is said."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

from core.imports import reader
from core.imports.rules import BookRefusedError, BookRule

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_BLOCK_BYTES: Final = 1 << 30
_LED_BY: Final = 4
_TO_END_SECONDS: Final = 10.0
# What ends a process that asks for more memory or time than it may have.
_BEYOND_BOUNDS: Final = frozenset(
    {reader.OUT_OF_MEMORY}
    | {
        -getattr(signal, name)
        for name in ("SIGABRT", "SIGKILL", "SIGXCPU")
        if hasattr(signal, name)
    }
)
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class SheetBegins:
    """The rows that follow are of another sheet."""

    name: str


@contextmanager
def open_book(content: bytes) -> Iterator[Iterator[SheetBegins | list[Row]]]:
    """The blocks of a workbook, as they are read; the other process ends with the context.

    Raises:
        BookRefusedError: it cannot be read, or asks for more memory or time than is given.
    """
    command = [sys.executable, "-I", str(Path(reader.__file__))]
    # no environment: what stands there (keys, addresses) is nothing that a reader needs
    with subprocess.Popen(  # noqa: S603  our own program, by its path
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process.stdin, content), daemon=True)
        feeder.start()
        try:
            yield _blocks(process, process.stdout)
        finally:
            process.kill()
            feeder.join()


def _feed(target: IO[bytes], content: bytes) -> None:
    """In a thread of its own: neither side waits for the other with a full pipe."""
    with suppress(OSError), target:  # a reader that has ended takes no more
        target.write(content)


def _blocks(
    process: subprocess.Popen[bytes], source: IO[bytes]
) -> Iterator[SheetBegins | list[Row]]:
    decoder = msgspec.msgpack.Decoder(str | list[Row] | None)
    while True:
        led = source.read(_LED_BY)
        size = int.from_bytes(led, "big")
        written = source.read(size) if len(led) == _LED_BY and size <= _MOST_BLOCK_BYTES else b""
        if not written or len(written) < size:
            raise BookRefusedError(_why(process))
        block = decoder.decode(written)
        if block is None:
            return
        yield SheetBegins(block) if isinstance(block, str) else block


def _why(process: subprocess.Popen[bytes]) -> BookRule:
    """Why the process ended before the end of the book: its bounds, or a file that it cannot read.

    A process that goes on without a word is stopped.
    """
    try:
        code = process.wait(_TO_END_SECONDS)
    except subprocess.TimeoutExpired:
        return BookRule.BROKEN
    return BookRule.TOO_LARGE_UNPACKED if code in _BEYOND_BOUNDS else BookRule.BROKEN
