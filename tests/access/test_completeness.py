"""Whatever the program has stands in the role table; what is missing is said with its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from litestar import get
from sqlalchemy import Column, MetaData, String

from core.access.role_table import record_classes
from core.contribution import core_contribution
from core.db.base import personal
from core.identity.roles import ROLES
from core.platform import job_kinds
from core.registry.service import Registry
from core.tenancy.reach import Reach
from core.web.routing import declared_routes
from tests.access.expected import (
    RoleTable,
    lacking_columns,
    lacking_jobs,
    lacking_permissions,
    lacking_roles,
    lacking_routes,
)

if TYPE_CHECKING:
    from sqlalchemy import Table

    from tests.isolation.web_world import World

REACHES = {
    Reach.counting(): "counting",
    Reach.whole_tenant(): "whole tenant",
    Reach.nothing(): "who asked",
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.discover(core_contribution())


def routes_of(world: World) -> dict[str, str]:
    return {route.name: route.right for route in declared_routes(world.app)}


def permissions_of(registry: Registry, world: World) -> set[str]:
    """What forms and routes ask for, and what roles are given."""
    forms = registry.catalogue.forms.values()
    given = {
        one
        for role in ROLES
        for _, rights in registry.catalogue.rights(role.code)
        for one in rights.permissions
    }
    asked = {form.sees for form in forms} | {form.enters for form in forms}
    return given | asked | {right for right in routes_of(world).values() if "." in right}


def record_tables(world: World) -> list[Table]:
    """Of every class whose rows are records of people, and of every form."""
    registry = world.platform.registry
    forms = (form.model for form in registry.catalogue.forms.values())
    return list(dict.fromkeys(cls.__table__ for cls in (*record_classes(registry), *forms)))


def test_every_role_has_its_block(table: RoleTable) -> None:
    assert lacking_roles(table, [role.code for role in ROLES]) == []


def test_every_permission_is_named(table: RoleTable, registry: Registry, world: World) -> None:
    assert lacking_permissions(table, permissions_of(registry, world)) == []


def test_every_route_has_its_line(table: RoleTable, world: World) -> None:
    assert lacking_routes(table, routes_of(world)) == []


def test_every_column_of_a_record_has_its_line(table: RoleTable, world: World) -> None:
    assert lacking_columns(table, record_tables(world)) == []


def test_every_kind_of_job_says_what_it_reads(table: RoleTable, world: World) -> None:
    kinds = job_kinds(world.platform.registry, world.platform.clock)
    assert lacking_jobs(table, {kind.name: REACHES[kind.reach] for kind in kinds}) == []


def test_a_new_role_is_asked_for(table: RoleTable) -> None:
    roles = [*(role.code for role in ROLES), "school_nurse"]
    assert lacking_roles(table, roles) == ["school_nurse: add [roles.school_nurse] with its source"]


def test_a_new_permission_is_asked_for(table: RoleTable, registry: Registry, world: World) -> None:
    there = permissions_of(registry, world) | {"core.child.praise"}
    assert lacking_permissions(table, there) == [
        "core.child.praise: add it to `rights` of the roles that have it"
    ]


def test_a_new_route_is_asked_for_and_a_changed_right_too(world: World, table: RoleTable) -> None:
    @get("/children/a-new-page", opt={"permission": "core.child.read"})
    async def duplicates() -> None:
        """No page, only a place."""

    world.app.register(duplicates)
    routes = routes_of(world)
    del routes["GET /metrics"]
    assert lacking_routes(table, routes | {"GET /audit": "signed in"}) == [
        (
            'GET /children/a-new-page: add "GET /children/a-new-page" = "core.child.read" to '
            "[routes], if that is its right"
        ),
        "GET /audit: the table says 'core.audit.read', the program 'signed in'",
        "GET /metrics: take it out of [routes]",
    ]


def test_a_new_column_is_asked_for_as_is_one_without_class_or_of_another(
    table: RoleTable, world: World
) -> None:
    child = next(one for one in record_tables(world) if one.fullname == "core.child")
    copy = child.to_metadata(MetaData())
    copy.append_column(Column("school", String, info=personal("where it learns")))
    copy.append_column(Column("shoe_size", String))
    copy.c.health_insurance_card.info = personal("no longer sensitive")
    assert lacking_columns(table, [copy]) == [
        "child.health_insurance_card: the table says sensitive, the model personal",
        'child.school: add it under `personal` in [columns."core.child"]',
        "child.shoe_size: give it a class and a purpose in the model",
    ]
