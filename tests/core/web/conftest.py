"""The running application over a database of its own; and a family in the worker's commune."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.web.filled_forms import register_family
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

__all__ = ["world", "world_home", "world_template"]  # fixtures


@pytest.fixture(scope="module")
def worker(world: World) -> Visitor:
    """The commune worker of An Giang."""
    return world.visitor("an_giang", "commune_worker")


@pytest.fixture(scope="module")
def family(world: World, worker: Visitor) -> Family:
    """A household with one child, entered by the commune worker."""
    return register_family(world, worker)
