"""Cases over the running application: pages, API, audit, nested ids, and what a form refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.kit.clock import VIETNAM_TIME, SystemClock

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import Visitor, World

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def intake(world: World, **answers: Any) -> dict[str, Any]:
    """Right answers to form 01, an hour ago."""
    at = (SystemClock().now() - timedelta(hours=1)).astimezone(VIETNAM_TIME)
    return {
        "received_at": f"{at:%d/%m/%Y %H:%M}",
        "channel": "school",
        "subject": "special_circumstance",
        "commune_id": str(world.commune("an_giang")),
        "child_name": "Nguyễn Thị Mẫu",
        "estimated_age": "9",
        "child_condition": "Trẻ ở một mình.",
    } | answers


def opened(world: World, visitor: Visitor, key: str, **answers: Any) -> str:
    """The id of a new case."""
    stored = world.api(visitor, "/api/v1/cases", intake(world, **answers), key=key)
    assert stored.status_code == 201, stored.text
    return str(stored.json()["case_id"])


@pytest.fixture(scope="module")
def leader(world: World) -> Visitor:
    """The commune's leader."""
    return world.visitor("an_giang", "commune_leader")


@pytest.fixture(scope="module")
def provider(world: World) -> Visitor:
    """Who receives referrals."""
    return world.visitor("an_giang", "service_staff")


@pytest.fixture(scope="module")
def case_id(world: World, worker: Visitor) -> str:
    """A case of the worker's commune that is not confidential."""
    return opened(world, worker, "case-0001")


def test_a_page_opens_a_case_and_leads_to_it(world: World, worker: Visitor) -> None:
    answer = world.post(worker, "/cases/new", {"_key": "page-0001"} | intake(world))
    assert answer.status_code == 303
    page = world.get(worker, answer.headers["location"])
    assert page.status_code == 200
    assert "Nguyễn Thị Mẫu" in page.text
    assert "Đánh giá nguy cơ ban đầu" in page.text


def test_a_list_shows_codes_and_clocks_and_names_nobody(
    world: World, worker: Visitor, case_id: str
) -> None:
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=case_id)
    for path in ("/cases", "/tasks", "/tasks?mine=1", "/api/v1/cases", "/api/v1/tasks"):
        text = world.get(worker, path).text
        assert code in text, path
        assert "Mẫu" not in text.replace("Mẫu số", ""), path


def test_a_new_case_is_counted_after_the_commit(world: World, worker: Visitor) -> None:
    waiting = "SELECT count(*) FROM jobs.queue WHERE message->>'actor_name' = 'figures.recount'"
    before = world.scalar(waiting)
    page = world.post(worker, "/cases/new", {"_key": "counted-01"} | intake(world))
    assert page.status_code in {200, 303}
    assert world.scalar(waiting) == before + 1


def test_a_collaborator_files_and_reads_nothing(world: World) -> None:
    someone = world.visitor("an_giang", "collaborator")
    page = world.post(someone, "/cases/new", {"_key": "collab-001"} | intake(world))
    assert page.status_code == 200
    assert "không mở lại hồ sơ này" in page.text
    stored = world.api(someone, "/api/v1/cases", intake(world), key="collab-002")
    assert stored.status_code == 201
    assert stored.json()["case_id"] is None
    assert world.get(someone, "/cases").status_code == 403


def test_every_reading_of_a_case_is_written_down_with_what_was_shown(
    world: World, worker: Visitor, case_id: str
) -> None:
    count = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'read' "
        "AND account_id = :account"
    )
    classes = (
        "SELECT classes FROM core.audit_entry WHERE subject_id = :id AND account_id = :account "
        "AND action = 'read' ORDER BY at DESC LIMIT 1"
    )
    officer = world.visitor("an_giang", "province_officer")
    for visitor, restricted in ((worker, True), (officer, False)):
        account = world.account("an_giang", visitor.role)
        before = world.scalar(count, id=case_id, account=account)
        for path in (f"/cases/{case_id}", f"/api/v1/cases/{case_id}"):
            assert world.get(visitor, path).status_code == 200
        assert world.scalar(count, id=case_id, account=account) == before + 2
        shown = world.scalar(classes, id=case_id, account=account)
        assert ("restricted" in shown) is restricted


