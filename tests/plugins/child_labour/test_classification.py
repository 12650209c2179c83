"""The classification of a screening, each row worked out by hand from the ruleset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.child_labour import codes
from plugins.child_labour.classification import age_group, compute
from plugins.child_labour.rulesets import ruleset_on, rulesets

IDLE: dict[str, Any] = {
    "screened_on": date(2018, 5, 1),
    "age_at_screening": 14,
    "school_attending": True,
    "risk_factors": None,
    "works": False,
}
WORK = IDLE | {
    "works": True,
    "relation_to_employer": "employer",
    "sector": "services",
    "hours_per_day_max": 4,
    "hours_per_week": 20,
    "night_work": False,
    "hazards": [],
    "on_light_work_list": True,
}


@pytest.mark.parametrize(
    ("answers", "category", "reasons"),
    [
        (IDLE, "not_working", ["does_not_work"]),
        (IDLE | {"risk_factors": ["poverty", "debt"]}, "not_working", ["does_not_work"]),
        (IDLE | {"risk_factors": ["dropout"]}, "not_working", ["does_not_work"]),
        (
            IDLE | {"risk_factors": ["poverty", "dropout"]},
            "at_risk",
            ["does_not_work", "risk_factors"],
        ),
        (WORK, "permitted_light_work", ["light_work"]),
        (WORK | {"on_light_work_list": False}, "child_labour", ["not_light_work"]),
        (WORK | {"hours_per_day_max": 5}, "child_labour", ["over_hours_per_day"]),
        (WORK | {"hours_per_week": 21}, "child_labour", ["over_hours_per_week"]),
        (WORK | {"night_work": True}, "child_labour", ["night_work"]),
        (WORK | {"hazards": ["dust"]}, "hazardous_child_labour", ["hazards"]),
        (
            WORK | {"hazards": ["dust"], "hours_per_week": 50},
            "hazardous_child_labour",
            ["hazards", "over_hours_per_week"],
        ),
        (WORK | {"age_at_screening": 12}, "child_labour", ["under_light_work_age"]),
        (
            WORK | {"age_at_screening": 12, "sector": "arts_sports"},
            "permitted_work",
            ["arts_sports"],
        ),
        (
            WORK | {"age_at_screening": 9, "relation_to_employer": "own_family"},
            "permitted_work",
            ["own_family"],
        ),
        (
            WORK
            | {
                "age_at_screening": 9,
                "relation_to_employer": "own_family",
                "school_attending": False,
            },
            "child_labour",
            ["under_light_work_age"],
        ),
        (WORK | {"age_at_screening": 15}, "permitted_work", ["within_limits"]),
        (
            WORK | {"age_at_screening": 15, "hours_per_day_max": 8, "hours_per_week": 40},
            "permitted_work",
            ["within_limits"],
        ),
        (
            WORK | {"age_at_screening": 17, "hours_per_day_max": 9, "hours_per_week": 41},
            "child_labour",
            ["over_hours_per_day", "over_hours_per_week"],
        ),
        (
            WORK | {"age_at_screening": 17, "hazards": ["underground"]},
            "hazardous_child_labour",
            ["hazards"],
        ),
    ],
)
def test_category_and_reasons(answers: dict[str, Any], category: str, reasons: list[str]) -> None:
    result = compute(answers)
    assert (result["category"], result["reasons"]) == (category, reasons)
    assert set(reasons) <= {option.value for option in codes.REASONS}


@pytest.mark.parametrize(
    ("age", "group"), [(5, "5-12"), (12, "5-12"), (13, "13-14"), (14, "13-14"), (15, "15-17")]
)
def test_age_groups(age: int, group: str) -> None:
    assert age_group(age) == group


def test_every_row_tells_by_which_ruleset_it_was_classified() -> None:
    assert compute(WORK)["ruleset"] == ruleset_on(date(2018, 5, 1)).code


def test_the_worst_forms_are_never_concluded_here() -> None:
    everything = WORK | {"hazards": [option.value for option in codes.HAZARDS]}
    assert compute(everything)["category"] == codes.HAZARDOUS


def test_every_ruleset_has_a_name() -> None:
    assert {one.value for one in codes.RULESETS} == {one.code for one in rulesets()}
