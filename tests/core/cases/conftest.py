"""One province with a worker and a leader of the first commune."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.contribution import core_contribution
from core.registry.service import Registry
from core.tenancy.door import TenantDoor
from tests.core.cases.people import MORNING, Person, Province

if TYPE_CHECKING:
    from core.testing.database import TestDatabase
    from core.vault.sealing import Vault


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.discover(core_contribution(), points=())


@pytest.fixture
def province(database: TestDatabase, registry: Registry, vault: Vault) -> Province:
    statement = select(Area.id).where(Area.level == COMMUNE, exists_on(MORNING.date()))
    with database.owner.connect() as connection:
        communes = tuple(connection.scalars(statement.order_by(Area.id).limit(2)))
    return Province(TenantDoor(database.runtime, vault=vault), registry, communes)


@pytest.fixture
def worker(province: Province) -> Person:
    return province.person("commune_worker")


@pytest.fixture
def leader(province: Province) -> Person:
    return province.person("commune_leader")
