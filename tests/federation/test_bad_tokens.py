"""Every way in which a token or an answer is not the provider's word to us: refused, each by name.

The reason that the page names is compared, so that each case fails by the check it is about; the
right token is tried first, for a suite that refuses everything would prove nothing.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import text

from core.identity.openid.id_token import verify_id_token
from core.identity.openid.providers import active_provider
from core.identity.openid.visit import begin_visit
from core.testing.database import TEST_SECRET
from tests.federation.conftest import HAI, MOT
from tests.federation.rogue import (
    ELLIPTIC,
    OTHER_RSA,
    RSA,
    SUBJECT,
    Rogue,
    encrypted,
    half_hash,
    public,
    rogue_provider,
    segment,
    signed,
    unsigned,
    with_shared_secret,
)
from tests.federation.site import CLIENT_SECRET, Browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from core.testing.database import TestDatabase
    from tests.federation.site import Site

    Make = Callable[[Rogue, str], object]

WAY, SECOND_WAY, OF_HAI = "tinh-mot/gia", "tinh-mot/gia-hai", "tinh-hai/gia"
CODE = "c"
SECOND_KEYS = [
    public(RSA, kid="rsa"),
    public(OTHER_RSA, kid="twin"),
    public(OTHER_RSA, kid="twin"),
    public(RSA, kid="short") | {"n": segment(b"\xff" * 128)},
    {"kty": "RSA", "kid": "broken", "n": "AA", "e": "AQAB"},
    {"kty": "RSA", "kid": "half"},
    {"kty": "oct", "kid": "shared", "k": segment(CLIENT_SECRET)},
]


@pytest.fixture(scope="module")
def rogues(site: Site) -> Iterator[tuple[Rogue, Rogue]]:
    """Two providers of the first province; the first is one of the second province too."""
    with rogue_provider() as first, rogue_provider() as second:
        second.keys = SECOND_KEYS
        site.declare(MOT, "gia", first.issuer, second_factor_amr=["otp"], second_factor_acr=["2"])
        site.declare(MOT, "gia_hai", second.issuer)
        site.declare(HAI, "gia", first.issuer)
        yield first, second


@pytest.fixture(scope="module", autouse=True)
def _linked(site: Site, rogues: tuple[Rogue, Rogue], database: TestDatabase) -> None:
    """The subject of the first provider belongs to an account of the first province.

    Another subject was linked when the provider still had another issuer.
    """
    account = site.account(MOT, "hoa")
    statement = text(
        "INSERT INTO core.provider_link SELECT tenant_id, gen_random_uuid(), :account, id, "
        "coalesce(:issuer, issuer), :subject, now() FROM core.identity_provider "
        "WHERE tenant_id = 1 AND key = 'gia'"
    )
    with database.admin.begin() as connection:
        for subject, issuer in ((SUBJECT, None), ("of-before", "https://old.example.org")):
            values = {"account": account, "subject": subject, "issuer": issuer}
            connection.execute(statement, values)


@pytest.fixture
def rogue(rogues: tuple[Rogue, Rogue]) -> Iterator[Rogue]:
    """The first provider, honest again afterwards."""
    yield rogues[0]
    for each in rogues:
        each.reset()


def _bring(browser: Browser, rogue: Rogue, make: Make, way: str = WAY) -> Response:
    """Begin a visit and come back to a token made for it."""
    sent = browser.begin(way)
    rogue.answers_with(make(rogue, sent["nonce"]))
    return browser.come_back(way, code=CODE, state=sent["state"])


def _refuses(browser: Browser, answer: Response, reason: str) -> None:
    assert answer.status_code == 401, answer.text
    assert f"«{reason}»" in answer.text
    assert "annhi=" not in answer.headers.get("set-cookie", "").replace("annhi-visit=", "")
    assert not browser.is_signed_in


GOOD: dict[str, Make] = {
    "the right token": lambda r, n: signed(r.claims(n)),
    "another key of its set": lambda r, n: signed(r.claims(n), key=ELLIPTIC, alg="ES256", kid="ec"),
    "one audience in a list": lambda r, n: signed(r.claims(n, aud=["an-nhi"], azp="an-nhi")),
    "no type": lambda r, n: signed(r.claims(n), typ=None),
    "a clock half a minute ahead": lambda r, n: signed(r.claims(n, iat=_now(30), nbf=_now(30))),
    "the hash of the access token": lambda r, n: signed(r.claims(n, at_hash=half_hash("opaque"))),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_right_token_signs_in(browser: Browser, rogue: Rogue, name: str) -> None:
    answer = _bring(browser, rogue, GOOD[name])
    assert answer.status_code == 303, answer.text
    assert browser.is_signed_in


def _now(seconds: float) -> int:
    return int(time.time() + seconds)


BAD_TOKENS: dict[str, tuple[str, Make]] = {
    # who signed
    "algorithm none": ("algorithm", lambda r, n: unsigned(r.claims(n))),
    "algorithm none, no signature": ("token", lambda r, n: unsigned(r.claims(n))[:-2]),
    "the public key as a shared secret": (
        "algorithm",
        lambda r, n: with_shared_secret(r.claims(n), RSA.as_pem(private=False)),
    ),
    "our client secret as key": (
        "algorithm",
        lambda r, n: with_shared_secret(r.claims(n), CLIENT_SECRET.encode()),
    ),
    "another key under the same id": (
        "signature",
        lambda r, n: signed(r.claims(n), key=OTHER_RSA),
    ),
    "claims changed after signing": (
        "signature",
        lambda r, n: _with_claims(signed(r.claims("x")), r.claims(n)),
    ),
    "header changed after signing": (
        "signature",
        lambda r, n: _with_header(signed(r.claims(n)), {"alg": "RS256", "kid": "rsa"}),
    ),
    "an id that no key has": ("key", lambda r, n: signed(r.claims(n), kid="unknown")),
    "an id that is a path": ("key", lambda r, n: signed(r.claims(n), kid="../../../dev/null")),
    "an id that is no text": ("key", lambda r, n: signed(r.claims(n), kid=1)),
    "an algorithm that the key is not for": (
        "key",
        lambda r, n: signed(r.claims(n), alg="PS256"),
    ),
    "an algorithm of another kind of key": (
        "key",
        lambda r, n: signed(r.claims(n), key=ELLIPTIC, alg="ES256", kid="rsa"),
    ),
    "an algorithm that we do not know": (
        "algorithm",
        lambda r, n: _with_header(signed(r.claims(n)), {"alg": "XS256", "kid": "rsa"}),
    ),
    "an algorithm that is no text": (
        "algorithm",
        lambda r, n: _with_header(signed(r.claims(n)), {"alg": ["RS256"], "kid": "rsa"}),
    ),
    "a key for encryption": (
        "key",
        lambda r, n: signed(r.claims(n), key=OTHER_RSA, kid="for-encryption"),
    ),
    # what the header says of itself
    "a critical header": ("header", lambda r, n: signed(r.claims(n), crit=["exp"])),
    "an address of keys": ("header", lambda r, n: signed(r.claims(n), jku=f"{r.issuer}/keys")),
    "an address of a certificate": ("header", lambda r, n: signed(r.claims(n), x5u=r.issuer)),
    "a key in the header": (
        "header",
        lambda r, n: signed(r.claims(n), key=OTHER_RSA, jwk=public(OTHER_RSA)),
    ),
    "the type of an access token": ("type", lambda r, n: signed(r.claims(n), typ="at+jwt")),
    "the type of a logout token": ("type", lambda r, n: signed(r.claims(n), typ="logout+jwt")),
    "a header that is no object": ("header", lambda r, n: _with_header(signed(r.claims(n)), [])),
    "a header without end": (
        "header",
        lambda r, n: _with_header(signed(r.claims(n)), b"[" * 9000),
    ),
    # its shape
    "cut off": ("signature", lambda r, n: signed(r.claims(n))[:-20]),
    "without its signature": ("token", lambda r, n: signed(r.claims(n)).rpartition(".")[0]),
    "with a part more": ("token", lambda r, n: signed(r.claims(n)) + ".AA"),
    "encrypted": ("token", lambda r, n: encrypted(r.claims(n))),
    "letters that are none of base64": ("token", lambda r, n: signed(r.claims(n)) + "=\n"),
    "far too long": ("token", lambda r, n: signed(r.claims(n, pad="x" * 20_000))),
    "no text": ("token", lambda r, n: r.claims(n)),
    "no token": ("token", lambda _r, _n: None),
    # for whom
    "another audience": ("audience", lambda r, n: signed(r.claims(n, aud="other"))),
    "no audience": ("audience", lambda r, n: signed(r.claims(n, aud=None))),
    "several audiences, no authorized party": (
        "audience",
        lambda r, n: signed(r.claims(n, aud=["an-nhi", "other"])),
    ),
    "an audience that we do not trust beside us": (
        "audience",
        lambda r, n: signed(r.claims(n, aud=["an-nhi", "other"], azp="an-nhi")),
    ),
    "another authorized party": (
        "authorized_party",
        lambda r, n: signed(r.claims(n, azp="other")),
    ),
    # from whom
    "another issuer": (
        "issuer",
        lambda r, n: signed(r.claims(n, iss="https://example.org")),
    ),
    "the issuer with a slash": ("issuer", lambda r, n: signed(r.claims(n, iss=f"{r.issuer}/"))),
    "no issuer": ("issuer", lambda r, n: signed(r.claims(n, iss=None))),
    # for which visit
    "no nonce": ("nonce", lambda r, _n: signed(r.claims("x", nonce=None))),
    "another nonce": ("nonce", lambda r, n: signed(r.claims(f"{n}x"))),
    "a nonce that is no text": ("nonce", lambda r, n: signed(r.claims(n, nonce=[n]))),
    # when
    "expired": ("expired", lambda r, n: signed(r.claims(n, exp=_now(-61)))),
    "no expiry": ("time", lambda r, n: signed(r.claims(n, exp=None))),
    "an expiry that is no number": ("time", lambda r, n: signed(r.claims(n, exp="never"))),
    "an expiry that is true": ("time", lambda r, n: signed(r.claims(n, exp=True))),
    "issued in the future": ("issued_later", lambda r, n: signed(r.claims(n, iat=_now(90)))),
    "issued long ago": (
        "issued_long_ago",
        lambda r, n: signed(r.claims(n, iat=_now(-700), exp=10**400)),
    ),
    "no time of issue": ("time", lambda r, n: signed(r.claims(n, iat=None))),
    "not valid yet": ("not_yet", lambda r, n: signed(r.claims(n, nbf=_now(90)))),
    # about whom
    "no subject": ("subject", lambda r, n: signed(r.claims(n, sub=None))),
    "an empty subject": ("subject", lambda r, n: signed(r.claims(n, sub=""))),
    "a subject that is too long": ("subject", lambda r, n: signed(r.claims(n, sub="x" * 256))),
    "a subject that is a number": ("subject", lambda r, n: signed(r.claims(n, sub=7))),
    "a subject with letters nobody sees": (
        "subject",
        lambda r, n: signed(r.claims(n, sub=f"{SUBJECT}\x00")),
    ),
    "an access token of somebody else": (
        "at_hash",
        lambda r, n: signed(r.claims(n, at_hash=half_hash("another"))),
    ),
}


def _with_claims(token: str, claims: dict[str, Any]) -> str:
    header, _, signature = token.split(".")
    return f"{header}.{segment(claims)}.{signature}"


def _with_header(token: str, header: Any) -> str:
    return f"{segment(header)}.{token.partition('.')[2]}"


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_bad_token_is_refused(browser: Browser, rogue: Rogue, name: str) -> None:
    reason, make = BAD_TOKENS[name]
    _refuses(browser, _bring(browser, rogue, make), reason)


def test_how_many_bad_tokens_there_are(summary: Callable[[str], None]) -> None:
    assert len(BAD_TOKENS) >= 40
    summary(f"{len(BAD_TOKENS)} kinds of bad tokens refused, each by its own check")


# the second provider publishes keys that are not fit to be used
BAD_KEYS: dict[str, Make] = {
    "no id where several keys fit": lambda r, n: signed(r.claims(n), kid=None),
    "an id that two keys have": lambda r, n: signed(r.claims(n), key=OTHER_RSA, kid="twin"),
    "a key that is too short": lambda r, n: signed(r.claims(n), kid="short"),
    "numbers that make no key": lambda r, n: signed(r.claims(n), kid="broken"),
    "half a key": lambda r, n: signed(r.claims(n), kid="half"),
    "a shared secret among the keys": lambda r, n: signed(r.claims(n), kid="shared"),
}


@pytest.mark.parametrize("name", BAD_KEYS)
def test_a_key_that_is_not_fit_is_refused(
    browser: Browser, rogues: tuple[Rogue, Rogue], name: str
) -> None:
    answer = _bring(browser, rogues[1], BAD_KEYS[name], SECOND_WAY)
    _refuses(browser, answer, "key")


def test_a_token_of_an_earlier_visit_is_refused(browser: Browser, rogue: Rogue) -> None:
    kept = signed(rogue.claims(browser.begin(WAY)["nonce"]))
    _refuses(browser, _bring(browser, rogue, lambda _r, _n: kept), "nonce")


def test_a_token_of_another_provider_is_refused(
    browser: Browser, rogues: tuple[Rogue, Rogue]
) -> None:
    first, second = rogues
    answer = _bring(browser, second, lambda _, n: signed(first.claims(n)), SECOND_WAY)
    _refuses(browser, answer, "issuer")


@pytest.mark.parametrize("way", [SECOND_WAY, OF_HAI])
def test_the_same_subject_and_mail_elsewhere_is_nobody_here(
    browser: Browser, rogues: tuple[Rogue, Rogue], way: str
) -> None:
    """Of another issuer, and of the same issuer in another province."""
    rogue = rogues[1] if way == SECOND_WAY else rogues[0]
    answer = _bring(browser, rogue, lambda r, n: signed(r.claims(n)), way)
    assert answer.status_code == 401
    assert "chưa được liên kết" in answer.text
    assert not browser.is_signed_in


def test_a_link_to_an_earlier_issuer_of_the_provider_is_none(
    browser: Browser, rogue: Rogue
) -> None:
    answer = _bring(browser, rogue, lambda r, n: signed(r.claims(n, sub="of-before")))
    assert answer.status_code == 401
    assert "chưa được liên kết" in answer.text


def _good(rogue: Rogue, sent: dict[str, str]) -> dict[str, str]:
    """The right answer to what was asked."""
    rogue.answers_with(signed(rogue.claims(sent["nonce"])))
    return {"code": CODE, "state": sent["state"]}


BAD_ANSWERS: dict[str, tuple[str, Callable[[dict[str, str], Rogue], dict[str, str]]]] = {
    "no state": ("state", lambda a, _: {"code": a["code"]}),
    "an empty state": ("state", lambda a, _: a | {"state": ""}),
    "another state": ("state", lambda a, _: a | {"state": a["state"][::-1]}),
    "letters of another script": ("state", lambda a, _: a | {"state": "trạng thái"}),
    "an error": ("declined", lambda a, _: a | {"error": "access_denied"}),
    "an error and no code": (
        "declined",
        lambda a, _: {"state": a["state"], "error": "login_required"},
    ),
    "no code": ("no_code", lambda a, _: {"state": a["state"]}),
    "a code that is too long": ("no_code", lambda a, _: a | {"code": "x" * 5000}),
    "the issuer of another": ("answer_issuer", lambda a, _: a | {"iss": "https://example.org"}),
    "an empty issuer": ("answer_issuer", lambda a, _: a | {"iss": ""}),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_is_refused(browser: Browser, rogue: Rogue, name: str) -> None:
    reason, change = BAD_ANSWERS[name]
    answer = change(_good(rogue, browser.begin(WAY)), rogue)
    before = rogue.asked["/token"]
    _refuses(browser, browser.come_back(WAY, **answer), reason)
    assert rogue.asked["/token"] == before


def test_an_answer_with_a_value_twice_is_refused(browser: Browser, rogue: Rogue) -> None:
    answer = _good(rogue, browser.begin(WAY))
    address = f"{browser.site.callback(WAY)}?code=c&code=d&state={answer['state']}"
    _refuses(browser, browser.get(address), "repeated")


def test_an_answer_fits_no_other_browser(
    browser: Browser, new_browser: Callable[[], Browser], rogue: Rogue
) -> None:
    """Neither one that never began nor one with a visit of its own."""
    answer = _good(rogue, browser.begin(WAY))
    _refuses(new_browser(), new_browser().come_back(WAY, **answer), "no_visit")
    other = new_browser()
    other.begin(WAY)
    _refuses(other, other.come_back(WAY, **answer), "state")


def test_an_answer_used_once_is_used_up(browser: Browser, rogue: Rogue) -> None:
    """Also where the provider takes a code twice, and the browser kept the cookie."""
    answer = _good(rogue, browser.begin(WAY))
    cookie = browser.http.cookies["annhi-visit"]
    assert browser.come_back(WAY, **answer).status_code == 303
    browser.http.cookies.clear()
    browser.http.cookies.set("annhi-visit", cookie, domain="127.0.0.1")
    _refuses(browser, browser.come_back(WAY, **answer), "used")


def test_an_answer_of_one_provider_does_not_do_for_another(browser: Browser, rogue: Rogue) -> None:
    """The mix-up: the browser was sent to one, and comes back by the door of the other."""
    answer = _good(rogue, browser.begin(WAY))
    before = rogue.asked["/token"]
    for way in (SECOND_WAY, OF_HAI):
        _refuses(browser, browser.come_back(way, **answer), "other_provider")
        browser.begin(WAY)
        answer = _good(rogue, browser.begin(WAY))
    assert rogue.asked["/token"] == before


def test_a_visit_that_took_too_long_is_refused(browser: Browser, rogue: Rogue) -> None:
    sent = browser.begin(WAY)
    _, provider, *_ = browser.http.cookies["annhi-visit"].split(".")
    old = begin_visit(
        TEST_SECRET,
        tenant_id=MOT,
        provider_id=UUID(provider),
        now=datetime.now(UTC) - timedelta(minutes=11),
    )
    rogue.answers_with(signed(rogue.claims(sent["nonce"])))
    browser.http.cookies.clear()
    browser.http.cookies.set("annhi-visit", old.cookie, domain="127.0.0.1")
    _refuses(browser, browser.come_back(WAY, code=CODE, state=old.state), "visit_over")


@pytest.mark.parametrize("part", range(5))
def test_a_changed_cookie_no_longer_fits_its_state(
    browser: Browser, rogue: Rogue, part: int
) -> None:
    answer = _good(rogue, browser.begin(WAY))
    parts = browser.http.cookies["annhi-visit"].split(".")
    parts[part] += "0"
    browser.http.cookies.clear()
    browser.http.cookies.set("annhi-visit", ".".join(parts), domain="127.0.0.1")
    _refuses(browser, browser.come_back(WAY, **answer), "state")


BAD_TOKEN_ANSWERS: dict[str, tuple[int, bytes]] = {
    "an error": (400, b'{"error": "invalid_grant"}'),
    "a fault with a token": (500, b'{"id_token": "x"}'),
    "a page": (200, b"<html>"),
    "a list": (200, b"[]"),
    "nothing": (200, b""),
    "an answer without end": (200, b"[" * 100_000),
}


@pytest.mark.parametrize("name", BAD_TOKEN_ANSWERS)
def test_a_bad_answer_of_the_token_endpoint_is_refused(
    browser: Browser, rogue: Rogue, name: str
) -> None:
    answer = _good(rogue, browser.begin(WAY))
    rogue.status, rogue.raw = BAD_TOKEN_ANSWERS[name]
    back = browser.come_back(WAY, **answer)
    assert back.status_code in {401, 503}
    assert not browser.is_signed_in


@pytest.mark.parametrize(("status", "size"), [(307, 10), (302, 10), (200, 400_000)])
def test_no_redirect_is_followed_and_no_flood_is_read(
    browser: Browser, rogue: Rogue, status: int, size: int
) -> None:
    answer = _good(rogue, browser.begin(WAY))
    rogue.status, rogue.raw = status, b" " * size
    asked = dict(rogue.asked)
    back = browser.come_back(WAY, **answer)
    assert back.status_code == 503
    assert "Hệ thống bên ngoài chưa trả lời được" in back.text
    assert {k: n - asked.get(k, 0) for k, n in rogue.asked.items() if n != asked.get(k, 0)} == {
        "/token": 1
    }


def test_an_unknown_key_makes_us_ask_once_a_minute(browser: Browser, rogue: Rogue) -> None:
    _bring(browser, rogue, lambda r, n: signed(r.claims(n)))
    before = rogue.asked["/keys"]
    for number in range(5):
        _bring(browser, rogue, lambda r, n, k=f"new-{number}": signed(r.claims(n), kid=k))
    assert rogue.asked["/keys"] <= before + 1


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, False),
        ({"amr": ["pwd"], "acr": "1"}, False),
        ({"amr": ["pwd", "otp"]}, True),
        ({"acr": "2"}, True),
        ({"amr": "otp", "acr": ["2"]}, False),
        ({"amr": [["otp"]]}, False),
    ],
)
def test_a_second_factor_counts_where_the_tenant_says_so(
    site: Site, rogue: Rogue, said: dict[str, Any], *, counts: bool
) -> None:
    """The first province has named a method and a class; the second has named none."""
    for tenant, expected in ((MOT, counts), (HAI, False)):
        with site.platform.door.tenant_session(tenant, read_only=True) as session:
            provider = active_provider(session, "gia")
        proved = verify_id_token(
            signed(rogue.claims("n", **said)),
            provider,
            nonce="n",
            access_token=None,
            keys_of=lambda kid: [key for key in rogue.keys if key["kid"] == kid],
            now=datetime.now(UTC),
        )
        assert proved.second_factor is expected
