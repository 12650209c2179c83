"""The whole product with an account for every role, and records with a word in each column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from core.access.grants import give
from core.identity.roles import ROLES
from core.identity.service import GivenRole, create_account
from tests.access.canaries import Marked, mark, run_as_owner
from tests.access.expected import PROVINCE_WIDE, RoleTable, read
from tests.isolation.tables_of_forms import TABLES
from tests.isolation.web_world import roles_of, world, world_home, world_template

if TYPE_CHECKING:
    from uuid import UUID

    from tests.isolation.web_world import World

__all__ = ["world", "world_home", "world_template"]  # fixtures

TENANT = "an_giang"
MINISTRY_ROLES = ("ministry_analyst", "ministry_admin")
PARTNER_ROLES = ("ngo_manager", "ngo_field_officer")


@dataclass(frozen=True)
class Peopled:
    """A world in which ``near`` is within everybody's area, given and enrolled; ``far`` is not."""

    world: World
    near: Marked
    far: Marked

    def tenant_of(self, role: str) -> str:
        """Where the account of a role is."""
        return "ministry" if role in MINISTRY_ROLES else TENANT


@pytest.fixture(scope="session")
def table() -> RoleTable:
    """What people wrote."""
    return read()


@pytest.fixture(scope="module")
def peopled(world: World) -> Peopled:
    """Accounts for the roles that have none, and the two sets of records."""
    _more_accounts(world)
    near, far = _two_of_each(world)
    _give_case(world, "sexual_abuse", near["sexual_abuse.sa_case"])
    _give_case(world, "orphan_care.hiv", near["orphan_care.hiv_care"])
    return Peopled(world, mark(world, TENANT, near, "near"), mark(world, TENANT, far, "far"))


def _more_accounts(world: World) -> None:
    tenant, commune = world.tenants[TENANT], world.commune(TENANT)
    partner = run_as_owner(
        world, "SELECT partner_id FROM core.agreement WHERE tenant_id = :t LIMIT 1", t=tenant
    )
    missing = {role.code: role.level for role in ROLES}
    for role in (*roles_of(TENANT), *MINISTRY_ROLES):
        missing.pop(role, None)
    with world.platform.door.tenant_session(tenant) as session:
        for role, level in missing.items():
            create_account(
                session,
                login=f"vai_tro_{role}",
                display_name=role,
                password="một mật khẩu dài của phép thử",
                roles=(GivenRole(role, commune if level == "commune" else None),),
                partner_id=partner if role in PARTNER_ROLES else None,
                now=world.platform.clock.now(),
                generated=True,
            )


