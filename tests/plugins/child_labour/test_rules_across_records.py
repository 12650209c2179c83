"""Rules that look at other records, and what forms store beside their own: over a real database."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.forms.errors import AnswersRefusedError
from core.plugin_api import Made, Submission
from core.registry.loading import GROUP
from core.tenancy.reach import Reach
from core.testing.plugins import PluginWorld, migrated_copy, open_world, registry_with
from plugins.child_labour.forms.case_rules import after
from plugins.child_labour.models import (
    ClassificationStep,
    FirstTime,
    FollowUpDue,
    LabourCase,
    LabourInspection,
    VocationalClass,
    Workplace,
    WorkScreening,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild

KEY = "child_labour"
DAY = date(2018, 12, 1)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    registry = registry_with(EntryPoint(KEY, f"plugins.{KEY}.plugin", GROUP))
    with migrated_copy(registry) as database:
        world = open_world(registry, database)
        world.switch_on(KEY, 1)
        yield Desk(world)


class Desk:
    """Enters forms for the first commune."""

    def __init__(self, world: PluginWorld) -> None:
        self.world = world
        self.here = {"commune_id": str(world.communes[0])}

    def enter(self, *forms: tuple[str, dict[str, Any]]) -> None:
        """One after the other; a record is named by its form, for those that point to it."""
        given = [Submission(f"{KEY}.{form}", self.here | said, DAY, form) for form, said in forms]
        self.world.enter(1, given)

    def faults(self, *forms: tuple[str, dict[str, Any]]) -> set[str]:
        """Where the last of the forms is refused; nothing of them is kept."""
        with pytest.raises(AnswersRefusedError) as refused:
            self.enter(*forms)
        return {error.field for error in refused.value.errors}

    def rows(self, model: Any) -> list[Any]:
        """What the province has of a table."""
        with self.world.door.tenant_session(1, reach=Reach.counting()) as session:
            rows = session.scalars(select(model).where(model.tenant_id == 1)).all()
            session.expunge_all()
            return list(rows)

    def child(self, age: int, skip: int = 0) -> DemoChild:
        """A child of the commune that turned that age in 2017."""
        children = self.world.demo().children
        there = [c for c in children if c.commune_id == self.world.communes[0]]
        return [c for c in there if c.born.year == 2017 - age][skip]


def screening(child: DemoChild) -> dict[str, Any]:
    """A child of eleven who helps at home: permitted."""
    return {
        "screened_on": "01/03/2018",
        "child_id": str(child.id),
        "sex": child.sex,
        "age_at_screening": "11",
        "school_attending": "yes",
        "works": "yes",
        "relation_to_employer": "own_family",
        "sector": "agriculture",
        "occupation": "hái rau",
        "hours_per_day_max": "2",
        "hours_per_week": "8",
        "night_work": "no",
    }


def test_another_category_needs_a_reason_and_moves_the_figures(desk: Desk) -> None:
    first = ("screening", screening(desk.child(11)))
    word = {"screening_id": Made("screening"), "decided_on": "05/03/2018"}
    other = word | {"category": "hazardous_child_labour"}
    assert desk.faults(first, ("classification", other)) == {"override_reason"}
    desk.enter(first, ("classification", other | {"override_reason": "Trẻ phun thuốc sâu."}))
    (step,) = desk.rows(ClassificationStep)
    assert (step.labour, step.hazardous, step.at_risk) == (1, 1, 0)
    (stored,) = desk.rows(WorkScreening)
    assert stored.category == "permitted_work"  # what the rules said stays as it was
    desk.world.count(1)
    assert desk.world.figure(1, "LAB-01").count == 1
    assert desk.world.figure(1, "LAB-04").count == 1


@pytest.mark.parametrize("form", ["classification", "case"])
def test_the_worst_forms_are_never_concluded_here(desk: Desk, form: str) -> None:
    """They are restricted (§4.2), and these tables are not."""
    answers = {
        "classification": {"screening_id": Made("screening"), "decided_on": "05/03/2018"},
        "case": CASE | {"child_id": str(desk.child(11, 2).id)},
    }
    first = ("screening", screening(desk.child(11, 2)))
    worst = answers[form] | {"category": "worst_form"}
    assert desk.faults(first, (form, worst)) == {"category"}


def test_a_screening_is_confirmed_once(desk: Desk) -> None:
    first = ("screening", screening(desk.child(11, 1)))
    word = {"screening_id": Made("screening"), "decided_on": "05/03/2018"}
    same = ("classification", word | {"category": "permitted_work"})
    assert desk.faults(first, same, same) == {"screening_id"}


CASE = {"opened_on": "31/01/2018", "category": "child_labour", "support_plan": "Trở lại trường."}


def case(desk: Desk, age: int = 12, skip: int = 0) -> tuple[str, dict[str, Any]]:
    return "case", CASE | {"child_id": str(desk.child(age, skip).id)}


def visit(day: str, **changed: Any) -> tuple[str, dict[str, Any]]:
    answers = {
        "labour_case_id": Made("case"),
        "visited_on": day,
        "still_working": "no",
        "in_school": "yes",
        "moved_away": "no",
    }
    return "follow_up", answers | changed


def test_a_case_is_due_after_3_6_and_12_months_and_met_in_time(desk: Desk) -> None:
    """Opened on 31 January: due on 28 April, 28 July and 28 January; visited late the first time.

    The visit of 1 May comes after the first day, so it meets the second.
    """
    known = {one.id for one in desk.rows(LabourCase)}
    desk.enter(case(desk), visit("01/05/2018"))
    (new,) = [one for one in desk.rows(LabourCase) if one.id not in known]
    days = [one for one in desk.rows(FollowUpDue) if one.labour_case_id == new.id]
    assert sorted((one.kind, one.due_on) for one in days) == [
        ("done", date(2018, 7, 28)),
        ("due", date(2018, 4, 28)),
        ("due", date(2018, 7, 28)),
        ("due", date(2019, 1, 28)),
    ]


def test_months_are_counted_by_the_calendar() -> None:
    assert after(date(2018, 11, 30), 3) == date(2019, 2, 28)
    assert after(date(2018, 6, 5), 6) == date(2018, 12, 5)


def test_a_visit_comes_after_the_opening_and_tells_only_changes(desk: Desk) -> None:
    assert desk.faults(case(desk, skip=1), visit("30/01/2018")) == {"visited_on"}
    twice = (visit("01/03/2018", status="withdrawn"), visit("01/04/2018", status="withdrawn"))
    assert desk.faults(case(desk, skip=1), *twice) == {"status"}


def test_a_closed_case_takes_nothing_more(desk: Desk) -> None:
    closed = visit("01/03/2018", status="closed")
    assert desk.faults(case(desk, skip=2), closed, visit("01/04/2018")) == {"labour_case_id"}
    gift = ("support", support("school_material"))
    assert desk.faults(case(desk, skip=2), closed, gift) == {"labour_case_id"}


def support(kind: str, **more: Any) -> dict[str, Any]:
    given = {"labour_case_id": Made("case"), "kind": kind, "provider": "UBND xã"}
    return given | {"starts_on": "10/04/2018"} | more


def test_a_child_who_was_found_counts_once_as_supported_and_with_its_screening(desk: Desk) -> None:
    """Whatever comes in June, of a child found in March: it belongs to those of March."""
    child = desk.child(11, 3)
    found = ("screening", screening(child) | {"hours_per_day_max": "9", "hours_per_week": "54"})
    of_it = {"child_id": str(child.id), "screening_id": Made("screening")}
    before = {one.id for one in desk.rows(FirstTime)}
    desk.enter(
        found,
        ("case", CASE | of_it | {"opened_on": "31/03/2018"}),
        ("support", support("cash", cost_vnd="500000", source="fund", starts_on="10/06/2018")),
        ("support", support("school_material", starts_on="11/06/2018")),
        (
            "support",
            support("school_return", school_name="Trường A", grade="6", starts_on="12/06/2018"),
        ),
    )
    new = [one for one in desk.rows(FirstTime) if one.id not in before]
    (stored,) = [one for one in desk.rows(WorkScreening) if one.child_id == child.id]
    assert sorted((one.kind, one.day, one.subject_id) for one in new) == [
        ("education", stored.screened_on, stored.id),
        ("support", stored.screened_on, stored.id),
    ]


@pytest.mark.parametrize("found", [False, True])
def test_support_of_a_child_who_was_not_found_at_work_is_no_part_of_those_who_were(
    desk: Desk, *, found: bool
) -> None:
    child = desk.child(11, 4)
    of_it: dict[str, Any] = {"child_id": str(child.id), "opened_on": "31/03/2018"}
    first = []
    if found:  # screened, and working as the law allows
        first, of_it["screening_id"] = [("screening", screening(child))], Made("screening")
    before = len(desk.rows(FirstTime))
    gift = ("support", support("school_material"))
    desk.enter(*first, ("case", CASE | of_it), gift)
    assert len(desk.rows(FirstTime)) == before


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("cash", {"cost_vnd", "source"}),
        ("school_return", {"school_name", "grade"}),
        ("vocational", {"vocational_class_id"}),
    ],
)
def test_each_kind_of_support_asks_for_what_it_takes(
    desk: Desk, kind: str, fields: set[str]
) -> None:
    assert desk.faults(case(desk, skip=4), ("support", support(kind))) == fields


def test_a_support_ends_after_it_begins_and_says_what_came_of_it(desk: Desk) -> None:
    for_ends = support("health", ends_on="11/04/2018")
    assert desk.faults(case(desk, skip=4), ("support", for_ends)) == {"outcome"}
    early = support("health", ends_on="09/04/2018", outcome="Khỏe")
    assert desk.faults(case(desk, skip=4), ("support", early)) == {"ends_on"}


CLASS = {
    "trade": "May",
    "provider": "Trung tâm",
    "place": "Xã",
    "starts_on": "05/03/2018",
    "months": "3",
    "places": "2",
    "from_age": "14",
    "project": "no",
}


def learner(child: DemoChild) -> dict[str, str]:
    return {"child_id": str(child.id), "entry_category": "dropout"}


def test_a_trade_is_for_children_of_its_age(desk: Desk) -> None:
    trade = ("vocational_class", CLASS | {"enrolments": [learner(desk.child(14))]})
    pointing = support("vocational", vocational_class_id=Made("vocational_class"))
    young, old = case(desk, 12, 5), case(desk, 14, 1)
    assert desk.faults(trade, young, ("support", pointing)) == {"vocational_class_id"}
    desk.enter(trade, old, ("support", pointing))
    assert [one.learners for one in desk.rows(VocationalClass)] == [1]


def test_a_class_has_places_and_each_child_once(desk: Desk) -> None:
    rows = [learner(desk.child(14, n)) for n in (2, 3, 4)]
    assert desk.faults(("vocational_class", CLASS | {"enrolments": rows})) == {"places"}
    twice = CLASS | {"enrolments": [rows[0], rows[0]]}
    assert desk.faults(("vocational_class", twice)) == {"enrolments.1.child_id"}


def test_a_household_counts_once_a_year(desk: Desk) -> None:
    gift = {"kind": "livestock", "value_vnd": "1000000"}
    home = {"household_id": str(desk.child(9).household_id)}
    days = ("01/03/2018", "01/09/2018", "01/09/2017")
    desk.enter(*(("livelihood", gift | home | {"given_on": day}) for day in days))
    years = [one.year for one in desk.rows(FirstTime) if one.kind == "livelihood"]
    assert sorted(years) == [2017, 2018]


WORKPLACE = ("workplace", {"name": "Quán", "kind": "venue", "sector": "services"})
INSPECTION = {
    "workplace_id": Made("workplace"),
    "inspected_on": "15/06/2018",
    "decision_no": "12/QĐ",
    "team": "Thanh tra",
    "minors_found": "3",
    "minors_5_12": "1",
    "minors_13_14": "0",
    "minors_15_17": "2",
}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"minors_5_12": "2"}, {"minors_found"}),
        ({"findings": ["over_hours"]}, {"sanction", "remedy_by"}),
        (
            {"findings": ["over_hours"], "sanction": "fine", "remedy_by": "01/07/2018"},
            {"amount_vnd"},
        ),
        (
            {"findings": ["other"], "sanction": "criminal_referral", "remedy_by": "01/07/2018"},
            {"referred_to"},
        ),
        ({"inspected_on": "02/12/2018"}, {"inspected_on"}),
    ],
)
def test_an_inspection_adds_up_and_says_what_followed(
    desk: Desk, changed: dict[str, Any], fields: set[str]
) -> None:
    assert desk.faults(WORKPLACE, ("inspection", INSPECTION | changed)) == fields


def test_violations_are_handled_by_a_sanction_or_by_mending_them(desk: Desk) -> None:
    found = {"findings": ["over_hours", "no_contract"], "remedy_by": "01/07/2018"}
    desk.enter(
        WORKPLACE,
        ("inspection", INSPECTION),
        ("inspection", INSPECTION | found | {"sanction": "warning"}),
        ("inspection", INSPECTION | found | {"sanction": "none"}),
        ("inspection", INSPECTION | found | {"sanction": "none", "remedied_on": "20/06/2018"}),
    )
    counts = [(one.violations, one.handled) for one in desk.rows(LabourInspection)]
    assert sorted(counts) == [(0, 0), (2, 0), (2, 2), (2, 2)]
    assert len(desk.rows(Workplace)) == 1


def test_a_commune_reports_a_year_once(desk: Desk) -> None:
    year = {
        "year": "2018",
        "children": "900",
        "informed_children": "700",
        "businesses": "10",
        "informed_businesses": "9",
    }
    desk.enter(("commune_year", year))
    assert desk.faults(("commune_year", year)) == {"year"}
    assert desk.faults(("commune_year", year | {"year": "2019"})) == {"year"}
