"""A case from its intake to its end: the order of steps, who may take them, and what is refused."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from core.cases import repository
from core.cases.files import next_steps, open_file
from core.cases.kinds import KINDS
from core.cases.models import CaseTransition
from core.cases.states import OPEN, State
from core.cases.steps import STEPS, first_towards, why_not_yet
from core.forms.service import AnswersRefusedError
from core.kit.errors import ConflictError, NotFoundError, RefusedError
from tests.core.cases.people import EVERYTHING

if TYPE_CHECKING:
    from uuid import UUID

    from core.testing.database import TestDatabase
    from tests.core.cases.people import Person, Province

TO_PLAN = ("assess_initially", "assess_in_detail", "hold_conference", "write_plan", "add_service")
SUBJECTS = {
    "special_circumstance_support": {"subject": "special_circumstance"},
    "violence": {"subject": "abused", "abuse_types": ["violence"]},
    "exploitation": {"subject": "at_risk_exploitation"},
    "abandonment_risk": {"subject": "at_risk_abandonment"},
    "hiv_support": {"subject": "hiv"},
}


def walk(province: Province, case_id: UUID, person: Person, *codes: str) -> None:
    for code in codes:
        province.step(person, case_id, code)


def under_review(
    province: Province, worker: Person, leader: Person, review: dict[str, Any] | None = None
) -> UUID:
    case_id = province.open(worker)
    walk(province, case_id, worker, *TO_PLAN, "submit_plan")
    province.step(leader, case_id, "approve_plan")
    province.step(worker, case_id, "start")
    province.step(worker, case_id, "review", **(review or {}))
    return case_id


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_of_each_kind_walks_from_intake_to_closed(
    province: Province, worker: Person, leader: Person, kind: str
) -> None:
    case_id = province.open(worker, **SUBJECTS[kind])
    walk(province, case_id, worker, *TO_PLAN, "submit_plan")
    province.step(leader, case_id, "approve_plan")
    province.step(worker, case_id, "start")
    province.step(worker, case_id, "review")
    province.step(leader, case_id, "close")
    with province.as_(leader) as (session, _):
        file = open_file(session, case_id, province.now)
    assert (file.case.kind, file.case.state) == (kind, State.CLOSED)
    assert file.case.confidential_key == KINDS[kind].confidential_key
    assert not any(clock.is_open for clock in file.clocks)
    states = [one.to_state for one in file.transitions if one.to_state != one.from_state]
    assert states == [
        "received",
        "initial_assessed",
        "detailed_assessed",
        "plan_submitted",
        "plan_approved",
        "in_progress",
        "under_review",
        "closed",
    ]
    assert {one.created_by for one in file.transitions} == {worker.account_id, leader.account_id}


def test_a_sealed_narrative_stands_in_no_column_of_the_database(
    province: Province, worker: Person, database: TestDatabase
) -> None:
    case_id = province.open(worker)
    query = text("SELECT * FROM core.case_intake WHERE case_id = :case")
    with database.admin.connect() as connection:
        row = connection.execute(query, {"case": case_id}).one()
    assert "Mẫu".encode() not in b"".join(v for v in row if isinstance(v, bytes | memoryview))
    assert not any("Mẫu" in str(value) or "một mình" in str(value) for value in row)
    with province.as_(worker) as (session, _):
        paper = open_file(session, case_id, province.now).papers[0].row
        assert paper.child_name == "Nguyễn Thị Mẫu"


def test_a_step_out_of_order_says_where_the_case_stands_and_what_comes_first(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    with pytest.raises(ConflictError) as caught:
        province.step(worker, case_id, "submit_plan")
    said = caught.value.message.vi
    assert "«Đã tiếp nhận»" in said
    assert "Việc cần làm trước: «Đánh giá nguy cơ ban đầu»" in said
    assert province.state(case_id) == State.RECEIVED


@pytest.mark.parametrize("code", STEPS)
def test_every_step_is_refused_wherever_it_does_not_begin(code: str) -> None:
    step = STEPS[code]
    for state in State:
        refusal = why_not_yet(step, state)
        assert (refusal is None) == (state in step.begins)
        if refusal is not None and state in OPEN and step.begins & OPEN:
            first = first_towards(step.begins, state)
            assert first is None or state in first.begins


def test_every_state_is_reached_and_every_open_one_is_left() -> None:
    reached = {step.leads_to for step in STEPS.values()} | {State.RECEIVED}
    assert reached - {None} == set(State)
    left = {state for step in STEPS.values() if step.leads_to for state in step.begins}
    assert left >= OPEN


def test_an_emergency_comes_before_everything_else(
    province: Province, worker: Person, leader: Person
) -> None:
    case_id = province.open(worker)
    danger = {"current_harm": "high", "protecting_adult": "no", "emergency_needed": ""}
    province.step(worker, case_id, "assess_initially", **danger)
    with pytest.raises(ConflictError, match="emergency measures"):
        province.step(worker, case_id, "assess_in_detail")
    province.step(leader, case_id, "take_emergency_measures")
    assert province.state(case_id) == State.EMERGENCY
    province.step(worker, case_id, "assess_in_detail")


def test_saying_that_danger_is_no_emergency_takes_a_reason(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    with pytest.raises(AnswersRefusedError) as caught:
        province.step(
            worker, case_id, "assess_initially", current_harm="high", protecting_adult="no"
        )
    assert [fault.field for fault in caught.value.errors] == ["no_emergency_reason"]


def test_a_plan_needs_its_meeting_and_a_service(province: Province, worker: Person) -> None:
    case_id = province.open(worker)
    walk(province, case_id, worker, "assess_initially", "assess_in_detail")
    for missing, step in (("minutes", "hold_conference"), ("no plan", "write_plan")):
        with pytest.raises(ConflictError, match=missing):
            province.step(worker, case_id, "submit_plan")
        province.step(worker, case_id, step)
    with pytest.raises(ConflictError, match="no service"):
        province.step(worker, case_id, "submit_plan")
    walk(province, case_id, worker, "add_service", "submit_plan")


def test_nobody_approves_their_own_plan(province: Province) -> None:
    both = province.person("commune_worker", "commune_leader")
    other = province.person("commune_leader")
    case_id = province.open(both)
    walk(province, case_id, both, *TO_PLAN, "submit_plan")
    for step in ("approve_plan", "return_plan"):
        with pytest.raises(ConflictError, match="their own plan"):
            province.step(both, case_id, step)
    province.step(other, case_id, "approve_plan")


def test_nobody_confirms_their_own_review(province: Province, leader: Person) -> None:
    both = province.person("commune_worker", "commune_leader")
    case_id = under_review(province, both, leader)
    with pytest.raises(ConflictError, match="second person"):
        province.step(both, case_id, "close")
    province.step(leader, case_id, "close")


def test_no_case_is_closed_while_harm_is_high(
    province: Province, worker: Person, leader: Person
) -> None:
    with pytest.raises(AnswersRefusedError) as caught:
        under_review(province, worker, leader, {"offender_access": "high"})
    assert [fault.field for fault in caught.value.errors] == ["conclusion"]
    goes_on = {"offender_access": "high", "conclusion": "continue", "next_review_on": "01/09/2018"}
    case_id = under_review(province, worker, leader, goes_on)
    with pytest.raises(ConflictError, match="does not conclude"):
        province.step(leader, case_id, "close")
    province.step(leader, case_id, "go_on")
    with province.as_(worker) as (session, _):
        assert str(open_file(session, case_id, province.now).case.review_on) == "2018-09-01"


def test_a_worker_may_not_approve_and_an_officer_may_not_act(
    province: Province, worker: Person
) -> None:
    officer = province.person(("province_officer", None))
    case_id = province.open(worker)
    with pytest.raises(RefusedError):
        province.step(worker, case_id, "screen_out")
    with pytest.raises(RefusedError):
        province.step(officer, case_id, "assess_initially")
    with province.as_(officer) as (session, principal):
        case = repository.case_by_id(session, case_id)
        assert case is not None
        assert next_steps(session, case, principal) == ()


def test_a_right_for_one_commune_is_none_for_another(province: Province, worker: Person) -> None:
    here, there = province.communes
    mixed = province.person(("commune_worker", here), ("commune_leader", there))
    case_id = province.open(worker)
    with pytest.raises(RefusedError, match="commune of the case"):
        province.step(mixed, case_id, "screen_out")
    province.step(mixed, case_id, "assess_initially")


def test_a_second_sending_takes_the_step_once(province: Province, worker: Person) -> None:
    case_id = province.open(worker)
    first = province.step(worker, case_id, "assess_initially", key="sent twice")
    again = province.step(worker, case_id, "assess_initially", key="sent twice")
    assert first == again
    with pytest.raises(ConflictError, match="other answers"):
        province.step(worker, case_id, "assess_initially", key="sent twice", confirmed="partly")
    assert province.file(worker, key="filed twice") == province.file(worker, key="filed twice")


def test_of_two_people_at_once_one_succeeds_and_the_other_is_told(
    province: Province, worker: Person, leader: Person
) -> None:
    other = province.person("commune_leader")
    case_id = province.open(worker)
    walk(province, case_id, worker, *TO_PLAN, "submit_plan")
    told: list[str] = []
    together = Barrier(2)

    def decide(person: Person, step: str) -> None:
        together.wait()
        try:
            province.step(person, case_id, step)
        except ConflictError as error:
            told.append(error.message.en)

    threads = [
        Thread(target=decide, args=each)
        for each in ((leader, "approve_plan"), (other, "return_plan"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert "The case stands at" in told[0]
    assert province.state(case_id) in {State.PLAN_APPROVED, State.DETAILED_ASSESSED}


def test_a_reopened_case_begins_anew(province: Province, worker: Person, leader: Person) -> None:
    case_id = under_review(province, worker, leader)
    province.step(leader, case_id, "close")
    province.later(days=30)
    province.step(leader, case_id, "reopen")
    with province.as_(worker) as (session, _):
        file = open_file(session, case_id, province.now)
        assert file.case.state == State.REOPENED
        assert file.case.begun_at == province.now
        assert {clock.is_open for clock in file.clocks} == {True}
    province.step(worker, case_id, "assess_initially")


def test_the_log_of_transitions_can_only_be_added_to(
    province: Province, worker: Person, database: TestDatabase
) -> None:
    case_id = province.open(worker)
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        assert len(repository.parts(session, CaseTransition, case_id)) == 1
    granted = text(
        "SELECT privilege_type FROM information_schema.role_table_grants "
        "WHERE table_schema = 'core' AND table_name = 'case_transition' "
        "AND grantee = 'annhi_test_runtime' ORDER BY 1"
    )
    with database.admin.connect() as connection:
        assert connection.scalars(granted).all() == ["INSERT", "SELECT"]


def test_another_provinces_case_is_as_one_that_never_was(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    with province.door.tenant_session(2, reach=EVERYTHING) as session, pytest.raises(NotFoundError):
        open_file(session, case_id, province.now)
