"""How our handlers are declared: synchronous, each with its right, each in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated, Any, get_origin, get_type_hints

from anyio.to_thread import run_sync
from litestar import get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.routes import ASGIRoute, HTTPRoute
from msgspec import Struct

from core.web.answers import answers_of
from core.web.work import WaitingWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from litestar import Litestar
    from litestar.handlers import HTTPRouteHandler

    Handler = Callable[..., Any]

_MARKERS: dict[str, Any] = {
    "data": JSONBody,
    "in path": FromPath,
    "in query": FromQuery,
}

# Whom a route serves when it declares no permission of its own.
OPEN, SIGNED_IN, OF_THE_FORM, OF_THE_PROGRAMME = (
    "open",
    "signed in",
    "of the form",
    "of the programme",
)


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """``GET /path`` and the right it asks for: a permission, or one of the words above."""

    name: str
    right: str


def declared_routes(app: Litestar) -> tuple[DeclaredRoute, ...]:
    """Every route of the application, by its name."""
    return tuple(sorted(_declared_in(app), key=lambda route: route.name))


def _declared_in(app: Litestar) -> Iterator[DeclaredRoute]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                    right = _right(route.path_format, handler.opt)
                    yield DeclaredRoute(f"{method} {route.path_format}", right)
        elif isinstance(route, ASGIRoute):
            right = _right(route.path_format, route.route_handler.opt)
            yield DeclaredRoute(f"GET {route.path_format}", right)


def _right(path: str, opt: dict[str, Any]) -> str:
    """The schema of the API declares nothing: Litestar's own handlers serve it to everyone."""
    if opt.get("permission") is not None:
        return str(opt["permission"])
    if opt.get("programme_in_path"):
        return OF_THE_PROGRAMME
    if "permission" not in opt:
        return OPEN
    return OF_THE_FORM if "/{owner}/{name}" in path else SIGNED_IN


def reading(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A GET handler; ``permission=None`` asks only that somebody is signed in.

    ``half_signed_in=True`` serves before the second factor too, with no right at all; ``answers``
    says by status what is answered besides pages, or the returned type in the API, and problems.
    """
    return _declared(get, path, _options(permission, options))


def writing(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A POST handler; ``permission=None`` asks only that somebody is signed in."""
    options.setdefault("status_code", 200)
    return _declared(post, path, _options(permission, options))


def replacing(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A PUT handler of the API: the whole of what is there is sent anew."""
    return _declared(put, path, _options(permission, options | {"status_code": 200}))


def amending(path: str, *, permission: str | None, **options: Any) -> Callable[[Handler], Any]:
    """A PATCH handler of the API: a part of what is there is sent anew."""
    return _declared(patch, path, _options(permission, options | {"status_code": 200}))


def open_reading(path: str, **options: Any) -> Callable[[Handler], Any]:
    """A GET handler that serves without sign-in, such as the sign-in page itself."""
    return _declared(get, path, options | {"opt": {"for_everyone": True}})


def open_writing(
    path: str, *, takes_forms: bool = False, **options: Any
) -> Callable[[Handler], Any]:
    """A POST handler that serves without sign-in."""
    opt = {"for_everyone": True, "takes_forms": takes_forms}
    return _declared(post, path, options | {"status_code": 200, "opt": opt})


def in_thread(function: Handler, path: str = "") -> Callable[..., Awaitable[Any]]:
    """The function as a coroutine function with the same signature, run in a worker thread.

    Where it takes the work of the request, that is opened, done and committed in the same thread.

    Litestar's own ``sync_to_thread`` wraps a handler once for every registration of its path, so
    that two methods on one path answer with a coroutine that nobody awaits. Where each argument
    comes from (the work of the request, the path, the query) is said here once for all handlers,
    because Litestar has deprecated guessing it.
    """

    @wraps(function)
    async def handler(*args: Any, work: WaitingWork | None = None, **values: Any) -> Any:
        asked = partial(function, *args, **values)
        return await (run_sync(asked) if work is None else work.done_by(asked))

    handler.__annotations__ = {
        name: _with_origin(name, kind, path)
        for name, kind in get_type_hints(function, include_extras=True).items()
    }
    return handler


def _with_origin(name: str, kind: Any, path: str) -> Any:
    """The type marked with where the argument comes from."""
    if name in {"request", "return"}:
        return kind
    if name == "work":
        return NamedDependency[WaitingWork]
    if name in _MARKERS:  # a page's handler says itself that it takes a form
        return kind if get_origin(kind) is Annotated else _MARKERS[name][kind]
    return _MARKERS["in path" if f"{{{name}:" in path else "in query"][kind]


def _declared(
    decorator: Callable[..., Any], path: str, options: dict[str, Any]
) -> Callable[[Handler], HTTPRouteHandler]:
    declared = options.pop("answers", {})
    if options["opt"].get("for_everyone"):
        options["security"] = [{}]

    def declare(function: Handler) -> HTTPRouteHandler:
        kinds = get_type_hints(function)
        sent = kinds.get("data")
        if "work" in kinds and isinstance(sent, type) and issubclass(sent, Struct):
            # the body is judged by its type before the handler is called
            options["opt"]["judges_body"] = True
        answers = answers_of(function, declared, writes=decorator is post)
        made: HTTPRouteHandler = decorator(path, responses=answers, **options)(
            in_thread(function, path)
        )
        return made

    return declare


def _options(permission: str | None, options: dict[str, Any]) -> dict[str, Any]:
    opt = {"permission": permission}
    for name in ("programme_in_path", "writes", "own_eyes", "half_signed_in"):
        if name in options:
            opt[name] = options.pop(name)
    return {**options, "opt": opt}
