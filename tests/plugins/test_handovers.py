"""What one owner's records tell another: taken up once, or told to the province's officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from core.contribution import core_contribution
from core.events.incidents.models import UrgentIncident
from core.plugin_api import Attention, Gives, Takes, Text
from core.profiles.models import ProfileSetting
from core.profiles.repository import profile_on
from core.register.family.models import ParentRecord
from core.register.following.models import SchoolingChange, StatusChange
from core.registry.catalogue import Catalogue
from core.registry.enablement import switch_off, switch_on
from core.registry.errors import PluginError
from core.registry.loading import installed_entry_points
from core.registry.service import Registry
from plugins.child_labour.models import LabourCase, WorkScreening
from plugins.drowning_prevention.models import (
    ChildInjuryIncident,
    FloodCarePoint,
    WaterHazardSite,
)
from plugins.orphan_care.models import OrphanCareRecord
from plugins.orphan_care.relief.models import DisasterEvent
from plugins.sexual_abuse.models import SaCase
from tests.plugins.conftest import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.register.models import Child
    from core.testing.alerts import AlertDesk

DAY = date(2018, 3, 5)
NOON = datetime.combine(DAY, time(5), UTC)
UNSCREENED = "child_labour.dropout_unscreened"
OFFICER = "province_officer"


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The four programmes beside the whole of core."""
    points = [point for point in installed_entry_points() if point.name in KEYS]
    return Registry.discover(core_contribution(), points=points)


@pytest.fixture
def left_school(desk: AlertDesk, make_child: Callable[..., Child]) -> Child:
    """An insured child of eight who left school today."""
    child = make_child(
        schooling="dropped_out", birth_registration="registered", date_of_birth=date(2010, 2, 5)
    )
    desk.put(child)
    desk.put(
        SchoolingChange(
            commune_id=child.commune_id,
            child_id=child.id,
            changed_on=DAY,
            schooling="dropped_out",
            dropout_reason="works",
        )
    )
    return child


def screening(child: Child, on: date) -> WorkScreening:
    return WorkScreening(
        commune_id=child.commune_id,
        child_id=child.id,
        screened_on=on,
        sex="female",
        age_at_screening=8,
        school_attending=False,
        works=False,
        category="not_working",
        reasons=[],
        ruleset="2016",
        age_group="5-12",
    )


def parent(child: Child, kind: str, life: str, on: date = DAY, **given: Any) -> ParentRecord:
    return ParentRecord(
        commune_id=child.commune_id,
        child_id=child.id,
        kind=kind,
        name_fold="",
        life_status=life,
        as_of=on,
        **given,
    )


def told(desk: AlertDesk, code: str, role: str, on: date | datetime = DAY, **where: Any) -> bool:
    return code in desk.codes(role, on, **where)


def open_ones(desk: AlertDesk, code: str) -> int:
    return sum(one.settled_at is None for one in desk.raised(code))


def test_hook_handovers(desk: AlertDesk, left_school: Child, communes: tuple[int, ...]) -> None:
    for _ in range(2):
        desk.look(DAY)
    (raised,) = desk.raised(UNSCREENED)
    assert (raised.record_id, raised.child_id) == (left_school.id, left_school.id)
    assert (raised.programme, raised.since_on, raised.due_on) == (
        "child_labour",
        DAY,
        DAY + timedelta(days=14),
    )
    here = left_school.commune_id
    assert told(desk, UNSCREENED, "commune_worker", commune=here)
    assert told(desk, UNSCREENED, OFFICER)
    assert not told(desk, UNSCREENED, "commune_worker", commune=communes[1])
    for role in ("collaborator", "commune_leader", "inspector", "finance_officer"):
        assert not told(desk, UNSCREENED, role, commune=here)
    desk.put(screening(left_school, DAY - timedelta(days=1)))
    desk.look(DAY)
    assert open_ones(desk, UNSCREENED) == 1  # a screening from before it left school says nothing
    desk.put(screening(left_school, DAY))
    desk.look(DAY)
    assert open_ones(desk, UNSCREENED) == 0


@pytest.mark.parametrize(
    "given",
    [
        {"schooling": "primary"},
        {"status": "moved_out", "left_on": DAY},
        {"date_of_birth": date(2013, 3, 6)},
        {"date_of_birth": date(2000, 3, 5)},
    ],
)
def test_a_child_at_school_gone_or_of_another_age_is_not_handed_over(
    desk: AlertDesk, make_child: Callable[..., Child], given: dict[str, Any]
) -> None:
    desk.put(make_child(**({"schooling": "dropped_out"} | given)))
    desk.look(DAY)
    assert desk.raised(UNSCREENED) == []


