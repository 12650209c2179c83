"""What guards every answer and every change: tokens, origins, headers; and what operators ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.web.work import CSRF_FIELD
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from tests.isolation.web_world import World

SWITCH = "/programmes/drowning-prevention"


@pytest.fixture
def officer(world: World) -> Visitor:
    """Who may switch programmes."""
    return world.visitor("an_giang", "province_officer")


def _on(world: World) -> bool:
    return bool(
        world.scalar(
            "SELECT count(*) FROM core.programme_enablement WHERE tenant_id = :t "
            "AND programme = 'drowning_prevention' AND valid_to IS NULL",
            t=world.tenants["an_giang"],
        )
    )


@pytest.mark.parametrize("token", [None, "", "0" * 64, "other sign-in"])
def test_a_change_without_this_sign_ins_token_is_refused(
    world: World, officer: Visitor, token: str | None
) -> None:
    if token == "other sign-in":
        fresh = world.fresh_token("an_giang", "province_officer")
        token = Visitor(officer.tenant, officer.role, fresh).csrf
    sent = {"on": "no", "confirmed": "yes"} | ({} if token is None else {CSRF_FIELD: token})
    headers = {"Cookie": f"annhi={officer.token}"}
    world.client.cookies.clear()
    answer = world.client.post(SWITCH, data=sent, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "Trang đã hết hạn" in answer.text
    assert _on(world)


def test_the_api_by_cookie_asks_for_the_token_too(world: World, officer: Visitor) -> None:
    headers = {"Cookie": f"annhi={officer.token}"}
    world.client.cookies.clear()
    body = {"on": False, "confirmed": True}
    answer = world.client.post(f"/api/v1{SWITCH}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:annhi:refused")
    assert _on(world)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.local.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_change_that_another_site_sent_is_refused(
    world: World, officer: Visitor, headers: dict[str, str]
) -> None:
    sent = {"on": "no", "confirmed": "yes"}
    assert world.post(officer, SWITCH, sent, headers=headers).status_code == 403
    assert world.post(None, "/sign-in", {"tenant": "an_giang"}, headers=headers).status_code == 403
    assert _on(world)


def test_a_change_from_our_own_page_is_taken(world: World, officer: Visitor) -> None:
    headers = {"Origin": "http://testserver.local", "Sec-Fetch-Site": "same-origin"}
    assert world.post(officer, SWITCH, {"on": "yes"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/children", "/nowhere", "/national", "/api/v1/me", "/api/v1/x"]
)
def test_every_answer_is_kept_by_nobody_and_framed_by_nobody(
    world: World, officer: Visitor, path: str
) -> None:
    headers = world.get(officer, path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_printed_document_brings_styles_and_no_script(world: World, officer: Visitor) -> None:
    answer = world.get(officer, "/reports/2018-H1/document")
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


def test_static_files_may_be_kept_for_long(world: World) -> None:
    answer = world.get(None, "/static/annhi.css")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert world.get(None, "/static/../work.py").status_code == 404
    assert world.get(None, "/static/%2e%2e/work.py").status_code == 404


def test_the_chosen_language_is_kept(world: World, officer: Visitor) -> None:
    assert '<html lang="vi">' in world.get(officer, "/").text
    asked = world.get(officer, "/?lang=en")
    assert '<html lang="en">' in asked.text
    assert asked.headers["set-cookie"].startswith("annhi_language=en;")
    both = {"Cookie": f"annhi={officer.token}; annhi_language=en"}
    world.client.cookies.clear()
    assert '<html lang="en">' in world.client.get("/children", headers=both).text
    assert "set-cookie" not in world.get(officer, "/?lang=xx").headers


def test_an_error_is_told_in_the_readers_language(world: World, officer: Visitor) -> None:
    assert "Không tìm thấy" in world.get(officer, "/nowhere").text
    assert "Nothing found here." in world.get(officer, "/nowhere?lang=en").text
    problem = world.get(officer, "/api/v1/nowhere?lang=en")
    assert problem.json() == {
        "type": "urn:annhi:not_found",
        "title": "Nothing found here.",
        "status": 404,
    }


def test_operators_learn_that_it_lives_is_ready_and_counts(world: World) -> None:
    assert world.get(None, "/healthz").json() == {"status": "alive"}
    assert world.get(None, "/readyz").json() == {"status": "ready"}
    metrics = world.get(None, "/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert "python_info" in metrics.text


def test_the_schema_names_the_api_and_every_schema_is_given(world: World) -> None:
    schema = world.get(None, "/schema/openapi.json").json()
    assert "/api/v1/records/{owner}/{name}" in schema["paths"]
    assert schema["info"]["title"] == "An Nhi"


def test_a_body_beyond_the_limit_is_refused(world: World, officer: Visitor) -> None:
    headers = {"Authorization": f"Bearer {officer.token}", "Content-Type": "application/json"}
    answer = world.client.post(
        "/api/v1/programmes/child-labour", content=b" " * 2_100_000, headers=headers
    )
    assert answer.status_code == 413
