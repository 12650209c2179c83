"""The administrator's pages: inviting, roles, links, disabling; and what they never show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from tests.core.web.signing import cookie, enrolled, sign_in, signed_in_fully
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import World

GOOD = "con mèo nhỏ ngủ trên mái nhà"
ROLES = "SELECT string_agg(role, ' ' ORDER BY role) FROM core.role_grant WHERE account_id = :id"


@pytest.fixture
def administrator(world: World) -> Visitor:
    """Who manages the accounts of An Giang."""
    return world.visitor("an_giang", "province_admin")


def _link(answer: Response) -> str:
    found = re.search(r">https?://[^/]+(/links/\w+/[\w.-]+)<", answer.text)
    assert found is not None, answer.text
    return found.group(1)


def _invite(world: World, administrator: Visitor, login: str, **more: Any) -> Response:
    sent = {"login": login, "display_name": "Người Mới", "role": "province_officer"} | more
    return world.post(administrator, "/accounts/new", sent)


def _set(world: World, link: str, password: str = GOOD) -> Response:
    return world.post(None, link, {"password": password, "repeated": password})


def _id(world: World, login: str) -> UUID:
    found = world.scalar("SELECT id FROM core.account WHERE login = :login", login=login)
    assert isinstance(found, UUID)
    return found


def test_an_invited_person_comes_in_by_the_link_and_goes_on_to_the_app(
    world: World, administrator: Visitor
) -> None:
    shown = _invite(world, administrator, "moi.vao")
    assert shown.headers["cache-control"] == "no-store"
    link = _link(shown)
    assert "Người Mới" in world.get(None, link).text
    weak = _set(world, link, "123456789012")
    assert (weak.status_code, "dễ đoán" in weak.text) == (422, True)
    answer = _set(world, link)
    visitor = Visitor("an_giang", "province_officer", cookie(answer))
    assert world.get(visitor, "/").headers["location"] == "/sign-in/enrol"
    for request in (world.get(None, link), _set(world, link)):
        assert request.status_code == 404
        assert "không còn dùng được" in request.text
    assert sign_in(world, "moi.vao", GOOD).status_code == 303


def test_links_that_serve_nothing_answer_alike(world: World, administrator: Visitor) -> None:
    link = _link(_invite(world, administrator, "hai.lien.ket"))
    account = _id(world, "hai.lien.ket")
    newer = _link(world.post(administrator, f"/accounts/{account}/link"))
    number, _, secret = newer.rpartition("/")[2].partition(".")
    other = world.tenants["lao_cai"]
    wrong = (
        link,
        newer.replace("/invitation/", "/reset/"),
        f"/links/invitation/{other}.{secret}",
        f"/links/invitation/99.{secret}",
        f"/links/invitation/{number}.x",
        "/links/invitation/x",
        "/links/x/x",
    )
    answers = [world.get(None, path) for path in wrong] + [_set(world, path) for path in wrong]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert world.get(None, newer).status_code == 200


def test_roles_are_given_and_taken_and_each_change_ends_the_sign_ins(
    world: World, administrator: Visitor
) -> None:
    account = world.account("an_giang", "auditor")
    visitor = Visitor("an_giang", "auditor", world.fresh_token("an_giang", "auditor"))
    commune = world.commune("an_giang")
    sent = {"role": "commune_worker", "area": str(commune), "programmes": "child_labour"}
    assert world.post(administrator, f"/accounts/{account}/roles", sent).status_code == 303
    assert not signed_in_fully(world, visitor)
    assert world.scalar(ROLES, id=account) == "auditor commune_worker"
    page = world.get(administrator, f"/accounts/{account}").text
    assert "Người làm công tác bảo vệ trẻ em cấp xã – " in page
    revoke = re.findall(rf"/accounts/{account}/roles/[0-9a-f-]+/revoke", page)
    visitor = Visitor("an_giang", "auditor", world.fresh_token("an_giang", "auditor"))
    assert world.post(administrator, revoke[-1]).status_code == 303
    assert not signed_in_fully(world, visitor)
    noted = "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = :action"
    assert [world.scalar(noted, id=account, action=a) for a in ("grant", "revoke")] == [1, 1]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"role": "ministry_admin"}, "role"),
        ({"role": ""}, "role"),
        ({"role": "commune_worker"}, "area"),
        ({"role": "commune_worker", "area": "9" * 30}, "area"),
        ({"role": "commune_worker", "area": "1"}, "area"),
        ({"role": "auditor", "programmes": "no_such"}, "programmes"),
    ],
)
def test_what_a_role_does_not_allow_is_refused_at_its_field(
    world: World, administrator: Visitor, sent: dict[str, str], field: str
) -> None:
    account = world.account("an_giang", "province_leader")
    answer = world.post(administrator, f"/accounts/{account}/roles", sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert world.scalar(ROLES, id=account) == "province_leader"


def test_an_administrator_changes_nothing_of_the_own_account(
    world: World, administrator: Visitor
) -> None:
    own = world.account("an_giang", "province_admin")
    for path, sent in (
        ("roles", {"role": "province_officer"}),
        ("link", {}),
        ("link", {"factor": "remove"}),
        ("disable", {"reason": "x"}),
        ("enable", {}),
    ):
        assert world.post(administrator, f"/accounts/{own}/{path}", sent).status_code == 403
    assert world.scalar(ROLES, id=own) == "province_admin"
    page = world.get(administrator, f"/accounts/{own}").text
    assert "chỉ một người quản trị khác" in page
    assert f"/accounts/{own}/" not in page


def test_the_pages_show_no_hash_secret_or_token(world: World, administrator: Visitor) -> None:
    enrolled(world, "lanh_dao")
    account = world.account("an_giang", "province_leader")
    pages = [world.get(administrator, path).text for path in ("/accounts", f"/accounts/{account}")]
    hidden = [
        world.scalar("SELECT password_hash FROM core.account WHERE id = :id", id=account),
        world.scalar("SELECT encode(secret, 'hex') FROM core.second_factor LIMIT 1"),
        world.scalar("SELECT token_hash FROM core.sign_in LIMIT 1"),
        world.scalar("SELECT code_hash FROM core.recovery_code LIMIT 1"),
    ]
    assert all(len(value) > 20 for value in hidden)
    assert not any(value in page for value in hidden for page in pages)


def test_who_lost_the_phone_gets_a_link_and_the_app_is_gone(
    world: World, administrator: Visitor
) -> None:
    enrolled(world, "can_bo_xa")
    account = world.account("an_giang", "commune_worker")
    link = _link(world.post(administrator, f"/accounts/{account}/link", {"factor": "remove"}))
    assert sign_in(world, "can_bo_xa").status_code == 401
    visitor = Visitor("an_giang", "commune_worker", cookie(_set(world, link)))
    assert world.get(visitor, "/").headers["location"] == "/sign-in/enrol"


def test_a_disabled_account_tells_since_when_and_why_and_can_be_enabled(
    world: World, administrator: Visitor
) -> None:
    _invite(world, administrator, "roi.di")
    account = _id(world, "roi.di")
    empty = world.post(administrator, f"/accounts/{account}/disable", {"reason": " "})
    assert (empty.status_code, 'id="reason-error"' in empty.text) == (422, True)
    world.post(administrator, f"/accounts/{account}/disable", {"reason": "Chuyển công tác"})
    page = world.get(administrator, f"/accounts/{account}").text
    assert "Đã khóa từ" in page
    assert "Chuyển công tác" in page
    assert "Không còn việc nào" in page
    world.post(administrator, f"/accounts/{account}/enable")
    assert "Chờ đặt mật khẩu" in world.get(administrator, f"/accounts/{account}").text


def test_the_ministry_manages_its_own_accounts(world: World) -> None:
    administrator = world.visitor("ministry", "ministry_admin")
    page = world.get(administrator, "/accounts/new").text
    assert 'value="ministry_analyst"' in page
    assert 'value="province_officer"' not in page
    assert 'name="area"' not in page
    answer = _invite(world, administrator, "bo.moi", role="ministry_analyst")
    visitor = Visitor("ministry", "ministry_analyst", cookie(_set(world, _link(answer))))
    assert signed_in_fully(world, visitor)
