"""The two cookies that signing in sets; neither can be read by a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar.datastructures import Cookie

from core.web.work import cookie_name

if TYPE_CHECKING:
    from litestar import Request

    from core.settings import Settings

_HALF_A_YEAR = 180 * 24 * 3600


def sign_in_cookie(settings: Settings, token: str) -> Cookie:
    """The token of a sign-in; it goes when the browser is closed."""
    return _cookie(settings, cookie_name(settings.secure_cookies), token)


def browser_cookie(settings: Settings, mark: str) -> Cookie:
    """The mark that this browser has signed in before; it proves nothing but that."""
    return _cookie(settings, _browser_name(settings), mark, max_age=_HALF_A_YEAR)


def browser_mark(request: Request[Any, Any, Any], settings: Settings) -> str | None:
    """The mark that the browser sent."""
    return request.cookies.get(_browser_name(settings))


def _browser_name(settings: Settings) -> str:
    return f"{cookie_name(settings.secure_cookies)}_browser"


def _cookie(settings: Settings, name: str, value: str, max_age: int | None = None) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        path="/",
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        max_age=max_age,
    )
