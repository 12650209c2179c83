"""Alerts of the programme, each raised once, settled by itself, told to nobody without a right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.models import (
    ChildInjuryIncident,
    FloodCarePoint,
    FloodSeason,
    SafeHomeAssessment,
    SwimClass,
    SwimFacility,
)

if TYPE_CHECKING:
    from core.plugin_api import DemoWorld
    from core.testing.alerts import AlertDesk

DAY = date(2018, 7, 2)
KEY = "drowning_prevention"


def drowned(commune: int, on: date = DAY, **given: Any) -> ChildInjuryIncident:
    values = {
        "occurred_on": on,
        "sex": "male",
        "age_at_event": 7,
        "place_type": "river_canal",
        "cause": "drowning",
        "outcome": "died",
        "water_type": "river",
    }
    return ChildInjuryIncident(commune_id=commune, **(values | given))


def judged(world: DemoWorld, on: date, recheck: date | None) -> SafeHomeAssessment:
    child = world.children[0]
    return SafeHomeAssessment(
        commune_id=child.commune_id,
        household_id=child.household_id,
        assessed_on=on,
        year=on.year,
        criteria_set="2011",
        injury_at_home_in_year=False,
        mandatory_passed=14 if recheck else 15,
        score=22 if recheck else 33,
        result="fail" if recheck else "pass",
        recheck_on=recheck,
        **dict.fromkeys(ITEM_CODES, "pass"),
    )


def test_a_drowning_is_told_at_once_and_for_as_long_as_set(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here, there = communes[:2]
    desk.put(drowned(here), drowned(here, outcome="recovered"), drowned(here, cause="fall"))
    assert (desk.look(DAY).raised, desk.look(DAY).raised) == (1, 0)
    code = f"{KEY}.death"
    for role, commune in (("province_officer", None), ("commune_leader", here)):
        assert desk.codes(role, DAY, commune=commune) == [code]
    assert desk.codes("commune_worker", DAY, commune=there) == []
    for role in ("collaborator", "agency_reporter", "service_staff", "province_leader"):
        assert desk.codes(role, DAY, commune=here) == []
    later = DAY + timedelta(days=30)
    assert desk.look(later).settled == 1
    assert desk.codes("province_officer", later) == []
    (kept,) = desk.raised(code)
    assert kept.settled_at is not None
    assert kept.settled_at > kept.raised_at


def test_three_drownings_of_a_commune_in_a_year_are_one_alert_of_the_commune(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here, there = communes[:2]
    code = f"{KEY}.several_in_commune"
    early = DAY - timedelta(days=300)
    desk.put(*(drowned(here, early, outcome="recovered") for _ in range(2)))
    desk.look(DAY)
    assert desk.raised(code) == []
    desk.put(drowned(here, outcome="recovered"), drowned(there, outcome="recovered"))
    for _ in range(2):
        desk.look(DAY)
    (told,) = desk.told("commune_leader", DAY, commune=here)
    assert (told.alert.code, told.commune_id, told.record_id) == (code, here, None)
    assert desk.codes("commune_leader", DAY, commune=there) == []
    assert desk.codes("agency_reporter", DAY, commune=here) == []
    assert desk.look(DAY + timedelta(days=100)).settled == 1


def test_a_home_is_due_again_until_it_was_judged(desk: AlertDesk, world: DemoWorld) -> None:
    from core.testing.children import home

    child = world.children[0]
    recheck = DAY + timedelta(days=30)
    desk.put(home(child), judged(world, DAY, recheck))
    assert desk.look(recheck - timedelta(days=1)).raised == 0
    assert (desk.look(recheck).raised, desk.look(recheck).raised) == (1, 0)
    here = child.commune_id
    assert desk.codes("commune_worker", recheck, commune=here) == [f"{KEY}.home_recheck"]
    for role in ("collaborator", "commune_leader", "service_staff"):
        assert desk.codes(role, recheck, commune=here) == []
    (told,) = desk.told("commune_worker", recheck, commune=here)
    assert (told.since_on, told.due_on) == (recheck, recheck)
    desk.put(judged(world, date(2019, 1, 5), None))
    assert desk.look(date(2019, 1, 6)).settled == 1


def test_a_facility_without_a_class_is_told_after_ninety_days(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here = communes[0]
    cage = SwimFacility(
        commune_id=here, name="Lồng bơi", kind="swim_cage", status="delivered", allocated_on=DAY
    )
    planned = SwimFacility(commune_id=here, name="Hồ bơi", kind="pool", status="planned")
    desk.put(cage, planned)
    assert desk.look(DAY + timedelta(days=89)).raised == 0
    later = DAY + timedelta(days=90)
    assert (desk.look(later).raised, desk.look(later).raised) == (1, 0)
    code = f"{KEY}.facility_without_class"
    assert desk.codes("service_staff", later, commune=here) == [code]
    for role in ("commune_leader", "agency_reporter", "inspector"):
        assert desk.codes(role, later, commune=here) == []
    desk.put(
        SwimClass(
            commune_id=here,
            facility_id=cage.id,
            organiser="commune",
            starts_on=later,
            ends_on=later,
            places=20,
        )
    )
    assert desk.look(later).settled == 1


def test_a_flood_without_a_care_point_is_told_from_the_level_that_is_set(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here, there = communes[:2]
    code = f"{KEY}.flood_without_point"
    high = FloodSeason(commune_id=here, opened_on=DAY, alarm_level=2)
    desk.put(
        high,
        FloodSeason(commune_id=there, opened_on=DAY, alarm_level=1),
        FloodSeason(commune_id=there, opened_on=DAY, alarm_level=3, closed_on=DAY),
    )
    for _ in range(2):
        desk.look(DAY)
    assert [one.record_id for one in desk.raised(code)] == [high.id]
    for role in ("commune_worker", "district_officer", "province_officer"):
        assert code in desk.codes(role, DAY, commune=here)
    assert code not in desk.codes("commune_worker", DAY, commune=there)
    assert code not in desk.codes("commune_leader", DAY, commune=here)
    point = FloodCarePoint(
        commune_id=here, name="Điểm", host_place="Trường", capacity=9, carers=1, status="planned"
    )
    desk.put(point)
    desk.look(DAY)
    (settled,) = desk.raised(code)
    assert settled.settled_at is not None
    point.status, point.opened_on, point.closed_on = "closed", DAY, DAY
    desk.put(point)
    assert desk.look(DAY).raised == 1
