"""Pytest fixtures of the test kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.tenancy.door import TenantDoor
from core.testing.database import (
    TestDatabase,
    database_copy,
    ensure_template,
    vault_of_tests,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.vault.sealing import Vault

LOOK_ALIKES = (
    (1, "tinh_mot", "Tỉnh Một"),
    (2, "tinh_hai", "Tỉnh Hai"),
    (3, "tinh_ba", "Tỉnh Ba"),
)


@pytest.fixture(scope="session")
def core_template() -> str:
    """The template with core's tables, areas and three look-alike tenants."""
    return ensure_template(fill=fill_look_alikes)


@pytest.fixture(scope="module")
def database(core_template: str) -> Iterator[TestDatabase]:
    """A copy of core's database, shared by the tests of one module."""
    with database_copy(core_template) as copy:
        yield copy


@pytest.fixture(scope="session")
def vault() -> Vault:
    """What seals and opens the sealed columns."""
    return vault_of_tests()


@pytest.fixture
def door(database: TestDatabase, vault: Vault) -> TenantDoor:
    """The way to sessions as the runtime login."""
    return TenantDoor(database.runtime, vault=vault)


def fill_look_alikes(database: TestDatabase) -> None:
    """Areas, and three provinces that differ in nothing but their names."""
    from core.areas.load import load_areas

    with database.owner.begin() as connection:
        load_areas(connection)
        for number, slug, name in LOOK_ALIKES:
            connection.execute(
                text(
                    "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
                    "VALUES (:id, :slug, 'province', :name, :name)"
                ),
                {"id": number, "slug": slug, "name": name},
            )