def test_a_supervisor_is_told_that_names_and_narratives_are_hidden(
    world: World, case_id: str
) -> None:
    officer = world.visitor("an_giang", "province_officer")
    page = world.get(officer, f"/cases/{case_id}").text
    assert "Ẩn theo quyền của bạn" in page
    assert "Nguyễn Thị Mẫu" not in page
    body = world.get(officer, f"/api/v1/cases/{case_id}").json()
    assert "child_name" in body["papers"][0]["hidden"]
    assert "child_name" not in body["papers"][0]["answers"]


@pytest.mark.parametrize("role", ["province_leader", "province_admin", "auditor"])
def test_who_has_no_case_work_learns_nothing(world: World, role: str, case_id: str) -> None:
    visitor = world.visitor("an_giang", role)
    for path in ("/cases", "/tasks", "/api/v1/cases", "/handover", "/referrals"):
        assert world.get(visitor, path).status_code == 403
    there, never = (world.get(visitor, f"/cases/{key}") for key in (case_id, UNKNOWN))
    assert (there.status_code, there.content) == (never.status_code, never.content)


def test_a_confidential_case_is_as_one_that_never_was(world: World, worker: Visitor) -> None:
    hidden = opened(world, worker, "hiv-00001", subject="hiv")
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=hidden)
    for role in ("province_officer", "district_officer"):
        visitor = world.visitor("an_giang", role)
        for path in ("/cases/{}", "/api/v1/cases/{}", "/cases?after={}"):
            there, never = (world.get(visitor, path.format(key)) for key in (hidden, UNKNOWN))
            assert (there.status_code, there.content) == (never.status_code, never.content)
        assert code not in world.get(visitor, "/cases").text
        assert code not in world.get(visitor, "/tasks").text
    officer = world.visitor("an_giang", "province_confidential_officer")
    assert world.get(officer, f"/cases/{hidden}").status_code == 200


def test_a_referral_is_reached_through_its_own_case_alone(
    world: World, worker: Visitor, provider: Visitor, case_id: str
) -> None:
    other = opened(world, worker, "case-other")
    body = {
        "to_account": str(world.account("an_giang", "service_staff")),
        "service": "medical",
        "purpose": "Khám sức khỏe.",
        "shares": ["intake"],
    }
    stored = world.api(worker, f"/api/v1/cases/{other}/referrals", body, key="refer-001")
    assert stored.status_code == 201, stored.text
    referral = stored.json()["id"]
    for prefix in ("", "/api/v1"):
        assert world.get(worker, f"{prefix}/cases/{other}/referrals/{referral}").status_code == 200
        crossed = world.get(worker, f"{prefix}/cases/{case_id}/referrals/{referral}")
        never = world.get(worker, f"{prefix}/cases/{case_id}/referrals/{UNKNOWN}")
        assert (crossed.status_code, crossed.content) == (404, never.content)
    ended = world.post(worker, f"/cases/{case_id}/referrals/{referral}/end", {"_key": "end-0001"})
    assert ended.status_code == 404
    assert "Khám sức khỏe." in world.get(provider, f"/referrals/{referral}").text
    assert "Nguyễn Thị Mẫu" not in world.get(provider, f"/referrals/{referral}").text
    world.post(provider, f"/referrals/{referral}/answer", {"answer": "accept"})
    assert "Nguyễn Thị Mẫu" in world.get(provider, f"/referrals/{referral}").text
    assert world.get(provider, f"/cases/{other}").status_code == 403
    world.post(worker, f"/cases/{other}/referrals/{referral}/end", {})
    assert world.get(provider, f"/referrals/{referral}").status_code == 404
    assert world.get(provider, "/referrals").status_code == 200


def test_a_step_out_of_order_is_answered_with_a_sentence(
    world: World, worker: Visitor, case_id: str
) -> None:
    answer = world.post(worker, f"/cases/{case_id}/steps/submit-plan", {"_key": "too-early"})
    assert answer.status_code == 409
    assert "Việc cần làm trước" in answer.text
    assert world.get(worker, f"/cases/{case_id}/steps/no-such-step").status_code == 404


def test_a_leader_assigns_takes_back_and_hands_over(
    world: World, worker: Visitor, leader: Visitor, case_id: str
) -> None:
    account = world.account("an_giang", "commune_worker")
    assert world.get(worker, f"/cases/{case_id}/team").status_code == 403
    assert "Thôi phụ trách" in world.get(leader, f"/cases/{case_id}/team").text
    answer = world.post(leader, f"/cases/{case_id}/team/{account}/end", {})
    assert answer.status_code == 303
    assert world.post(leader, f"/cases/{case_id}/team", {"account": "x"}).status_code == 409
    answer = world.post(leader, f"/cases/{case_id}/team", {"account": str(account)})
    assert answer.status_code == 303
    page = world.get(leader, "/handover")
    assert page.status_code == 200
    assert "Bàn giao" in page.text


