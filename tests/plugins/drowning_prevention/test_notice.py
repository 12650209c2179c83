"""F-DRW-1: what is asked, when, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

NOTICE = "drowning_prevention.injury_notice"
FALL = {
    "occurred_on": "05/02/2018",
    "commune_id": "101",
    "place_type": "home",
    "sex": "male",
    "age_at_event": "4",
    "cause": "fall",
    "outcome": "recovered",
}
DROWNING = FALL | {
    "place_type": "river_canal",
    "cause": "drowning",
    "outcome": "died",
    "water_type": "river",
    "activity": "bathing",
    "supervision": "child_alone",
    "can_swim": "no",
    "flood_season": "yes",
}


def test_a_fall_is_told_without_the_drowning_questions(check: Callable[..., Any]) -> None:
    checked = check(NOTICE, FALL)
    assert checked.errors == ()
    assert checked.values["water_type"] is None


def test_what_was_said_of_the_water_is_dropped_when_the_cause_is_another(
    check: Callable[..., Any],
) -> None:
    checked = check(NOTICE, DROWNING | {"cause": "fall"})
    assert checked.errors == ()
    assert {checked.values[name] for name in ("water_type", "activity", "flood_season")} == {None}


def test_a_drowning_is_told_with_its_circumstances(check: Callable[..., Any]) -> None:
    checked = check(NOTICE, DROWNING)
    assert checked.errors == ()
    assert (checked.values["water_type"], checked.values["flood_season"]) == ("river", True)


def test_a_drowning_without_its_circumstances_is_refused(faults: Callable[..., set[str]]) -> None:
    asked = {"water_type", "activity", "supervision", "can_swim"}
    assert faults(NOTICE, FALL | {"cause": "drowning"}) == asked


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"occurred_on": "01/01/2019"}, "occurred_on"),
        ({"age_at_event": "18"}, "age_at_event"),
        ({"age_at_event": "-1"}, "age_at_event"),
        ({"sex": "unknown"}, "sex"),
        ({"commune_id": "999"}, "commune_id"),
        ({"child_id": "TE-KHONGCO1"}, "child_id"),
        ({"cause": "abuse"}, "cause"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], changed: dict[str, str], field: str
) -> None:
    assert faults(NOTICE, FALL | changed) == {field}


def test_a_child_outside_the_register_can_be_reported(faults: Callable[..., set[str]]) -> None:
    assert faults(NOTICE, FALL | {"child_id": ""}) == set()
