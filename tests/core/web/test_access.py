"""Partners, files opened out of duty, looking as another, and why not: as the pages meet people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.core.web.filled_register import child, household

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.isolation.web_world import Visitor, World

TENANT = "an_giang"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
REASON = "Trẻ có thể gặp nguy hiểm ngay đêm nay, cần biết nơi ở."


@pytest.fixture(scope="module")
def partner(world: World) -> Visitor:
    return world.visitor(TENANT, "ngo_field_officer")


@pytest.fixture
def agreement(world: World) -> Iterator[str]:
    """The generated agreement, with its end put back afterwards."""
    tenant = world.tenants[TENANT]
    found = world.scalar("SELECT id FROM core.agreement WHERE tenant_id = :t", t=tenant)
    yield str(found)
    world.run(
        "UPDATE core.agreement SET ended_on = NULL, end_reason = NULL WHERE tenant_id = :t",
        t=tenant,
    )
    world.run(
        "UPDATE core.access_grant SET valid_to = now() + interval '1 year' "
        "WHERE tenant_id = :t AND kind = 'enrolment'",
        t=tenant,
    )


def enrolled(world: World) -> set[str]:
    tenant = world.tenants[TENANT]
    statement = (
        "SELECT string_agg(c.child_code, ' ') FROM core.enrolment e JOIN core.child c "
        "ON c.tenant_id = e.tenant_id AND c.id = e.child_id "
        "WHERE e.tenant_id = :t AND e.left_on IS NULL"
    )
    return set(str(world.scalar(statement, t=tenant)).split())


def codes_in(text: str) -> set[str]:
    return set(re.findall(r"TE-[0-9A-Z-]+", text))


def test_a_partner_sees_enrolled_children_alone(world: World, partner: Visitor) -> None:
    there = enrolled(world)
    assert there
    for path in ("/records/core/child", "/api/v1/records/core/child"):
        assert codes_in(world.get(partner, path).text) == there, path
    assert world.get(partner, "/records/core/household").status_code == 403
    assert world.get(partner, "/records/sexual-abuse/intake").status_code == 403


def test_a_partner_is_shown_the_fields_of_the_agreement_and_no_others(
    world: World, partner: Visitor
) -> None:
    child = world.scalar(
        "SELECT child_id FROM core.enrolment WHERE tenant_id = :t LIMIT 1", t=world.tenants[TENANT]
    )
    record = world.get(partner, f"/api/v1/records/core/child/{child}").json()
    assert record["full_name"]
    assert {"ethnicity", "birth_registration", "health_insurance_card"} <= set(record["hidden"])
    assert "ethnicity" not in record
    assert "Ẩn theo quyền của bạn" in world.get(partner, f"/children/{child}").text


def test_the_id_of_a_record_that_a_reader_may_not_read_is_withheld(world: World) -> None:
    """A collaborator reads children and no households: a household's id would name the family."""
    someone, worker = (world.visitor(TENANT, role) for role in ("collaborator", "commune_worker"))
    commune = str(world.commune(worker.tenant))
    house = world.api(
        worker, "/api/v1/records/core/household", household(commune), key="withheld-01"
    )
    answers = child(commune, house.json()["id"])
    stored = world.api(worker, "/api/v1/records/core/child", answers, key="withheld-02")
    assert stored.status_code == 201, stored.text
    path = f"/api/v1/records/core/child/{stored.json()['id']}"
    record = world.get(someone, path).json()
    assert (record["household_id"], record["out_of_reach"]) == (None, ["household_id"])
    record = world.get(worker, path).json()
    assert record["household_id"]
    assert record["out_of_reach"] == []


def test_the_end_of_an_agreement_takes_effect_with_the_next_page(
    world: World, partner: Visitor, agreement: str
) -> None:
    officer = world.visitor(TENANT, "province_officer")
    refused = world.post(officer, f"/agreements/{agreement}/end", {"reason": " "})
    assert refused.status_code == 422
    assert codes_in(world.get(partner, "/records/core/child").text)
    assert (
        world.post(officer, f"/agreements/{agreement}/end", {"reason": "Dự án dừng"}).status_code
        == 303
    )
    for path in ("/records/core/child", "/api/v1/records/child-labour/screening"):
        assert not codes_in(world.get(partner, path).text), path


