"""Whether an ID token is the provider's own word, to us, for this visit, now.

Source: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725. Where the texts leave a choice, the strict one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode as decoded

from core.identity.openid.errors import AnswerRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.identity.openid.providers import Provider

    Json = Mapping[str, Any]
    KeysOf = Callable[[str | None], list[Json]]

# Asymmetric alone: with a shared secret, or none, who checks could also sign.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
# Headers that name a key, or change what is signed, are the sender's word about itself.
FORBIDDEN_HEADERS = frozenset({"crit", "jku", "jwk", "x5u", "x5c", "b64", "enc", "zip"})
LEEWAY = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
MOST_LETTERS = 16_384
MOST_LETTERS_OF_SUBJECT = 255
LEAST_BITS = 2048
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Proved:
    """Who it is, as issuer and subject, and whether a second factor was proved there."""

    issuer: str
    subject: str
    second_factor: bool


def verify_id_token(
    token: object,
    provider: Provider,
    *,
    nonce: str,
    access_token: object,
    keys_of: KeysOf,
    now: datetime,
) -> Proved:
    """Who the token says it is.

    Raises:
        AnswerRefusedError: any check fails; its reason names the check.
    """
    _require(isinstance(token, str) and len(token) <= MOST_LETTERS, "token")
    text = cast("str", token)
    _require(_COMPACT.fullmatch(text) is not None, "token")
    header = _header(text)
    claims = _signed_claims(text, header, keys_of)
    _require(claims.get("iss") == provider.issuer, "issuer")
    _require_for_us(claims, provider.client_id)
    _require_now(claims, now)
    given = claims.get("nonce")
    _require(isinstance(given, str) and given == nonce, "nonce")
    subject = claims.get("sub")
    _require(_is_subject(subject), "subject")
    if "at_hash" in claims:
        _require(_hash_fits(claims["at_hash"], access_token, str(header["alg"])), "at_hash")
    return Proved(provider.issuer, cast("str", subject), _second_factor(claims, provider))


def _header(token: str) -> Json:
    segment = token.partition(".")[0]
    try:
        header = json.loads(decoded(segment.encode()))
    except (ValueError, RecursionError):
        raise AnswerRefusedError("header") from None
    _require(isinstance(header, dict), "header")
    _require(FORBIDDEN_HEADERS.isdisjoint(header), "header")
    _require(str(header.get("typ", "JWT")).upper() == "JWT", "type")
    algorithm = header.get("alg")
    _require(isinstance(algorithm, str) and algorithm in ALGORITHMS, "algorithm")
    return cast("Json", header)


def _signed_claims(token: str, header: Json, keys_of: KeysOf) -> Json:
    algorithm = str(header["alg"])
    fitting = [key for key in keys_of(header.get("kid")) if _fits(key, algorithm)]
    # more than one would mean to try keys until one fits
    _require(len(fitting) == 1, "key")
    try:
        key = _imported(fitting[0], algorithm)
        return jwt.decode(token, key, algorithms=[algorithm]).claims
    except JoseError:
        raise AnswerRefusedError("signature") from None
    except (ValueError, TypeError, KeyError, RecursionError):  # numbers that make no key
        raise AnswerRefusedError("key") from None


def _fits(key: Json, algorithm: str) -> bool:
    return (
        key.get("kty") == ALGORITHMS[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    )


def _imported(key: Json, algorithm: str) -> RSAKey | ECKey:
    """The public half alone; a key that is too short is none."""
    if ALGORITHMS[algorithm] == "EC":
        _require(key.get("crv") == "P-256", "key")
        return ECKey.import_key({name: str(key[name]) for name in ("kty", "crv", "x", "y")})
    bits = int.from_bytes(decoded(str(key["n"]).encode())).bit_length()
    _require(bits >= LEAST_BITS, "key")
    return RSAKey.import_key({name: str(key[name]) for name in ("kty", "n", "e")})


def _require_for_us(claims: Json, client_id: str) -> None:
    """Meant for us and nobody else: we trust no other audience."""
    audience = claims.get("aud")
    _require(audience in (client_id, [client_id]), "audience")
    _require(claims.get("azp", client_id) == client_id, "authorized_party")


def _require_now(claims: Json, now: datetime) -> None:
    earliest, latest = (now - LEEWAY).timestamp(), (now + LEEWAY).timestamp()
    _require(_moment(claims, "exp") > earliest, "expired")
    issued = _moment(claims, "iat")
    _require(issued <= latest, "issued_later")
    _require(issued > (now - OLDEST - LEEWAY).timestamp(), "issued_long_ago")
    if "nbf" in claims:
        _require(_moment(claims, "nbf") <= latest, "not_yet")


def _moment(claims: Json, name: str) -> float:
    value = claims.get(name)
    # a boolean is a number to Python; so is one too long to add to, which is why none is added to
    _require(isinstance(value, int | float) and not isinstance(value, bool), "time")
    return cast("float", value)


def _is_subject(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= MOST_LETTERS_OF_SUBJECT
        and value.isascii()
        and value.isprintable()
    )


def _hash_fits(expected: object, access_token: object, algorithm: str) -> bool:
    if not isinstance(access_token, str):
        return False
    return bool(create_half_hash(access_token, algorithm).decode() == expected)


def _second_factor(claims: Json, provider: Provider) -> bool:
    """Only by what the tenant has said of this provider; by default it is none."""
    methods = claims.get("amr")
    named = {m for m in methods if isinstance(m, str)} if isinstance(methods, list) else set()
    acr = claims.get("acr")
    strong = isinstance(acr, str) and acr in provider.second_factor_acr
    return strong or not named.isdisjoint(provider.second_factor_amr)


def _require(holds: bool, reason: str) -> None:  # noqa: FBT001  reads as a sentence
    if not holds:
        raise AnswerRefusedError(reason)
