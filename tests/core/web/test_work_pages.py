"""Incidents, money and what needs attention, over the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.isolation.furnishing import OTHER_ROLES

if TYPE_CHECKING:
    from tests.core.web.filling import Family
    from tests.isolation.web_world import Visitor, World

INCIDENT = {
    "kind": "drowning",
    "occurred_at": "01/06/2018 06:00",
    "learned_at": "01/06/2018 08:00",
    "children_count": "1",
    "first_report_text": "Một em bị đuối nước, đang điều trị.",
}


def reported(world: World, visitor: Visitor, key: str, **more: Any) -> str:
    """The id of an incident in the worker's commune."""
    answers = INCIDENT | {"commune_id": str(world.commune("an_giang"))} | more
    stored = world.api(visitor, "/api/v1/records/core/urgent-incident", answers, key=key)
    assert stored.status_code == 201, stored.text
    return str(stored.json()["id"])


@pytest.fixture(scope="module")
def officer(world: World) -> Visitor:
    """The province's officer."""
    return world.visitor("an_giang", "province_officer")


def test_an_incident_travels_from_the_commune_to_the_ministry(
    world: World, worker: Visitor, officer: Visitor
) -> None:
    incident = reported(world, worker, "incident-01")
    listed = world.get(officer, "/incidents").text
    assert f"/incidents/{incident}" in listed
    seen = world.get(worker, f"/incidents/{incident}").text
    assert "đang điều trị" in seen
    assert f"/incidents/{incident}/notes/province" not in seen
    refused = world.post(worker, f"/incidents/{incident}/notes/province")
    assert refused.status_code == 403
    taken = world.post(officer, f"/incidents/{incident}/notes/province")
    assert (taken.status_code, taken.headers["location"]) == (303, f"/incidents/{incident}")
    unsaid = world.post(officer, f"/incidents/{incident}/notes/ministry")
    assert unsaid.status_code == 422
    assert "số văn bản" in unsaid.text
    told = world.post(
        officer, f"/incidents/{incident}/notes/ministry", {"document_no": "12/BC-SLĐTBXH"}
    )
    assert told.status_code == 303
    assert "12/BC-SLĐTBXH" in world.get(worker, f"/incidents/{incident}").text
    assert world.post(officer, f"/incidents/{incident}/notes/province").status_code == 409


def test_an_update_keeps_what_was_typed_and_ends_the_incident(
    world: World, worker: Visitor, family: Family
) -> None:
    incident = reported(world, worker, "incident-02")
    address = f"/incidents/{incident}/updates"
    name = world.scalar(
        "SELECT full_name FROM core.child WHERE child_code = :code", code=family.child
    )
    typed = f"Đã gặp em {name}."
    warned = world.post(worker, address, {"content": typed})
    assert warned.status_code == 422
    assert typed in warned.text
    assert world.post(worker, address, {"content": " "}).status_code == 422
    closed = world.post(worker, address, {"content": "Đã xuất viện.", "closes": "yes"})
    assert closed.status_code == 303
    assert world.post(worker, address, {"content": "Thêm."}).status_code == 409
    assert "Đã xuất viện." in world.get(worker, f"/incidents/{incident}").text


def test_opening_an_incident_is_written_down(world: World, worker: Visitor) -> None:
    incident = reported(world, worker, "incident-03")
    count = "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'read'"
    assert world.scalar(count, id=incident) == 0
    world.get(worker, f"/incidents/{incident}")
    assert world.scalar(count, id=incident) == 1


def test_a_collaborator_and_a_leader_of_the_province_see_no_incident(world: World) -> None:
    assert "collaborator" in OTHER_ROLES
    for role in ("collaborator", "province_leader"):
        visitor = world.visitor("an_giang", role)
        assert world.get(visitor, "/incidents").status_code == 403


def test_money_holds_every_unit_against_its_minimum(world: World, officer: Visitor) -> None:
    """An Giang sets 150 million for a district and 20 for a commune; few communes have lines."""
    page = world.get(officer, "/money?year=2018").text
    assert "150.000.000" in page
    assert "20.000.000" in page
    assert "thấp hơn mức tối thiểu" in page
    assert "Năm này không có mức tối thiểu" in world.get(officer, "/money?year=2017").text


def test_a_line_below_the_minimum_warns_on_its_page(world: World, officer: Visitor) -> None:
    line = world.scalar(
        "SELECT id FROM core.budget_line WHERE tenant_id = :tenant AND level = 'commune' "
        "AND year = 2018 LIMIT 1",
        tenant=world.tenants["an_giang"],
    )
    address = f"/records/core/budget-line/{line}"
    assert "thấp hơn mức tối" not in world.get(officer, address).text
    world.run(
        "UPDATE core.budget_standing SET meets = false WHERE (tenant_id, unit_id) = "
        "(SELECT tenant_id, unit_id FROM core.budget_line WHERE id = :id)",
        id=line,
    )
    assert "thấp hơn mức tối" in world.get(officer, address).text


def test_what_needs_attention_is_within_reach(
    world: World, worker: Visitor, officer: Visitor
) -> None:
    assert "Xã chưa có người làm công tác" in world.get(officer, "/attention").text
    own = world.get(worker, "/attention")
    assert own.status_code == 200
    elsewhere = world.scalar(
        "SELECT a.name FROM core.area AS a WHERE a.level = 'district' AND a.name LIKE :name",
        name="%Tri Tôn",
    )
    assert elsewhere is not None
    assert "Đơn vị bố trí kinh phí dưới" not in own.text or "Tri Tôn" not in own.text