def test_a_case_answers_it_and_what_is_old_is_no_news(desk: AlertDesk, left_school: Child) -> None:
    later = DAY + timedelta(days=364)
    desk.look(later)
    assert open_ones(desk, UNSCREENED) == 1
    desk.look(DAY + timedelta(days=365))
    assert open_ones(desk, UNSCREENED) == 0
    desk.look(later)
    assert open_ones(desk, UNSCREENED) == 1
    desk.put(
        LabourCase(
            commune_id=left_school.commune_id,
            child_id=left_school.id,
            opened_on=DAY,
            category="at_risk",
            support_plan="Thử",
        )
    )
    desk.look(later)
    assert open_ones(desk, UNSCREENED) == 0


def test_each_owner_sets_its_own_days(desk: AlertDesk, left_school: Child) -> None:
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    for code, value in (
        ("programmes.child_labour.screening_days", "3"),
        ("alerts.handover_days", "5"),
    ):
        desk.put(
            ProfileSetting(profile_id=profile.id, code=code, value_type="integer", value=value)
        )
    desk.look(DAY)
    (raised,) = desk.raised(UNSCREENED)
    assert raised.due_on == DAY + timedelta(days=3)
    desk.look(DAY + timedelta(days=5))
    assert open_ones(desk, UNSCREENED) == 0


def test_what_no_programme_takes_up_is_told_to_the_province_officer_alone(
    desk: AlertDesk, registry: Registry, left_school: Child
) -> None:
    desk.look(DAY)
    assert desk.raised("core.left_school") == []
    off, on = (NOON + timedelta(hours=hours) for hours in (1, 2))
    switch_off(desk.session, registry, "child_labour", at=off)
    desk.look(off)
    assert told(desk, "core.left_school", OFFICER, off)
    assert not told(desk, UNSCREENED, OFFICER, off)
    here = left_school.commune_id
    for role in ("commune_worker", "commune_leader", "district_officer", "province_admin"):
        assert not told(desk, "core.left_school", role, off, commune=here)
    switch_on(desk.session, registry, "child_labour", at=on)
    assert told(desk, UNSCREENED, OFFICER, on)
    assert not told(desk, "core.left_school", OFFICER, on)


def test_the_loss_of_a_parent_is_taken_up_by_the_care_of_orphans(
    desk: AlertDesk, make_child: Callable[..., Child]
) -> None:
    code = "orphan_care.parent_lost"
    lost, half, found_again = (make_child(number) for number in (1, 2, 3))
    desk.put(lost, half, found_again)
    desk.put(
        parent(lost, "mother", "missing"),
        parent(half, "mother", "dead"),
        parent(half, "father", "alive", availability="present"),
        parent(found_again, "father", "missing", DAY - timedelta(days=9)),
        parent(found_again, "father", "alive", availability="works_away"),
    )
    desk.look(DAY)
    assert [one.record_id for one in desk.raised(code)] == [lost.id]
    here = lost.commune_id
    assert told(desk, code, "commune_worker", commune=here)
    assert told(desk, code, "commune_leader", commune=here)
    assert not told(desk, code, "collaborator", commune=here)
    desk.put(
        OrphanCareRecord(
            commune_id=here,
            child_id=lost.id,
            detected_on=DAY,
            mother_status="missing",
            father_status="unknown",
            group_code="c",
            sub_group="c4_both_missing",
            current_carer="kin",
            needs=[],
        )
    )
    desk.look(DAY)
    assert open_ones(desk, code) == 0


def test_a_death_by_accident_in_the_register_asks_for_its_notice(
    desk: AlertDesk, make_child: Callable[..., Child]
) -> None:
    code = "drowning_prevention.death_unreported"
    drowned, ill = (make_child(n, status="deceased", left_on=DAY) for n in (1, 2))
    desk.put(drowned, ill)
    changes = [
        StatusChange(
            commune_id=child.commune_id,
            child_id=child.id,
            changed_on=DAY,
            status="deceased",
            death_cause=cause,
        )
        for child, cause in ((drowned, "drowning"), (ill, "illness"))
    ]
    desk.put(*changes)
    desk.look(DAY)
    assert [one.record_id for one in desk.raised(code)] == [changes[0].id]
    assert told(desk, code, "commune_worker", commune=drowned.commune_id)
    desk.put(
        ChildInjuryIncident(
            commune_id=drowned.commune_id,
            child_id=drowned.id,
            occurred_on=DAY,
            sex="female",
            age_at_event=8,
            place_type="river_canal",
            cause="drowning",
            outcome="died",
            water_type="river",
        )
    )
    desk.look(DAY)
    assert open_ones(desk, code) == 0


def incident(commune: int) -> UrgentIncident:
    return UrgentIncident(
        commune_id=commune,
        kind="disaster",
        occurred_at=NOON,
        learned_at=NOON,
        children_count=3,
        first_report_text="Lũ",
        registered_on=DAY,
    )


