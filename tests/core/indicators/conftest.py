"""Empty tables of the sample programme, and a door that marks what is stored in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from core.areas.models import Area
from core.indicators.models import FigureCell, FigureStale
from core.indicators.stale import marker
from core.registry.models import ProgrammeEnablement
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from tests.core.indicators.sample import MEASURES, Secret, Sighting, Stay, World, sample_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

__all__ = ["sample_tables"]  # a fixture


@pytest.fixture
def world(database: TestDatabase, sample_tables: None) -> Iterator[World]:
    """Empty tables of the sample, and a door that marks."""
    door = TenantDoor(database.runtime, listeners=[marker(MEASURES)])
    with database.owner.connect() as connection:
        communes = tuple(
            connection.scalars(
                select(Area.id).where(Area.level == "commune").order_by(Area.id).limit(4)
            )
        )
    yield World(database, door, communes)
    for tenant in (1, 2, 3):
        with door.tenant_session(tenant, reach=Reach.counting()) as session:
            for model in (Sighting, Stay, Secret, FigureCell, FigureStale, ProgrammeEnablement):
                session.execute(delete(model).where(model.tenant_id == tenant))
