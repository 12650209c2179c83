"""How our handlers are declared: synchronous, each with its right, each in one transaction."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, get_origin, get_type_hints

from anyio.to_thread import run_sync
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from litestar.handlers import HTTPRouteHandler

    Handler = Callable[..., Any]

_MARKERS: dict[str, Any] = {
    "work": NamedDependency,
    "data": JSONBody,
    "in path": FromPath,
    "in query": FromQuery,
}


def reading(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A GET handler; ``permission=None`` asks only that somebody is signed in."""
    return _declared(get, path, _options(permission, options))


def writing(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A POST handler; ``permission=None`` asks only that somebody is signed in."""
    options.setdefault("status_code", 200)
    return _declared(post, path, _options(permission, options))


def open_reading(path: str, **options: Any) -> Callable[[Handler], Any]:
    """A GET handler that serves without sign-in, such as the sign-in page itself."""
    return _declared(get, path, options | {"opt": {"for_everyone": True}})


def open_writing(path: str, **options: Any) -> Callable[[Handler], Any]:
    """A POST handler that serves without sign-in."""
    return _declared(post, path, options | {"status_code": 200, "opt": {"for_everyone": True}})


def in_thread(function: Handler, path: str = "") -> Callable[..., Awaitable[Any]]:
    """The function as a coroutine function with the same signature, run in a worker thread.

    Litestar's own ``sync_to_thread`` wraps a handler once for every registration of its path, so
    that two methods on one path answer with a coroutine that nobody awaits. Where each argument
    comes from (the work of the request, the path, the query) is said here once for all handlers,
    because Litestar has deprecated guessing it.
    """

    @wraps(function)
    async def handler(*args: Any, **values: Any) -> Any:
        return await run_sync(partial(function, *args, **values))

    handler.__annotations__ = {
        name: _with_origin(name, kind, path)
        for name, kind in get_type_hints(function, include_extras=True).items()
    }
    return handler


def _with_origin(name: str, kind: Any, path: str) -> Any:
    """The type marked with where the argument comes from."""
    if name in {"request", "return"}:
        return kind
    if name in _MARKERS:  # a page's handler says itself that it takes a form
        return kind if get_origin(kind) is Annotated else _MARKERS[name][kind]
    return _MARKERS["in path" if f"{{{name}:" in path else "in query"][kind]


def _declared(
    decorator: Callable[..., Any], path: str, options: dict[str, Any]
) -> Callable[[Handler], HTTPRouteHandler]:
    def declare(function: Handler) -> HTTPRouteHandler:
        made: HTTPRouteHandler = decorator(path, **options)(in_thread(function, path))
        return made

    return declare


def _options(permission: str | None, options: dict[str, Any]) -> dict[str, Any]:
    opt = {"permission": permission}
    for name in ("programme_in_path", "writes", "own_eyes"):
        if name in options:
            opt[name] = options.pop(name)
    return {**options, "opt": opt}
