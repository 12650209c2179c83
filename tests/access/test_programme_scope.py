"""A role that was given for one programme: the role table, less what is of the others."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.access.decision import principal_of
from core.access.surroundings import look_around
from core.identity.service import resolve
from core.indicators.models import FigureCell
from core.registry.enablement import enabled_keys
from core.tenancy.models import Confidential, PartlyConfidential
from tests.access.conftest import TENANT
from tests.isolation.tables_of_forms import TABLES
from tests.isolation.web_world import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api.forms import Form
    from core.tenancy.reach import Reach
    from tests.access.expected import RoleTable
    from tests.isolation.web_world import Visitor, World

pytestmark = pytest.mark.slow

PROGRAMMES = ("child_labour", "drowning_prevention", "orphan_care", "sexual_abuse")
# a role for some programmes has no right over all of them at once
OF_EVERY_PROGRAMME = {
    "core.report.build",
    "core.report.confirm",
    "core.report.release",
    "core.programme.switch",
    "core.agreement.manage",
}
ROLES = [(role, PROGRAMMES[n % len(PROGRAMMES)]) for n, role in enumerate(roles_of(TENANT))]


@contextmanager
def given_for(world: World, role: str, programme: str) -> Iterator[Visitor]:
    """The account of a role while it has it for one programme alone."""
    statement = "UPDATE core.role_grant SET programmes = {} WHERE tenant_id = :t AND role = :r"
    values = {"t": world.tenants[TENANT], "r": role}
    world.run(statement.format("ARRAY[:p]"), p=programme, **values)
    yield world.visitor(TENANT, role)
    world.run(statement.format("NULL"), **values)


def left(table: RoleTable, role: str, programme: str) -> set[str]:
    """The rights that the role table leaves."""
    blocks = table.roles[role]
    rights = set(blocks["core"].rights) - OF_EVERY_PROGRAMME if "core" in blocks else set()
    return rights | set(blocks[programme].rights if programme in blocks else ())


def forms_of(world: World) -> list[tuple[Form, str]]:
    forms = world.platform.registry.catalogue.forms
    return [(forms[code], code.replace(".", "/").replace("_", "-")) for code in TABLES]


def reach_of(world: World, visitor: Visitor) -> Reach:
    platform, tenant = world.platform, world.tenants[TENANT]
    now = platform.clock.now()
    with platform.door.tenant_session(tenant) as session:
        signed_in = resolve(session, visitor.token, now=now)
        assert signed_in is not None
        programmes = platform.registry.enabled(enabled_keys(session, now))
        around = look_around(session, signed_in.account_id, now)
        return principal_of(session, signed_in, programmes, around).reach


@pytest.mark.parametrize(("role", "programme"), ROLES)
def test_pages_api_and_exports_are_of_that_programme_alone(
    world: World, table: RoleTable, role: str, programme: str
) -> None:
    rights = left(table, role, programme)
    with given_for(world, role, programme) as visitor:
        assert set(world.get(visitor, "/api/v1/me").json()["permissions"]) == rights
        for form, address in forms_of(world):
            open_list = not issubclass(form.model, Confidential | PartlyConfidential)
            expected = {
                f"/records/{address}": form.sees in rights,
                f"/api/v1/records/{address}": form.sees in rights,
                f"/records/{address}/export": {form.sees, "core.export"} <= rights and open_list,
                f"/forms/{address}": form.enters in rights,
                f"/api/v1/forms/{address}": form.enters in rights,
            }
            for path, opens in expected.items():
                status = world.get(visitor, path).status_code
                assert status == (200 if opens else 403), (path, status)


@pytest.mark.parametrize(("role", "programme"), ROLES)
def test_figures_are_of_that_programme_and_of_the_register(
    world: World, table: RoleTable, role: str, programme: str
) -> None:
    catalogue = world.platform.registry.catalogue
    derived = [code for code, one in catalogue.indicators.items() if one.formula is not None]
    of_each = {catalogue.owner_of[code]: code for code in derived}
    told = "core.figures.read" in left(table, role, programme)
    with given_for(world, role, programme) as visitor:
        for owner, code in of_each.items():
            status = world.get(visitor, f"/api/v1/figures/{code}?period=2018").status_code
            assert status == (200 if told and owner in {"core", programme} else 403), code


@pytest.mark.parametrize(("role", "programme"), ROLES)
def test_no_statement_finds_a_row_of_another_programme(
    world: World, role: str, programme: str
) -> None:
    tenant, catalogue = world.tenants[TENANT], world.platform.registry.catalogue
    with given_for(world, role, programme) as visitor:
        reach = reach_of(world, visitor)
    others = [key for key in PROGRAMMES if key != programme]
    with world.platform.door.tenant_session(tenant, reach=reach, read_only=True) as session:
        for form in catalogue.forms.values():
            if catalogue.owner_of[form.code] in others:
                model = form.model
                assert not session.scalars(select(model.id).where(model.tenant_id == tenant)).all()
        if reach.figures is not None:
            cells = select(FigureCell.measure).where(FigureCell.tenant_id == tenant).distinct()
            owners = {measure.partition(".")[0] for measure in session.scalars(cells)}
            assert owners <= {"core", programme}


def test_there_are_cells_and_rows_to_be_kept_from_somebody(world: World) -> None:
    cells = "SELECT count(DISTINCT split_part(measure, '.', 1)) FROM core.figure_cell"
    assert world.scalar(f"{cells} WHERE tenant_id = :t", t=world.tenants[TENANT]) > 1
    assert all(world.rows(TENANT).ids[code] for code in TABLES if not code.startswith("core."))


def test_two_roles_for_two_programmes_add_up(world: World) -> None:
    account = world.account(TENANT, "collaborator")
    tenant = world.tenants[TENANT]
    with given_for(world, "collaborator", "child_labour") as visitor:
        world.run(
            "INSERT INTO core.role_grant "
            "(tenant_id, id, account_id, role, area_id, programmes, granted_at) "
            "SELECT tenant_id, gen_random_uuid(), account_id, role, area_id, "
            "ARRAY['orphan_care'], granted_at FROM core.role_grant WHERE "
            "tenant_id = :t AND account_id = :a",
            t=tenant,
            a=account,
        )
        try:
            forms = world.get(visitor, "/api/v1/forms").json()
            owners = {form["code"].partition(".")[0] for form in forms}
        finally:
            world.run(
                "DELETE FROM core.role_grant WHERE account_id = :a AND "
                "'orphan_care' = ANY(programmes)",
                a=account,
            )
    assert owners - {"core"} == {"child_labour", "orphan_care"}


def test_the_administrator_gives_a_role_for_a_programme_and_sees_that_it_is(world: World) -> None:
    admin = world.visitor(TENANT, "province_admin")
    account = world.account(TENANT, "auditor")
    page = f"/accounts/{account}"
    given = {"role": "inspector", "programmes": ["child_labour"]}
    assert world.post(admin, f"{page}/roles", given).status_code == 303
    shown = world.get(admin, page).text
    info = next(one for one in world.platform.registry.plugins if one.key == "child_labour")
    assert f"({info.name.vi})" in shown
    unknown = world.post(admin, f"{page}/roles", given | {"programmes": ["no_such"]})
    assert (unknown.status_code, "Không có chương trình này" in unknown.text) == (422, True)
