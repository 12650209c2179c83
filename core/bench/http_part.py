"""Servers in processes of their own and somebody who asks them over real connections.

Ours is the application as ``annhi serve`` runs it. The floor is a minimal application of the same
framework on the same server with the same driver (``floor_app``).
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, Final

from core.bench.floor_app import make_floor
from core.bench.request_part import BenchError
from core.kit.hidden import Hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.bench.measure import Timer
    from core.settings import Settings

    # The bytes of the request with a number.
    Asking = Callable[[int], bytes]

HOST: Final = "127.0.0.1"
_OK: Final = frozenset({200, 201})
_PATIENCE_SECONDS: Final = 120
_HEAD_ENDS: Final = b"\r\n\r\n"


@dataclass(slots=True)
class Server:
    """A server that answers on a port; ``asked`` numbers the requests, so that none is repeated."""

    port: int
    asked: int = 0

    def timer(self, asking: Asking, connections: int) -> Timer:
        """Seconds for each of so many requests, sent over several connections at a time."""

        def run(calls: int) -> Sequence[float]:
            requests = [asking(self.asked + number) for number in range(calls)]
            self.asked += calls
            return [asyncio.run(_seconds(self.port, requests, connections)) / calls]

        return run

    def answer(self, request: bytes) -> bytes:
        """The body of one answer."""
        bodies: list[bytes] = []
        asyncio.run(_seconds(self.port, [request], 1, bodies))
        return bodies[0]


def request(method: str, path: str, token: str, body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the wire; underscores in names of headers stand for dashes."""
    lines = [f"{method} {path} HTTP/1.1", f"host: {HOST}", f"authorization: Bearer {token}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join(lines).encode() + _HEAD_ENDS + body


@contextmanager
def ours(settings: Settings) -> Iterator[Server]:
    """The whole application."""
    # a hidden value is not pickled; these keys seal nothing but the bench's own scratch database
    keys = settings.keys.reveal() if settings.keys else None
    port = _free_port()
    with _process(_serve_ours, (replace(settings, keys=None, port=port), keys), port):
        yield Server(port)


@contextmanager
def floor(conninfo: str, statements: dict[str, str]) -> Iterator[Server]:
    """The minimal application with one path for each statement."""
    port = _free_port()
    with _process(_serve_floor, (conninfo, statements, port), port):
        yield Server(port)


def _serve_ours(settings: Settings, keys: str | None) -> None:
    from core.app import create_app, run_server
    from core.platform import start

    platform = start(replace(settings, keys=Hidden(keys) if keys else None))
    try:
        run_server(create_app(platform), HOST, settings.port)
    finally:
        platform.close()


def _serve_floor(conninfo: str, statements: dict[str, str], port: int) -> None:
    from core.app import run_server

    run_server(make_floor(conninfo, statements), HOST, port)


@contextmanager
def _process(serve: Callable[..., None], given: tuple[object, ...], port: int) -> Iterator[None]:
    process = get_context("spawn").Process(target=serve, args=given, daemon=True)
    process.start()
    try:
        _wait_for(port, process.is_alive)
        yield
    finally:
        process.terminate()
        process.join(timeout=10)
        process.kill()


def _wait_for(port: int, is_alive: Callable[[], bool]) -> None:
    until = monotonic() + _PATIENCE_SECONDS
    while monotonic() < until and is_alive():
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        sleep(0.05)
    raise BenchError("A server of the bench did not begin to answer.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def _seconds(
    port: int, requests: Sequence[bytes], connections: int, bodies: list[bytes] | None = None
) -> float:
    """Seconds from the first byte to the last answer, with all connections open before."""
    links = [await asyncio.open_connection(HOST, port) for _ in range(connections)]
    waiting = iter(requests)

    async def work(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for sent in waiting:
            writer.write(sent)
            body = await _answer(reader)
            if bodies is not None:
                bodies.append(body)

    try:
        began = perf_counter()
        await asyncio.gather(*(work(*link) for link in links))
        return perf_counter() - began
    finally:
        for _, writer in links:
            writer.close()
            await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(_HEAD_ENDS)).decode("latin-1").lower()
    first, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines if line)
    if headers.get("transfer-encoding") == "chunked":
        body = await _chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    if int(first.split()[1]) not in _OK:
        raise BenchError(f"A request was answered with {first!r}: {body[:300]!r}")
    return body


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int((await reader.readline()).strip() or b"0", 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(parts)
