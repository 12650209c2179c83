"""Core's alerts, each raised once, settled by itself, told to nobody without a right."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from core.access.grants import give
from core.alerts import own
from core.areas.models import AreaSuccession
from core.events.models import CommunicationEvent
from core.indicators.count import recount_all
from core.money.models import BudgetStanding
from core.organisation.models import Collaborator, Committee, StaffPost
from core.planning.models import ActivityResult, PlanActivity, PlanYear
from core.profiles.models import ProfileSetting, Target, TenantProfile
from core.profiles.repository import profile_on
from tests.core.alerts.conftest import DAY
from tests.core.alerts.given import case, child

if TYPE_CHECKING:
    from core.registry.service import Registry
    from core.testing.alerts import AlertDesk
    from core.testing.database import TestDatabase

NEVER = ("collaborator", "inspector", "auditor", "agency_reporter")


def raised_once(desk: AlertDesk, code: str, on: date, key: UUID | int) -> None:
    """Raised by the first look for its record or commune, and by no other."""
    for _ in range(2):
        desk.look(on)
    of_it = [one for one in desk.raised(code) if key in {one.record_id, one.commune_id}]
    assert len(of_it) == 1


def told_to(desk: AlertDesk, code: str, on: date, commune: int | None, *roles: str) -> list[str]:
    """Those of the roles that are told."""
    return [role for role in roles if code in desk.codes(role, on, commune=commune)]


def waits(desk: AlertDesk, code: str, on: date, key: UUID | int) -> bool:
    desk.look(on)
    return any(
        one.settled_at is None
        for one in desk.raised(code)
        if key in {one.record_id, one.commune_id}
    )


def test_a_small_child_without_a_valid_card(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    here, there = communes
    code = "core.small_child_without_card"
    small = child(here, date(2015, 3, 1), health_insurance_card=None)
    ended = child(here, date(2015, 3, 1), health_insurance_until=DAY - timedelta(days=1))
    gone = child(
        here, date(2015, 3, 1), health_insurance_card=None, status="moved_out", left_on=DAY
    )
    older = child(here, date(2012, 5, 1), health_insurance_card=None)
    desk.put(small, ended, gone, older, child(here, date(2015, 3, 1)))
    raised_once(desk, code, DAY, small.id)
    assert {one.record_id for one in desk.raised(code)} == {small.id, ended.id}
    assert told_to(desk, code, DAY, here, "commune_worker", "commune_leader", *NEVER) == [
        "commune_worker"
    ]
    assert told_to(desk, code, DAY, there, "commune_worker") == []
    small.health_insurance_card = "TE2"
    desk.put(small)
    assert not waits(desk, code, DAY, small.id)
    assert waits(desk, code, DAY, ended.id)


def test_a_birth_that_is_not_registered(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    code = "core.birth_unregistered"
    born = DAY - timedelta(days=60)
    found = child(communes[0], born, birth_registration="not_registered")
    desk.put(found)
    assert not waits(desk, code, DAY - timedelta(days=1), found.id)
    raised_once(desk, code, DAY, found.id)
    roles = ("commune_worker", "commune_leader", "province_officer", *NEVER)
    assert told_to(desk, code, DAY, communes[0], *roles) == ["commune_worker"]
    found.birth_registration = "late"
    desk.put(found)
    assert not waits(desk, code, DAY, found.id)


def test_a_child_that_turns_sixteen(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    code = "core.child_turns_16"
    found = child(communes[0], date(2002, 7, 31), schooling="lower_secondary")
    desk.put(found)
    assert not waits(desk, code, DAY - timedelta(days=1), found.id)
    soon = DAY
    raised_once(desk, code, soon, found.id)
    (told,) = (
        one
        for one in desk.told("commune_worker", soon, commune=communes[0])
        if one.alert.code == code
    )
    assert told.due_on == date(2018, 7, 31)
    assert told_to(desk, code, soon, communes[0], "commune_leader", *NEVER) == []
    assert not waits(desk, code, date(2018, 7, 31), found.id)


def test_a_clock_of_a_case_that_ran_out(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    here = communes[0]
    code = "core.case_clock"
    late = DAY + timedelta(days=1)
    plain = case(here, DAY)
    hidden = case(here, DAY, kind="hiv_support", confidential_key="core.hiv")
    desk.put(plain, hidden)
    assert not waits(desk, code, DAY, plain.id)
    raised_once(desk, code, late, plain.id)
    raised_once(desk, code, late, hidden.id)
    roles = ("commune_worker", "commune_leader", "province_officer", "district_officer", *NEVER)
    assert told_to(desk, code, late, here, *roles) == ["commune_worker", "commune_leader"]
    assigned = UUID(int=9, version=4)
    give(
        desk.session,
        assigned,
        "assignment",
        subject_kind="core.case",
        subject_id=hidden.id,
        by=None,
        now=plain.received_at,
    )

    def records(role: str, **who: Any) -> set[UUID | None]:
        return {one.record_id for one in desk.told(role, late, **who) if one.alert.code == code}

    assert records("commune_worker", commune=here) == {plain.id}
    assert records("commune_worker", commune=here, account=assigned) == {plain.id, hidden.id}
    assert hidden.id in records("province_confidential_officer")
    plain.state = "screened_out"
    desk.put(plain)
    assert not waits(desk, code, late, plain.id)


def test_a_second_clock_of_the_same_case_is_the_same_alert(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    """The emergency's and the plan's both wait: one alert, since the first."""
    code, found = "core.case_clock", case(communes[0], DAY)
    desk.put(found)
    for days in (1, 8, 15):
        desk.look(DAY + timedelta(days=days))
    (raised,) = desk.raised(code)
    assert (raised.record_id, raised.settled_at) == (found.id, None)
    assert (raised.since_on, raised.due_on) == (DAY + timedelta(days=1),) * 2


def test_a_unit_below_its_minimum(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    here = communes[0]
    code = "core.unit_below_minimum"
    standing = BudgetStanding(
        level="commune",
        unit_id=here,
        commune_id=here,
        year=2018,
        from_day=date(2018, 1, 1),
        until_day=date(2019, 1, 1),
        minimum_vnd=10_000_000,
        allocated_vnd=1,
        meets=False,
        created_at=case(here, DAY).created_at,
    )
    desk.put(standing)
    raised_once(desk, code, DAY, standing.id)
    may = ("commune_worker", "finance_officer")
    assert told_to(desk, code, DAY, here, *may, *NEVER) == [*may]
    standing.allocated_vnd, standing.meets = 10_000_000, True
    desk.put(standing)
    assert not waits(desk, code, DAY, standing.id)


def test_an_activity_past_its_day_without_a_result(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    code = "core.activity_without_result"
    at = case(communes[0], DAY).created_at
    plan = PlanYear(year=2018, title="Kế hoạch", status="approved", created_at=at)
    desk.put(plan)
    activity = PlanActivity(
        plan_id=plan.id,
        code="1",
        title="Truyền thông",
        programme_code="core",
        counts_people=False,
        due_on=DAY,
        created_at=at,
    )
    desk.put(activity)
    assert not waits(desk, code, DAY, activity.id)
    late = DAY + timedelta(days=1)
    raised_once(desk, code, late, activity.id)
    roles = ("province_officer", "province_leader", "commune_worker", *NEVER)
    assert told_to(desk, code, late, None, *roles) == ["province_officer"]
    desk.put(
        ActivityResult(
            commune_id=communes[0],
            activity_id=activity.id,
            activity_code="1",
            period="Q2",
            done_quantity=1,
            done_on=late,
            place="Xã",
            created_at=at,
        )
    )
    assert not waits(desk, code, late, activity.id)


def test_a_profile_that_ends(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    code = "core.profile_ends"
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    profile.valid_to = DAY + timedelta(days=60)
    desk.put(profile)
    raised_once(desk, code, DAY, profile.id)
    may = ("province_officer", "province_admin")
    assert told_to(desk, code, DAY, None, *may, "province_leader", *NEVER) == [*may]
    assert told_to(desk, code, DAY, communes[0], "commune_worker") == []
    desk.put(
        TenantProfile(
            code="next",
            valid_from=profile.valid_to + timedelta(days=1),
            area_id=profile.area_id,
            legal_basis=[],
            unknown=[],
            source="t",
        )
    )
    assert not waits(desk, code, DAY, profile.id)


def test_a_commune_that_lacks_somebody(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    here, there = communes
    at = case(here, DAY).created_at
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    desk.put(
        ProfileSetting(
            profile_id=profile.id,
            code="network.collaborators_per_commune",
            value_type="integer",
            value="1",
        )
    )
    codes = {
        "core.commune_without_worker": StaffPost(
            commune_id=here,
            level="commune",
            unit_id=here,
            post_type="protection_worker",
            incumbent="Cán bộ",
            full_time=True,
            from_date=DAY,
            created_at=at,
        ),
        "core.commune_without_committee": Committee(
            commune_id=here,
            level="commune",
            unit_id=here,
            committee_type="management_board",
            decision_no="1",
            decided_on=DAY,
            chair_role="Chủ tịch",
            created_at=at,
        ),
        "core.commune_with_few_collaborators": Collaborator(
            commune_id=here,
            full_name="Cộng tác viên",
            name_fold="cong tac vien",
            phone="0900000000",
            hamlet="Ấp 1",
            hamlet_fold="ap 1",
            from_date=DAY,
            created_at=at,
        ),
    }
    for code in codes:
        raised_once(desk, code, DAY, here)
        may = ("commune_worker", "district_officer", "province_officer")
        roles = (*may, "commune_leader", "province_leader", *NEVER)
        assert told_to(desk, code, DAY, here, *roles) == [*may]
        seen = desk.told("commune_worker", DAY, commune=here)
        assert {one.commune_id for one in seen if one.alert.code == code} == {here}
    # the days on which it was raised stay, though nobody says since when it is so
    desk.look(DAY + timedelta(days=9))
    assert {one.since_on for one in desk.raised("core.commune_without_worker")} == {DAY}
    desk.put(*codes.values())
    for code in codes:
        assert not waits(desk, code, DAY, here)
        assert waits(desk, code, DAY, there)


def test_a_province_sets_the_days_of_cores_alerts(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    desk.put(
        ProfileSetting(
            profile_id=profile.id,
            code="alerts.birth_registration_days",
            value_type="integer",
            value="30",
        )
    )
    found = child(communes[0], DAY - timedelta(days=30), birth_registration="not_registered")
    desk.put(found)
    raised_once(desk, "core.birth_unregistered", DAY, found.id)


def test_a_commune_that_ended_without_a_successor(
    desk: AlertDesk, database: TestDatabase, communes: tuple[int, ...]
) -> None:
    """Every unit that ended on 30 June 2025 has its successor; then one of them has lost it."""
    code, later = own.LINEAGE_GAP, date(2025, 8, 1)
    desk.look(later)
    assert desk.raised(code) == []
    gone = AreaSuccession.predecessor_id == communes[0]
    columns = list(AreaSuccession.__table__.columns)
    with database.owner.begin() as owner:
        kept = [dict(row._mapping) for row in owner.execute(select(*columns).where(gone))]
        owner.execute(delete(AreaSuccession).where(gone))
    try:
        assert not waits(desk, code, date(2025, 6, 30), communes[0])
        raised_once(desk, code, later, communes[0])
        roles = ("province_officer", "commune_worker", "province_leader", *NEVER)
        assert told_to(desk, code, later, None, *roles) == ["province_officer"]
    finally:
        with database.owner.begin() as owner:
            owner.execute(insert(AreaSuccession), kept)
    assert kept
    assert not waits(desk, code, later, communes[0])


def target(desk: AlertDesk, **given: Any) -> Target:
    """Every small child has a card, unless told otherwise."""
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    values = {
        "code": "t1",
        "source": "t",
        "indicator": "COR-03",
        "scope": "province",
        "year": 2018,
        "operator": ">=",
        "value": Decimal(100),
        "unit": "percent",
    }
    made = Target(profile_id=profile.id, **(values | given))
    desk.put(made)
    return made


def test_a_target_that_will_be_missed_at_this_pace(
    desk: AlertDesk, communes: tuple[int, ...], registry: Registry
) -> None:
    here = communes[0]
    code = own.TARGET_MISSED
    uninsured = child(here, date(2015, 3, 1), health_insurance_card=None)
    desk.put(uninsured, child(here, date(2015, 3, 1)))
    cards = target(desk)
    low = target(desk, code="t2", value=Decimal(50))
    national = target(desk, code="t3", scope="national")
    recount_all(desk.session, registry.catalogue.measures.values())
    assert not waits(desk, code, DAY - timedelta(days=1), cards.id)  # in May it is not told yet
    raised_once(desk, code, DAY, cards.id)
    assert {one.record_id for one in desk.raised(code)}.isdisjoint({low.id, national.id})
    roles = ("province_officer", "province_leader", "commune_worker", *NEVER)
    assert told_to(desk, code, DAY, None, *roles) == ["province_officer"]
    uninsured.health_insurance_card = "TE2"
    desk.put(uninsured)
    recount_all(desk.session, registry.catalogue.measures.values())
    assert not waits(desk, code, DAY, cards.id)


def test_what_goes_on_at_its_pace_reaches_its_target(
    desk: AlertDesk, communes: tuple[int, ...], registry: Registry
) -> None:
    """Ten people by 1 June are 24 by the end of the year: 10 × 365 / 152 days."""
    code, today = own.TARGET_MISSED, DAY
    event = CommunicationEvent(
        commune_id=communes[0],
        title="Truyền thông",
        event_form="group_talk",
        topics=["child_labour"],
        audiences=["parents"],
        held_on=date(2018, 2, 1),
        place="Xã",
        n_events=1,
        n_sites=1,
        participants_total=10,
        created_at=case(communes[0], DAY).created_at,
    )
    desk.put(event)
    reached = target(desk, indicator="COR-12", value=Decimal(24), unit="people")
    missed = target(desk, code="t2", indicator="COR-12", value=Decimal(25), unit="people")
    recount_all(desk.session, registry.catalogue.measures.values())
    desk.look(today)
    assert [one.record_id for one in desk.raised(code)] == [missed.id]
    assert reached.id != missed.id