def _two_of_each(world: World) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """A record of each table in the worker's commune, and one in another district."""
    tenant, commune = world.tenants[TENANT], world.commune(TENANT)
    values = {"t": tenant, "here": commune}
    there = run_as_owner(
        world,
        "SELECT a.id FROM core.area a, core.area h WHERE h.id = :here AND a.level = h.level "
        "AND a.parent_id <> h.parent_id AND a.id IN "
        "(SELECT commune_id FROM core.child WHERE tenant_id = :t) ORDER BY a.id LIMIT 1",
        **values,
    )
    enrolled = "EXISTS (SELECT FROM core.enrolment e WHERE e.tenant_id = :t AND e.child_id = c.id)"
    find = "SELECT id FROM core.child c WHERE tenant_id = :t AND status = 'active' AND {} LIMIT 1"
    near = {"core.child": run_as_owner(world, find.format(enrolled), t=tenant)}
    far = {"core.child": run_as_owner(world, find.format(f"NOT {enrolled}"), t=tenant)}
    for table in TABLES.values():
        ids = world.rows(TENANT).ids[next(form for form, name in TABLES.items() if name == table)]
        near.setdefault(table, ids[0])
        far.setdefault(table, ids[-1] if len(ids) > 1 else _copied(world, table, ids[0]))
    for ids, place in ((near, commune), (far, there)):
        for table, key in ids.items():
            if table in PROVINCE_WIDE:
                continue
            child = ", child_id = :child" if table in _ABOUT_A_CHILD else ""
            if table in _ONE_FOR_A_COMMUNE:
                world.run(
                    f"DELETE FROM {table} WHERE tenant_id = :t AND commune_id = :place "  # noqa: S608  names of ours
                    "AND id <> :id",
                    t=tenant,
                    place=place,
                    id=key,
                )
            run_as_owner(
                world,
                f"UPDATE {table} SET commune_id = :place{child} "  # noqa: S608  names of ours
                "WHERE tenant_id = :t AND id = :id RETURNING id",
                place=place,
                t=tenant,
                id=key,
                **({"child": ids["core.child"]} if child else {}),
            )
        run_as_owner(
            world,
            "UPDATE core.child SET household_id = :house WHERE tenant_id = :t AND id = :id "
            "RETURNING id",
            house=ids["core.household"],
            t=tenant,
            id=ids["core.child"],
        )
        for table, (column, of) in _OF_A_CASE.items():
            run_as_owner(
                world,
                f"UPDATE {table} SET {column} = :case WHERE tenant_id = :t AND id = :id "  # noqa: S608  names of ours
                "RETURNING id",
                case=ids[of],
                t=tenant,
                id=ids[table],
            )
        ids["core.attachment"] = run_as_owner(
            world,
            "INSERT INTO core.attachment (tenant_id, id, commune_id, subject_kind, subject_id, "
            "title, media_type, byte_count, sha256) VALUES (:t, gen_random_uuid(), :place, "
            "'core.child', :id, '', 'application/pdf', 1, '') RETURNING id",
            t=tenant,
            place=place,
            id=ids["core.child"],
        )
    return near, far


def _copied(world: World, table: str, key: UUID) -> UUID:
    """A second record like the only one that the demonstration has."""
    return run_as_owner(
        world,
        f"INSERT INTO {table} SELECT (jsonb_populate_record(x, jsonb_build_object("  # noqa: S608  names of ours
        f"'id', gen_random_uuid()))).* FROM {table} x WHERE id = :id RETURNING id",
        id=key,
    )


# what a province has once in a commune: the record makes room for the one that is moved there
_ONE_FOR_A_COMMUNE = frozenset(
    {
        "child_labour.commune_year",
        "drowning_prevention.commune_year",
        "orphan_care.centre_resident_list",
    }
)
_ABOUT_A_CHILD = (
    "core.special_circumstance",
    "core.at_risk",
    "core.support_delivery",
    "core.parent_record",
    "core.caregiver",
    "core.schooling_change",
    "core.status_change",
    "drowning_prevention.child_injury_incident",
    "child_labour.work_screening",
    "orphan_care.orphan_care_record",
    "orphan_care.parent_status_change",
    "orphan_care.care_arrangement",
    "orphan_care.sponsorship",
    "orphan_care.benefit_entitlement",
    "orphan_care.dossier",
)


_OF_A_CASE = {
    f"sexual_abuse.{name}": ("case_id", "sexual_abuse.sa_case")
    for name in (
        "sa_emergency",
        "sa_assessment",
        "sa_plan",
        "sa_plan_decision",
        "sa_service",
        "sa_proceeding",
        "sa_placement",
        "sa_review",
        "sa_closing",
    )
} | {"orphan_care.hiv_service": ("hiv_care_id", "orphan_care.hiv_care")}


def _give_case(world: World, key: str, case: UUID) -> None:
    """To those of the commune who work on it, and to nobody else."""
    now = world.platform.clock.now()
    with world.platform.door.tenant_session(world.tenants[TENANT]) as session:
        for role in ("commune_worker", "commune_leader", "service_staff", "agency_reporter"):
            give(
                session,
                world.account(TENANT, role),
                "assignment",
                subject_kind=key,
                subject_id=case,
                by=None,
                now=now,
            )
