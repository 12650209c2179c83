"""The sample plugin and its neighbour as installed plugins, over a real database."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.migrations.runner import CORE_CHAIN, migrate
from core.registry.catalogue import Contribution
from core.registry.loading import GROUP
from core.registry.service import Registry
from core.testing.database import database_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.testing.database import TestDatabase

    Points = Callable[..., tuple[EntryPoint, ...]]

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_plugin"
MODULES = {"sample_meals": "sample_meals.plugin", "meal_supplies": "healthy.meal_supplies"}


@pytest.fixture(scope="session", autouse=True)
def importable() -> Iterator[None]:
    """What installing the distributions would do: their packages can be imported."""
    added = [str(SAMPLE), str(HERE)]
    sys.path[:0] = added
    yield
    for path in added:
        sys.path.remove(path)


@pytest.fixture
def points() -> Points:
    """Entry points by key: the healthy ones by name, the faulty ones by their file."""

    def made(*keys: str) -> tuple[EntryPoint, ...]:
        return tuple(
            EntryPoint(name=key, value=MODULES.get(key, f"faulty.{key}"), group=GROUP)
            for key in keys
        )

    return made


@pytest.fixture
def core_declares() -> Contribution:
    """A core that declares nothing."""
    return Contribution(owner="core")


@pytest.fixture
def registry(points: Points, core_declares: Contribution) -> Registry:
    """The sample plugin and its neighbour, installed."""
    return Registry.discover(core_declares, points=points("meal_supplies", "sample_meals"))


@pytest.fixture(scope="module")
def database(core_template: str, importable: None) -> Iterator[TestDatabase]:
    """Core's database with the sample plugin's tables."""
    point = EntryPoint(name="sample_meals", value=MODULES["sample_meals"], group=GROUP)
    installed = Registry.discover(Contribution(owner="core"), points=(point,))
    with database_copy(core_template) as copy:
        migrate(copy.owner, (CORE_CHAIN, *installed.chains), login_prefix=copy.addresses.prefix)
        yield copy
