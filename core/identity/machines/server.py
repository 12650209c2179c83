"""The token endpoint: Authlib's authorization server with one grant, over one tenant's session.

Source: RFC 6749, 4.4 (client credentials); RFC 7009 (revocation).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidClientError,
    InvalidRequestError,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6749.util import extract_basic_authorization, scope_to_list
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint

from core.audit.service import Action, record
from core.identity.machines.service import KIND, active_machine, hashed, is_client_id
from core.identity.machines.tokens import LASTS, keep_token, new_token, revoke_token
from core.identity.throttle import PROGRAM, admit, counter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from core.identity.machines.models import Machine
    from core.tenancy.session import TenantSession

METHOD = "client_secret_basic"
_UNAUTHORISED = 401


@dataclass(frozen=True, slots=True)
class OAuthAnswer:
    """An answer as OAuth 2 has it."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]


def claimed_client(headers: Mapping[str, str]) -> str | None:
    """Which program asks, by its word alone; ``None`` when that cannot be one's name."""
    try:
        client_id, secret = extract_basic_authorization(headers)
    except ValueError:  # not UTF-8
        return None
    return client_id if client_id and secret and is_client_id(client_id) else None


def unauthorised() -> OAuthAnswer:
    """The one answer to whoever does not prove to be a program of ours."""
    status, body, headers = InvalidClientError(status_code=_UNAUTHORISED)()
    return OAuthAnswer(status, body, dict(headers))


def malformed() -> OAuthAnswer:
    """A parameter was sent twice or is no text."""
    status, body, headers = InvalidRequestError()()
    return OAuthAnswer(status, body, dict(headers))


def give_token(
    session: TenantSession, headers: Mapping[str, str], form: Mapping[str, str], *, now: datetime
) -> OAuthAnswer:
    """A short-lived token for a program that proves who it is; the caller commits either way."""
    server = _Server(session, now)
    server.register_grant(ClientCredentialsGrant)
    return _throttled(session, headers, server.create_token_response(_Asked(headers, form)), now)


def take_token_back(
    session: TenantSession, headers: Mapping[str, str], form: Mapping[str, str], *, now: datetime
) -> OAuthAnswer:
    """End a token at once; one that is not this program's is no fault and stays as it is."""
    server = _Server(session, now)
    server.register_endpoint(_Revocation)
    answer = server.create_endpoint_response(_Revocation.ENDPOINT_NAME, _Asked(headers, form))
    return _throttled(session, headers, answer, now)


class _Client(ClientMixin):  # type: ignore[misc]  # Authlib has no types
    """A program as Authlib asks about it; an unknown one answers no to every secret.

    Of the two, nobody can tell from outside which it was.
    """

    def __init__(self, found: tuple[Machine, UUID] | None) -> None:
        self.machine: Machine | None = found[0] if found else None
        self.account_id: UUID | None = found[1] if found else None

    def check_client_secret(self, client_secret: str) -> bool:
        kept = self.machine.secret_hash if self.machine else hashed("")
        fits = hmac.compare_digest(kept, hashed(client_secret))
        return fits and self.machine is not None

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        return method == METHOD

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What was asked for, all of it allowed; everything allowed when nothing was named."""
        allowed = set(self.machine.scopes) if self.machine else set()
        asked = set(scope_to_list(scope) or allowed)
        return " ".join(sorted(asked)) if asked and asked <= allowed else None


class _Server(AuthorizationServer):  # type: ignore[misc]  # Authlib has no types
    """Knows the programs of one tenant, for one request."""

    def __init__(self, session: TenantSession, now: datetime) -> None:
        super().__init__()
        self.session = session
        self.now = now
        self.register_token_generator(
            "default",
            BearerTokenGenerator(
                access_token_generator=lambda **_: new_token(session.tenant_id),
                expires_generator=int(LASTS.total_seconds()),
            ),
        )

    def query_client(self, client_id: str) -> _Client:
        known = is_client_id(client_id)
        return _Client(active_machine(self.session, client_id) if known else None)

    def save_token(self, token: Mapping[str, Any], request: OAuth2Request) -> None:
        client: _Client = request.client
        assert client.machine is not None
        keep_token(
            self.session,
            client.machine.id,
            token["access_token"],
            scope_to_list(token["scope"]),
            now=self.now,
        )
        record(
            self.session,
            client.account_id,
            Action.SIGN_IN,
            subject_kind=KIND,
            subject_id=client.machine.id,
        )

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: _Asked) -> _Asked:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> OAuthAnswer:
        return OAuthAnswer(status, body, dict(headers))


class _Revocation(RevocationEndpoint):  # type: ignore[misc]  # Authlib has no types
    """Revokes while it looks: a token of another program is not even found."""

    SUPPORTED_TOKEN_TYPES = ("access_token",)

    def query_token(self, token_string: str, token_type_hint: str | None) -> None:  # noqa: ARG002
        client: _Client = self.client
        assert client.machine is not None
        session: TenantSession = self.server.session
        if revoke_token(session, client.machine.id, token_string):
            record(
                session,
                client.account_id,
                Action.SIGN_OUT,
                subject_kind=KIND,
                subject_id=client.machine.id,
            )

    def authenticate_token(self, request: _Asked, client: _Client) -> None:
        self.client = client
        super().authenticate_token(request, client)


class _Asked(OAuth2Request):  # type: ignore[misc]  # Authlib has no types
    """A request whose form was read before.

    TLS ends in front of us, so that the address we could name says nothing of it.
    """

    def __init__(self, headers: Mapping[str, str], form: Mapping[str, str]) -> None:
        super().__init__("POST", "https://localhost/", headers=headers)
        self.payload = BasicOAuth2Payload(form)

    @property
    def form(self) -> Mapping[str, str]:
        data: Mapping[str, str] = self.payload.data
        return data


def _throttled(
    session: TenantSession, headers: Mapping[str, str], answer: OAuthAnswer, now: datetime
) -> OAuthAnswer:
    """Count a failure; after too many, answer the same without writing anything more.

    The right secret still works then: it is random and cannot be guessed, and a lock would let
    any stranger who has read a client's name shut the program out.
    """
    client_id = claimed_client(headers)
    if answer.status != _UNAUTHORISED or client_id is None:
        return answer
    failures = counter(PROGRAM, client_id, session.tenant_id)
    if not admit(session, (failures,), now=now):
        wait = str(int(PROGRAM.longest_wait.total_seconds()))
        body = {"error": "temporarily_unavailable"}
        return OAuthAnswer(429, body, {**answer.headers, "Retry-After": wait})
    record(session, None, Action.SIGN_IN_REFUSED, subject_kind=KIND)
    return answer
