"""F-DRW-2: the rule 33/15/23 of the Safe Home, by hand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.forms.safe_home import judged
from plugins.drowning_prevention.safe_home_sets import SET_2011

if TYPE_CHECKING:
    from collections.abc import Callable

SAFE_HOME = "drowning_prevention.safe_home"
OPTIONAL = [code for code in ITEM_CODES if code not in SET_2011.known_mandatory]


def home(*failed: str, mandatory: int = 15, hurt: bool = False) -> dict[str, Any]:
    answers: dict[str, Any] = dict.fromkeys(ITEM_CODES, "pass") | dict.fromkeys(failed, "fail")
    return answers | {"mandatory_passed": mandatory, "injury_at_home_in_year": hurt}


def test_the_set_holds_33_criteria_of_which_six_are_known_to_be_mandatory() -> None:
    assert tuple(item.code for item in SET_2011.items) == ITEM_CODES
    assert len(ITEM_CODES) == 33
    assert (SET_2011.pass_total, SET_2011.pass_mandatory) == (23, 15)
    # §3.2: water, wells, dangerous objects, window bars, kitchen, wiring
    assert SET_2011.known_mandatory == (
        "item_04", "item_05", "item_08", "item_09", "item_12", "item_13",
    )  # fmt: skip
    groups = Counter(item.group for item in SET_2011.items if item.text is not None)
    assert groups == {
        "surroundings": 8,
        "rooms": 4,
        "electricity": 1,
        "stairs": 2,
        "household_items": 3,
    }


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (home(), (33, True)),
        (home(*OPTIONAL[:10]), (23, True)),  # 33 - 10 = 23, just enough
        (home(*OPTIONAL[:11]), (22, False)),
        (home(mandatory=14), (33, False)),  # one mandatory criterion is missing
        (home("item_09"), (32, False)),  # a window without bars, whatever was counted
        (home(hurt=True), (33, False)),  # a child was hurt at home
        (home() | {"item_14": "not_applicable"}, (33, True)),  # no stairs to secure
    ],
)
def test_a_home_passes_with_23_all_15_mandatory_and_no_injury(
    answers: dict[str, Any], expected: tuple[int, bool]
) -> None:
    assert judged(answers, SET_2011) == expected


ANSWERS = {
    "household_id": "11111111-1111-4111-8111-111111111111",
    "commune_id": "101",
    "assessed_on": "05/03/2018",
    **dict.fromkeys(ITEM_CODES, "pass"),
    "mandatory_passed": "15",
    "injury_at_home_in_year": "no",
}


def test_the_result_is_computed_and_cannot_be_sent(check: Callable[..., Any]) -> None:
    checked = check(SAFE_HOME, ANSWERS | {"item_04": "fail", "result": "pass"})
    assert checked.errors == ()
    values = checked.values
    assert (values["score"], values["result"], values["year"]) == (32, "fail", 2018)
    assert values["criteria_set"] == "548_2011_v1"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"item_33": ""}, "item_33"),
        ({"item_01": "not_applicable"}, "item_01"),  # a gate applies to every home
        ({"mandatory_passed": "16"}, "mandatory_passed"),
        ({"recheck_on": "31/12/2018"}, "recheck_on"),  # today
        ({"assessed_on": "01/01/2019"}, "assessed_on"),
        ({"household_id": "HO-KHONGCO1"}, "household_id"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], changed: dict[str, str], field: str
) -> None:
    assert faults(SAFE_HOME, ANSWERS | changed) == {field}
