"""Alerts of the project, and what of them the partner's own people are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from ngo_enhance.models import BeneficiaryChild, BeneficiaryExit, Project, ProjectSite
from served import ON, case_of, chosen, service

from core.testing.alerts import AlertDesk, alert_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from core.plugin_api import DemoChild
    from core.testing.plugins import PluginWorld

KEY = "ngo_enhance"
NEVER = ("collaborator", "inspector", "province_leader")


@pytest.fixture
def desk(world: PluginWorld) -> Iterator[AlertDesk]:
    with alert_desk(world.door, world.registry) as opened:
        yield opened


def enrolled(world: PluginWorld, child: DemoChild) -> UUID:
    """The selection of a child who is in the project; committed."""
    done = world.enter(1, [case_of(child), chosen(child)])
    return next(key for code, key in done if code == f"{KEY}.beneficiary")


def waiting(desk: AlertDesk, code: str, record: UUID) -> list[bool]:
    """For each alert of the record that was ever raised, whether it waits."""
    return [
        one.settled_at is None for one in desk.raised(f"{KEY}.{code}") if one.record_id == record
    ]


def told(desk: AlertDesk, code: str, record: UUID, on: date, role: str, **who: object) -> bool:
    seen = desk.told(role, on, **who)  # type: ignore[arg-type]  # a commune or a partner
    return (f"{KEY}.{code}", record) in {(one.alert.code, one.record_id) for one in seen}


def test_a_beneficiary_without_service_is_told_to_the_partner_too(
    world: PluginWorld, child: DemoChild
) -> None:
    record = enrolled(world, child)
    late = ON + timedelta(days=60)
    with alert_desk(world.door, world.registry) as desk:
        desk.look(late - timedelta(days=1))
        assert waiting(desk, "without_service", record) == []
        for _ in range(2):
            desk.look(late)
        assert waiting(desk, "without_service", record) == [True]
        here = child.commune_id
        assert told(desk, "without_service", record, late, "commune_worker", commune=here)
        assert told(desk, "without_service", record, late, "ngo_field_officer", partner=True)
        for role in (*NEVER, "ngo_manager", "district_officer"):
            assert not told(desk, "without_service", record, late, role)
        elsewhere = next(one for one in world.communes if one != here)
        assert not told(desk, "without_service", record, late, "commune_worker", commune=elsewhere)
    world.enter(1, [service(child, "school_material", 60)])
    with alert_desk(world.door, world.registry) as desk:
        desk.look(late)
        assert waiting(desk, "without_service", record) == []


def test_a_child_that_grew_old_enough_to_agree_itself(
    desk: AlertDesk, world: PluginWorld, child: DemoChild
) -> None:
    case = next(key for _, key in world.enter(1, [case_of(child)]))
    young = BeneficiaryChild(
        commune_id=child.commune_id,
        selected_on=ON,
        child_id=child.id,
        labour_case_id=case,
        sex=child.sex,
        age=6,
        criteria=[],
        consented=True,
        guardian_consent_on=ON,
    )
    desk.put(young)
    desk.look(ON)
    assert waiting(desk, "consent_missing", young.id) == []
    later = ON + timedelta(days=365)
    for _ in range(2):
        desk.look(later)
    assert waiting(desk, "consent_missing", young.id) == [True]
    here = child.commune_id
    assert told(desk, "consent_missing", young.id, later, "commune_worker", commune=here)
    for role in (*NEVER, "district_officer"):
        assert not told(desk, "consent_missing", young.id, later, role)
    for role in ("ngo_field_officer", "ngo_manager"):
        assert not told(desk, "consent_missing", young.id, later, role, partner=True)
    young.child_assent_on = later
    desk.put(young)
    desk.look(later)
    assert waiting(desk, "consent_missing", young.id) == [False]


def test_nothing_waits_of_a_child_who_left(
    desk: AlertDesk, world: PluginWorld, child: DemoChild
) -> None:
    record = enrolled(world, child)
    late = ON + timedelta(days=90)
    desk.look(late)
    assert waiting(desk, "without_service", record) == [True]
    desk.put(
        BeneficiaryExit(
            commune_id=child.commune_id, child_id=child.id, left_on=late, reason="moved"
        )
    )
    desk.look(late)
    assert waiting(desk, "without_service", record) == [False]


def test_a_site_outside_the_agreement(desk: AlertDesk, world: PluginWorld) -> None:
    project = the_project(desk)
    inside, outside = world.communes[0], world.communes[-1] + 1
    sites = [
        ProjectSite(commune_id=commune, project_id=project.id, from_day=ON)
        for commune in (inside, outside)
    ]
    desk.put(*sites)
    for _ in range(2):
        desk.look(ON)
    assert waiting(desk, "site_outside_agreement", sites[0].id) == []
    assert waiting(desk, "site_outside_agreement", sites[1].id) == [True]
    assert told(desk, "site_outside_agreement", sites[1].id, ON, "province_officer")
    for role in (*NEVER, "district_officer", "finance_officer"):
        assert not told(desk, "site_outside_agreement", sites[1].id, ON, role)
    for role in ("ngo_field_officer", "ngo_manager"):
        assert not told(desk, "site_outside_agreement", sites[1].id, ON, role, partner=True)
    sites[1].until_day = ON + timedelta(days=1)
    desk.put(sites[1])
    desk.look(ON + timedelta(days=1))
    assert waiting(desk, "site_outside_agreement", sites[1].id) == [False]


def test_the_end_of_the_project_is_told_to_both_sides(desk: AlertDesk) -> None:
    project = the_project(desk, ends_on=ON + timedelta(days=90))
    desk.look(ON - timedelta(days=1))
    assert waiting(desk, "project_ends", project.id) == []
    for _ in range(2):
        desk.look(ON)
    assert waiting(desk, "project_ends", project.id) == [True]
    assert told(desk, "project_ends", project.id, ON, "province_officer")
    for role in ("ngo_field_officer", "ngo_manager"):
        assert told(desk, "project_ends", project.id, ON, role, partner=True)
    for role in NEVER:
        assert not told(desk, "project_ends", project.id, ON, role)
    project.ends_on = ON + timedelta(days=400)
    desk.put(project)
    desk.look(ON)
    assert waiting(desk, "project_ends", project.id) == [False]


def the_project(desk: AlertDesk, *, ends_on: date = date(2030, 1, 1)) -> Project:
    project = Project(
        code="THU",
        name="Dự án thử",
        donor="Nhà tài trợ",
        implementing="Đối tác",
        starts_on=date(2015, 1, 1),
        ends_on=ends_on,
        currency="USD",
        agreement_no="1",
    )
    desk.put(project)
    return project
