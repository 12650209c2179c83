"""COR-11: which statutory steps fell due, and which were taken in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cases.alerts import miss_deadlines
from core.cases.models import CaseDeadline
from core.cases.repository import parts
from tests.core.cases.people import EVERYTHING

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.cases.people import Person, Province


def stand(province: Province, case_id: UUID) -> dict[str, str]:
    """By step: how its deadline stands in the latest run of the case."""
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        rows = sorted(parts(session, CaseDeadline, case_id), key=lambda row: row.began_at)
        return {row.clock: row.status for row in rows}


def look(province: Province) -> None:
    """What the worker does."""
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        miss_deadlines(session, province.now)


def test_a_step_in_time_is_kept_and_one_that_comes_late_is_missed(
    province: Province, worker: Person, leader: Person
) -> None:
    case_id = province.open(worker)
    assert stand(province, case_id)["emergency"] == "running"
    province.step(worker, case_id, "assess_initially", emergency_needed="yes")
    province.step(leader, case_id, "take_emergency_measures")
    assert stand(province, case_id)["emergency"] == "kept"
    for code in ("assess_in_detail", "hold_conference", "write_plan", "add_service"):
        province.step(worker, case_id, code)
    assert stand(province, case_id)["plan_draft"] == "running"
    province.later(days=30)
    province.step(worker, case_id, "submit_plan", delay_reason="Lũ chia cắt xã.")
    assert stand(province, case_id)["plan_draft"] == "missed"
    late = {"delay_reason": "Lũ chia cắt xã."}
    province.step(leader, case_id, "approve_plan", **late)
    assert stand(province, case_id) == {
        "emergency": "kept",
        "plan_draft": "missed",
        "plan_approval": "missed",
    }


def test_a_clock_that_runs_out_is_missed_before_anybody_answers(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    look(province)
    assert stand(province, case_id)["emergency"] == "running"
    province.later(hours=13)
    look(province)
    assert stand(province, case_id)["emergency"] == "missed"


def test_what_turns_out_not_to_be_an_emergency_is_not_due(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    province.step(worker, case_id, "assess_initially")
    assert stand(province, case_id)["emergency"] == "dropped"


def test_a_confidential_case_has_deadlines_that_only_its_people_read(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker, subject="hiv")
    assert stand(province, case_id)
    officer = province.person(("province_officer", None))
    for person, seen in ((worker, True), (officer, False)):
        with province.as_(person) as (session, _):
            assert bool(parts(session, CaseDeadline, case_id)) is seen