def faults(answer: Response) -> list[str]:
    """The fields that the API says are wrong."""
    assert answer.status_code == 422, answer.text
    return [fault["field"] for fault in answer.json()["errors"]]


# two days ahead: midnight in Viet Nam may come while the tests run
NOT_YET = f"{SystemClock().today() + timedelta(days=2):%d/%m/%Y}"
SOON = f"{(SystemClock().now() + timedelta(hours=1)).astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M}"
BAD_INTAKES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "missing": ({"child_condition": ""}, ["child_condition"]),
    "wrong type": ({"estimated_age": "chín"}, ["estimated_age"]),
    "out of range": ({"estimated_age": "18"}, ["estimated_age"]),
    "contradicting": ({"subject": "abused"}, ["abuse_types"]),
    "no such choice": ({"channel": "letter"}, ["channel"]),
    "a future day": ({"received_at": f"{NOT_YET} 08:00"}, ["received_at"]),
    "a future hour of today": ({"received_at": SOON}, ["received_at"]),
    "a birth in the future": ({"date_of_birth": NOT_YET}, ["date_of_birth"]),
    "no such day": ({"received_at": "31/02/2018 08:00"}, ["received_at"]),
    "too long": ({"child_name": "x" * 121}, ["child_name"]),
    "too long a narrative": ({"child_condition": "x" * 2001}, ["child_condition"]),
    "a commune that is no number": ({"commune_id": "xã"}, ["commune_id"]),
    "a child that is not there": ({"child_ref": UNKNOWN}, ["child_ref"]),
    "several at once": ({"channel": "", "subject": ""}, ["channel", "subject"]),
}


@pytest.mark.parametrize("name", BAD_INTAKES)
def test_a_bad_intake_is_told_at_its_field_and_nothing_is_lost(
    world: World, worker: Visitor, name: str
) -> None:
    wrong, at_fault = BAD_INTAKES[name]
    before = world.scalar("SELECT count(*) FROM core.case")
    sent = intake(world, **wrong)
    assert faults(world.api(worker, "/api/v1/cases", sent, key=f"bad {name}")) == at_fault
    page = world.post(worker, "/cases/new", {"_key": f"bad {name}"} | sent)
    assert page.status_code == 422
    for field in at_fault:
        assert f'href="#field-{field}"' in page.text
    assert wrong.get("child_name", "Nguyễn Thị Mẫu") in page.text
    assert world.scalar("SELECT count(*) FROM core.case") == before


def test_another_commune_and_another_provinces_child_are_refused_at_their_field(
    world: World, worker: Visitor
) -> None:
    there = world.commune("lao_cai")
    sent = intake(world, commune_id=str(there))
    assert faults(world.api(worker, "/api/v1/cases", sent, key="elsewhere")) == ["commune_id"]
    child = world.scalar(
        "SELECT id FROM core.child WHERE tenant_id = :t LIMIT 1", t=world.tenants["lao_cai"]
    )
    sent = intake(world, child_ref=str(child))
    assert faults(world.api(worker, "/api/v1/cases", sent, key="their child")) == ["child_ref"]


def test_text_is_stored_composed_and_shown_as_text(world: World, worker: Visitor) -> None:
    name = "Nguyễn Thi\u0323 <b>Mẫu</b>"  # decomposed, with markup
    case = opened(world, worker, "html-0001", child_name=name)
    page = world.get(worker, f"/cases/{case}").text
    assert "Nguyễn Thị &lt;b&gt;Mẫu&lt;/b&gt;" in page
    assert "<b>Mẫu" not in page


