"""Roles into rights and reach: what they open, what a province takes away, what they never add."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.access.reaching import reach_of
from core.access.roles_in_force import RoleInForce
from core.contribution import core_contribution
from core.db.base import DataClass
from core.identity.roles import ROLES
from core.indicators.models import FigureCell
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
    # what the role has no right to lies in no commune; a partner's tests may have loaded more
    closed = {
        table: communes
        for table, communes in reach.areas
        if table.partition(".")[0] in programmes.keys | {"core"}
    }
    assert closed == dict.fromkeys(
        (
            "core.inspection_visit",
            "core.sector_contribution",
            "core.unit_punctuality",
            "sexual_abuse.sa_non_reporting",
        ),
        frozenset(),
    )


def test_a_right_for_one_commune_opens_no_other(programmes: EnabledProgrammes) -> None:
    roles = [held(programmes, "commune_worker", HERE), held(programmes, "collaborator", THERE)]
    reach = reach_of(roles, programmes)
    assert reach.communes_in("core.child") == HERE | THERE
    assert reach.communes_in("core.household") == HERE
    assert reach.communes_in(SCREENING) == HERE
    assert reach.communes_to_enter(SCREENING) == HERE | THERE
    assert reach.communes_to_enter("core.child") == HERE
    assert reach.communes_in(FigureCell.__table__.fullname) == HERE  # type: ignore[attr-defined]


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
    assert "sexual_abuse" not in reach.confidential | reach.assigned


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
    expected = (
        {"province_confidential_officer"},
        {
            "commune_worker",
            "commune_leader",
            "service_staff",
            "agency_reporter",
        },
    )
    assert ("sexual_abuse" in reach.confidential) == (role in expected[0])
    assert ("sexual_abuse" in reach.assigned) == (role in expected[1])


def test_a_table_without_the_right_to_it_lies_in_no_commune(programmes: EnabledProgrammes) -> None:
    leader = reach_of([held(programmes, "province_leader", None)], programmes)
    assert leader.communes_in("core.child") == frozenset()
    assert leader.communes_in(SCREENING) == frozenset()
    assert leader.communes_in("core.figure_cell") is None


def test_a_table_mapped_before_the_bounds_were_imported_is_bounded() -> None:
    """In a process of its own, where the order of imports is the wrong one."""
    program = (
        "import core.register.models\n"
        "from core.tenancy.bounds import scoped_classes\n"
        "print(*(cls.__name__ for cls in scoped_classes()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert {"Child", "Household"} <= set(ran.stdout.decode().split())
