"""Roles into rights and reach: what they open, what a province takes away, what they never add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.access.decision import RoleInForce, reach_of
from core.contribution import core_contribution
from core.db.base import DataClass
from core.identity.roles import ROLES
from core.registry.service import Registry

if TYPE_CHECKING:
    from core.registry.service import EnabledProgrammes
    from core.tenancy.reach import Communes

HERE, THERE = frozenset({1}), frozenset({2})
SCREENING = "child_labour.work_screening"


@pytest.fixture(scope="module")
def programmes() -> EnabledProgrammes:
    registry = Registry.discover(core_contribution())
    return registry.enabled(info.key for info in registry.plugins)


def held(programmes: EnabledProgrammes, role: str, communes: Communes) -> RoleInForce:
    return RoleInForce(role, communes, programmes.catalogue.rights(role))


def test_one_role_reaches_its_communes_in_every_table(programmes: EnabledProgrammes) -> None:
    reach = reach_of([held(programmes, "commune_worker", HERE)], programmes)
    assert reach.communes == HERE
    assert reach.communes_in(SCREENING) == HERE
    assert reach.areas == ()


def test_a_right_for_one_commune_opens_no_other(programmes: EnabledProgrammes) -> None:
    roles = [held(programmes, "commune_worker", HERE), held(programmes, "collaborator", THERE)]
    reach = reach_of(roles, programmes)
    assert reach.communes_in("core.child") == HERE | THERE
    assert reach.communes_in("core.household") == HERE
    assert reach.communes_in(SCREENING) == HERE
    assert reach.communes_to_enter(SCREENING) == HERE | THERE
    assert reach.communes_to_enter("core.child") == HERE
    assert reach.communes_in("core.figure_cell") == HERE


def test_with_different_areas_columns_are_shown_as_the_narrowest_role_does(
    programmes: EnabledProgrammes,
) -> None:
    worker, helper = (held(programmes, r, HERE) for r in ("commune_worker", "collaborator"))
    alike = reach_of([worker, helper], programmes)
    apart = reach_of([worker, replace(helper, communes=THERE)], programmes)
    assert alike.reads_class("core", DataClass.SENSITIVE)
    assert not apart.reads_class("core", DataClass.SENSITIVE)
    assert apart.reads_class("core", DataClass.PERSONAL)


def test_a_schema_in_which_no_role_reads_shows_what_tells_of_nobody(
    programmes: EnabledProgrammes,
) -> None:
    reach = reach_of([held(programmes, "province_officer", None)], programmes)
    assert not reach.reads_class("sexual_abuse", DataClass.PERSONAL)
    assert "sexual_abuse" not in (reach.programmes or ())


def test_a_field_is_hidden_from_a_leader_and_not_from_a_worker(
    programmes: EnabledProgrammes,
) -> None:
    field = "sexual_abuse.sa_case.hotline_ref"
    leader = held(programmes, "commune_leader", HERE)
    assert field in reach_of([leader], programmes).hidden
    worker = held(programmes, "commune_worker", HERE)
    assert field not in reach_of([worker], programmes).hidden
    assert field not in reach_of([worker, leader], programmes).hidden


def test_nobody_without_a_role_reaches_anything(programmes: EnabledProgrammes) -> None:
    reach = reach_of([], programmes)
    assert reach.communes == frozenset()
    assert (reach.confidential, reach.assigned, reach.programmes) == (set(), set(), set())


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_only_overseers_and_the_assigned_come_near_confidential_rows(
    programmes: EnabledProgrammes, role: str
) -> None:
    """Domain page of the programmes, §5.2 (2) and §5.7."""
    reach = reach_of([held(programmes, role, None)], programmes)
    expected = {"province_confidential_officer"}, {"commune_worker", "commune_leader"}
    assert ("sexual_abuse" in reach.confidential) == (role in expected[0])
    assert ("sexual_abuse" in reach.assigned) == (role in expected[1])
