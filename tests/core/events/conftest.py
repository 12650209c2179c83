"""The register's tenant and shorthands, behind a door that can seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.contribution import core_contribution
from core.indicators.stale import marker
from core.registry.catalogue import Catalogue
from core.tenancy.door import TenantDoor
from tests.core.register.conftest import Register, communes

if TYPE_CHECKING:
    from core.testing.database import TestDatabase
    from core.vault.sealing import Vault

__all__ = ["communes", "register"]


@pytest.fixture(scope="module")
def register(database: TestDatabase, communes: tuple[int, int], vault: Vault) -> Register:
    """One tenant, shared by the tests of a module."""
    catalogue = Catalogue((core_contribution(),))
    listeners = [marker(catalogue.measures.values())]
    door = TenantDoor(database.runtime, listeners=listeners, vault=vault)
    return Register(3, door, *communes, catalogue)
