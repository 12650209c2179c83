"""Sends a browser to a provider and judges what it comes back with: Authlib over our own client.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9207 (issuer in the answer); RFC 9700.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from authlib.oauth2.client import OAuth2Client, OAuth2Error

from core.identity.openid.discovery import Discovery
from core.identity.openid.errors import AnswerRefusedError
from core.identity.openid.id_token import verify_id_token
from core.kit.outgoing import OutgoingError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.identity.openid.discovery import Published
    from core.identity.openid.id_token import Proved
    from core.identity.openid.providers import Provider
    from core.identity.openid.visit import Visit
    from core.kit.clock import Clock
    from core.kit.outgoing import Answer, Outgoing

MOST_LETTERS_OF_CODE = 4096


class OpenIdClient:
    """Talks to every declared provider; made once for each process, holds no connection open."""

    def __init__(self, outgoing: Outgoing, clock: Clock) -> None:
        """Begin with nothing known of any provider."""
        self.outgoing = outgoing
        self._clock = clock
        self._discovery = Discovery(outgoing, clock)

    def address(self, provider: Provider, visit: Visit, redirect_uri: str) -> str:
        """Where the browser is to be sent.

        Only ``openid`` is asked for: neither name nor e-mail address is needed here.

        Raises:
            OutgoingError: the provider cannot be asked for its addresses.
            AnswerRefusedError: what it publishes is not its own.
        """
        published = self._discovery.published(provider)
        client = self._client(provider, published, redirect_uri, "")
        address, _ = client.create_authorization_url(
            published.authorization_endpoint,
            state=visit.state,
            nonce=visit.nonce,
            code_verifier=visit.verifier,
        )
        return str(address)

    def prove(
        self,
        provider: Provider,
        visit: Visit,
        answer: Mapping[str, str],
        *,
        redirect_uri: str,
        client_secret: str,
    ) -> Proved:
        """Who came back, by the provider's signed word.

        Raises:
            OutgoingError: the provider cannot be asked.
            AnswerRefusedError: the answer or its token fails a check.
        """
        published = self._discovery.published(provider)
        code = _code(provider, published, answer)
        client = self._client(provider, published, redirect_uri, client_secret)
        try:
            token = client.fetch_token(
                published.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=visit.verifier,
            )
        except (OAuth2Error, ValueError):
            raise AnswerRefusedError("code") from None
        return verify_id_token(
            token.get("id_token"),
            provider,
            nonce=visit.nonce,
            access_token=token.get("access_token"),
            keys_of=lambda kid: self._discovery.keys(provider, kid),
            now=self._clock.now(),
        )

    def _client(
        self, provider: Provider, published: Published, redirect_uri: str, secret: str
    ) -> OAuth2Client:
        method = "client_secret_post" if published.secret_in_body else "client_secret_basic"
        return OAuth2Client(
            _Session(self.outgoing, provider.hosts),
            client_id=provider.client_id,
            client_secret=secret,
            token_endpoint_auth_method=method,
            scope="openid",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )


def _code(provider: Provider, published: Published, answer: Mapping[str, str]) -> str:
    """The code in an answer that is this provider's own and no error."""
    issuer = answer.get("iss")
    if (issuer is None and published.names_issuer) or issuer not in {None, provider.issuer}:
        raise AnswerRefusedError("answer_issuer")
    if "error" in answer:
        raise AnswerRefusedError("declined")
    code = answer.get("code", "")
    if not 0 < len(code) <= MOST_LETTERS_OF_CODE:
        raise AnswerRefusedError("no_code")
    return code


class _Session:
    """What Authlib's client calls to send; everything goes out by our one client."""

    def __init__(self, outgoing: Outgoing, hosts: Collection[str]) -> None:
        self._outgoing = outgoing
        self._hosts = hosts

    def post(
        self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any
    ) -> _Response:
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Response(
            self._outgoing.send("POST", url, hosts=self._hosts, headers=headers, body=body)
        )


class _Response:
    """An answer in the shape that Authlib reads."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.status_code = answer.status

    def json(self) -> Any:
        return self._answer.json()

    def raise_for_status(self) -> None:
        raise OutgoingError(f"status {self.status_code}")
