"""The web's own dangers, on every route there is: forged requests, headers, echoes, bodies."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient
from sqlalchemy.exc import OperationalError

from core.app import MOST_BODY_BYTES, MOST_PARTS, create_app
from core.demo.accounts import logins_of
from core.testing.database import TEST_SECRET
from core.web.work import CSRF_FIELD, CSRF_HEADER
from tests.core.web.walking import NOBODY, changing, routes
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from tests.core.web.walking import Route
    from tests.isolation.web_world import World

OFFICER = ("an_giang", "province_officer")
PAPERS = "POST /records/{owner}/{name}/{record_id}/attachments"
LISTS = "POST /children/import"
# They serve before there is a sign-in, whose token they could ask for; the origin is checked.
# a link and a program's secret are proofs that no other site's page can send
FOR_PROGRAMS = {"POST /api/v1/oauth/token", "POST /api/v1/oauth/revoke"}
WITHOUT_TOKEN = {
    "POST /sign-in",
    "POST /sign-out",
    "POST /api/v1/sign-in",
    "POST /links/{purpose}/{token}",
    *FOR_PROGRAMS,
}
# What was typed comes back in the form, escaped, so that nothing is lost.
KEEPS_WHAT_WAS_TYPED = {
    "POST /sign-in",
    "POST /forms/{owner}/{name}",
    "POST /reporting/requests",
    PAPERS,
}
READ_NO_BODY = {"POST /sign-out", "POST /api/v1/reports/{period}/units/{area_id}/confirm"}
KEPT_FOR_LONG = {"GET /static/{file_path}"}
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CANARY = "KvxEcho7Q<b>"


@pytest.fixture
def officer(world: World) -> Visitor:
    """Somebody who has just signed in."""
    return Visitor(*OFFICER, world.fresh_token(*OFFICER))


def ask(world: World, method: str, path: str, **options: Any) -> Response:
    """One request with nothing but what is given."""
    world.client.cookies.clear()
    path = re.sub(r"/units/[^/]+/", "/units/1/", path)
    return world.client.request(method, path, follow_redirects=False, **options)


def forged(world: World, officer: Visitor) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ways in which another site's page could try to send a change with the officer's cookie."""
    right, cookie = {CSRF_FIELD: officer.csrf}, {"Cookie": f"annhi={officer.token}"}
    token = {CSRF_HEADER: officer.csrf}
    other = Visitor(*OFFICER, world.fresh_token(*OFFICER)).csrf
    file = {"file": ("a.pdf", b"%PDF-", "application/pdf")}
    yield "no token", {"headers": cookie, "data": {"on": "no"}}
    yield "no token, as parts", {"headers": cookie, "data": {"on": "no"}, "files": file}
    yield "no token, no body", {"headers": cookie}
    yield "another sign-in's token", {"headers": cookie, "data": {CSRF_FIELD: other}}
    yield "another's, as parts", {"headers": cookie, "data": {CSRF_FIELD: other}, "files": file}
    yield "another's in the header", {"headers": cookie | {CSRF_HEADER: other}, "json": {}}
    for origin in ("https://evil.example", "null", "http://testserver.local.evil.example"):
        foreign = cookie | token | {"Origin": origin}
        yield f"from {origin}", {"headers": foreign, "data": right}
        yield f"from {origin}, as parts", {"headers": foreign, "data": right, "files": file}
        yield f"from {origin}, JSON", {"headers": foreign, "json": {}}
    yield "cross-site", {"headers": cookie | token | {"Sec-Fetch-Site": "cross-site"}, "json": {}}
    plain = cookie | {"Content-Type": "text/plain"}
    typed = f"{CSRF_FIELD}={officer.csrf}"
    yield "plain text", {"headers": plain, "content": typed}
    yield "JSON said to be plain text", {"headers": plain, "content": json.dumps(right)}


