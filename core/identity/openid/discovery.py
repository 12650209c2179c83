"""What providers publish about themselves: addresses and keys, kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from core.identity.openid.errors import AnswerRefusedError
from core.kit.outgoing import OutgoingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.identity.openid.providers import Provider
    from core.kit.clock import Clock
    from core.kit.outgoing import Outgoing

KEPT = timedelta(hours=1)
# also after a failure: a provider that is down is not asked anew by everyone who tries
NOT_AGAIN_WITHIN = timedelta(minutes=1)
MOST_KEPT = 128
MOST_KEYS = 50
_WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Published:
    """A provider's metadata, as far as we use it; all addresses were checked."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    secret_in_body: bool
    names_issuer: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    at: datetime


class Discovery:
    """Asks providers and remembers; made once for each process, used by all of its threads."""

    def __init__(self, outgoing: Outgoing, clock: Clock) -> None:
        """Remember nothing yet."""
        self._outgoing = outgoing
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()

    def published(self, provider: Provider) -> Published:
        """The provider's addresses.

        Raises:
            OutgoingError: it cannot be asked.
            AnswerRefusedError: it speaks for another issuer or sends us to a foreign host.
        """
        document: Published = self._fresh("metadata", provider, self._read_metadata, KEPT)
        return document

    def keys(self, provider: Provider, kid: str | None) -> list[Mapping[str, Any]]:
        """The keys that a token may be signed with: the one with this id, or all without an id.

        An unknown id makes us ask again, once a minute at most: keys are renewed, and anybody can
        send tokens with ids that never were.
        """
        found = _with_id(self._fresh("keys", provider, self._read_keys, KEPT), kid)
        return found or _with_id(
            self._fresh("keys", provider, self._read_keys, NOT_AGAIN_WITHIN), kid
        )

    def _fresh(
        self, what: str, provider: Provider, read: Callable[[Provider], Any], within: timedelta
    ) -> Any:
        """The kept document unless it is older; a failure is kept too, for a minute."""
        # the hosts belong to the key: what one tenant may be sent to, another may not
        key = (what, provider.issuer, provider.hosts)
        now = self._clock.now()
        with self._lock:
            kept = self._kept.get(key)
        limit = NOT_AGAIN_WITHIN if kept and isinstance(kept.value, Exception) else within
        if kept is None or kept.at + limit <= now:
            kept = _Kept(_tried(read, provider), now)
            with self._lock:
                self._kept[key] = kept
                self._kept.move_to_end(key)
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        if isinstance(kept.value, OutgoingError):
            raise OutgoingError(kept.value.reason)
        if isinstance(kept.value, AnswerRefusedError):
            raise AnswerRefusedError(kept.value.reason)
        return kept.value

    def _read_metadata(self, provider: Provider) -> Published:
        document = self._document(provider, provider.issuer.rstrip("/") + _WELL_KNOWN)
        if document.get("issuer") != provider.issuer:
            raise AnswerRefusedError("metadata_issuer")
        methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Published(
            authorization_endpoint=self._endpoint(provider, document, "authorization_endpoint"),
            token_endpoint=self._endpoint(provider, document, "token_endpoint"),
            jwks_uri=self._endpoint(provider, document, "jwks_uri"),
            secret_in_body="client_secret_basic" not in methods,
            names_issuer=document.get("authorization_response_iss_parameter_supported") is True,
        )

    def _endpoint(self, provider: Provider, document: Mapping[str, Any], name: str) -> str:
        address = document.get(name)
        if not isinstance(address, str):
            raise AnswerRefusedError("metadata")
        self._outgoing.require_allowed(address, provider.hosts)
        return address

    def _read_keys(self, provider: Provider) -> list[Mapping[str, Any]]:
        keys = self._document(provider, self.published(provider).jwks_uri).get("keys")
        if not isinstance(keys, list) or len(keys) > MOST_KEYS:
            raise AnswerRefusedError("keys")
        return [key for key in keys if isinstance(key, dict)]

    def _document(self, provider: Provider, address: str) -> Mapping[str, Any]:
        answer = self._outgoing.send("GET", address, hosts=provider.hosts)
        try:
            document = answer.json()
        except ValueError:
            document = None
        if answer.status != 200 or not isinstance(document, dict):  # noqa: PLR2004  OK
            raise OutgoingError("no document")
        return document


def _tried(read: Callable[[Provider], Any], provider: Provider) -> Any:
    try:
        return read(provider)
    except (OutgoingError, AnswerRefusedError) as error:
        return error


def _with_id(keys: list[Mapping[str, Any]], kid: str | None) -> list[Mapping[str, Any]]:
    return [key for key in keys if kid is None or key.get("kid") == kid]
