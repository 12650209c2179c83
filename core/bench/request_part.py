"""What installed but switched-off programmes add to a request.

Two processes, because a plugin's classes stay in a process that has imported them: one without
plugins, one with all that are installed. New pairs are started several times, since the layout
of memory alone makes two processes differ by a percent.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING, Any

from core.bench.measure import Ratio, Round, alternate, ratio_of
from core.kit.errors import PlatformError
from core.kit.hidden import Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from litestar import Litestar

    from core.bench.measure import Timer
    from core.settings import Settings

OFF_GOAL = 1.02
PATH = "/api/v1/me"
_OK = 200


class BenchError(PlatformError):
    """A measurement did not do what it was to measure."""

    code = "bench.failed"


def request_ratio(settings: Settings, token: str, *, pairs: int, rounds: int, calls: int) -> Ratio:
    """A signed-in request with every programme off against none installed."""
    bare = replace(settings, trusted_plugins=frozenset())
    taken: list[Round] = []
    for _ in range(pairs):
        with answering(bare, token) as floor, answering(settings, token) as ours:
            taken += alternate(floor, ours, rounds=rounds, calls=calls)
    return ratio_of("programmes_off", taken, goal=OFF_GOAL)


@contextmanager
def answering(settings: Settings, token: str) -> Iterator[Timer]:
    """A process of its own that answers requests, as a timer of them."""
    context = get_context("spawn")
    here, there = context.Pipe()
    # a hidden value is not pickled; these keys seal nothing but the bench's own scratch database
    keys = settings.keys.reveal() if settings.keys else None
    sent = (there, replace(settings, keys=None), keys, token)
    process = context.Process(target=serve_requests, args=sent, daemon=True)
    process.start()
    there.close()

    def run(calls: int) -> Sequence[float]:
        here.send(calls)
        try:
            times: Sequence[float] = here.recv()
        except EOFError:
            raise BenchError("The process that makes the requests ended by itself.") from None
        return times

    try:
        yield run
    finally:
        here.close()
        process.join(timeout=10)
        process.kill()


def serve_requests(pipe: Connection, settings: Settings, keys: str | None, token: str) -> None:
    """In a process of its own: make as many requests as asked and answer with their seconds."""
    from core.app import create_app
    from core.platform import start

    platform = start(replace(settings, keys=Hidden(keys) if keys else None))
    try:
        app = create_app(platform)
        with asyncio.Runner() as runner:
            while True:
                try:
                    calls = pipe.recv()
                except EOFError:
                    return
                pipe.send(runner.run(requests_to(app, PATH, token, calls)))
    finally:
        platform.close()


async def requests_to(app: Litestar, path: str, token: str, calls: int) -> list[float]:
    """Ask for one page again and again; the seconds of each.

    Raises:
        BenchError: a page was not answered with 200.
    """
    taken = []
    for _ in range(calls):
        start = perf_counter()
        status = await _request(app, path, token)
        taken.append(perf_counter() - start)
        if status != _OK:
            raise BenchError(f"{path} answered {status}.")
    return taken


async def _request(app: Litestar, path: str, token: str) -> int:
    """One request by the server's own interface, without a socket."""
    status = 0

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"bench"), (b"authorization", f"Bearer {token}".encode())],
        "client": ("127.0.0.1", 1),
        "server": ("bench", 80),
    }
    await app(scope, receive, send)
    return status