def test_no_change_can_be_sent_by_another_sites_page(
    world: World, officer: Visitor, summary: Callable[[str], None]
) -> None:
    tried, let_in = 0, []
    for route in changing(world):
        if route.title in WITHOUT_TOKEN:
            continue
        for way, options in forged(world, officer):
            answer = ask(world, route.method, route.path, **options)
            tried += 1
            if answer.status_code != 403:
                let_in.append((route.title, way, answer.status_code))
    assert let_in == []
    summary(f"{tried} forged changes on {len(changing(world))} routes, all refused")


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_the_api_takes_json_alone(world: World, officer: Visitor, kind: str) -> None:
    """Even with the right token: what a foreign form could send is never read there."""
    for route in changing(world):
        if route.pattern.startswith("/api/") and route.title not in FOR_PROGRAMS:
            headers = {"Cookie": f"annhi={officer.token}", CSRF_HEADER: officer.csrf}
            headers["Content-Type"] = kind
            answer = ask(world, route.method, route.path, headers=headers, content="{}")
            assert answer.status_code == 403, route.title


def test_what_serves_without_a_token_still_looks_at_the_origin(world: World) -> None:
    for route in changing(world):
        if route.title in WITHOUT_TOKEN:
            for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                answer = ask(world, route.method, route.path, headers=headers, data={"tenant": "x"})
                assert answer.status_code == 403, route.title


def test_the_exceptions_are_routes_that_there_are(world: World) -> None:
    there = {route.title for route in routes(world)}
    assert there >= WITHOUT_TOKEN | KEEPS_WHAT_WAS_TYPED | KEPT_FOR_LONG
    assert {r.title for r in changing(world) if r.is_open} == WITHOUT_TOKEN


def _answers(world: World, officer: Visitor) -> Iterator[tuple[str, Response]]:
    """Each route as it should be asked, and every way to go wrong."""
    cookie = {"Cookie": f"annhi={officer.token}"}
    for route in routes(world):
        yield route.title, ask(world, route.method, route.path, headers=cookie)
        yield route.title, ask(world, route.method, route.path)
        yield "HEAD of it", ask(world, "HEAD", route.path, headers=cookie)
        yield "OPTIONS of it", ask(world, "OPTIONS", route.path, headers=cookie)
        yield "DELETE of it", ask(world, "DELETE", route.path, headers=cookie)
    own = world.rows("an_giang").ids["core.household"][0]
    for path in (f"/records/core/household/{own}", "/nowhere", "/api/v1/nowhere", "/static/no"):
        yield path, ask(world, "GET", path, headers=cookie)
    yield "too long", ask(world, "POST", "/sign-in", content=b"x" * (MOST_BODY_BYTES + 1))


def test_every_answer_carries_the_headers(world: World, officer: Visitor) -> None:
    seen: Counter[int] = Counter()
    for title, answer in _answers(world, officer):
        seen[answer.status_code] += 1
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (title, name)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, title
        assert policy.count("unsafe-inline") == ("style-src 'self' 'unsafe-inline'" in policy)
        assert "script-src 'self'" in policy or "sandbox" in policy, title
        long = "immutable" in answer.headers["cache-control"]
        assert long or answer.headers["cache-control"] == "no-store", title
    assert {200, 302, 403, 404, 413} <= set(seen)


def test_nothing_but_static_files_may_be_kept(world: World, officer: Visitor) -> None:
    kept = {
        title
        for title, answer in _answers(world, officer)
        if answer.headers["cache-control"] != "no-store" and " of it" not in title
    }
    assert kept <= KEPT_FOR_LONG | {"/static/no"}
    page = ask(world, "GET", "/static/annhi.css")
    assert "immutable" in page.headers["cache-control"]