def test_a_child_whose_consent_is_withdrawn_is_gone_from_the_partners_pages(
    world: World, partner: Visitor, agreement: str
) -> None:
    officer = world.visitor(TENANT, "province_officer")
    tenant = world.tenants[TENANT]
    enrolment, child = (
        world.scalar(
            "SELECT CASE :column WHEN 'id' THEN id ELSE child_id END FROM core.enrolment "
            "WHERE tenant_id = :t AND left_on IS NULL ORDER BY id LIMIT 1",
            t=tenant,
            column=column,
        )
        for column in ("id", "child_id")
    )
    path = f"/children/{child}"
    never = world.get(partner, f"/children/{UNKNOWN}")
    assert world.get(partner, path).status_code == 200
    leave = f"/agreements/{agreement}/enrolments/{enrolment}/leave"
    elsewhere = f"/agreements/{UNKNOWN}/enrolments/{enrolment}/leave"
    assert world.post(officer, elsewhere, {"reason": "x"}).status_code == 404
    assert world.post(officer, leave, {"reason": "Rút lại đồng ý"}).status_code == 303
    after = world.get(partner, path)
    assert (after.status_code, after.content) == (never.status_code, never.content)


def test_enrolling_asks_for_the_guardian_and_for_a_child_of_seven(
    world: World, agreement: str
) -> None:
    officer = world.visitor(TENANT, "province_officer")
    tenant = world.tenants[TENANT]
    code = world.scalar(
        "SELECT c.child_code FROM core.child c, core.agreement a WHERE c.tenant_id = :t "
        "AND a.tenant_id = :t AND c.commune_id = ANY(a.communes) "
        "AND c.date_of_birth < date '2012-01-01' AND c.status = 'active' AND NOT EXISTS "
        "(SELECT FROM core.enrolment e WHERE e.tenant_id = :t AND e.child_id = c.id) LIMIT 1",
        t=tenant,
    )
    path = f"/agreements/{agreement}/enrolments"
    without = world.post(officer, path, {"child": code})
    assert (without.status_code, "người giám hộ" in without.text) == (422, True)
    assert f'value="{code}"' in without.text, "what was typed is still there"
    young = world.post(officer, path, {"child": code, "guardian_consent_on": "01/02/2018"})
    assert (young.status_code, "từ 7 tuổi" in young.text) == (422, True)
    both = {"child": code, "guardian_consent_on": "01/02/2018", "child_assent_on": "01/02/2018"}
    assert world.post(officer, path, both).status_code == 303
    again = world.post(officer, path, both)
    assert (again.status_code, "đã tham gia" in again.text) == (422, True)


def test_a_partner_enters_a_screening_for_an_enrolled_child_alone(
    world: World, partner: Visitor
) -> None:
    page = world.get(partner, "/forms/child-labour/screening")
    assert page.status_code == 200
    tenant = world.tenants[TENANT]
    stranger = world.scalar(
        "SELECT child_code FROM core.child c WHERE tenant_id = :t AND NOT EXISTS (SELECT FROM "
        "core.enrolment e WHERE e.tenant_id = :t AND e.child_id = c.id) LIMIT 1",
        t=tenant,
    )
    answers = [
        world.post(
            partner, "/forms/child-labour/screening", {"_key": "a stranger", "child_id": code}
        ).text.replace(code, "…")
        for code in (stranger, "TE-NOBODY")
    ]
    strip = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert strip[0] == strip[1]


