"""The one client: declared hosts over TLS, public addresses alone, an end to everything."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from core.kit import outgoing
from core.kit.outgoing import MOST_BYTES, Outgoing, OutgoingError, is_public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOSTS = frozenset({"id.example.org", "id.example.org:8443"})


@contextmanager
def _listener(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """Something on loopback that takes one connection; yields ``host:port``."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            connection, _ = server.accept()
            with connection:
                serve(connection)

        thread = Thread(target=run, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://id.example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://id.example.org/", "scheme"),
        ("//id.example.org/", "scheme"),
        ("https://example.org/", "host"),
        ("https://id.example.org.evil.example/", "host"),
        ("https://id.example.org@evil.example/", "host"),
        ("https://user:word@id.example.org/", "host"),
        ("https://id.example.org:444/", "host"),
        ("https://ID.example.org/", "host"),
        ("https://127.0.0.1/", "host"),
        ("https://2130706433/", "host"),
        ("https://0x7f.1/", "host"),
        ("https://[::ffff:127.0.0.1]/", "host"),
        ("https:///", "host"),
        ("https://id.example.org:x/", "address"),
        ("https://[::1/", "address"),
        ("https://id.example.org/#x", "address"),
        ("https://id.example.org/\r\nX: y", "address"),
        ("https://id.example.org/ x y\n", "address"),
        ("https://id.exämple.org/", "address"),
    ],
)
def test_only_declared_hosts_over_tls(url: str, reason: str) -> None:
    with pytest.raises(OutgoingError) as refused:
        Outgoing(loopback=True).send("GET", url, hosts=HOSTS)
    assert refused.value.reason == reason


def test_plain_http_is_for_this_machine_and_only_when_said() -> None:
    here = "127.0.0.1:9"
    with pytest.raises(OutgoingError) as refused:
        Outgoing().send("GET", f"http://{here}/", hosts={here})
    assert refused.value.reason == "scheme"
    with pytest.raises(OutgoingError) as refused:
        Outgoing(loopback=True).send("GET", f"http://{here}/", hosts={here})
    assert refused.value.reason == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  an address that must not be called
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
    ],
)
def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Nor when only one of its addresses does."""
    assert not is_public(address)
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (a, port)) for a in ("93.184.215.14", address)]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", look_up)
    with pytest.raises(OutgoingError) as refused:
        Outgoing().send("GET", "https://id.example.org/", hosts=HOSTS)
    assert (refused.value.reason, asked) == ("private address", ["id.example.org"])


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, ("93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e")))


def test_the_address_that_was_checked_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that answers differently the second time is never asked a second time."""
    called: list[tuple[str, int]] = []
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])

    def look_up(_host: str, port: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", (a, port)) for a in next(answers)]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        called.append(address)
        raise OSError

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(OutgoingError):
        Outgoing().send("GET", "https://id.example.org/", hosts=HOSTS)
    assert called == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    ("head", "length", "reason"),
    [
        (b"302 Found\r\nLocation: https://id.example.org/", 0, "redirect"),
        (b"307 Temporary Redirect\r\nLocation: /elsewhere", 0, "redirect"),
        (b"200 OK", MOST_BYTES + 1, "too long"),
    ],
)
def test_no_redirect_is_an_answer_and_no_flood_is_read(
    head: bytes, length: int, reason: str
) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 " + head + f"\r\nContent-Length: {length}\r\n\r\n".encode())
        with suppress(OSError):
            connection.sendall(b"x" * length)

    with _listener(serve) as host, pytest.raises(OutgoingError) as refused:
        Outgoing(loopback=True).send("GET", f"http://{host}/", hosts={host})
    assert refused.value.reason == reason


def test_bytes_in_drips_do_not_hold_a_thread() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(50):
            try:
                connection.sendall(b"X: y\r\n")
            except OSError:
                return
            time.sleep(0.1)

    began = time.monotonic()
    with _listener(drip) as host, pytest.raises(OutgoingError) as refused:
        Outgoing(loopback=True, seconds=0.5).send("GET", f"http://{host}/", hosts={host})
    assert refused.value.reason == "slow"
    assert time.monotonic() - began < 2


def test_few_calls_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 1)
    client = Outgoing(loopback=True, seconds=3)
    reasons: list[str] = []

    def call(host: str) -> None:
        try:
            client.send("GET", f"http://{host}/", hosts={host})
        except OutgoingError as error:
            reasons.append(error.reason)

    with _listener(lambda _: time.sleep(1.6)) as host:
        threads = [Thread(target=call, args=(host,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(reasons) == ["busy", "unreachable"]
