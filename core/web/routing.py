"""How our handlers are declared: synchronous, each with its right, each in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import get, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar.handlers import HTTPRouteHandler

SIGNED_IN = "signed in"


def reading(path: str | list[str], *, permission: str | None, **options: Any) -> Callable[..., Any]:
    """A GET handler; ``permission=None`` asks only that somebody is signed in."""
    return get(path, sync_to_thread=True, **_options(permission, options))


def writing(path: str, *, permission: str | None, **options: Any) -> Callable[..., Any]:
    """A POST handler; ``permission=None`` asks only that somebody is signed in."""
    options.setdefault("status_code", 200)
    return post(path, sync_to_thread=True, **_options(permission, options))


def for_everyone(handler: HTTPRouteHandler) -> HTTPRouteHandler:
    """Mark a handler that serves without sign-in, such as the sign-in page itself."""
    handler.opt["for_everyone"] = True
    return handler


def _options(permission: str | None, options: dict[str, Any]) -> dict[str, Any]:
    opt = dict(options.pop("opt", {}))
    opt["permission"] = permission
    for name in ("programme_in_path", "writes"):
        if name in options:
            opt[name] = options.pop(name)
    return {**options, "opt": opt}
