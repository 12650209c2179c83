"""The one client for calls to other hosts: hosts that were declared, and nothing else.

The address of a host is looked up once, checked, and connected to, so that a name cannot point to
the outside for the check and into our own network for the call. Redirects are not followed:
none of the protocols we speak needs one. Everything has an end: time, size, calls at once.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpcore

from core.kit.errors import PlatformError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

SECONDS = 8.0
MOST_BYTES = 256 * 1024
AT_ONCE = 8
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_REDIRECTS = range(300, 400)


class OutgoingError(PlatformError):
    """Another system could not be asked; ``reason`` is a word for the operator's log."""

    code = "outgoing.failed"
    status = 503

    def __init__(self, reason: str) -> None:
        """Keep the reason; people read the same sentence whatever it is."""
        self.reason = reason
        super().__init__(
            Text(
                vi="Hệ thống bên ngoài chưa trả lời được. Hãy thử lại sau ít phút.",
                en="Another system does not answer for the moment. Try again in a few minutes.",
            )
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: never a redirect, never longer than allowed."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: it is none.
        """
        try:
            return json.loads(self.body)
        except RecursionError:
            raise ValueError("too deep") from None


class Outgoing:
    """Sends requests; made once for each process and used by all of its threads.

    ``loopback`` allows plain HTTP to this very machine, for tests and the demonstration.
    """

    def __init__(self, *, loopback: bool = False, seconds: float = SECONDS) -> None:
        """Keep the bounds; no connection is made."""
        self._loopback = loopback
        self._seconds = seconds
        self._places = BoundedSemaphore(AT_ONCE)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def send(
        self,
        method: str,
        url: str,
        *,
        hosts: Collection[str],
        headers: Mapping[str, str] | None = None,
        body: str = "",
    ) -> Answer:
        """Ask one of the declared hosts (``host`` or ``host:port``) and read its whole answer.

        Raises:
            OutgoingError: not allowed, unreachable, too slow, too long, or sent elsewhere.
        """
        self.require_allowed(url, hosts)
        sent = {"Accept": "application/json", "Accept-Encoding": "identity"} | dict(headers or {})
        with self._place(), self._pool() as pool:
            try:
                with pool.stream(
                    method, url, headers=list(sent.items()), content=body.encode() or None
                ) as response:
                    if response.status in _REDIRECTS:
                        raise OutgoingError("redirect")
                    return Answer(response.status, _whole(response.iter_stream()))
            except (httpcore.TimeoutException, TimeoutError):
                raise OutgoingError("slow") from None
            except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError):
                raise OutgoingError("unreachable") from None

    def require_allowed(self, url: str, hosts: Collection[str]) -> None:
        """Refuse an address that is not on a declared host over TLS.

        Raises:
            OutgoingError: it is not.
        """
        try:
            parts = urlsplit(url)
            parts.port  # noqa: B018  reading it checks it
        except ValueError:
            raise OutgoingError("address") from None
        here = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        own = self._loopback and here in LOOPBACK
        if not url.isascii() or not url.isprintable() or parts.fragment:
            raise OutgoingError("address")
        if parts.scheme != "https" and not (own and parts.scheme == "http"):
            raise OutgoingError("scheme")
        if parts.netloc not in hosts:
            raise OutgoingError("host")

    @contextmanager
    def _place(self) -> Iterator[None]:
        """One of few, so that a slow system elsewhere cannot take all of our threads."""
        if not self._places.acquire(timeout=1):
            raise OutgoingError("busy")
        try:
            yield
        finally:
            self._places.release()

    def _pool(self) -> httpcore.ConnectionPool:
        """For one call alone: what was decided for it holds for no other."""
        deadline = time.monotonic() + self._seconds
        backend = _Checked(deadline, loopback=self._loopback)
        return httpcore.ConnectionPool(
            ssl_context=self._trust, max_connections=1, network_backend=backend
        )


class _Checked(httpcore.SyncBackend):
    """Connects to the address that was checked; the name serves the certificate alone."""

    def __init__(self, deadline: float, *, loopback: bool) -> None:
        self._deadline = deadline
        self._loopback = loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  one end for the whole call
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection that ends with the call's time."""
        address = self._address(host, port)
        stream = super().connect_tcp(
            address, port, _left(self._deadline), local_address, socket_options
        )
        return _Timed(stream, self._deadline)

    def _address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise OutgoingError("unknown host") from None
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            own = ipaddress.ip_address(address).is_loopback
            if not is_public(address) and not (own and self._loopback):
                raise OutgoingError("private address")
        return addresses[0]


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends with the call's time: bytes in drips end it too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Whether an address belongs to the world and not to some network of ours."""
    known = ipaddress.ip_address(address)
    if isinstance(known, ipaddress.IPv6Address):
        # written as IPv6, still an IPv4 address: mapped, 6to4, or by way of NAT64
        inner = known.ipv4_mapped or known.sixtofour
        if inner is None and known in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return known.is_global and not known.is_multicast


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutgoingError("slow")
    return left


def _whole(parts: Iterable[bytes]) -> bytes:
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > MOST_BYTES:
            raise OutgoingError("too long")
    return bytes(body)
