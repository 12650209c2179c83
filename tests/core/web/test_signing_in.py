"""Signing in and out: one sentence for every refusal, guessing is slowed, sign-ins end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.demo.accounts import logins_of
from core.identity.service import FAILURES_ALLOWED
from core.testing.database import TEST_SECRET
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import World

REFUSAL = "Tên đăng nhập hoặc mật khẩu không đúng"


def _password(world: World, login: str, tenant: str = "an_giang") -> str:
    logins = logins_of(world.platform.tenant(tenant), TEST_SECRET)
    return next(item.password for item in logins if item.login == login)


def _sign_in(world: World, login: str, password: str, tenant: str = "an_giang") -> Response:
    return world.post(None, "/sign-in", {"tenant": tenant, "login": login, "password": password})


def _cookie(answer: Response) -> str:
    found = re.match(r"annhi=([^;]+)", answer.headers["set-cookie"])
    assert found is not None
    return found.group(1)


def test_signing_in_gives_a_cookie_that_scripts_cannot_read(world: World) -> None:
    answer = _sign_in(world, "chuyen_vien", _password(world, "chuyen_vien"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    visitor = Visitor("an_giang", "province_officer", _cookie(answer))
    assert "Chuyên viên cấp tỉnh" in world.get(visitor, "/").text


def test_every_sign_in_has_a_token_of_its_own(world: World) -> None:
    password = _password(world, "chuyen_vien")
    tokens = {_cookie(_sign_in(world, "chuyen_vien", password)) for _ in range(2)}
    assert len(tokens) == 2
    kept = world.scalar("SELECT string_agg(token_hash, ' ') FROM core.sign_in")
    assert not any(token.partition(".")[2] in kept for token in tokens)


def test_every_refusal_reads_the_same_and_keeps_the_typed_name(world: World) -> None:
    right = _password(world, "lanh_dao")
    answers = [
        _sign_in(world, "lanh_dao", "sai mật khẩu"),
        _sign_in(world, "nobody_here", right),
        _sign_in(world, "lanh_dao", right, tenant="lao_cai"),
        _sign_in(world, "lanh_dao", right, tenant="no_such_place"),
    ]
    for answer in answers:
        assert answer.status_code == 401
        assert answer.text.count(REFUSAL) == 1
        assert "set-cookie" not in answer.headers
        assert right not in answer.text
    assert 'value="lanh_dao"' in answers[0].text
    api = {"tenant": "an_giang", "login": "lanh_dao", "password": "x"}
    refused = world.client.post("/api/v1/sign-in", json=api)
    assert (refused.status_code, refused.json()["type"]) == (
        401,
        "urn:annhi:identity.sign_in_refused",
    )


def test_after_ten_failures_the_right_password_is_refused_too(world: World) -> None:
    right = _password(world, "quan_tri")
    for _ in range(FAILURES_ALLOWED):
        assert _sign_in(world, "quan_tri", "sai mật khẩu").status_code == 401
    noted = "SELECT count(*) FROM core.sign_in_failure WHERE login = 'quan_tri'"
    assert world.scalar(noted) == FAILURES_ALLOWED
    assert _sign_in(world, "quan_tri", right).status_code == 401
    world.run("UPDATE core.sign_in_failure SET at = at - interval '1 hour'")
    assert _sign_in(world, "quan_tri", right).status_code == 303


def test_signing_out_ends_this_sign_in_and_no_other(world: World) -> None:
    first, second = (
        Visitor("an_giang", "province_officer", world.fresh_token("an_giang", "province_officer"))
        for _ in range(2)
    )
    answer = world.post(first, "/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert world.get(first, "/").status_code == 302
    assert world.get(second, "/").status_code == 200


def test_a_disabled_account_is_out_at_once(world: World) -> None:
    visitor = world.visitor("lao_cai", "province_leader")
    assert world.get(visitor, "/").status_code == 200
    account = world.account("lao_cai", "province_leader")
    world.run("UPDATE core.account SET is_active = false WHERE id = :id", id=account)
    assert world.get(visitor, "/").status_code == 302
    password = _password(world, "lanh_dao", "lao_cai")
    assert _sign_in(world, "lanh_dao", password, "lao_cai").status_code == 401


def test_a_role_that_was_taken_away_counts_no_more(world: World) -> None:
    visitor = world.visitor("tinh_ba", "province_officer")
    assert world.get(visitor, "/programmes").status_code == 200
    account = world.account("tinh_ba", "province_officer")
    world.run("DELETE FROM core.role_grant WHERE account_id = :id", id=account)
    assert world.get(visitor, "/programmes").status_code == 403
    assert world.get(visitor, "/children").status_code == 403


def test_an_idle_sign_in_ends(world: World) -> None:
    visitor = world.visitor("tinh_ba", "province_leader")
    assert world.get(visitor, "/").status_code == 200
    world.run("UPDATE core.sign_in SET seen_at = seen_at - interval '3 hours'")
    assert world.get(visitor, "/").status_code == 302


def test_a_program_signs_in_for_a_token(world: World) -> None:
    body = {
        "tenant": "lao_cai",
        "login": "chuyen_vien",
        "password": _password(world, "chuyen_vien", "lao_cai"),
    }
    token = world.client.post("/api/v1/sign-in", json=body).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    me = world.client.get("/api/v1/me", headers=headers).json()
    assert (me["tenant"], me["roles"]) == ("lao_cai", ["province_officer"])
