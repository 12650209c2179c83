"""The project over a real database: two provinces, its agreement, generated children."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import count
from typing import TYPE_CHECKING

import pytest
from served import children_of

from core.testing.plugins import PluginWorld, migrated_copy, open_world, registry_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild

POINT = EntryPoint(name="ngo_enhance", value="ngo_enhance.plugin", group="annhi.plugins")


@pytest.fixture(scope="module")
def world() -> Iterator[PluginWorld]:
    """A fresh database with the project on in the first province."""
    registry = registry_with(POINT)
    with migrated_copy(registry) as database:
        made = open_world(registry, database)
        made.switch_on("ngo_enhance", 1)
        yield made


@pytest.fixture
def child(world: PluginWorld) -> DemoChild:
    """A child whom no other test has."""
    return children_of(world.demo(), 40)[next(_NUMBERS)]


_NUMBERS = count(1)