def test_a_fault_of_ours_carries_the_headers_and_tells_nothing(
    world: World, officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("core.web.pages.register.area_names", broken)
    answer = world.get(officer, "/children")
    assert answer.status_code == 500
    assert CANARY.partition("<")[0] not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.fixture
def secure(world: World) -> Iterator[TestClient[Any]]:
    """The same application behind TLS."""
    settings = replace(world.platform.settings, secure_cookies=True)
    app = create_app(replace(world.platform, settings=settings))
    with TestClient(app, base_url="https://testserver.local") as client:
        yield client


def test_a_database_lost_at_the_commit_is_busy_and_no_fault_of_ours(
    world: World, officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real loss: tests/isolation/test_audit_over_crashes.py."""

    def lost(_session: object) -> None:
        raise OperationalError("COMMIT", None, Exception("the server is gone"))

    monkeypatch.setattr("core.tenancy.session.TenantSession.commit", lost)
    page = world.get(officer, "/forms")
    assert (page.status_code, page.headers["retry-after"]) == (503, "60")
    program = ask(world, "GET", "/api/v1/me", headers={"Authorization": f"Bearer {officer.token}"})
    assert (program.status_code, program.json()["type"]) == (503, "urn:annhi:busy")


def test_behind_tls_cookies_are_bound_to_it_and_browsers_told(
    secure: TestClient[Any], world: World, officer: Visitor
) -> None:
    page = secure.get("/sign-in?lang=en")
    assert page.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert {"Secure", "HttpOnly", "Path=/"} <= set(page.headers["set-cookie"].split("; "))
    name = f"__Host-annhi={officer.token}"
    secure.cookies.clear()
    assert secure.get("/", headers={"Cookie": name}, follow_redirects=False).status_code == 200
    plain = {"Cookie": f"annhi={officer.token}"}
    assert secure.get("/", headers=plain, follow_redirects=False).status_code == 302
    sent = {CSRF_FIELD: officer.csrf, "period": "2018-H1"}
    for origin, status in (("http://testserver.local", 403), ("https://testserver.local", 303)):
        headers = {"Cookie": name, "Origin": origin}
        answer = secure.post("/reports", headers=headers, data=sent, follow_redirects=False)
        assert answer.status_code == status, origin
    assert "strict-transport-security" not in world.get(officer, "/").headers


def test_behind_tls_the_sign_in_cookie_is_bound_to_host_and_path(
    secure: TestClient[Any], world: World
) -> None:
    tenant = next(t for t in world.platform.tenants() if t.slug == "an_giang")
    login = logins_of(tenant, TEST_SECRET)[0]
    body = {"tenant": "an_giang", "login": login.login, "password": login.password}
    cookie = secure.post("/sign-in", data=body, follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("__Host-annhi=")
    flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= flags
    assert not any(flag.startswith("domain") for flag in flags)


def _echoing(world: World, officer: Visitor) -> Iterator[tuple[str, Response]]:
    """Every route with the canary in the query, the path, the body and the headers."""
    headers = {
        "Cookie": f"annhi={officer.token}; x={CANARY}",
        "X-Request-Id": CANARY,
        "User-Agent": CANARY,
        "Referer": f"http://testserver.local/{CANARY}",
        "Accept-Language": CANARY,
        "Idempotency-Key": CANARY,
    }
    names = ("q", "after", "period", "form", "format", "until", "signature", "lang", "saved")
    query = dict.fromkeys(names, CANARY)
    sent = {CSRF_FIELD: officer.csrf, "title": CANARY, "period": CANARY, "on": CANARY}
    for route in routes(world):
        for path in (route.path, route.path_with(CANARY), route.path.replace(NOBODY, CANARY)):
            for options in _bodies(route, sent, officer):
                more = options.pop("headers", {})
                yield (
                    route.title,
                    ask(world, route.method, path, params=query, headers=headers | more, **options),
                )


def _bodies(route: Route, sent: dict[str, str], officer: Visitor) -> Iterator[dict[str, Any]]:
    yield {}
    if route.method == "GET":
        return
    token = {CSRF_HEADER: officer.csrf}
    bearer = {"Authorization": f"Bearer {officer.token}"}
    typed = token | {"Content-Type": "application/json"}
    yield {"data": sent}
    yield {"data": sent, "files": {"file": (CANARY, CANARY.encode(), CANARY)}}
    for body in (sent, {CANARY: 1}, [CANARY], CANARY):
        yield {"json": body, "headers": token}
        yield {"json": body, "headers": bearer}
    yield {"content": f'{{"{CANARY}', "headers": typed}
    yield {
        "content": CANARY,
        "headers": token | {"Content-Type": f"multipart/form-data; boundary={CANARY}"},
    }
    yield {"content": CANARY, "headers": token | {"Content-Type": CANARY}}


@pytest.mark.slow
def test_no_error_tells_what_was_sent(
    world: World, officer: Visitor, summary: Callable[[str], None]
) -> None:
    said, tried = [], 0
    for title, answer in _echoing(world, officer):
        tried += 1
        assert answer.status_code != 500, title
        word = CANARY.partition("<")[0].lower()
        headers = " ".join(f"{name} {value}" for name, value in answer.headers.items()).lower()
        kept = title in KEEPS_WHAT_WAS_TYPED and answer.status_code in {401, 422}
        is_error = answer.status_code >= 300 and not kept
        if word in headers or (is_error and word in answer.text.lower()):
            said.append((title, answer.status_code))
        assert "<b>" not in answer.text or CANARY not in answer.text, title
    assert said == []
    summary(f"{tried} requests with a canary in every place: no error told it")


def _parts(content: bytes, count: int = 1) -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n' + content + b"\r\n"
    return part * count + b"--x--\r\n"


LONG = b"x" * (MOST_BODY_BYTES + 1)
PARTS = "multipart/form-data; boundary=x"
BODIES = {
    "a form": ("application/x-www-form-urlencoded", LONG),
    "parts": (PARTS, _parts(LONG)),
    "JSON": ("application/json", LONG),
}


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("length_told", [True, False])
def test_no_body_beyond_the_limit_is_read(
    world: World, officer: Visitor, kind: str, *, length_told: bool
) -> None:
    media_type, body = BODIES[kind]
    headers = {"Cookie": f"annhi={officer.token}", CSRF_HEADER: officer.csrf}
    headers["Content-Type"] = media_type
    pieces = [body[at : at + 100_000] for at in range(0, len(body), 100_000)]
    refused = 0
    for route in changing(world):
        if route.title in {PAPERS, LISTS} | READ_NO_BODY:  # two take more
            continue
        if route.pattern.startswith("/api/") != (kind == "JSON"):
            continue
        if route.title == "POST /sign-in" and kind == "parts":
            continue  # takes no parts at all
        content: Any = body if length_told else iter(pieces)
        answer = ask(world, route.method, route.path, headers=headers, content=content)
        assert answer.status_code == 413, (route.title, answer.status_code)
        refused += 1
    assert refused > 2


@pytest.mark.parametrize(
    ("title", "most", "let_in"), [(PAPERS, 10_000_000, 404), (LISTS, 60_000_000, 403)]
)
def test_the_two_routes_for_files_take_a_file_and_no_more(
    world: World, officer: Visitor, title: str, most: int, let_in: int
) -> None:
    """Papers of a record, and lists of children; this officer's are refused for other reasons."""
    headers = {"Cookie": f"annhi={officer.token}", CSRF_HEADER: officer.csrf, "Content-Type": PARTS}
    path = next(route.path for route in changing(world) if route.title == title)
    for size, status in ((most - 100_000, let_in), (most + 200_000, 413)):
        answer = ask(world, "POST", path, headers=headers, content=_parts(b"x" * size))
        assert answer.status_code == status, size


def test_a_form_of_too_many_parts_is_refused(world: World, officer: Visitor) -> None:
    headers = {"Cookie": f"annhi={officer.token}", CSRF_HEADER: officer.csrf, "Content-Type": PARTS}
    for route in changing(world):
        if route.is_open or route.pattern.startswith("/api/"):
            continue
        for count, refused in ((MOST_PARTS, False), (MOST_PARTS + 1, True)):
            body = _parts(b"x", count)
            answer = ask(world, route.method, route.path, headers=headers, content=body)
            assert (answer.status_code == 400) is refused, (route.title, count)
