"""Half a sign-in reaches nothing; codes work once; setting up an app and losing it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyotp
import pytest
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from core.app import create_app
from core.demo.accounts import MINISTRY_LOGINS, PROVINCE_LOGINS
from core.identity.throttle import FACTOR
from core.settings import GENERATED_MARK, Settings
from tests.core.web.signing import (
    CODE_REFUSAL,
    cookie,
    enrolled,
    half,
    password_of,
    sign_in,
    signed_in_fully,
)
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx import Response

    from tests.isolation.web_world import World

HALF_OPEN = {
    "GET /sign-in/code",
    "POST /sign-in/code",
    "GET /sign-in/enrol",
    "POST /sign-in/enrol",
    "POST /api/v1/sign-in/code",
}
VALUES = {"uuid": str(uuid4()), "str": "x", "int": "1"}


def _closed_routes(world: World) -> Iterator[tuple[str, str]]:
    """Method and path of every route that is not for everybody, the half open ones left out."""
    for route in world.app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        path = re.sub(r"{(\w+):(\w+)}", lambda m: VALUES.get(m[2], "x"), route.path)
        for handler in route.route_handlers:
            if handler.opt.get("for_everyone") or route.path.startswith("/schema"):
                continue
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                if f"{method} {route.path}" not in HALF_OPEN:
                    yield method, path


def test_half_a_sign_in_reaches_nothing(world: World) -> None:
    awaiting_app = half(world, "chuyen_vien")
    enrolled(world, "lanh_dao")
    awaiting_code = half(world, "lanh_dao")
    routes = sorted(_closed_routes(world))
    assert len(routes) > 40
    for visitor, awaited in ((awaiting_app, "enrol"), (awaiting_code, "code")):
        for method, path in routes:
            for answer in _by_cookie_and_token(world, visitor, method, path):
                if path.startswith("/api/"):
                    assert answer.status_code == 401, (method, path)
                    assert answer.json()["awaited"] == awaited, (method, path)
                else:
                    location = answer.headers.get("location")
                    assert location == f"/sign-in/{awaited}", (method, path)


def _by_cookie_and_token(
    world: World, visitor: Visitor, method: str, path: str
) -> tuple[Response, Response]:
    """What a browser and what a program is answered."""
    query = {"period": "2018-H1", "indicator": "DRW-01"}
    bearer = {"Authorization": f"Bearer {visitor.token}", "Idempotency-Key": "12345678"}
    sent = {"on": True} if path.startswith("/api/") else None
    if method == "GET":
        return (
            world.get(visitor, path, params=query),
            world.get(None, path, params=query, headers=bearer),
        )
    csrf = {"X-CSRF-Token": visitor.csrf}
    cookie_sent = {"Cookie": f"annhi={visitor.token}"}
    world.client.cookies.clear()
    options: dict[str, Any] = {"json": sent, "follow_redirects": False}
    return (
        world.client.request(method, path, headers=csrf | cookie_sent, **options),
        world.client.request(method, path, headers=bearer, **options),
    )


def test_the_half_open_routes_are_these_and_no_others(world: World) -> None:
    found = {
        f"{method} {route.path}"
        for route in world.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.opt.get("half_signed_in")
        for method in handler.http_methods - {"OPTIONS", "HEAD"}
    }
    assert found == HALF_OPEN


def test_the_app_is_set_up_on_the_page_and_the_recovery_codes_are_shown_once(
    world: World,
) -> None:
    visitor = half(world, "can_bo_xa")
    shown = world.get(visitor, "/sign-in/enrol")
    assert shown.headers["cache-control"] == "no-store"
    assert "<svg" in shown.text
    secret = "".join(re.findall(r"<dd>([A-Z2-7 ]{39,})</dd>", shown.text)).replace(" ", "")
    assert world.get(visitor, "/sign-in/enrol").text.count(secret[:4]) >= 1
    wrong = world.post(visitor, "/sign-in/enrol", {"code": "000000"})
    assert (wrong.status_code, CODE_REFUSAL in wrong.text) == (401, True)
    done = world.post(visitor, "/sign-in/enrol", {"code": pyotp.TOTP(secret).now()})
    codes = re.findall(r"<code>([a-z2-7-]{29})</code>", done.text)
    assert len(set(codes)) == 10
    signed_in = Visitor("an_giang", "commune_worker", cookie(done))
    assert signed_in_fully(world, signed_in)
    assert not signed_in_fully(world, visitor)
    assert world.get(signed_in, "/sign-in/enrol").headers["location"] == "/account/second-factor"
    again = half(world, "can_bo_xa")
    assert world.get(again, "/sign-in/code").status_code == 200
    assert signed_in_fully(
        world,
        Visitor("", "", cookie(world.post(again, "/sign-in/code", {"code": codes[0]}))),
    )


def test_a_code_and_a_recovery_code_are_not_taken_twice(world: World) -> None:
    app = enrolled(world, "quan_tri")
    for code in (app.code(), app.recovery_codes[0]):
        first, second = half(world, "quan_tri"), half(world, "quan_tri")
        assert world.post(first, "/sign-in/code", {"code": code}).status_code == 303
        again = world.post(second, "/sign-in/code", {"code": code})
        assert (again.status_code, again.text.count(CODE_REFUSAL)) == (401, 2)
        assert not signed_in_fully(world, second)


def test_parallel_guesses_at_the_code_try_exactly_five(world: World) -> None:
    app = enrolled(world, "kiem_toan")
    visitors = [half(world, "kiem_toan") for _ in range(4)]

    def guess(number: int) -> int:
        visitor = visitors[number % 4]
        headers = {"Authorization": f"Bearer {visitor.token}"}
        body = {"code": f"{number:06}" if number % 2 else f"wrong-recovery-{number}"}
        return world.client.post("/api/v1/sign-in/code", json=body, headers=headers).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(guess, range(40))) == {401}
    taken = world.scalar("SELECT sum(taken) FROM core.attempt_count WHERE next_at > now()")
    assert taken == FACTOR.attempts == 5
    right = {"code": app.code()}
    assert world.post(visitors[0], "/sign-in/code", right).status_code == 401
    world.run("UPDATE core.attempt_count SET next_at = next_at - interval '1 minute'")
    assert world.post(visitors[0], "/sign-in/code", right).status_code == 303


def test_changing_the_app_takes_a_code_and_ends_every_other_sign_in(world: World) -> None:
    app = enrolled(world, "lanh_dao", "lao_cai")
    this, other = (
        Visitor("lao_cai", "province_leader", world.fresh_token("lao_cai", "province_leader"))
        for _ in range(2)
    )
    path = "/account/second-factor/replace"
    assert world.post(this, path, {"code": "000000"}).status_code == 401
    assert signed_in_fully(world, this)
    answer = world.post(this, path, {"code": app.recovery_codes[0]})
    assert answer.headers["location"] == "/sign-in/enrol"
    fresh = Visitor("lao_cai", "province_leader", cookie(answer))
    assert not signed_in_fully(world, this)
    assert world.get(other, "/").headers["location"] == "/sign-in"
    assert world.get(fresh, "/").headers["location"] == "/sign-in/enrol"
    assert world.get(fresh, "/sign-in/enrol").status_code == 200


def test_new_recovery_codes_take_a_code_and_replace_this_sign_in(world: World) -> None:
    app = enrolled(world, "ho_so_mat", "lao_cai")
    role = "province_confidential_officer"
    this = Visitor("lao_cai", role, world.fresh_token("lao_cai", role))
    answer = world.post(this, "/account/second-factor/recovery-codes", {"code": app.code()})
    assert answer.status_code == 200
    assert not any(code in answer.text for code in app.recovery_codes)
    assert not signed_in_fully(world, this)
    assert signed_in_fully(world, Visitor("lao_cai", role, cookie(answer)))


@pytest.fixture
def demonstration(world: World) -> Iterator[TestClient[Any]]:
    """The same world as ``annhi demo`` serves it."""
    settings = replace(world.platform.settings, demonstration=True)
    with TestClient(create_app(replace(world.platform, settings=settings))) as client:
        yield client


def test_in_the_demonstration_one_step_is_enough_and_every_page_says_so(
    world: World, demonstration: TestClient[Any]
) -> None:
    banner = "tài khoản minh họa đăng nhập không cần mã xác thực"
    for tenant, logins in (("tinh_ba", PROVINCE_LOGINS), ("ministry", MINISTRY_LOGINS)):
        for login, _ in logins:
            body = {"tenant": tenant, "login": login, "password": password_of(world, login, tenant)}
            demonstration.cookies.clear()
            answer = demonstration.post("/sign-in", data=body)
            assert (answer.status_code, str(answer.url)) == (200, "http://testserver.local/")
            for path in ("/", "/account", "/sign-in", "/nowhere"):
                assert banner in demonstration.get(path).text, (login, path)
            served = Visitor(tenant, "", demonstration.cookies["annhi"])
            if login != "phan_tich":
                # the very same sign-in at a process that `annhi serve` has started
                assert world.get(served, "/").headers["location"] == "/sign-in/enrol"
    assert banner not in world.get(None, "/sign-in").text


def test_in_the_demonstration_a_real_account_needs_its_second_factor(
    world: World, demonstration: TestClient[Any]
) -> None:
    world.run("UPDATE core.account SET generated = false WHERE login = 'chuyen_vien'")
    body = {"tenant": "an_giang", "login": "chuyen_vien"}
    body |= {"password": password_of(world, "chuyen_vien")}
    answer = demonstration.post("/sign-in", data=body, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in/enrol"


def test_without_generated_data_the_demonstration_waives_nothing(world: World) -> None:
    settings = replace(world.platform.settings, demonstration=True, generated_data=False)
    with TestClient(create_app(replace(world.platform, settings=settings))) as client:
        body = {"tenant": "tinh_ba", "login": "chuyen_vien"}
        body |= {"password": password_of(world, "chuyen_vien", "tinh_ba")}
        answer = client.post("/sign-in", data=body, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in/enrol"


def test_nothing_in_the_environment_makes_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / GENERATED_MARK).touch()
    names = ("DEMONSTRATION", "DEMO", "GENERATED_DATA", "SECOND_FACTOR", "WAIVES_SECOND_FACTOR")
    environ = {f"ANNHI_{name}": "true" for name in names} | {"ANNHI_HOME": str(tmp_path)}
    settings = Settings.from_environment(environ)
    assert settings.generated_data
    assert not settings.waives_second_factor


def test_a_wrong_password_after_half_a_sign_in_is_refused_as_always(world: World) -> None:
    visitor = half(world, "chuyen_vien", "tinh_ba")
    headers = {"Cookie": f"annhi={visitor.token}"}
    assert sign_in(world, "chuyen_vien", "sai", "tinh_ba", headers=headers).status_code == 401
