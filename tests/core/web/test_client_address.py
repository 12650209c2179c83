"""A client's address is the peer's, or what a trusted proxy says of it."""

from __future__ import annotations

import pytest
from litestar.testing import RequestFactory

from core.kit.errors import ConfigurationError
from core.settings import Settings
from core.web.client_address import client_address

PROXY, INNER, VISITOR, LIAR = "10.0.0.1", "10.0.0.2", "203.0.113.9", "198.51.100.1"


def _address(peer: str, *forwarded: str, trusted: str = "10.0.0.0/8") -> str:
    environ = {"ANNHI_HOME": "home", "ANNHI_SECRET": "x", "ANNHI_TRUSTED_PROXIES": trusted}
    request = RequestFactory().get("/", headers={"X-Forwarded-For": ", ".join(forwarded)})
    request.scope["client"] = (peer, 1)
    return client_address(request, Settings.from_environment(environ))


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        (VISITOR, (), VISITOR),
        (VISITOR, (LIAR,), VISITOR),
        (PROXY, (VISITOR,), VISITOR),
        (PROXY, (LIAR, VISITOR), VISITOR),
        (PROXY, (LIAR, VISITOR, INNER), VISITOR),
        (PROXY, (), PROXY),
        (PROXY, ("no address",), "unknown"),
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    peer: str, forwarded: tuple[str, ...], found: str
) -> None:
    assert _address(peer, *forwarded) == found


def test_without_the_setting_nobody_is_believed() -> None:
    assert _address(PROXY, VISITOR, trusted="") == PROXY
    assert _address("127.0.0.1", VISITOR, trusted="") == "127.0.0.1"


def test_a_proxy_that_is_no_network_is_one_plain_sentence() -> None:
    with pytest.raises(ConfigurationError, match="ANNHI_TRUSTED_PROXIES"):
        _address(PROXY, trusted="proxy")
