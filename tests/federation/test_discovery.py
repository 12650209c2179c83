"""What a provider publishes is asked for rarely, believed only for itself, and bound to hosts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from core.identity.openid.discovery import KEPT, MOST_KEPT, NOT_AGAIN_WITHIN, Discovery
from core.identity.openid.errors import AnswerRefusedError
from core.identity.openid.providers import Provider
from core.kit.clock import FixedClock
from core.kit.language import Text
from core.kit.outgoing import Outgoing, OutgoingError
from tests.federation.rogue import Rogue, rogue_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA = "/.well-known/openid-configuration"


@pytest.fixture(scope="module")
def _served() -> Iterator[Rogue]:
    with rogue_provider() as rogue:
        yield rogue


@pytest.fixture
def rogue(_served: Rogue) -> Rogue:
    """A provider that nobody has asked yet."""
    _served.reset()
    _served.asked.clear()
    return _served


@pytest.fixture
def clock() -> FixedClock:
    """A clock to be moved."""
    return FixedClock(datetime(2018, 6, 1, tzinfo=UTC))


@pytest.fixture
def discovery(clock: FixedClock) -> Discovery:
    """Nothing known yet."""
    return Discovery(Outgoing(loopback=True), clock)


@pytest.fixture
def provider(rogue: Rogue) -> Provider:
    """The provider as a tenant has declared it."""
    return Provider(
        id=uuid4(),
        tenant_id=1,
        key="gia",
        name=Text(vi="Cổng", en="Gate"),
        issuer=rogue.issuer,
        client_id="an-nhi",
        hosts=frozenset({rogue.issuer.removeprefix("http://")}),
        second_factor_acr=frozenset(),
        second_factor_amr=frozenset(),
        is_active=True,
    )


def test_metadata_and_keys_are_kept_for_an_hour(
    rogue: Rogue, discovery: Discovery, provider: Provider, clock: FixedClock
) -> None:
    for _ in range(3):
        assert len(discovery.keys(provider, "rsa")) == 1
    assert rogue.asked == {METADATA: 1, "/keys": 1}
    clock.advance(KEPT)
    discovery.keys(provider, "rsa")
    assert rogue.asked == {METADATA: 2, "/keys": 2}


def test_a_renewed_key_is_found_after_a_minute_and_asked_for_once(
    rogue: Rogue, discovery: Discovery, provider: Provider, clock: FixedClock
) -> None:
    for _ in range(5):
        assert discovery.keys(provider, "new") == []
    assert rogue.asked["/keys"] == 1
    clock.advance(NOT_AGAIN_WITHIN)
    for _ in range(5):
        assert discovery.keys(provider, "new") == []
    assert rogue.asked["/keys"] == 2


def test_a_provider_that_is_down_is_asked_once_a_minute(
    rogue: Rogue, discovery: Discovery, provider: Provider, clock: FixedClock
) -> None:
    gone = replace(provider, issuer=f"{rogue.issuer}/gone")
    for _ in range(3):
        with pytest.raises((OutgoingError, AnswerRefusedError)):
            discovery.published(gone)
    assert rogue.asked[f"/gone{METADATA}"] == 1
    clock.advance(NOT_AGAIN_WITHIN)
    with pytest.raises((OutgoingError, AnswerRefusedError)):
        discovery.published(gone)
    assert rogue.asked[f"/gone{METADATA}"] == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"issuer": "https://example.org"}, "metadata_issuer"),
        ({"issuer": None}, "metadata_issuer"),
        ({"jwks_uri": None}, "metadata"),
        ({"token_endpoint": 7}, "metadata"),
        ({"jwks_uri": "https://keys.example.org/"}, "host"),
        ({"token_endpoint": "http://169.254.169.254/latest"}, "scheme"),
        ({"token_endpoint": "file:///etc/passwd"}, "scheme"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "scheme"),
        ({"authorization_endpoint": "https://evil.example/"}, "host"),
    ],
)
def test_a_provider_speaks_for_itself_and_its_hosts_alone(
    rogue: Rogue,
    discovery: Discovery,
    provider: Provider,
    change: dict[str, Any],
    reason: str,
) -> None:
    rogue.metadata |= change
    with pytest.raises((AnswerRefusedError, OutgoingError)) as refused:
        discovery.published(provider)
    assert isinstance(refused.value, AnswerRefusedError | OutgoingError)
    assert refused.value.reason == reason


def test_what_one_tenant_may_ask_another_may_not(
    rogue: Rogue, discovery: Discovery, provider: Provider
) -> None:
    rogue.metadata["authorization_endpoint"] = "https://login.example.org/"
    trusting = replace(provider, hosts=provider.hosts | {"login.example.org"})
    assert discovery.published(trusting).authorization_endpoint == "https://login.example.org/"
    with pytest.raises(OutgoingError):
        discovery.published(provider)


def test_little_is_remembered(rogue: Rogue, discovery: Discovery, provider: Provider) -> None:
    for number in range(MOST_KEPT + 20):
        hosts = provider.hosts | {f"{number}.example.org"}
        discovery.published(replace(provider, hosts=hosts))
    assert len(discovery._kept) == MOST_KEPT
