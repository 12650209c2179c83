"""Alerts of the programme, each raised once, settled by itself, told to nobody without a right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plugins.child_labour.forms.screening import noticed
from plugins.child_labour.models import (
    FollowUpDue,
    LabourCase,
    LabourClassification,
    LabourFollowUp,
    LabourInspection,
    Workplace,
    WorkScreening,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.register.models import Child
    from core.testing.alerts import AlertDesk

DAY = date(2018, 3, 5)
KEY = "child_labour"
OTHERS = ("commune_leader", "inspector", "finance_officer", "collaborator", "province_leader")


@pytest.fixture
def child(desk: AlertDesk, make_child: Callable[..., Child]) -> Child:
    made = make_child()
    desk.put(made)
    return made


def screened(child: Child, on: date = DAY, **given: Any) -> WorkScreening:
    values = {
        "sex": "female",
        "age_at_screening": 12,
        "school_attending": True,
        "works": True,
        "relation_to_employer": "own_family",
        "category": "hazardous_child_labour",
        "reasons": ["hazards"],
        "ruleset": "2016",
        "age_group": "5-12",
    }
    return WorkScreening(
        commune_id=child.commune_id, child_id=child.id, screened_on=on, **(values | given)
    )


def case_of(child: Child, on: date = DAY) -> LabourCase:
    return LabourCase(
        commune_id=child.commune_id,
        child_id=child.id,
        opened_on=on,
        category="child_labour",
        support_plan="Thử",
    )


def visit(case: LabourCase, on: date, *, works: bool, status: str | None = None) -> LabourFollowUp:
    return LabourFollowUp(
        commune_id=case.commune_id,
        labour_case_id=case.id,
        visited_on=on,
        still_working=works,
        in_school=not works,
        moved_away=False,
        status=status,
    )


def inspected(place: Workplace, on: date, minors: int) -> LabourInspection:
    return LabourInspection(
        commune_id=place.commune_id,
        workplace_id=place.id,
        inspected_on=on,
        decision_no="1",
        team="Thanh tra",
        minors_found=minors,
        minors_5_12=0,
        minors_13_14=minors,
        minors_15_17=0,
        findings=[],
        violations=0,
        handled=0,
    )


def raised_once(desk: AlertDesk, code: str, on: date, record: UUID) -> None:
    """Raised by the first look and by no other."""
    for _ in range(2):
        desk.look(on)
    assert [one.record_id for one in desk.raised(f"{KEY}.{code}")] == [record]


def told(desk: AlertDesk, code: str, on: date, role: str, commune: int | None = None) -> bool:
    return f"{KEY}.{code}" in desk.codes(role, on, commune=commune)


def test_hazardous_work_is_told_until_a_case_is_opened(desk: AlertDesk, child: Child) -> None:
    found = screened(child)
    desk.put(found)
    raised_once(desk, "hazardous_found", DAY, found.id)
    assert told(desk, "hazardous_found", DAY, "commune_worker", child.commune_id)
    assert told(desk, "hazardous_found", DAY, "province_officer")
    for role in OTHERS:
        assert not told(desk, "hazardous_found", DAY, role, child.commune_id)
    desk.put(case_of(child))
    desk.look(DAY)
    assert not told(desk, "hazardous_found", DAY, "province_officer")


def test_the_second_persons_word_counts_and_so_does_a_later_screening(
    desk: AlertDesk, child: Child
) -> None:
    plain = screened(child, category="child_labour")
    desk.put(plain)
    assert desk.look(DAY).raised == 0
    desk.put(
        LabourClassification(
            commune_id=child.commune_id,
            screening_id=plain.id,
            decided_on=DAY,
            category="worst_form",
        )
    )
    raised_once(desk, "hazardous_found", DAY, plain.id)
    desk.put(screened(child, DAY + timedelta(days=1), works=False, category="not_working"))
    assert desk.look(DAY + timedelta(days=1)).settled == 1


def test_a_child_under_thirteen_with_an_employer_is_told(desk: AlertDesk, child: Child) -> None:
    employed = screened(child, relation_to_employer="employer", category="child_labour")
    desk.put(employed)
    raised_once(desk, "under_13_employed", DAY, employed.id)
    assert told(desk, "under_13_employed", DAY, "commune_worker", child.commune_id)
    for role in OTHERS:
        assert not told(desk, "under_13_employed", DAY, role, child.commune_id)
    employed.age_at_screening = 13
    desk.put(employed)
    assert desk.look(DAY).settled == 1


def test_a_child_who_left_work_and_works_again_is_told(desk: AlertDesk, child: Child) -> None:
    case = case_of(child)
    desk.put(case)
    first, second, third = (DAY + timedelta(days=days) for days in (90, 180, 270))
    desk.put(visit(case, DAY, works=True), visit(case, first, works=False, status="withdrawn"))
    desk.look(first)
    assert desk.raised(f"{KEY}.working_again") == []
    desk.put(visit(case, second, works=True))
    raised_once(desk, "working_again", second, case.id)
    assert told(desk, "working_again", second, "commune_worker", child.commune_id)
    for role in OTHERS:
        assert not told(desk, "working_again", second, role, child.commune_id)
    desk.put(visit(case, third, works=False))
    desk.look(third)
    assert not told(desk, "working_again", third, "commune_worker", child.commune_id)


def test_a_screening_after_the_child_left_work_counts_too(desk: AlertDesk, child: Child) -> None:
    case = case_of(child)
    desk.put(case)
    desk.put(visit(case, DAY, works=False, status="reintegrated"))
    later = DAY + timedelta(days=30)
    desk.put(screened(child, later, category="child_labour"))
    raised_once(desk, "working_again", later, case.id)


def test_a_visit_is_due_until_it_is_made_in_time_or_late(desk: AlertDesk, child: Child) -> None:
    case = case_of(child)
    first, second = DAY + timedelta(days=90), DAY + timedelta(days=180)
    desk.put(case)
    for months, due in ((3, first), (6, second)):
        desk.put(
            FollowUpDue(
                commune_id=child.commune_id,
                labour_case_id=case.id,
                kind="due",
                months=months,
                due_on=due,
            )
        )
    assert desk.look(first - timedelta(days=1)).raised == 0
    raised_once(desk, "follow_up_due", first, case.id)
    (alert,) = desk.told("commune_worker", first, commune=child.commune_id)
    assert (alert.alert.code, alert.due_on) == (f"{KEY}.follow_up_due", first)
    for role in (*OTHERS, "district_officer", "province_officer"):
        assert not told(desk, "follow_up_due", first, role)
    late = first + timedelta(days=10)
    desk.put(visit(case, late, works=True))
    assert desk.look(late).settled == 1
    desk.look(second)
    (again,) = desk.told("commune_worker", second, commune=child.commune_id)
    assert again.due_on == second
    desk.put(visit(case, second, works=False, status="closed"))
    assert desk.look(second).settled == 1


def test_minors_found_twice_at_a_workplace_are_told_to_the_inspectorate(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    place = Workplace(
        commune_id=communes[0], name="Cơ sở", kind="enterprise", sector="construction"
    )
    desk.put(place)
    desk.put(inspected(place, DAY, 2), inspected(place, DAY + timedelta(days=30), 0))
    assert desk.look(DAY + timedelta(days=30)).raised == 0
    again = DAY + timedelta(days=60)
    desk.put(inspected(place, again, 1))
    raised_once(desk, "minors_found_again", again, place.id)
    assert told(desk, "minors_found_again", again, "inspector")
    for role in ("finance_officer", "collaborator", "commune_leader"):
        assert not told(desk, "minors_found_again", again, role, communes[0])
    assert desk.look(DAY + timedelta(days=731)).settled == 1


def test_the_inspectors_are_told_of_a_workplace_and_of_no_child(
    desk: AlertDesk, child: Child
) -> None:
    place = Workplace(commune_id=child.commune_id, name="Quán", kind="venue", sector="services")
    desk.put(place)
    found = screened(child, workplace_id=place.id, hazards=["dust"])
    safe = screened(child, workplace_id=place.id, hazards=[])
    elsewhere = screened(child, workplace_name="Chợ", hazards=["dust"])
    records: Any = None
    made = [row for one in (found, safe, elsewhere) for row in noticed(records, one)]
    assert [(row.workplace_id, row.noticed_on) for row in made] == [(place.id, DAY)]
    made[0].commune_id = child.commune_id
    desk.put(*made)
    raised_once(desk, "hazard_to_inspect", DAY, place.id)
    (raised,) = desk.raised(f"{KEY}.hazard_to_inspect")
    assert raised.child_id is None
    assert told(desk, "hazard_to_inspect", DAY, "inspector")
    for role in ("commune_worker", "collaborator", "finance_officer", "commune_leader"):
        assert not told(desk, "hazard_to_inspect", DAY, role, child.commune_id)
    desk.put(inspected(place, DAY - timedelta(days=1), 0))
    desk.look(DAY)
    assert told(desk, "hazard_to_inspect", DAY, "inspector")
    desk.put(inspected(place, DAY, 0))
    desk.look(DAY)
    assert not told(desk, "hazard_to_inspect", DAY, "inspector")
