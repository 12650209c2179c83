"""A provider that answers whatever a test tells it to: it signs with keys of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

from joserfc import jwe, jwt
from joserfc.jwk import ECKey, RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

RSA, OTHER_RSA = (RSAKey.generate_key(2048) for _ in range(2))
ELLIPTIC = ECKey.generate_key("P-256")
SUBJECT = "chi-hoa"
FORBIDDEN_IN_ENCODING = {"crit", "jku", "x5u", "jwk"}


class Rogue:
    """What it publishes and what it answers; each test changes what it needs and ``reset``s."""

    def __init__(self, issuer: str) -> None:
        """An honest provider, so far."""
        self.issuer = issuer
        self.asked: Counter[str] = Counter()
        self.keys = [
            public(RSA, kid="rsa", use="sig", alg="RS256"),
            public(ELLIPTIC, kid="ec", use="sig", alg="ES256"),
            public(OTHER_RSA, kid="for-encryption", use="enc"),
        ]
        self.reset()

    def reset(self) -> None:
        """Honest again; the keys stay, for who has read them keeps them."""
        self.metadata: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        self.token: dict[str, Any] = {}
        self.status = 200
        self.raw: bytes | None = None

    def claims(self, of_visit: str, **changes: Any) -> dict[str, Any]:
        """Right claims, but for the changes; a change to ``None`` leaves a claim out."""
        now = int(time.time())
        right = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": "an-nhi",
            "iat": now,
            "exp": now + 300,
            "nonce": of_visit,
            "email": "chi.hoa@example.org",
        }
        return {name: value for name, value in (right | changes).items() if value is not None}

    def answers_with(self, id_token: object, **more: Any) -> None:
        """What the token endpoint says next."""
        self.token = {"access_token": "opaque", "token_type": "Bearer", "id_token": id_token} | more

    def document(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """The answer to one request."""
        self.asked[path] += 1
        found: Any = {
            "/.well-known/openid-configuration": self.metadata,
            "/keys": {"keys": self.keys},
            "/token": self.token,
        }.get(path, {})
        if path == "/token" and self.raw is not None:
            return self.status, self.raw, {"Location": f"{self.issuer}/keys"}
        status = self.status if path == "/token" else 200
        return status, json.dumps(found).encode(), {"Location": f"{self.issuer}/keys"}


def public(key: RSAKey | ECKey, **parameters: str) -> dict[str, Any]:
    """A key as it is published."""
    return {**key.as_dict(private=False), **parameters}


def signed(
    claims: dict[str, Any], *, key: RSAKey | ECKey = RSA, alg: str = "RS256", **header: Any
) -> str:
    """A token; headers that the library would not write are put in by hand."""
    head = {"alg": alg, "kid": "rsa", "typ": "JWT"} | header
    head = {name: value for name, value in head.items() if value is not None}
    if isinstance(head.get("kid"), str | None) and not FORBIDDEN_IN_ENCODING & set(head):
        return jwt.encode(head, claims, key, algorithms=[alg])
    signing_input = f"{segment(head)}.{segment(claims)}"
    return f"{signing_input}.{_signature(signing_input, key)}"


def unsigned(claims: dict[str, Any]) -> str:
    """A token of the algorithm ``none``, with a last part so that its shape is right."""
    return f"{segment({'alg': 'none', 'kid': 'rsa'})}.{segment(claims)}.AA"


def with_shared_secret(claims: dict[str, Any], secret: bytes) -> str:
    """A token signed with HS256."""
    signing_input = f"{segment({'alg': 'HS256', 'kid': 'rsa', 'typ': 'JWT'})}.{segment(claims)}"
    mac = hmac.digest(secret, signing_input.encode(), hashlib.sha256)
    return f"{signing_input}.{_encoded(mac)}"


def encrypted(claims: dict[str, Any]) -> str:
    """A token that only we could read, and anybody could have written."""
    header = {"alg": "RSA-OAEP", "enc": "A128GCM"}
    return jwt.encode(
        header, claims, RSA, registry=jwe.JWERegistry(algorithms=["RSA-OAEP", "A128GCM"])
    )


def segment(value: Any) -> str:
    """A part of a token; bytes as they are."""
    return _encoded(value if isinstance(value, bytes) else json.dumps(value).encode())


def half_hash(value: str) -> str:
    """What ``at_hash`` must be."""
    return _encoded(hashlib.sha256(value.encode()).digest()[:16])


def _signature(signing_input: str, key: RSAKey | ECKey) -> str:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    assert isinstance(key, RSAKey)
    return _encoded(key.private_key.sign(signing_input.encode(), PKCS1v15(), SHA256()))


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


@contextmanager
def rogue_provider() -> Iterator[Rogue]:
    """A rogue on loopback."""

    class Handler(BaseHTTPRequestHandler):
        """Answers from the rogue of its server."""

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self._answer()

        def _answer(self) -> None:
            status, body, headers = rogue.document(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    rogue = Rogue(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield rogue
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