BAD_STEPS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "assessment without levels": (
        "assess-initially",
        {"assessed_on": NOT_YET, "confirmed": "confirmed"},
        ["assessed_on", "current_harm", "offender_access", "self_protection", "protecting_adult"],
    ),
    "measures without a place": (
        "add-emergency-measures",
        {"started_at": SOON, "measures": ["temporary_separation"]},
        ["started_at", "place", "responsible", "separation_review_on"],
    ),
    "assessment in detail, empty": (
        "assess-in-detail",
        {},
        [
            "assessed_on",
            "child_situation",
            "harm",
            "care_obstacles",
            "self_protection",
            "overall_risk",
            "needs",
        ],
    ),
    "meeting in the future": (
        "hold-conference",
        {"held_on": NOT_YET, "topic": "party", "participants": "A", "minutes": "x" * 2001},
        ["held_on", "topic", "minutes"],
    ),
    "plan that is reviewed before it begins": (
        "write-plan",
        {"goals": "A", "monitoring": "B", "starts_on": "05/03/2018", "review_on": "04/03/2018"},
        ["review_on"],
    ),
    "service that ends before it begins": (
        "add-service",
        {
            "kind": "medical",
            "protection_level": "recovery",
            "provider": "A",
            "starts_on": "05/03/2018",
            "due_on": "04/03/2018",
        },
        ["due_on"],
    ),
    "decision without a number": (
        "approve-plan",
        {"decided_on": "không rõ", "attended": ["nobody"]},
        ["decision_no", "decided_on", "attended"],
    ),
    "review that closes on high harm": (
        "review",
        {
            "reviewed_on": "05/03/2018",
            **dict.fromkeys(("harm", "offender_access", "care_obstacles"), "high"),
            **dict.fromkeys(("self_protection", "caregiver_ability", "recovery"), "low"),
            "conclusion": "close",
        },
        ["conclusion"],
    ),
    "reopening without a reason": ("reopen", {"reason": " "}, ["reason"]),
}


@pytest.mark.parametrize("name", BAD_STEPS)
def test_bad_answers_to_a_step_are_told_at_their_field(world: World, name: str) -> None:
    """In whichever state the step begins: the state is put there for the trial."""
    from core.cases.steps import STEPS

    step, answers, at_fault = BAD_STEPS[name]
    officer = world.visitor("an_giang", "province_confidential_officer")
    worker = world.visitor("an_giang", "commune_worker")
    case = opened(world, worker, f"step {name}")
    state = min(STEPS[step.replace("-", "_")].begins)
    world.run("UPDATE core.case SET state = :state WHERE id = :id", state=state, id=case)
    if step == "add-service":
        world.run("UPDATE core.case SET state = 'detailed_assessed' WHERE id = :id", id=case)
        plan = {
            "goals": "A",
            "monitoring": "B",
            "starts_on": "05/03/2018",
            "review_on": "06/03/2018",
        }
        path = f"/api/v1/cases/{case}/steps/write-plan"
        assert world.api(officer, path, plan, key=f"plan {name}").status_code == 201
    path = f"/cases/{case}/steps/{step}"
    assert faults(world.api(officer, f"/api/v1{path}", answers, key=f"try {name}")) == at_fault
    page = world.post(officer, path, {"_key": f"page {name}"} | answers)
    assert page.status_code == 422
    for field in at_fault:
        assert f'href="#field-{field}"' in page.text


def test_a_plan_that_is_late_needs_its_reason(world: World, worker: Visitor) -> None:
    case = opened(world, worker, "late-0001", received_at="05/03/2018 08:00")
    world.run(
        "UPDATE core.case SET state = 'initial_assessed', emergency_needed = true WHERE id = :id",
        id=case,
    )
    officer = world.visitor("an_giang", "province_confidential_officer")
    answers = {
        "started_at": "05/03/2018 21:00",
        "measures": ["safe_place"],
        "place": "Nhà người thân",
        "responsible": "Cán bộ xã",
    }
    path = f"/api/v1/cases/{case}/steps/take-emergency-measures"
    assert faults(world.api(officer, path, answers, key="late-try1")) == ["delay_reason"]
    told = answers | {"delay_reason": "Đường bị ngập."}
    assert world.api(officer, path, told, key="late-try2").status_code == 201


def test_the_application_shows_every_page_of_cases_in_both_languages(
    world: World, worker: Visitor, leader: Visitor, provider: Visitor, case_id: str
) -> None:
    pages = {
        "commune_worker": (
            "/cases",
            "/cases/new",
            "/tasks",
            f"/cases/{case_id}",
            f"/cases/{case_id}/refer",
            f"/cases/{case_id}/steps/review",
            "/referrals",
        ),
        "commune_leader": (f"/cases/{case_id}/team", "/handover", f"/cases/{case_id}/steps/reopen"),
        "service_staff": ("/referrals",),
    }
    people = {visitor.role: visitor for visitor in (worker, leader, provider)}
    for role, paths in pages.items():
        for path in paths:
            for language in ("vi", "en"):
                page = world.get(people[role], f"{path}?lang={language}")
                assert page.status_code == 200, path
                assert "no-store" in page.headers["cache-control"]