def test_a_disaster_is_taken_up_by_both_programmes_each_for_itself(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here, there = communes[:2]
    listed, places = "orphan_care.disaster_reported", "drowning_prevention.disaster_reported"
    desk.put(incident(here))
    desk.look(DAY)
    for code in (listed, places):
        assert told(desk, code, "commune_worker", commune=here)
        assert not told(desk, code, "commune_worker", commune=there)
    # enters hazards, but learns of no incident
    assert not told(desk, places, "collaborator", commune=here)
    desk.put(
        FloodCarePoint(
            commune_id=here,
            name="Điểm",
            host_place="Trường",
            opened_on=DAY,
            capacity=9,
            carers=1,
            status="open",
        )
    )
    desk.look(DAY)
    assert (open_ones(desk, places), open_ones(desk, listed)) == (0, 1)
    desk.put(struck(here))
    desk.look(DAY)
    assert open_ones(desk, listed) == 0


def test_of_two_that_take_it_up_the_one_that_is_off_is_told_of(
    desk: AlertDesk, registry: Registry, communes: tuple[int, ...]
) -> None:
    desk.put(incident(communes[0]))
    desk.look(DAY)
    assert not told(desk, "core.disaster", OFFICER)
    off = NOON + timedelta(hours=1)
    switch_off(desk.session, registry, "drowning_prevention", at=off)
    desk.look(off)
    assert told(desk, "core.disaster", OFFICER, off)
    assert not told(desk, "core.disaster", "commune_worker", off, commune=communes[0])
    worker = desk.codes("commune_worker", off, commune=communes[0])
    assert "orphan_care.disaster_reported" in worker


def struck(commune: int, **given: Any) -> DisasterEvent:
    values = {
        "name": "Lũ",
        "kind": "flood",
        "happened_on": DAY,
        "children_affected": 2,
        "households_affected": 1,
        "children_supported": 0,
    }
    return DisasterEvent(commune_id=commune, **(values | given))


def test_one_programme_tells_another_and_neither_needs_the_other(
    desk: AlertDesk, registry: Registry, communes: tuple[int, ...]
) -> None:
    here = communes[0]
    code, nobody = "drowning_prevention.waters_rose", "orphan_care.waters_rose"
    desk.put(struck(here), struck(here, kind="fire"))
    desk.look(DAY)
    assert len(desk.raised(code)) == 1
    off = NOON + timedelta(hours=1)
    switch_off(desk.session, registry, "drowning_prevention", at=off)
    desk.look(off)
    assert told(desk, nobody, OFFICER, off)
    assert not told(desk, code, OFFICER, off)
    later = NOON + timedelta(hours=2)
    switch_on(desk.session, registry, "drowning_prevention", at=later)
    switch_off(desk.session, registry, "orphan_care", at=later)
    assert not told(desk, code, OFFICER, later)  # its giver is off
    on = NOON + timedelta(hours=3)
    switch_on(desk.session, registry, "orphan_care", at=on)
    assert told(desk, code, OFFICER, on)
    desk.put(
        WaterHazardSite(
            commune_id=here,
            name="Kênh",
            type="canal",
            risk_level="high",
            surveyed_on=DAY,
            last_checked_on=DAY,
            mitigation="none",
            responsible="Ấp",
        )
    )
    desk.look(on)
    assert open_ones(desk, code) == 0


def _with(registry: Registry, owner: str, *handovers: Gives | Takes) -> Catalogue:
    return Catalogue(
        tuple(
            replace(one, handovers=handovers) if one.owner == owner else one
            for one in registry.catalogue.contributions
        )
    )


def _gives(code: str, model: Any) -> Gives:
    return Gives(
        code=code,
        title=Text(vi="t", en="t"),
        model=model,
        looks=lambda _moment: Attention(where=model.id.is_not(None), since=model.created_at),
        leads_to=None,
    )


def _takes(**given: Any) -> Takes:
    values = {
        "code": "child_labour.taken",
        "of": "core.left_school",
        "title": Text(vi="t", en="t"),
        "tone": "warning",
        "acts": ("child_labour.screening.read",),
        "opens": "child_labour.screening",
    }
    return Takes(**(values | given))


@pytest.mark.parametrize(
    ("owner", "given", "what"),
    [
        ("sexual_abuse", _gives("sexual_abuse.told", SaCase), "confidential"),
        ("child_labour", _gives("child_labour.told", DisasterEvent), "another owner"),
        ("child_labour", _takes(acts=("orphan_care.detection.read",)), "for nobody"),
        ("child_labour", _takes(opens="child_labour.nothing"), "no form"),
        ("child_labour", _takes(within="days"), "none of its settings"),
    ],
)
def test_a_wrong_hand_over_stops_the_start(
    registry: Registry, owner: str, given: Gives | Takes, what: str
) -> None:
    with pytest.raises(PluginError, match=what):
        _with(registry, owner, given)


def test_nothing_is_handed_over_to_or_from_the_programme_against_abuse(registry: Registry) -> None:
    """Its cases are its own; an intake, offered by others, leads to it."""
    given = [code for code in registry.catalogue.handovers if "sexual_abuse" in code]
    assert given == []
