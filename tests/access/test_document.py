"""docs/access.md says what the running program does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access.role_table import role_table
from core.identity.roles import ROLES
from core.web.routing import declared_routes
from tests.isolation.web_world import REPOSITORY

if TYPE_CHECKING:
    from tests.isolation.web_world import World


def test_the_document_is_up_to_date(world: World) -> None:
    routes = [(route.name, route.right) for route in declared_routes(world.app)]
    written = (REPOSITORY / "docs/access.md").read_text(encoding="utf-8")
    assert written == role_table(world.platform.registry, routes), "run `make docs`"


def test_every_role_stands_in_it_by_its_vietnamese_name() -> None:
    written = (REPOSITORY / "docs/access.md").read_text(encoding="utf-8")
    assert all(f"### {role.name.vi} (" in written for role in ROLES)
