"""Signing in by the certified provider, from our page and back, over HTTP."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.federation.certified import certified_provider
from tests.federation.conftest import HAI, MOT
from tests.federation.site import CLIENT_SECRET, Browser, asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from core.testing.database import TestDatabase
    from tests.federation.site import Site

WAY, OTHER = "tinh-mot/cong", "tinh-hai/cong"


@pytest.fixture(scope="module", autouse=True)
def issuer(site: Site) -> Iterator[str]:
    """The certified provider, declared in two provinces as two clients of it."""
    clients = [
        {
            "client_id": client,
            "client_secret": CLIENT_SECRET,
            "redirect_uris": [site.callback(way)],
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
        }
        for client, way in (("an-nhi", WAY), ("other", OTHER))
    ]
    with certified_provider(clients) as address:
        site.declare(MOT, "cong", address)
        site.declare(HAI, "cong", address, client_id="other")
        yield address


@pytest.fixture(scope="module")
def linked(site: Site) -> str:
    """Somebody whose account is linked: her login, which is her name at the provider too."""
    site.account(MOT, "hoa")
    browser = Browser(site)
    browser.signs_in_with_password("hoa")
    assert _link(browser, "hoa").headers["location"] == "/account/providers"
    browser.http.close()
    return "hoa"


def _link(browser: Browser, name: str) -> Response:
    """Link the account of who is signed in to a name at the provider."""
    return browser.get(browser.walk(_door(browser), name))


def _door(browser: Browser) -> str:
    """Where the page before leaving leads to."""
    page = browser.post("/account/providers/cong")
    found = re.search(r'href="(http[^"]+/auth\?[^"]+)"', page.text)
    assert found is not None, page.text
    return unescape(found.group(1))


def test_a_linked_person_signs_in(browser: Browser, linked: str) -> None:
    back = browser.get(browser.walk(f"/sign-in/with/{WAY}", linked))
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert "annhi-visit" not in browser.http.cookies
    assert "Người dùng hoa" in browser.get("/").text


def test_every_sign_in_has_a_fresh_token(new_browser: Callable[[], Browser], linked: str) -> None:
    tokens = []
    for _ in range(2):
        browser = new_browser()
        browser.http.cookies.set("annhi", "1.chosen-by-an-attacker", domain="127.0.0.1")
        browser.get(browser.walk(f"/sign-in/with/{WAY}", linked))
        tokens.append([c.value for c in browser.http.cookies.jar if c.name == "annhi"])
    assert tokens[0] != tokens[1]
    assert "1.chosen-by-an-attacker" not in tokens[0][-1:]


def test_only_openid_is_asked_for_with_pkce(browser: Browser) -> None:
    sent = browser.begin(WAY)
    assert (sent["scope"], sent["code_challenge_method"]) == ("openid", "S256")
    assert len(sent["code_challenge"]) == 43
    assert CLIENT_SECRET not in str(sent)


def test_an_unknown_person_is_told_who_can_help(browser: Browser, linked: str) -> None:
    back = browser.get(browser.walk(f"/sign-in/with/{WAY}", "khach"))
    assert back.status_code == 401
    assert "chưa được liên kết" in back.text
    assert "quản trị của tỉnh" in back.text
    assert "khach" not in back.text
    assert not browser.is_signed_in


def test_the_link_of_one_province_is_none_in_another(
    browser: Browser, site: Site, linked: str
) -> None:
    site.account(HAI, "hoa")
    back = browser.get(browser.walk(f"/sign-in/with/{OTHER}", linked))
    assert back.status_code == 401
    assert not browser.is_signed_in


def test_a_code_is_good_once(browser: Browser, linked: str) -> None:
    address = browser.walk(f"/sign-in/with/{WAY}", linked)
    cookie = browser.http.cookies["annhi-visit"]
    assert browser.get(address).status_code == 303
    browser.http.cookies.clear()
    browser.http.cookies.set("annhi-visit", cookie, domain="127.0.0.1")
    back = browser.get(address)
    assert back.status_code == 401
    assert "«code»" in back.text


def test_a_code_of_another_visit_does_not_fit_its_verifier(
    browser: Browser, new_browser: Callable[[], Browser], linked: str
) -> None:
    victim = new_browser()
    stolen = asked(victim.walk(f"/sign-in/with/{WAY}", linked))
    sent = browser.begin(WAY)
    back = browser.come_back(WAY, code=stolen["code"], state=sent["state"], iss=stolen["iss"])
    assert back.status_code == 401
    assert "«code»" in back.text


def test_a_code_given_to_another_client_is_refused(
    browser: Browser, new_browser: Callable[[], Browser], linked: str
) -> None:
    stolen = asked(new_browser().walk(f"/sign-in/with/{OTHER}", linked))
    sent = browser.begin(WAY)
    back = browser.come_back(WAY, code=stolen["code"], state=sent["state"], iss=stolen["iss"])
    assert back.status_code == 401
    assert "«code»" in back.text


def test_an_answer_without_its_issuer_is_refused(browser: Browser, linked: str) -> None:
    """The certified provider announces RFC 9207."""
    answer = asked(browser.walk(f"/sign-in/with/{WAY}", linked))
    back = browser.come_back(WAY, code=answer["code"], state=answer["state"])
    assert "«answer_issuer»" in back.text


def test_a_disabled_account_does_not_come_in(
    browser: Browser, site: Site, database: TestDatabase
) -> None:
    account = site.account(MOT, "nghi")
    browser.signs_in_with_password("nghi")
    _link(browser, "nghi")
    browser.http.cookies.clear()
    with database.admin.begin() as connection:
        connection.execute(
            text("UPDATE core.account SET is_active = false, disabled_at = now() WHERE id = :id"),
            {"id": account},
        )
    back = browser.get(browser.walk(f"/sign-in/with/{WAY}", "nghi"))
    assert back.status_code == 401
    assert not browser.is_signed_in


def test_a_removed_link_signs_nobody_in(browser: Browser, site: Site) -> None:
    site.account(MOT, "lan")
    browser.signs_in_with_password("lan")
    _link(browser, "lan")
    assert "Đã liên kết" in browser.get("/account/providers").text
    assert browser.post("/account/providers/cong/remove").status_code == 303
    assert "Đã liên kết" not in browser.get("/account/providers").text
    browser.http.cookies.clear()
    assert browser.get(browser.walk(f"/sign-in/with/{WAY}", "lan")).status_code == 401


def test_nobody_takes_over_an_identity_that_is_linked(
    browser: Browser, site: Site, linked: str
) -> None:
    site.account(MOT, "ke_khac")
    browser.signs_in_with_password("ke_khac")
    back = _link(browser, linked)
    assert back.status_code == 409
    assert "Đã liên kết" not in browser.get("/account/providers").text


def test_an_account_has_one_identity_at_a_provider(browser: Browser, site: Site) -> None:
    site.account(MOT, "hai_ten")
    browser.signs_in_with_password("hai_ten")
    assert _link(browser, "ten_mot").status_code == 303
    for cookie in ("_session", "_session.legacy"):
        if cookie in browser.http.cookies:
            browser.http.cookies.delete(cookie)
    assert _link(browser, "ten_hai").status_code == 409


def test_a_link_begun_by_one_person_is_not_finished_by_another(
    browser: Browser, site: Site
) -> None:
    for login in ("bat_dau", "ket_thuc"):
        site.account(MOT, login)
    browser.signs_in_with_password("bat_dau")
    back = browser.walk(_door(browser), "ai_do")
    browser.signs_in_with_password("ket_thuc")
    assert "«other_account»" in browser.get(back).text


def test_linking_asks_for_a_sign_in_of_just_now(
    browser: Browser, site: Site, database: TestDatabase
) -> None:
    site.account(MOT, "lau_roi")
    browser.signs_in_with_password("lau_roi")
    with database.admin.begin() as connection:
        connection.execute(text("UPDATE core.sign_in SET created_at = now() - interval '1 hour'"))
    assert browser.post("/account/providers/cong").status_code == 403


def test_linking_asks_for_the_token_of_a_page(browser: Browser, site: Site) -> None:
    site.account(MOT, "bi_lua")
    browser.signs_in_with_password("bi_lua")
    answer = browser.http.post(f"{site.address}/account/providers/cong")
    assert answer.status_code == 403


def test_the_sign_in_page_shows_the_ways_of_the_chosen_province(browser: Browser) -> None:
    for page in ("/sign-in?tenant=tinh_mot", "/sign-in/ways?tenant=tinh_mot"):
        text_of = browser.get(page).text
        assert "Đăng nhập bằng Cổng cong" in text_of
        assert 'href="/sign-in/with/tinh-mot/cong"' in text_of
    assert "Cổng cong" not in browser.get("/sign-in?tenant=tinh_ba").text
    assert "Cổng cong" not in browser.get("/sign-in").text


@pytest.mark.parametrize(
    "way", ["tinh-mot/%00", "%00/cong", "tinh-mot/nothing", "nowhere/cong", "tinh-ba/cong", "x/.."]
)
def test_a_way_that_nobody_declared_is_not_there(browser: Browser, way: str) -> None:
    for path in (f"/sign-in/with/{way}", f"/sign-in/with/{way}/answer?code=x&state=x"):
        assert browser.get(path).status_code == 404
    assert browser.get("/sign-in?tenant=%00").status_code == 200
    assert browser.get("/sign-in/ways?tenant=%00").status_code == 200


def test_sign_ins_links_and_refusals_are_written_down(
    database: TestDatabase, browser: Browser, linked: str
) -> None:
    browser.get(browser.walk(f"/sign-in/with/{WAY}", linked))
    sent = browser.begin(WAY)
    browser.come_back(WAY, code="wrong", state=sent["state"])
    with database.admin.connect() as connection:
        rows = connection.execute(text("SELECT action, subject_kind FROM core.audit_entry"))
        noted = {(row.action, row.subject_kind) for row in rows}
    assert noted >= {
        ("write", "core.identity_provider"),
        ("grant", "core.provider_link"),
        ("sign_in", "core.account"),
        ("sign_in_refused", "core.identity_provider"),
    }
