"""Signing in and out: one sentence for every refusal, guessing is slowed, sign-ins end."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from core.identity.throttle import ADDRESS, PASSWORD
from core.web.actions.sign_in import Attempt
from core.web.actions.sign_in import sign_in as open_by_password
from tests.core.web.signing import (
    REFUSAL,
    cookie,
    enrolled,
    half,
    password_of,
    sign_in,
    signed_in_fully,
)
from tests.isolation.web_world import Visitor, platform_over

if TYPE_CHECKING:
    from pathlib import Path

    from tests.isolation.web_world import World

REFUSED = (
    "SELECT count(*) FROM core.audit_entry WHERE action = 'sign_in_refused' AND subject_id = :id"
)


def test_signing_in_gives_a_cookie_that_scripts_cannot_read(world: World) -> None:
    answer = sign_in(world, "phan_tich", tenant="ministry")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    for set_cookie in answer.headers.get_list("set-cookie"):
        assert "httponly" in set_cookie.lower()
        assert "samesite=lax" in set_cookie.lower()
    visitor = Visitor("ministry", "ministry_analyst", cookie(answer))
    assert "Chuyên viên cấp bộ" in world.get(visitor, "/").text


def test_every_sign_in_has_a_token_of_its_own(world: World) -> None:
    tokens = {cookie(sign_in(world, "chuyen_vien")) for _ in range(2)}
    assert len(tokens) == 2
    kept = world.scalar("SELECT string_agg(token_hash, ' ') FROM core.sign_in")
    assert not any(token.partition(".")[2] in kept for token in tokens)


def test_a_planted_token_never_becomes_signed_in(world: World) -> None:
    """Session fixation: neither a made-up token nor an attacker's own is carried on."""
    own = half(world, "can_bo_xa").token
    for planted in (f"{world.tenants['an_giang']}.planted", own):
        answer = sign_in(world, "chuyen_vien", headers={"Cookie": f"annhi={planted}"})
        assert cookie(answer) != planted
        assert world.get(Visitor("", "", planted), "/api/v1/me").status_code == 401
        assert world.get(Visitor("", "", planted), "/sign-in/code").headers["location"] == (
            "/sign-in"
        )


def test_the_token_changes_with_the_second_factor_and_the_half_one_ends(world: World) -> None:
    app = enrolled(world, "lanh_dao", "tinh_ba")
    before = half(world, "lanh_dao", "tinh_ba")
    answer = world.post(before, "/sign-in/code", {"code": app.code()})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    after = Visitor("tinh_ba", "province_leader", cookie(answer))
    assert after.token != before.token
    assert signed_in_fully(world, after)
    assert world.get(before, "/sign-in/code").headers["location"] == "/sign-in"


def test_every_refusal_reads_the_same_and_keeps_the_typed_name(world: World) -> None:
    right = password_of(world, "lanh_dao")
    world.run(
        "UPDATE core.account SET is_active = false, disabled_at = now() WHERE login = 'ho_so_mat'"
    )
    answers = [
        sign_in(world, "lanh_dao", "sai mật khẩu"),
        sign_in(world, "nobody_here", right),
        sign_in(world, "lanh_dao", right, tenant="lao_cai"),
        sign_in(world, "lanh_dao", right, tenant="no_such_place"),
        sign_in(world, "ho_so_mat"),
    ]
    bodies = set()
    for answer in answers:
        assert answer.status_code == 401
        assert answer.text.count(REFUSAL) == 1
        assert "set-cookie" not in answer.headers
        assert right not in answer.text
        body = answer.text.split(REFUSAL)[1]
        for typed in ("lanh_dao", "nobody_here", "ho_so_mat", " checked", " selected"):
            body = body.replace(typed, "")
        body = re.sub(r"[?]tenant=\w+", "", body)  # what was chosen is kept in the link
        bodies.add(body)
    assert len(bodies) == 1
    assert 'value="lanh_dao"' in answers[0].text
    api = {"tenant": "an_giang", "login": "lanh_dao", "password": "x"}
    refused = world.client.post("/api/v1/sign-in", json=api)
    assert (refused.status_code, refused.json()["type"]) == (
        401,
        "urn:annhi:identity.sign_in_refused",
    )


def test_parallel_guesses_at_two_processes_try_exactly_ten_passwords(
    world: World, world_home: Path
) -> None:
    account = world.account("lao_cai", "province_admin")
    platforms = [platform_over(world.database, world_home) for _ in range(2)]

    def guess(number: int, password: str = "x" * 12) -> bool:
        attempt = Attempt(
            tenant="lao_cai",
            login="quan_tri",
            password=password,
            address=f"2001:db8:{number:x}::/64",
        )
        return open_by_password(platforms[number % 2], attempt) is not None

    try:
        with ThreadPoolExecutor(16) as threads:
            assert not any(threads.map(guess, range(80)))
        assert world.scalar(REFUSED, id=account) == PASSWORD.attempts == 10
        right = password_of(world, "quan_tri", "lao_cai")
        assert not guess(81, right)
        world.run("UPDATE core.attempt_count SET next_at = next_at - interval '1 minute'")
        assert guess(82, right)
        assert world.scalar(REFUSED, id=account) == 10
    finally:
        for platform in platforms:
            platform.close()


