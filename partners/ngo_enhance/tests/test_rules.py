"""Whom the project may take in, and what it refuses, with a sentence at the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from ngo_enhance.forms import BENEFICIARY, SERVICE
from ngo_enhance.forms.states import outcome_of
from ngo_enhance.reports import SECTION
from served import ON, case_of, children_of, chosen, left, livelihood, said, service, state

from core.testing.given import fields_at_fault, words_of

if TYPE_CHECKING:
    from core.plugin_api import DemoChild, Submission
    from core.testing.plugins import PluginWorld


def refused(world: PluginWorld, *submissions: Submission) -> dict[str, str]:
    """What is said against the last of them, by field, in Vietnamese."""
    *before, last = submissions
    world.enter(1, before)
    return {field: message.vi for field, message in world.refused(1, last).items()}


def entered_case(world: PluginWorld, child: DemoChild) -> str:
    return str(world.enter(1, [case_of(child)])[0][1])


def beneficiaries(world: PluginWorld) -> int:
    world.count(1)
    return world.figure(1, "ENH-01").count


def test_without_consent_no_child_is_enrolled_and_nothing_is_served(
    world: PluginWorld, child: DemoChild
) -> None:
    before = beneficiaries(world)
    case = entered_case(world, child)
    refusal = replace(
        chosen(child, case, consented="no"),
        answers={
            name: value
            for name, value in chosen(child, case, consented="no").answers.items()
            if name not in {"guardian_consent_on", "child_assent_on"}
        },
    )
    assert refused(world, refusal, service(child, "school_material")) == {
        "child_id": "Trẻ em này không đang tham gia dự án."
    }
    assert beneficiaries(world) == before


def test_a_child_of_seven_or_more_must_agree_itself(world: PluginWorld, child: DemoChild) -> None:
    case = entered_case(world, child)
    assert set(refused(world, chosen(child, case, child_assent_on=""))) == {"child_assent_on"}


def test_before_the_agreement_nobody_is_enrolled_and_nothing_is_stored(
    world: PluginWorld, child: DemoChild
) -> None:
    """No agreement was in force in 2014: the whole record is refused."""
    case, before = entered_case(world, child), beneficiaries(world)
    early = ON.replace(year=2014)
    answers = chosen(child, case).answers | {
        "selected_on": said(early),
        "guardian_consent_on": said(early),
        "child_assent_on": said(early),
        "age": str(int(chosen(child, case).answers["age"]) - 4),
    }
    assert refused(world, replace(chosen(child), answers=answers, on=early)) == {
        "child_id": "Không có thỏa thuận đang hiệu lực của dự án tại xã nơi trẻ em cư trú."
    }
    assert beneficiaries(world) == before


def test_a_case_of_another_child_is_refused(world: PluginWorld, child: DemoChild) -> None:
    case = entered_case(world, child)
    (other,) = children_of(world.demo(), 1)
    world.enter(1, [case_of(other)])
    assert refused(world, chosen(other, case)) == {"labour_case_id": "Ca này là của trẻ em khác."}


def test_a_child_is_enrolled_once_at_a_time_and_again_after_it_left(
    world: PluginWorld, child: DemoChild
) -> None:
    case = entered_case(world, child)
    assert refused(world, chosen(child, case), chosen(child, case)) == {
        "child_id": "Trẻ em này đang tham gia dự án."
    }
    world.enter(1, [left(child)])
    assert refused(world, service(child, "school_material", 40)) == {
        "child_id": "Trẻ em này không đang tham gia dự án."
    }
    again = ON + timedelta(days=60)
    world.enter(1, [replace(chosen(child, case, selected_on=said(again)), on=again)])


def test_an_endline_needs_a_baseline(world: PluginWorld, child: DemoChild) -> None:
    case = entered_case(world, child)
    assert refused(world, chosen(child, case), state(child, "endline", 100, 0, [])) == {
        "stage": "Cần có phiếu đầu kỳ trước."
    }


def test_a_service_before_the_child_was_chosen_is_refused(
    world: PluginWorld, child: DemoChild
) -> None:
    case = entered_case(world, child)
    assert set(refused(world, chosen(child, case), livelihood(child, -5))) == {"given_on"}


def test_a_livelihood_says_what_and_how_much() -> None:
    answers = {
        "child_id": "11111111-1111-4111-8111-111111111111",
        "kind": "livelihood",
        "given_on": said(ON),
        "provider": "Dự án",
    }
    assert fields_at_fault(SERVICE, answers) == {"livelihood_kind", "cost_vnd"}
    assert fields_at_fault(SERVICE, answers | {"kind": "referral"}) == set()


def test_consent_is_dated() -> None:
    answers = {
        "selected_on": said(ON),
        "child_id": "11111111-1111-4111-8111-111111111111",
        "sex": "male",
        "age": "12",
        "labour_case_id": "22222222-2222-4222-8222-222222222222",
        "criteria": ["poor"],
        "consented": "yes",
    }
    assert fields_at_fault(BENEFICIARY, answers) == {"guardian_consent_on"}
    assert fields_at_fault(BENEFICIARY, answers | {"consented": "no"}) == set()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((20, 2), (0, 0), "withdrawn"),
        ((20, 2), (0, 2), "withdrawn"),
        ((20, 2), (20, 1), "reduced"),
        ((20, 1), (10, 1), None),  # fewer hours alone is no less hazard
        ((0, 0), (0, 0), None),  # it never worked
        ((20, 1), (20, 2), None),
    ],
)
def test_what_an_endline_shows(
    before: tuple[int, int], after: tuple[int, int], kind: str | None
) -> None:
    assert outcome_of(*before, *after) == kind


def test_the_annex_says_what_was_planned_and_done() -> None:
    said_ = words_of(
        SECTION, {"ENH-07": 8, "ENH-01": 12, "ENH-02": 9, "AG-A17": 9, "ngo_enhance.sites": 1}
    )
    assert "quản lý trường hợp tại 08/09 xã trong kỳ" in said_
    assert "nhận 12 trẻ em hưởng lợi; 09 trẻ được hỗ trợ học tập" in said_
    assert "không cộng thêm" in said_
