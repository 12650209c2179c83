"""Headers that every answer carries, and the origin check of every changing request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from litestar import Response

from core.kit.errors import RefusedError
from core.kit.language import Text
from core.web.work import SAFE_METHODS

if TYPE_CHECKING:
    from litestar import Request
    from litestar.types import Message, Scope

    from core.reports.formats import Rendered

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_FROM_ELSEWHERE = Text(
    vi="Yêu cầu đến từ một trang khác nên bị từ chối.",
    en="The request came from another site and was refused.",
)
_JSON_ALONE = Text(
    vi="Giao diện lập trình chỉ nhận nội dung JSON (Content-Type: application/json).",
    en="The API takes JSON alone (Content-Type: application/json).",
)
# a stand-alone report carries its own print styles
REPORT_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


async def require_own_origin(request: Request[Any, Any, Any]) -> None:
    """Refuse a changing request that another site's page sent, or that it could have sent.

    The API takes JSON alone: a page of another site may send forms and plain text without asking,
    JSON never. A route that ``takes_forms`` proves who asks by a header that no page can send.
    """
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if (origin is not None and not _is_own(origin, request)) or site in {"cross-site", "same-site"}:
        raise RefusedError(_FROM_ELSEWHERE)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    takes_forms = request.route_handler.opt.get("takes_forms", False)
    if request.url.path.startswith("/api/") and kind != "application/json" and not takes_forms:
        raise RefusedError(_JSON_ALONE)


def _is_own(origin: str, request: Request[Any, Any, Any]) -> bool:
    """With secure cookies a page that came without TLS is not ours, whatever its host says."""
    parts = urlsplit(origin)
    secure = request.app.state.platform.settings.secure_cookies
    return parts.netloc == request.headers.get("host") and (not secure or parts.scheme == "https")


def document_answer(paper: Rendered, name: str) -> Response[bytes]:
    """A document: HTML opens with its own print styles, everything else is a download."""
    headers = {"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "no-store"}
    if paper.extension != "html":
        headers["Content-Disposition"] = f'attachment; filename="{name}.{paper.extension}"'
    return Response(paper.content, media_type=paper.media_type, headers=headers)


_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)
_ONLY_OVER_TLS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


async def guard_answer(message: Message, scope: Scope) -> None:
    """A strict content policy, no sniffing, no frames, no referrer; nothing personal is kept.

    On the last step before the wire, so that no answer goes without: neither an error nor a file.
    A handler that said one of these itself keeps its own.
    """
    if message["type"] != "http.response.start":
        return
    secure = scope["litestar_app"].state.platform.settings.secure_cookies
    said = {name.lower() for name, _ in message["headers"]}
    wanted = (*_HEADERS, _ONLY_OVER_TLS) if secure else _HEADERS
    message["headers"] = [
        *message["headers"],
        *((name, value) for name, value in wanted if name not in said),
    ]
