"""One's own account: what is open, and what a change of password or app ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.identity.browsers import kind_of_device
from tests.core.web.signing import cookie, enrolled, half, password_of, sign_in, signed_in_fully
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from tests.isolation.web_world import World

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
NEW = "ba cây cầu khỉ qua con rạch"


def _fresh(world: World, tenant: str, role: str) -> Visitor:
    return Visitor(tenant, role, world.fresh_token(tenant, role))


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (ANDROID, "Chrome, Android"),
        (f"{ANDROID} EdgA/131.0.0.0", "Edge, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130 Chrome/124 Safari/537",
            "Cốc Cốc, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604",
            "Safari, iPhone",
        ),
        ("python-httpx/0.28", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_by_its_kind_alone(agent: str, kind: str) -> None:
    assert kind_of_device(agent) == kind


def test_the_list_shows_each_sign_in_with_its_device_and_no_address(world: World) -> None:
    app = enrolled(world, "lanh_dao")
    answer = sign_in(world, "lanh_dao", headers={"User-Agent": ANDROID})
    visitor = Visitor("an_giang", "province_leader", cookie(answer))
    full = world.post(visitor, "/sign-in/code", {"code": app.code()})
    mine = Visitor("an_giang", "province_leader", cookie(full))
    _fresh(world, "an_giang", "province_leader")
    page = world.get(mine, "/account/sign-ins").text
    assert page.count("<li><h3>") == 2
    assert "Chrome, Android" in page
    assert "SM-A155F" not in page
    assert page.count("Phiên này") == 1
    row = world.scalar("SELECT CAST(s AS text) FROM core.sign_in s WHERE device <> '' LIMIT 1")
    assert "testclient" not in row
    assert "SM-A155F" not in row


def test_one_and_all_other_sign_ins_are_ended(world: World) -> None:
    mine, second, third = (_fresh(world, "lao_cai", "auditor") for _ in range(3))
    page = world.get(mine, "/account/sign-ins").text
    ends = re.findall(r"/account/sign-ins/([0-9a-f-]{36})/end", page)
    assert len(ends) == 2
    assert world.post(mine, f"/account/sign-ins/{ends[0]}/end").status_code == 303
    assert sum(signed_in_fully(world, each) for each in (second, third)) == 1
    assert world.post(mine, "/account/sign-ins/end-others").status_code == 303
    assert [signed_in_fully(world, each) for each in (mine, second, third)] == [True, False, False]


def test_nobody_ends_the_sign_in_of_somebody_else(world: World) -> None:
    theirs, mine = _fresh(world, "lao_cai", "province_officer"), _fresh(world, "lao_cai", "auditor")
    account = world.account("lao_cai", "province_officer")
    key = world.scalar("SELECT id FROM core.sign_in WHERE account_id = :id LIMIT 1", id=account)
    assert world.post(mine, f"/account/sign-ins/{key}/end").status_code == 404
    assert signed_in_fully(world, theirs)


def test_a_changed_password_ends_the_others_and_changes_this_token(world: World) -> None:
    mine, other = (_fresh(world, "tinh_ba", "province_officer") for _ in range(2))
    old = password_of(world, "chuyen_vien", "tinh_ba")
    wrong = {"current": "sai", "password": NEW, "repeated": NEW}
    differs = {"current": old, "password": NEW, "repeated": f"{NEW}!"}
    common = {"current": old, "password": "123456789012", "repeated": "123456789012"}
    for sent, field in ((wrong, "current"), (differs, "repeated"), (common, "password")):
        refused = world.post(mine, "/account/password", sent)
        assert refused.status_code == 422
        assert f'id="{field}-error"' in refused.text
        assert old not in refused.text
        assert sent["password"] not in refused.text
    assert signed_in_fully(world, other)
    sent = {"current": old, "password": NEW, "repeated": NEW}
    answer = world.post(mine, "/account/password", sent)
    fresh = Visitor("tinh_ba", "province_officer", cookie(answer))
    assert [signed_in_fully(world, each) for each in (mine, other, fresh)] == [False, False, True]
    assert sign_in(world, "chuyen_vien", old, "tinh_ba").status_code == 401
    assert sign_in(world, "chuyen_vien", NEW, "tinh_ba").status_code == 303


def test_guessing_the_present_password_from_an_open_sign_in_is_slowed(world: World) -> None:
    mine = _fresh(world, "tinh_ba", "auditor")
    right = password_of(world, "kiem_toan", "tinh_ba")
    for number in range(10):
        sent = {"current": f"sai {number}", "password": NEW, "repeated": NEW}
        assert world.post(mine, "/account/password", sent).status_code == 422
    sent = {"current": right, "password": NEW, "repeated": NEW}
    assert world.post(mine, "/account/password", sent).status_code == 422
    assert signed_in_fully(world, mine)


def test_half_a_sign_in_is_led_back_and_shows_no_menu(world: World) -> None:
    page = world.get(half(world, "chuyen_vien"), "/sign-in/enrol").text
    assert "an-nav" not in page
    assert "Đăng xuất" in page