def test_a_file_opened_out_of_duty_needs_a_reason_and_closes_when_not_justified(
    world: World,
) -> None:
    officer = world.visitor(TENANT, "province_officer")
    reviewer = world.visitor(TENANT, "data_protection_officer")
    tenant = world.tenants[TENANT]
    found = world.rows(TENANT)
    case = found.ids["sexual_abuse.intake"][0]
    code = found.codes["sexual_abuse.intake"][0]
    path = f"/records/sexual-abuse/intake/{case}"
    assert world.get(officer, path).status_code == 403
    asked = {"form": "sexual_abuse.intake", "code": code, "reason": "vì cần"}
    short = world.post(officer, "/access/emergency", asked)
    assert (short.status_code, "ít nhất 20 ký tự" in short.text) == (422, True)
    unknown = world.post(
        officer, "/access/emergency", asked | {"code": "ZZZZZZZZZZZZ", "reason": REASON}
    )
    assert unknown.status_code == 422
    opened = world.post(officer, "/access/emergency", asked | {"reason": REASON})
    assert (opened.status_code, opened.headers["location"]) == (303, path)
    assert world.get(officer, path).status_code == 200
    lines = world.get(officer, "/api/v1/records/sexual-abuse/intake").json()["items"]
    assert [line["id"] for line in lines] == [str(case)]
    queue = world.get(reviewer, "/access/emergencies")
    assert REASON in queue.text
    assert code not in queue.text
    entry = world.scalar(
        "SELECT id FROM core.emergency_access WHERE tenant_id = :t ORDER BY opened_at DESC LIMIT 1",
        t=tenant,
    )
    judged = world.post(reviewer, f"/access/emergencies/{entry}", {"verdict": "not_justified"})
    assert judged.status_code == 303
    assert world.get(officer, path).status_code == 403
    twice = world.post(reviewer, f"/access/emergencies/{entry}", {"verdict": "justified"})
    assert twice.status_code == 409


def test_opening_out_of_duty_is_limited(world: World) -> None:
    leader = world.visitor(TENANT, "commune_leader")
    asked = {"form": "core.child", "code": "TE-NOBODY", "reason": REASON}
    answers = [world.post(leader, "/access/emergency", asked).status_code for _ in range(7)]
    assert answers == [422] * 5 + [429] * 2


def test_an_administrator_looks_as_another_and_sees_no_person(world: World) -> None:
    admin = world.visitor(TENANT, "province_admin")
    shown = world.account(TENANT, "province_officer")
    name = world.scalar(
        "SELECT full_name FROM core.child WHERE tenant_id = :t LIMIT 1", t=world.tenants[TENANT]
    )
    before = world.get(admin, "/records/core/child").status_code
    assert world.post(admin, f"/access/view-as/{shown}").status_code == 303
    try:
        assert "Đang xem như" in world.get(admin, "/").text
        listed = world.get(admin, "/records/core/child")
        assert listed.status_code == 200
        child = world.rows(TENANT).ids["core.child"][0]
        assert name not in world.get(admin, f"/records/core/child/{child}").text
        assert world.get(admin, "/records/sexual-abuse/intake").status_code == 403
        refused = world.post(admin, "/forms/core/child", {"_key": "looking only"})
        assert (refused.status_code, "chỉ được đọc" in refused.text) == (403, True)
    finally:
        assert world.post(admin, "/access/own-eyes").status_code == 303
    assert world.get(admin, "/records/core/child").status_code == before
    noted = "SELECT count(*) FROM core.audit_entry WHERE action = 'view_as' AND subject_id = :id"
    assert world.scalar(noted, id=shown) == 1


@pytest.mark.parametrize(
    ("role", "form", "wish", "stops"),
    [
        ("province_leader", "core.child", "see", "role.permission"),
        ("province_officer", "core.child", "see", None),
        ("collaborator", "sexual_abuse.intake", "see", "role.permission"),
        ("commune_worker", "sexual_abuse.intake", "see", None),
    ],
)
def test_why_not_names_the_rule(
    world: World, role: str, form: str, wish: str, stops: str | None
) -> None:
    admin = world.visitor(TENANT, "province_admin")
    login = world.scalar(
        "SELECT login FROM core.account WHERE id = :id", id=world.account(TENANT, role)
    )
    page = world.get(admin, f"/access/why?login={login}&form={form}&wish={wish}").text
    assert ("chặn" in page) == (stops is not None)
    if stops:
        assert stops in page
