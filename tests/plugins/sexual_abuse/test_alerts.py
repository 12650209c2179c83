"""Alerts of cases: told to the team and to who oversees it, and to nobody else, not as a count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from core.access.grants import end, give
from plugins.sexual_abuse.models import SaCase
from plugins.sexual_abuse.response.models import (
    SaClosing,
    SaEmergency,
    SaPlacement,
    SaPlan,
    SaReview,
)

if TYPE_CHECKING:
    from core.testing.alerts import AlertDesk

KEY = "sexual_abuse"
# A Monday in the morning.
NOON = datetime(2018, 3, 5, 2, 0, tzinfo=UTC)
DAY = NOON.date()
WORKER, LEADER, STRANGER = (UUID(int=number, version=4) for number in (71, 72, 73))
NOBODY = ("province_officer", "district_officer", "service_staff", "collaborator", "auditor")


def received(commune: int, at: datetime = NOON, **given: Any) -> SaCase:
    values = {
        "received_at": at,
        "channel": "school",
        "sex": "female",
        "estimated_age": 9,
        "child_safe_now": True,
        "abuse_form": "unclassified",
        "setting": "school",
        "relation_to_child": "unknown",
        "police_informed_at": at,
    }
    return SaCase(commune_id=commune, **(values | given))


class Team:
    """A case with the worker and the leader it was given to."""

    def __init__(self, desk: AlertDesk, commune: int) -> None:
        self.desk = desk
        self.commune = commune

    def case(self, at: datetime = NOON, **given: Any) -> SaCase:
        """A case that was given to its team."""
        case = received(self.commune, at, **given)
        self.desk.put(case)
        for account in (WORKER, LEADER):
            give(
                self.desk.session,
                account,
                "assignment",
                subject_kind=KEY,
                subject_id=case.id,
                by=None,
                now=datetime(2018, 1, 1, tzinfo=UTC),
            )
        return case

    def raised_once(self, code: str, on: date | datetime, record: UUID | None) -> None:
        """Raised by the first look and by no other."""
        for _ in range(2):
            self.desk.look(on)
        assert [one.record_id for one in self.desk.raised(f"{KEY}.{code}")] == [record]

    def told(self, on: date | datetime) -> dict[str, list[str]]:
        """What each of those is told who may be told anything."""
        here = self.commune
        seen = {
            "worker": self._codes("commune_worker", on, commune=here, account=WORKER),
            "leader": self._codes("commune_leader", on, commune=here, account=LEADER),
            "officer": self._codes("province_confidential_officer", on),
            # in the same commune and role, but the case is not theirs
            "stranger": self._codes("commune_worker", on, commune=here, account=STRANGER),
        }
        for role in NOBODY:
            assert self._codes(role, on) == []
        return {who: codes for who, codes in seen.items() if codes}

    def settled(self, code: str, on: date | datetime) -> bool:
        """Whether nothing of it waits after another look."""
        self.desk.look(on)
        raised = self.desk.raised(f"{KEY}.{code}")
        return bool(raised) and all(one.settled_at is not None for one in raised)

    def _codes(self, role: str, on: date | datetime, **who: Any) -> list[str]:
        return [code.removeprefix(f"{KEY}.") for code in self.desk.codes(role, on, **who)]


@pytest.fixture
def team(desk: AlertDesk, communes: tuple[int, ...]) -> Team:
    return Team(desk, communes[0])


def test_the_clock_of_twelve_hours_is_told_at_six_ten_and_twelve(team: Team) -> None:
    case = team.case(child_safe_now=False)
    at = {hours: NOON + timedelta(hours=hours) for hours in (5, 6, 10, 12)}
    team.desk.look(at[5])
    assert team.told(at[5]) == {}
    for hours in (6, 10):
        team.raised_once(f"emergency_{hours}h", at[hours], case.id)
        one = [f"emergency_{hours}h"]
        assert team.told(at[hours]) == {"worker": one, "leader": one}
    team.raised_once("emergency_12h", at[12], case.id)
    last = ["emergency_12h"]
    assert team.told(at[12]) == {"worker": last, "leader": last, "officer": last}
    assert team.settled("emergency_6h", at[12])
    team.desk.put(
        SaEmergency(
            commune_id=team.commune, case_id=case.id, measures=["safe_place"], started_at=at[12]
        )
    )
    assert team.settled("emergency_12h", at[12])


def test_whoever_loses_the_case_is_told_nothing_more(team: Team) -> None:
    case = team.case(child_safe_now=False)
    at = NOON + timedelta(hours=6)
    team.desk.look(at)
    assert team.told(at)["worker"] == ["emergency_6h"]
    end(team.desk.session, subject_id=case.id, by=None, now=at, holder=WORKER)
    assert set(team.told(at)) == {"leader"}


def test_police_that_were_not_informed_are_told_of_after_twelve_hours(team: Team) -> None:
    case = team.case(police_informed_at=None)
    team.desk.look(NOON + timedelta(hours=11))
    assert team.desk.raised(f"{KEY}.police_not_informed") == []
    late = NOON + timedelta(hours=12)
    team.raised_once("police_not_informed", late, case.id)
    assert set(team.told(late)) == {"worker", "leader", "officer"}
    case.police_informed_at = late
    team.desk.put(case)
    assert team.settled("police_not_informed", late)


def test_a_plan_is_told_of_after_three_and_five_working_days(team: Team) -> None:
    case = team.case()
    wednesday, thursday, monday = (NOON + timedelta(days=days) for days in (2, 3, 7))
    team.desk.look(wednesday)
    assert team.told(wednesday) == {}
    team.raised_once("plan_soon", thursday, case.id)
    assert team.told(thursday) == {"worker": ["plan_soon"], "leader": ["plan_soon"]}
    team.raised_once("plan_late", monday, case.id)
    assert team.told(monday) == {
        "worker": ["plan_late"],
        "leader": ["plan_late"],
        "officer": ["plan_late"],
    }
    team.desk.put(planned(case, monday.date()))
    assert team.settled("plan_late", monday)
    assert team.settled("plan_soon", monday)


def planned(case: SaCase, on: date, review: date | None = None) -> SaPlan:
    return SaPlan(
        commune_id=case.commune_id,
        case_id=case.id,
        submitted_on=on,
        review_on=review or on + timedelta(days=90),
    )


def reviewed(case: SaCase, on: date, **given: Any) -> SaReview:
    low = dict.fromkeys(("harm", "offender_access", "care_obstacles"), "low")
    able = dict.fromkeys(("self_protection", "caregiver_ability", "recovery"), "low")
    values = low | able | {"conclusion": "continue"} | given
    levels = [value for name, value in values.items() if name != "conclusion"]
    counts = {f"{level}_count": levels.count(level) for level in ("high", "medium", "low")}
    return SaReview(commune_id=case.commune_id, case_id=case.id, reviewed_on=on, **values, **counts)


def test_a_review_is_told_of_thirty_days_after_the_planned_day(team: Team) -> None:
    case = team.case()
    due = DAY + timedelta(days=60)
    team.desk.put(planned(case, DAY, due))
    team.desk.look(due + timedelta(days=29))
    assert team.desk.raised(f"{KEY}.review_late") == []
    late = due + timedelta(days=30)
    team.raised_once("review_late", late, case.id)
    assert set(team.told(late)) == {"worker", "leader", "officer"}
    team.desk.put(reviewed(case, late))
    assert team.settled("review_late", late)


def test_abuse_that_goes_on_is_told_until_the_child_is_protected(team: Team) -> None:
    case = team.case(child_safe_now=False, ongoing=True)
    team.raised_once("goes_on", NOON, case.id)
    assert set(team.told(NOON)) == {"worker", "leader", "officer"}
    protected = SaEmergency(
        commune_id=team.commune, case_id=case.id, measures=["safe_place"], started_at=NOON
    )
    team.desk.put(protected)
    assert team.settled("goes_on", NOON)
    protected.ended_on = DAY
    team.desk.put(protected)
    team.desk.look(NOON)
    # the cause came back: another alert, and the first one is kept
    first, again = team.desk.raised(f"{KEY}.goes_on")
    assert {first.settled_at is None, again.settled_at is None} == {True, False}


def test_an_offender_with_access_is_told_until_a_later_review_or_the_end(team: Team) -> None:
    case = team.case()
    first = reviewed(case, DAY, offender_access="high")
    team.desk.put(planned(case, DAY), first)
    team.raised_once("offender_access", DAY, first.id)
    assert set(team.told(DAY)) == {"worker", "leader", "officer"}
    later = reviewed(case, DAY + timedelta(days=5))
    team.desk.put(later)
    assert team.settled("offender_access", DAY + timedelta(days=5))


def test_several_notices_of_one_setting_are_told_to_the_overseer_alone(team: Team) -> None:
    for _ in range(2):
        team.desk.put(planned(team.case(), DAY))
    other = team.case(setting="family")
    team.desk.put(planned(other, DAY))
    team.desk.look(NOON)
    assert team.desk.raised(f"{KEY}.same_setting") == []
    team.desk.put(planned(team.case(), DAY))
    team.raised_once("same_setting", NOON, None)
    assert team.told(NOON) == {"officer": ["same_setting"]}
    assert team.settled("same_setting", NOON + timedelta(days=366))


def test_a_placement_is_reviewed_on_its_day(team: Team) -> None:
    case = team.case()
    due = DAY + timedelta(days=10)
    placed = SaPlacement(
        commune_id=team.commune, case_id=case.id, kind="kin", starts_on=DAY, review_on=due
    )
    team.desk.put(planned(case, DAY), placed)
    team.desk.look(due - timedelta(days=1))
    assert team.desk.raised(f"{KEY}.placement_review") == []
    team.raised_once("placement_review", due, placed.id)
    assert team.told(due) == {"worker": ["placement_review"], "leader": ["placement_review"]}
    placed.review_on = due + timedelta(days=30)
    team.desk.put(placed)
    assert team.settled("placement_review", due)


def test_nothing_of_a_closed_case_waits(team: Team) -> None:
    case = team.case(child_safe_now=False, ongoing=True, police_informed_at=None)
    last = reviewed(case, DAY, offender_access="medium", conclusion="close")
    team.desk.put(last)
    late = NOON + timedelta(days=10)
    assert team.desk.look(late).raised > 0
    team.desk.put(
        SaClosing(commune_id=team.commune, case_id=case.id, review_id=last.id, closed_on=DAY)
    )
    team.desk.look(late)
    assert team.told(late) == {}


def test_an_alert_of_a_case_keeps_nothing_of_the_child(team: Team) -> None:
    case = team.case(child_safe_now=False, child_ref=UUID(int=5, version=4))
    team.desk.look(NOON + timedelta(hours=6))
    (alert,) = team.desk.raised(f"{KEY}.emergency_6h")
    assert (alert.child_id, alert.confidential_key) == (None, KEY)
    assert (alert.record_id, alert.subject_id) == (case.id, case.id)
