"""That every form is filled in: all of the catalogue, and each that the domain page numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from core.forms.view import address_part
from core.platform import load_registry
from core.settings import Settings
from core.testing.database import TEST_SECRET
from tests.core.web.filled_forms import filled
from tests.core.web.filling import Family

if TYPE_CHECKING:
    from core.plugin_api.forms import Form

# Source: programmes §2.10, §3.4, §4.4, §5.5, §6.6; a form that is more than one step has a page
# for each.
NUMBERED = {
    "F-COR-1": {"core.activity_result"},
    "F-COR-2": {"core.communication_event"},
    "F-COR-3": {"core.collaborator"},
    "F-COR-4": {"core.committee"},
    "F-COR-5": {"core.service_point"},
    "F-COR-6": {"core.budget_line"},
    "F-COR-7": {"core.expenditure"},
    "F-COR-8": {"core.sector_contribution"},
    "F-COR-9": {"core.urgent_incident"},
    "F-DRW-1": {"drowning_prevention.injury_notice"},
    "F-DRW-2": {"drowning_prevention.safe_home"},
    "F-DRW-3": {"drowning_prevention.swim_class"},
    "F-DRW-4": {"drowning_prevention.hazard_site"},
    "F-DRW-5": {"drowning_prevention.flood_care_day"},
    "F-DRW-6": {"drowning_prevention.cage_handover"},
    "F-DRW-7": {"drowning_prevention.equipment_delivery"},
    "F-LAB-1": {"child_labour.screening"},
    "F-LAB-2": {"child_labour.support"},
    "F-LAB-3": {"child_labour.vocational_class"},
    "F-LAB-4": {"child_labour.inspection"},
    "F-LAB-5": {"child_labour.follow_up"},
    "F-ABU-1": {"sexual_abuse.intake"},
    "F-ABU-2": {"sexual_abuse.emergency"},
    "F-ABU-3": {"sexual_abuse.plan", "sexual_abuse.plan_decision"},
    "F-ABU-4": {"sexual_abuse.service"},
    "F-ABU-5": {"sexual_abuse.proceeding"},
    "F-ABU-6": {"sexual_abuse.review", "sexual_abuse.closing"},
    "F-ABU-7": {"sexual_abuse.prevention"},
    "F-ABU-8": {"sexual_abuse.panel"},
    "F-ORP-1": {"orphan_care.detection", "orphan_care.verification", "orphan_care.hiv_care"},
    "F-ORP-2": {"orphan_care.dossier"},
    "F-ORP-3": {"orphan_care.entitlement"},
    "F-ORP-4": {"orphan_care.arrangement"},
    "F-ORP-5": {"orphan_care.visit"},
    "F-ORP-6": {"orphan_care.facility_list"},
    "F-ORP-7": {"orphan_care.disaster"},
    "F-ORP-8": {"orphan_care.sponsorship"},
}
OF_A_CHAPTER = {"COR": 9, "DRW": 7, "LAB": 5, "ABU": 8, "ORP": 8}
FILLED = {one.address: one for one in filled(Family("", "", "")).values()}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Form]:
    """Every form of core and of the installed programmes, by code."""
    home = tmp_path_factory.mktemp("home")
    return dict(load_registry(Settings(home=home, secret=TEST_SECRET)).catalogue.forms)


def test_every_form_is_filled_in(forms: dict[str, Form]) -> None:
    assert {address_part(code) for code in forms} == set(FILLED)


def test_every_numbered_form_is_where_it_is_said_to_be(forms: dict[str, Form]) -> None:
    numbers = {
        f"F-{chapter}-{n + 1}" for chapter, last in OF_A_CHAPTER.items() for n in range(last)
    }
    assert len(numbers) == 37
    found = defaultdict(set)
    for code, form in forms.items():
        if form.number in numbers:
            found[form.number].add(code)
    assert dict(found) == NUMBERED
    assert set(NUMBERED) == numbers


@pytest.mark.parametrize("address", FILLED)
def test_a_form_is_filled_in_with_two_mistakes(address: str) -> None:
    one = FILLED[address]
    assert len(one.mistakes) == len(one.at_fault) == 2
