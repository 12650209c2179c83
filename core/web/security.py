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

    from core.reports.formats import Rendered

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# a stand-alone report carries its own print styles
REPORT_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


async def require_own_origin(request: Request[Any, Any, Any]) -> None:
    """Refuse a changing request that another site's page sent."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or site in {"cross-site", "same-site"}:
        raise RefusedError(
            Text(
                vi="Yêu cầu đến từ một trang khác nên bị từ chối.",
                en="The request came from another site and was refused.",
            )
        )


def document_answer(paper: Rendered, name: str) -> Response[bytes]:
    """A document: HTML opens with its own print styles, everything else is a download."""
    headers = {"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "no-store"}
    if paper.extension != "html":
        headers["Content-Disposition"] = f'attachment; filename="{name}.{paper.extension}"'
    return Response(paper.content, media_type=paper.media_type, headers=headers)


def add_security_headers(response: Response[Any]) -> Response[Any]:
    """A strict content policy, no sniffing, no frames, no referrer; nothing personal is kept."""
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-store",
    }
    for name, value in headers.items():
        if name.lower() not in {key.lower() for key in response.headers}:
            response.headers[name] = value
    return response
