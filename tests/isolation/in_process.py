"""Calls the application in this very thread, without sockets, and hears every statement.

Forty thousand calls through a test client take hours on a loaded machine; what is tested here, the
application from its middleware down to the database, is the same.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from sqlalchemy import event

from core.web import operations, routing, work
from core.web.work import CSRF_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pytest

    from tests.isolation.web_world import Visitor, World


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the statements that were executed for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]

    @property
    def text(self) -> str:
        """Headers and body as one text: whatever is told, is told here."""
        told = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{told}\n\n{self.body.decode('utf-8', 'replace')}"


@dataclass(frozen=True, slots=True)
class Call:
    """One request; ``body`` is sent as JSON to the API and as a form elsewhere."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, str] | None = None


class Caller:
    """Sends calls to the application of a world, one after the other."""

    def __init__(self, world: World, loop: asyncio.AbstractEventLoop) -> None:
        """Made by ``calling``."""
        self.world = world
        self.calls = 0
        self._loop = loop
        self._statements: list[str] = []

    def send(self, visitor: Visitor | None, call: Call) -> Answer:
        """The answer to a call by somebody, or by nobody who is signed in."""
        self.calls += 1
        self._statements.clear()
        scope, body = _request(visitor, call)
        return self._loop.run_until_complete(self._sent(scope, body))

    async def _sent(self, scope: dict[str, Any], body: bytes) -> Answer:
        told: list[dict[str, Any]] = []
        asked = iter([{"type": "http.request", "body": body, "more_body": False}])
        is_over = asyncio.Event()

        async def receive() -> Any:
            for message in asked:
                return message
            await is_over.wait()  # the asker stays until the answer is there
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            told.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                is_over.set()

        await self.world.app(scope, receive, send)  # type: ignore[arg-type]  a scope by hand
        start = next(one for one in told if one["type"] == "http.response.start")
        parts = [one.get("body", b"") for one in told if one["type"] == "http.response.body"]
        headers = tuple((name.decode(), value.decode()) for name, value in start["headers"])
        return Answer(start["status"], headers, b"".join(parts), tuple(self._statements))

    def heard(self, *given: Any) -> None:
        """One statement that the program executes."""
        self._statements.append(given[2])


@contextmanager
def calling(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """A caller of a world; while it lasts, handlers run in the caller's own thread."""
    for module in (work, routing, operations):
        monkeypatch.setattr(module, "run_sync", _at_once)
    loop = asyncio.new_event_loop()
    caller = Caller(world, loop)
    engines = [world.platform.door.engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", caller.heard)
    try:
        yield caller
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", caller.heard)
        loop.close()


async def _at_once(function: Callable[..., Any], *values: Any) -> Any:
    return function(*values)


def _request(visitor: Visitor | None, call: Call) -> tuple[dict[str, Any], bytes]:
    headers = [("host", "testserver.local")]
    api = call.path.startswith("/api/")
    if visitor is not None:
        bearer = ("authorization", f"Bearer {visitor.token}")
        headers.append(bearer if api else ("cookie", f"annhi={visitor.token}"))
    body = b""
    if call.body is not None and api:
        headers += [("content-type", "application/json"), ("idempotency-key", "the key of it all")]
        body = json.dumps(dict(call.body)).encode()
    elif call.body is not None:
        token = {CSRF_FIELD: visitor.csrf} if visitor else {}
        headers.append(("content-type", "application/x-www-form-urlencoded"))
        body = urlencode({**token, "_key": "the key of it all", **call.body}).encode()
    headers.append(("content-length", str(len(body))))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": call.path,
        "raw_path": quote(call.path).encode(),
        "query_string": urlencode(call.query).encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 50000),
        "server": ("testserver.local", 80),
        "extensions": {},
        "state": {},
    }
    return scope, body
