"""F-LAB-1: what is asked, when, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SCREENING = "child_labour.screening"
IDLE = {
    "screened_on": "05/02/2018",
    "commune_id": "101",
    "child_id": "11111111-1111-4111-8111-111111111111",
    "sex": "female",
    "age_at_screening": "13",
    "school_attending": "yes",
    "works": "no",
}
WORK = IDLE | {
    "works": "yes",
    "relation_to_employer": "employer",
    "workplace_name": "Sạp vải chợ huyện",
    "sector": "trade",
    "occupation": "phụ bán hàng",
    "on_light_work_list": "yes",
    "hours_per_day_max": "4",
    "hours_per_week": "20",
    "night_work": "no",
}
OUT: dict[str, Any] = {"school_attending": "no", "left_school_reason": "poverty"}


def test_a_child_who_does_not_work_is_asked_nothing_about_work(check: Callable[..., Any]) -> None:
    checked = check(SCREENING, IDLE | {"hours_per_week": "60", "hazards": ["dust"]})
    assert checked.errors == ()
    assert (checked.values["hours_per_week"], checked.values["hazards"]) == (None, None)
    assert checked.values["category"] == "not_working"


def test_the_result_is_computed_and_cannot_be_sent(check: Callable[..., Any]) -> None:
    checked = check(SCREENING, WORK | {"category": "not_working", "reasons": ["own_family"]})
    assert checked.values["category"] == "permitted_light_work"
    assert checked.values["reasons"] == ["light_work"]


def test_work_without_its_conditions_is_refused(faults: Callable[..., set[str]]) -> None:
    asked = {"relation_to_employer", "sector", "occupation", "on_light_work_list"}
    asked |= {"hours_per_day_max", "hours_per_week", "night_work"}
    assert faults(SCREENING, IDLE | {"works": "yes"}) == asked


@pytest.mark.parametrize("age", ["12", "15"])
def test_light_work_is_asked_at_13_and_14_alone(check: Callable[..., Any], age: str) -> None:
    checked = check(SCREENING, WORK | {"age_at_screening": age, "on_light_work_list": ""})
    assert checked.errors == ()


@pytest.mark.parametrize(
    ("a_day", "a_week", "refused"),
    [("4", "28", False), ("4", "29", True), ("0", "1", True), ("16", "112", False)],
)
def test_a_week_has_at_most_seven_of_the_longest_day(
    faults: Callable[..., set[str]], a_day: str, a_week: str, *, refused: bool
) -> None:
    hours = {"hours_per_day_max": a_day, "hours_per_week": a_week}
    assert faults(SCREENING, WORK | hours) == ({"hours_per_week"} if refused else set())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"age_at_screening": "4"}, "age_at_screening"),
        ({"age_at_screening": "18"}, "age_at_screening"),
        ({"child_id": ""}, "child_id"),
        ({"risk_factors": ["dropout"]}, "risk_factors"),
        (OUT | {"left_school_on": "06/02/2018"}, "left_school_on"),
        (OUT | {"last_grade": "13"}, "last_grade"),
        ({"school_attending": "no"}, "left_school_reason"),
        (OUT | {"left_school_reason": "lazy"}, "left_school_reason"),
        ({"chores_hours_per_week": "113"}, "chores_hours_per_week"),
        ({"screened_on": "01/01/2019"}, "screened_on"),
        ({"hours_per_day_max": "19"}, "hours_per_day_max"),
        ({"hours_per_week": "113"}, "hours_per_week"),
        ({"pay_vnd_month": "-1"}, "pay_vnd_month"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], changed: dict[str, Any], field: str
) -> None:
    assert faults(SCREENING, WORK | changed) == {field}


def test_work_for_an_employer_has_a_workplace(faults: Callable[..., set[str]]) -> None:
    assert faults(SCREENING, WORK | {"workplace_name": ""}) == {"workplace_name"}
    at_home = WORK | {"relation_to_employer": "own_family", "workplace_name": ""}
    assert faults(SCREENING, at_home) == set()


def test_chores_at_home_are_kept_and_are_no_labour(check: Callable[..., Any]) -> None:
    checked = check(SCREENING, IDLE | {"chores_hours_per_week": "30"})
    assert checked.values["chores_hours_per_week"] == 30
    assert checked.values["category"] == "not_working"


def test_who_is_out_of_school_is_asked_why(
    check: Callable[..., Any], faults: Callable[..., set[str]]
) -> None:
    """The last grade and the day too, where they are known; a child at school has left nothing."""
    assert faults(SCREENING, IDLE | {"school_attending": "no"}) == {"left_school_reason"}
    out = OUT | {"last_grade": "7", "left_school_on": "01/02/2018"}
    assert check(SCREENING, IDLE | out).values["last_grade"] == 7
    at_school = out | {"school_attending": "yes"}
    kept = check(SCREENING, IDLE | at_school).values
    assert {kept[name] for name in ("last_grade", "left_school_on", "left_school_reason")} == {None}
    later = out | {"left_school_on": "01/12/2118"}
    assert faults(SCREENING, IDLE | later) == {"left_school_on"}