def test_whoever_guesses_from_elsewhere_keeps_nobody_out_of_a_browser_that_is_known(
    world: World,
) -> None:
    mark = cookie(sign_in(world, "kiem_toan"), "annhi_browser")
    for _ in range(PASSWORD.attempts):
        assert sign_in(world, "kiem_toan", "sai mật khẩu").status_code == 401
    known = {"Cookie": f"annhi_browser={mark}"}
    forged = {"Cookie": f"annhi_browser={mark.partition('.')[0]}.{'0' * 64}"}
    assert sign_in(world, "kiem_toan").status_code == 401
    assert sign_in(world, "kiem_toan", headers=forged).status_code == 401
    assert sign_in(world, "kiem_toan", headers=known).status_code == 303
    for _ in range(PASSWORD.attempts):
        assert sign_in(world, "kiem_toan", "sai", headers=known).status_code == 401
    assert sign_in(world, "kiem_toan", headers=known).status_code == 401


@pytest.mark.slow
def test_an_address_that_tries_many_names_is_stopped(world: World, world_home: Path) -> None:
    platform = platform_over(world.database, world_home)
    try:
        for number in range(ADDRESS.attempts):
            attempt = Attempt(
                tenant="tinh_ba", login=f"nobody{number}", password="x", address="203.0.113.7"
            )
            assert open_by_password(platform, attempt) is None
        right = Attempt(
            tenant="tinh_ba",
            login="quan_tri",
            password=password_of(world, "quan_tri", "tinh_ba"),
            address="203.0.113.7",
        )
        assert open_by_password(platform, right) is None
        world.run("UPDATE core.attempt_count SET next_at = next_at - interval '10 seconds'")
        assert open_by_password(platform, right) is not None
    finally:
        platform.close()


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
    administrator = world.visitor("lao_cai", "province_admin")
    disabled = world.post(
        administrator, f"/accounts/{account}/disable", {"reason": "Chuyển công tác"}
    )
    assert disabled.status_code == 303
    assert world.get(visitor, "/").status_code == 302
    assert sign_in(world, "lanh_dao", tenant="lao_cai").status_code == 401
    assert world.scalar("SELECT count(*) FROM core.sign_in WHERE account_id = :id", id=account) == 0


def test_a_role_that_was_taken_away_counts_no_more(world: World) -> None:
    visitor = world.visitor("tinh_ba", "province_officer")
    assert world.get(visitor, "/programmes").status_code == 200
    account = world.account("tinh_ba", "province_officer")
    world.run("DELETE FROM core.role_grant WHERE account_id = :id", id=account)
    assert world.get(visitor, "/programmes").status_code == 403
    assert world.get(visitor, "/children").status_code == 403


@pytest.mark.parametrize("change", ["seen_at = seen_at - interval '2 hours'", "expires_at = now()"])
def test_a_sign_in_ends_when_idle_and_at_last(world: World, change: str) -> None:
    token = world.fresh_token("tinh_ba", "commune_worker")
    visitor = Visitor("tinh_ba", "commune_worker", token)
    assert world.get(visitor, "/").status_code == 200
    world.run(f"UPDATE core.sign_in SET {change}")  # noqa: S608  one of ours
    assert world.get(visitor, "/").status_code == 302
    assert world.get(visitor, "/api/v1/me").status_code == 401


def test_a_program_signs_in_for_a_token_by_the_same_steps(world: World) -> None:
    app = enrolled(world, "chuyen_vien", "lao_cai")
    body = {
        "tenant": "lao_cai",
        "login": "chuyen_vien",
        "password": password_of(world, "chuyen_vien", "lao_cai"),
    }
    first = world.client.post("/api/v1/sign-in", json=body).json()
    assert first["awaited"] == "code"
    half_in = Visitor("lao_cai", "province_officer", first["token"])
    headers = {"Authorization": f"Bearer {first['token']}"}
    assert world.client.get("/api/v1/me", headers=headers).json()["awaited"] == "code"
    wrong = world.api(half_in, "/api/v1/sign-in/code", {"code": "000000"})
    assert (wrong.status_code, wrong.json()["type"]) == (401, "urn:annhi:identity.code_refused")
    right = world.api(half_in, "/api/v1/sign-in/code", {"code": app.code()})
    assert (right.status_code, right.json()["awaited"]) == (200, None)
    headers = {"Authorization": f"Bearer {right.json()['token']}"}
    me = world.client.get("/api/v1/me", headers=headers).json()
    assert (me["tenant"], me["roles"]) == ("lao_cai", ["province_officer"])
    assert world.get(half_in, "/api/v1/me").json()["type"] == "urn:annhi:not_signed_in"
