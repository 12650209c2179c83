"""The demonstration with ENHANCE installed: An Giang, its partner's staff, Lao Cai beside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from core.areas.load import load_areas
from core.contribution import core_contribution
from core.demo.service import make_demo
from core.identity.service import GivenRole, create_account
from core.registry.loading import GROUP, installed_entry_points
from core.registry.service import Registry
from core.settings import GENERATED_MARK
from core.tenant_folder import apply_folder
from core.testing.database import database_copy, ensure_template
from tests.isolation.web_world import World, platform_over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.testing.database import TestDatabase
    from tests.isolation.web_world import Visitor

ROOT = Path(__file__).parents[2]
TENANT, KEY = "an_giang", "ngo_enhance"
CHILDREN = 160


@dataclass(frozen=True)
class Staffed:
    """The world, and the partner's two roles in it."""

    world: World

    @cached_property
    def staff(self) -> tuple[Visitor, Visitor]:
        """The field officer of the demonstration, and a manager beside them."""
        roles = ("ngo_field_officer", "ngo_manager")
        return self.world.visitor(TENANT, roles[0]), self.world.visitor(TENANT, roles[1])

    @property
    def tenant(self) -> int:
        """An Giang."""
        return self.world.tenants[TENANT]

    def ask(self, statement: str, **values: Any) -> Sequence[Any]:
        """Rows as the administrator, whom no policy bounds; ``:t`` is An Giang."""
        with self.world.database.admin.connect() as connection:
            return connection.execute(text(statement), {"t": self.tenant} | values).all()

    def enrolled(self) -> set[str]:
        """The ids of the children whom the partner's projects serve now."""
        statement = "SELECT child_id FROM core.enrolment WHERE tenant_id = :t AND left_on IS NULL"
        return {str(row[0]) for row in self.ask(statement)}

    def telling(self) -> set[str]:
        """What tells of a child who is not enrolled: its id, its code, a name nobody else has."""
        rows = self.ask("SELECT id, child_code, full_name FROM core.child WHERE tenant_id = :t ")
        enrolled = self.enrolled()
        shown = {row.full_name for row in rows if str(row.id) in enrolled}
        found: set[str] = set()
        for row in rows:
            if str(row.id) not in enrolled:
                found |= {str(row.id), row.child_code}
                found |= {row.full_name} - shown - {None}
        return found


@pytest.fixture(scope="session")
def registry() -> Registry:
    """What an installation finds that has the partner's wheel as well."""
    point = EntryPoint(name=KEY, value=f"{KEY}.plugin", group=GROUP)
    return Registry.discover(core_contribution(), points=(*installed_entry_points(), point))


@pytest.fixture(scope="module")
def staffed(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """The demonstration's records in a database of their own."""
    home = tmp_path_factory.mktemp("partners")
    shutil.copytree(ROOT / "tenants", home / "tenants")
    (home / GENERATED_MARK).touch()
    with database_copy(ensure_template(registry.chains, fill=fill_areas)) as database:
        platform = platform_over(database, home, registry=registry)
        try:
            apply_folder(platform)
            make_demo(platform, children=CHILDREN, tell=lambda _line: None)
            world = World(database, platform)
            made = Staffed(world)
            _add_manager(made)
            with world.client:
                yield made
        finally:
            platform.close()


def fill_areas(database: TestDatabase) -> None:
    """The provinces with their communes."""
    with database.owner.begin() as connection:
        load_areas(connection)


def _add_manager(made: Staffed) -> None:
    (partner,) = made.ask("SELECT id FROM core.partner WHERE tenant_id = :t")
    with made.world.platform.door.tenant_session(made.tenant) as session:
        create_account(
            session,
            login="quan_ly_du_an",
            display_name="Quản lý dự án",
            password="một mật khẩu dài của phép thử",
            roles=(GivenRole("ngo_manager", None),),
            partner_id=partner.id,
            now=made.world.platform.clock.now(),
            generated=True,
        )
