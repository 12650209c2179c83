"""OAuth 2 for programs: a short-lived token for a name and a secret, and its end.

Source: RFC 6749, 4.4; RFC 7009; RFC 8414.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body

from core.identity import service as identity
from core.identity.machines.server import (
    METHOD,
    OAuthAnswer,
    claimed_client,
    give_token,
    malformed,
    take_token_back,
    unauthorised,
)
from core.web.routing import open_reading, open_writing

if TYPE_CHECKING:
    from core.platform import Platform

FormBody = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]
TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"


class OAuthFault(msgspec.Struct):
    """An error as OAuth has it (RFC 6749, 5.2)."""

    error: str
    error_description: str | None = None


_FAULTS = {400: OAuthFault, 401: OAuthFault}


@open_writing(TOKEN, takes_forms=True, answers=_FAULTS)
def give(request: Asked, data: FormBody) -> Response[dict[str, Any]]:
    """A token for a program: ``grant_type=client_credentials``, HTTP Basic."""
    return _answered(request, data, give_token)


@open_writing(REVOKE, takes_forms=True, answers=_FAULTS)
def take_back(request: Asked, data: FormBody) -> Response[dict[str, Any]]:
    """End a token at once."""
    return _answered(request, data, take_token_back)


@open_reading("/.well-known/oauth-authorization-server")
def metadata(request: Asked) -> dict[str, Any]:
    """Where the endpoints are and what they can do."""
    platform: Platform = request.app.state.platform
    address = platform.settings.address
    return {
        "issuer": address,
        "token_endpoint": f"{address}/api/v1{TOKEN}",
        "token_endpoint_auth_methods_supported": [METHOD],
        "revocation_endpoint": f"{address}/api/v1{REVOKE}",
        "revocation_endpoint_auth_methods_supported": [METHOD],
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "service_documentation": f"{address}/schema",
    }


def _answered(
    request: Asked, data: dict[str, Any], act: Callable[..., OAuthAnswer]
) -> Response[dict[str, Any]]:
    """Answer in the session of the tenant that the program claims; committed in every case."""
    platform: Platform = request.app.state.platform
    if not all(isinstance(value, str) for value in data.values()):
        return _response(malformed())
    client_id = claimed_client(request.headers)
    tenant_id = identity.tenant_of(client_id) if client_id else None
    if tenant_id is None or tenant_id not in {tenant.id for tenant in platform.tenants()}:
        return _response(unauthorised())
    with platform.door.tenant_session(tenant_id) as session:
        return _response(act(session, request.headers, data, now=platform.clock.now()))


def _response(answer: OAuthAnswer) -> Response[dict[str, Any]]:
    headers = {n: v for n, v in answer.headers.items() if n.lower() != "content-type"}
    return Response(dict(answer.body), status_code=answer.status, headers=headers)


handlers = [give, take_back]
root_handlers = [metadata]
