"""F-ORP-4 and F-ORP-8: carers are assessed, siblings stay together, sponsors learn a code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ARRANGEMENT, SPONSORSHIP = "orphan_care.arrangement", "orphan_care.sponsorship"
PARENT = "orphan_care.parent_change"
WHOSE: dict[str, object] = {
    "commune_id": "101",
    "child_id": "11111111-1111-4111-8111-111111111111",
}
FOSTER = WHOSE | {
    "care_type": "foster",
    "carer_name": "Người nhận chăm sóc",
    "is_relative": "no",
    "capacity": "2",
    "assessed_on": "01/03/2018",
    "assessment_result": "suitable",
    "background_checked_on": "02/03/2018",
    "starts_on": "10/03/2018",
    "agreement_no": "15/QĐ-UBND",
    "moved_from_facility": "no",
    "siblings": "none",
    "next_review_on": "10/06/2018",
}
KIN = FOSTER | {"care_type": "kin", "is_relative": "yes", "agreement_no": ""}
GIVEN = WHOSE | {
    "donor": "Nhà hảo tâm",
    "kind": "cash",
    "amount_vnd": "1200000",
    "starts_on": "01/06/2018",
    "has_other_sponsor": "no",
}
LOST = WHOSE | {"parent": "mother", "event": "death", "happened_on": "01/06/2018"}
ENDED: dict[str, object] = {
    "ends_on": "30/09/2018",
    "end_reason": "returned",
    "next_review_on": "",
}


@pytest.mark.parametrize(
    ("answers", "basis", "until"),
    [
        (FOSTER, "registered", None),
        (KIN, "notified", None),
        (KIN | ENDED, "notified", date(2018, 10, 1)),
        (FOSTER | {"care_type": "facility", "background_checked_on": ""}, "registered", None),
        (
            FOSTER | {"siblings": "apart", "siblings_reason": "chỉ nhận được một trẻ"},
            "registered",
            None,
        ),
    ],
)
def test_relatives_notify_and_others_register(
    check: Callable[..., Any], answers: dict[str, object], basis: str, until: date | None
) -> None:
    checked = check(ARRANGEMENT, answers)
    assert checked.errors == ()
    assert (checked.values["basis"], checked.values["counted_until"]) == (basis, until)


@pytest.mark.parametrize(
    ("form", "answers", "fields"),
    [
        (ARRANGEMENT, FOSTER | {"assessment_result": "unsuitable"}, {"assessment_result"}),
        (ARRANGEMENT, FOSTER | {"is_relative": "yes"}, {"is_relative"}),
        (ARRANGEMENT, KIN | {"is_relative": "no"}, {"is_relative"}),
        (ARRANGEMENT, FOSTER | {"background_checked_on": ""}, {"background_checked_on"}),
        (ARRANGEMENT, FOSTER | {"agreement_no": ""}, {"agreement_no"}),
        (ARRANGEMENT, FOSTER | {"siblings": "apart"}, {"siblings_reason"}),
        (ARRANGEMENT, FOSTER | {"next_review_on": ""}, {"next_review_on"}),
        (ARRANGEMENT, FOSTER | {"next_review_on": "01/03/2018"}, {"next_review_on"}),
        (ARRANGEMENT, FOSTER | {"ends_on": "01/03/2018"}, {"ends_on", "end_reason"}),
        (ARRANGEMENT, FOSTER | {"capacity": "0"}, {"capacity"}),
        (ARRANGEMENT, FOSTER | {"starts_on": "10/03/2118"}, {"starts_on"}),
        (SPONSORSHIP, GIVEN | {"amount_vnd": "0"}, {"amount_vnd"}),
        (SPONSORSHIP, GIVEN | {"ends_on": "01/05/2018"}, {"ends_on"}),
        (SPONSORSHIP, GIVEN | {"donor": "x" * 121}, {"donor"}),
        (SPONSORSHIP, GIVEN | {"has_other_sponsor": ""}, {"has_other_sponsor"}),
        (PARENT, LOST | {"event": "tired"}, {"event"}),
        (PARENT, LOST | {"happened_on": "01/01/2019"}, {"happened_on"}),
        (PARENT, LOST | {"commune_id": "999"}, {"commune_id"}),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], form: str, answers: dict[str, object], fields: set[str]
) -> None:
    assert faults(form, answers) == fields


def test_a_sponsor_is_shown_a_list_without_the_child(registry: Any) -> None:
    assert "child_id" not in registry.catalogue.forms[SPONSORSHIP].columns


STRUCK = {
    "name": "Lũ tháng 9",
    "kind": "flood",
    "happened_on": "10/09/2018",
    "commune_id": "101",
    "children_affected": "2",
    "households_affected": "1",
    "children_supported": "0",
}
OUTSIDE = {"age": "6", "sex": "female"}


@pytest.mark.parametrize(
    ("children", "fields"),
    [
        ([OUTSIDE, OUTSIDE], set()),  # outside the register: by age and sex alone
        ([{"age": "6"}], {"children.0.sex"}),
        ([OUTSIDE | {"age": "18"}], {"children.0.age"}),
        ([OUTSIDE] * 3, {"children_affected"}),
    ],
)
def test_a_child_outside_the_register_is_listed_by_age_and_sex(
    faults: Callable[..., set[str]], children: list[dict[str, str]], fields: set[str]
) -> None:
    assert faults("orphan_care.disaster", STRUCK | {"children": children}) == fields


VISIT: dict[str, object] = {
    "commune_id": "101",
    "due_on": "10/06/2018",
    "visited_on": "10/06/2018",
    "wellbeing": "good",
    "school": "good",
    "health": "good",
    "concerns": ["none"],
    "still_in_care": "yes",
    "next_review_on": "10/09/2018",
}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"next_review_on": ""}, {"next_review_on"}),  # active: the next date is required
        ({"next_review_on": "10/06/2018"}, {"next_review_on"}),
        ({"still_in_care": "no", "next_review_on": ""}, set()),
    ],
)
def test_while_care_goes_on_a_visit_names_the_next(
    faults: Callable[..., set[str]], changed: dict[str, object], fields: set[str]
) -> None:
    found = faults("orphan_care.visit", VISIT | changed)
    assert found - {"arrangement_id"} == fields  # which is no record of this context
