"""Keeps the language that a reader chose in a cookie, whatever page it was chosen on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from core.kit.language import LANGUAGES
from core.web.work import LANGUAGE_COOKIE

if TYPE_CHECKING:
    from litestar.types import Message, Scope

_YEAR = 365 * 24 * 3600


async def keep_chosen_language(message: Message, scope: Scope) -> None:
    """Add the cookie to an answer whose address asked for a language."""
    if message["type"] != "http.response.start" or b"lang=" not in scope["query_string"]:
        return
    chosen = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    if chosen in LANGUAGES:
        cookie = f"{LANGUAGE_COOKIE}={chosen}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=lax"
        if scope["litestar_app"].state.platform.settings.secure_cookies:
            cookie += "; Secure"
        message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
