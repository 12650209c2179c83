"""Core's own alerts in one province without any programme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.contribution import core_contribution
from core.registry.service import Registry
from core.testing.alerts import AlertDesk, alert_desk
from core.testing.plugins import declare_province

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

DAY = date(2018, 6, 1)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.discover(core_contribution(), points=())


@pytest.fixture(scope="module")
def communes(database: TestDatabase) -> tuple[int, ...]:
    """Two communes of one province."""
    statement = select(Area.id).where(Area.level == COMMUNE, exists_on(DAY)).order_by(Area.id)
    with database.owner.connect() as connection:
        return tuple(connection.scalars(statement.limit(2)))


@pytest.fixture
def desk(door: TenantDoor, registry: Registry, communes: tuple[int, ...]) -> Iterator[AlertDesk]:
    """Stores rows, looks for alerts and reads them; everything is taken back."""
    with alert_desk(door, registry) as opened:
        declare_province(opened.session, communes[0])
        yield opened
