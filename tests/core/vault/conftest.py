"""A database with sealed columns and a way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.tenancy.door import TenantDoor
from core.vault.keys import fresh_ring
from core.vault.sealing import Vault
from tests.core.vault.notices import make_notices

if TYPE_CHECKING:
    from core.testing.database import TestDatabase


@pytest.fixture(scope="module")
def notices(database: TestDatabase) -> TestDatabase:
    """The database with the table of these tests."""
    make_notices(database)
    return database


@pytest.fixture(scope="module")
def vault() -> Vault:
    """A vault with one key."""
    return Vault(fresh_ring())


@pytest.fixture
def door(notices: TestDatabase, vault: Vault) -> TenantDoor:
    """The way to sessions that hold the key ring."""
    return TenantDoor(notices.runtime, vault=vault)
