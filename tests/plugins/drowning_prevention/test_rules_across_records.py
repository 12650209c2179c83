"""Rules that look at other records, and what forms store beside their own: over a real database."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.forms.context import context_for
from core.forms.errors import AnswersRefusedError
from core.forms.prefilling import prefilled
from core.plugin_api import Submission
from core.profiles.models import ProfileSetting
from core.profiles.repository import profile_on
from core.register.support.models import SupportDelivery
from core.registry.loading import GROUP
from core.tenancy.reach import Reach
from core.testing.plugins import PluginWorld, migrated_copy, open_world, registry_with
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.models import SwimFacility, SwimSkill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild

KEY = "drowning_prevention"
DAY = date(2018, 12, 1)


@pytest.fixture(scope="module")
def opened() -> Iterator[PluginWorld]:
    registry = registry_with(EntryPoint(KEY, f"plugins.{KEY}.plugin", GROUP))
    with migrated_copy(registry) as database:
        world = open_world(registry, database)
        world.switch_on(KEY, 1)
        yield world


class Desk:
    """Enters forms for the first commune."""

    def __init__(self, world: PluginWorld) -> None:
        self.world = world
        self.commune = world.communes[0]

    def enter(self, form: str, answers: dict[str, Any], on: date = DAY) -> None:
        """As a commune worker does."""
        given = {"commune_id": str(self.commune)} | answers
        self.world.enter(1, [Submission(f"{KEY}.{form}", given, on)])

    def faults(self, form: str, answers: dict[str, Any]) -> set[str]:
        """Where the form refuses the answers."""
        with pytest.raises(AnswersRefusedError) as refused:
            self.enter(form, answers)
        return {error.field for error in refused.value.errors}

    def filled(self, form: str, answers: dict[str, Any]) -> dict[str, Any]:
        """What the form shows when these answers are typed."""
        declared = self.world.registry.catalogue.forms
        person = self.world.everybody(1)
        with self.world.door.tenant_session(1, reach=Reach.counting()) as session:
            context = context_for(session, person, DAY, forms=declared)
            return prefilled(session, person, declared[f"{KEY}.{form}"], answers, context)

    def rows(self, model: Any) -> list[Any]:
        """What the province has of a table."""
        with self.world.door.tenant_session(1, reach=Reach.counting()) as session:
            rows = session.scalars(select(model).where(model.tenant_id == 1)).all()
            session.expunge_all()
            return list(rows)

    def child(self, age: int, skip: int = 0) -> DemoChild:
        """A child of the commune that had that age all year."""
        children = self.world.demo().children
        there = [c for c in children if c.commune_id == self.commune]
        return [c for c in there if c.born.year == 2017 - age][skip]


@pytest.fixture(scope="module")
def desk(opened: PluginWorld) -> Desk:
    return Desk(opened)


def checklist(child: DemoChild, **changed: Any) -> dict[str, Any]:
    return {
        "household_id": str(child.household_id),
        "assessed_on": "01/06/2018",
        **dict.fromkeys(ITEM_CODES, "pass"),
        "mandatory_passed": "15",
        "injury_at_home_in_year": "no",
    } | changed


def test_a_home_is_judged_once_a_year(desk: Desk) -> None:
    answers = checklist(desk.child(7))
    desk.enter("safe_home", answers)
    again = answers | {"assessed_on": "01/11/2018"}
    assert desk.faults("safe_home", again) == {"household_id"}


def test_a_home_that_fails_gets_advice_and_a_day(desk: Desk) -> None:
    failed = checklist(desk.child(8), item_09="fail", mandatory_passed="14")
    assert desk.faults("safe_home", failed) == {"advice", "recheck_on"}
    desk.enter("safe_home", failed | {"advice": "Làm chấn song.", "recheck_on": "01/03/2019"})


def test_the_count_of_mandatory_criteria_does_not_contradict_the_list(desk: Desk) -> None:
    told = checklist(
        desk.child(9), item_09="fail", item_12="fail", advice="Sửa.", recheck_on="01/03/2019"
    )
    assert desk.faults("safe_home", told | {"mandatory_passed": "14"}) == {"mandatory_passed"}
    desk.enter("safe_home", told | {"mandatory_passed": "13"})


def test_swim_cages_handed_over_are_places_for_lessons(desk: Desk) -> None:
    answers = {
        "decision_no": "77/QĐ-UBND",
        "recipient_unit": "UBND xã",
        "quantity": "3",
        "delivered_on": "01/04/2018",
        "condition": "new",
        "funding_source": "Ngân sách tỉnh",
    }
    desk.enter("cage_handover", answers)
    cages = [one for one in desk.rows(SwimFacility) if one.kind == "swim_cage"]
    assert sorted(one.name for one in cages) == [
        f"Lồng bơi {number}/3, QĐ 77/QĐ-UBND" for number in (1, 2, 3)
    ]
    assert {(one.status, one.commune_id) for one in cages} == {("delivered", desk.commune)}


def test_a_life_jacket_for_a_child_is_a_support_it_received(desk: Desk) -> None:
    child = desk.child(10)
    given = {"quantity": "1", "delivered_on": "01/06/2018", "child_id": str(child.id)}
    desk.enter("equipment_delivery", given | {"kind": "life_jacket"})
    desk.enter("equipment_delivery", given | {"kind": "first_aid_kit"})
    (support,) = desk.rows(SupportDelivery)
    assert (support.child_id, support.support_type) == (child.id, "equipment")
    assert support.delivered_on == date(2018, 6, 1)


POINT = {
    "name": "Điểm giữ trẻ A",
    "host_place": "Trường mẫu giáo",
    "capacity": "20",
    "carers": "2",
    "status": "closed",
    "opened_on": "01/08/2018",
    "closed_on": "31/08/2018",
}
MINDED = {
    "point_id": "Điểm giữ trẻ A",
    "day": "10/08/2018",
    "children_male": "8",
    "children_female": "7",
    "under_6": "9",
}


@pytest.fixture(scope="module")
def point(desk: Desk) -> None:
    desk.enter("flood_care_point", POINT)
    desk.enter("flood_care_day", MINDED)


@pytest.mark.usefixtures("point")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, "day"),  # entered already
        ({"day": "01/09/2018"}, "day"),  # closed the day before
        ({"day": "11/08/2018", "under_6": "16"}, "under_6"),
        ({"day": "11/08/2018", "children_male": "14"}, "over_capacity_reason"),
        ({"day": "11/08/2018", "point_id": "Điểm không có"}, "point_id"),
    ],
)
def test_a_day_at_a_point_is_plausible(desk: Desk, changed: dict[str, str], field: str) -> None:
    assert desk.faults("flood_care_day", MINDED | changed) == {field}


def test_a_commune_reports_a_year_once_and_not_before_it_begins(desk: Desk) -> None:
    year = {
        "year": "2018",
        "households": "200",
        "schools": "3",
        "safe_schools": "1",
        "safe_community": "no",
    }
    desk.enter("commune_year", year)
    assert desk.faults("commune_year", year) == {"year"}
    assert desk.faults("commune_year", year | {"year": "2019"}) == {"year"}
    assert desk.faults("commune_year", year | {"year": "2017", "safe_schools": "4"}) == {
        "safe_schools"
    }


def learner(child: DemoChild, result: str, tested: str, distance: int, afloat: int) -> Any:
    return {
        "child_id": str(child.id),
        "sex": child.sex,
        "age": str(2018 - child.born.year),
        "result": result,
        "test_date": tested,
        "distance_m": str(distance),
        "float_seconds": str(afloat),
    }


def lesson(*rows: Any, **changed: Any) -> dict[str, Any]:
    return {
        "facility_id": "Bể bơi Trung tâm",
        "organiser": "school",
        "starts_on": "01/06/2018",
        "ends_on": "20/06/2018",
        "places": "2",
        "enrolments": list(rows),
    } | changed


@pytest.fixture(scope="module")
def pool(desk: Desk) -> None:
    place = {"kind": "pool", "allocated_on": "01/01/2018"}
    desk.enter("swim_facility", place | {"name": "Bể bơi Trung tâm", "status": "operating"})
    desk.enter("swim_facility", place | {"name": "Bể bơi hỏng", "status": "broken"})


@pytest.mark.usefixtures("pool")
def test_a_safe_swimmer_reaches_both_thresholds(desk: Desk) -> None:
    """25 m and 90 s where the province sets nothing else."""
    able = learner(desk.child(9), "safe_swimmer", "20/06/2018", 24, 89)
    assert desk.faults("swim_class", lesson(able)) == {
        "enrolments.0.distance_m",
        "enrolments.0.float_seconds",
    }


@pytest.mark.usefixtures("pool")
def test_a_class_has_places_an_operating_pool_and_each_child_once(desk: Desk) -> None:
    one = learner(desk.child(9), "not_yet", "20/06/2018", 0, 0)
    other = learner(desk.child(9, 1), "not_yet", "20/06/2018", 0, 0)
    third = learner(desk.child(9, 2), "not_yet", "20/06/2018", 0, 0)
    assert desk.faults("swim_class", lesson(one, other, third)) == {"places"}
    broken = lesson(one, facility_id="Bể bơi hỏng")
    assert desk.faults("swim_class", broken) == {"facility_id"}
    assert desk.faults("swim_class", lesson(one, one)) == {"enrolments.1.child_id"}
    early = lesson(one, ends_on="31/05/2018")
    assert desk.faults("swim_class", early) == {"ends_on"}


@pytest.mark.usefixtures("pool")
def test_the_latest_result_of_a_child_counts(desk: Desk) -> None:
    child, small = desk.child(9), desk.child(4)
    desk.enter(
        "swim_class",
        lesson(
            learner(child, "safe_swimmer", "20/06/2018", 30, 100),
            learner(small, "safe_swimmer", "20/06/2018", 30, 100),
        ),
    )
    repeated = lesson(learner(child, "safe_swimmer", "20/07/2018", 40, 100), ends_on="20/07/2018")
    desk.enter("swim_class", repeated)
    failed = lesson(learner(child, "partial", "20/08/2018", 10, 10), ends_on="20/08/2018")
    desk.enter("swim_class", failed)
    changes = [one for one in desk.rows(SwimSkill) if one.child_id == child.id]
    assert sorted((one.from_day, one.step) for one in changes) == [
        (date(2018, 6, 20), 1),
        (date(2018, 8, 20), -1),
    ]
    (later,) = [one for one in desk.rows(SwimSkill) if one.child_id == small.id]
    assert later.from_day == small.born.replace(year=small.born.year + 6)  # counted from six on
    assert later.until_day == small.born.replace(year=small.born.year + 16)


@pytest.mark.usefixtures("pool")
def test_a_province_sets_its_own_thresholds(desk: Desk) -> None:
    with desk.world.door.tenant_session(1) as session:
        profile = profile_on(session, DAY)
        assert profile is not None
        session.add(
            ProfileSetting(
                profile_id=profile.id,
                code=f"programmes.{KEY}.swim_min_distance_m",
                value_type="integer",
                value="50",
                source="tests",
                unknown=[],
            )
        )
    able = learner(desk.child(9, 4), "safe_swimmer", "20/06/2018", 49, 90)
    assert desk.faults("swim_class", lesson(able)) == {"enrolments.0.distance_m"}
    desk.enter("swim_class", lesson(able | {"distance_m": "50"}))


def hurt(child: DemoChild, **changed: Any) -> dict[str, Any]:
    return {
        "occurred_on": "10/09/2018",
        "child_id": str(child.id),
        "sex": child.sex,
        "age_at_event": str(2018 - child.born.year),
        "place_type": "home",
        "cause": "fall",
        "outcome": "hospitalised",
    } | changed


def test_an_accident_at_home_is_known_to_the_checklist_of_its_year(desk: Desk) -> None:
    child = desk.child(11, 5)
    asked = {"household_id": str(child.household_id), "assessed_on": "01/10/2018"}
    desk.enter("injury_notice", hurt(child, place_type="road"))
    assert desk.filled("safe_home", asked)["injury_at_home_in_year"] == "no"
    desk.enter("injury_notice", hurt(child))
    assert desk.filled("safe_home", asked)["injury_at_home_in_year"] == "yes"
    before = asked | {"assessed_on": "09/09/2018"}
    assert desk.filled("safe_home", before)["injury_at_home_in_year"] == "no"
    said = asked | {"injury_at_home_in_year": "no"}  # what was typed stays
    assert desk.filled("safe_home", said)["injury_at_home_in_year"] == "no"


@pytest.mark.usefixtures("pool")
def test_whether_a_child_swims_is_known_from_its_last_test_before(desk: Desk) -> None:
    child = desk.child(12, 5)
    asked = {"child_id": str(child.id), "occurred_on": "01/09/2018"}
    desk.enter("swim_class", lesson(learner(child, "not_yet", "20/06/2018", 0, 0)))
    assert desk.filled("injury_notice", asked)["can_swim"] == "no"
    later = lesson(learner(child, "safe_swimmer", "20/08/2018", 300, 900), ends_on="20/08/2018")
    desk.enter("swim_class", later)
    assert desk.filled("injury_notice", asked)["can_swim"] == "yes"
    earlier = asked | {"occurred_on": "01/07/2018"}
    assert desk.filled("injury_notice", earlier)["can_swim"] == "no"
