"""The whole product in one database, with look-alike rows of three tenants in every table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from core.testing.database import TestDatabase, database_copy, ensure_template
from core.testing.fixtures import fill_look_alikes
from tests.isolation.product import plugin_chains, tables
from tests.isolation.rows import Stock, fill

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Filled:
    """A database and the rows that are in it."""

    name: str
    stock: Stock


@pytest.fixture(scope="session")
def product_template() -> str:
    """Core's chain and every plugin's, areas and three provinces."""
    return ensure_template(plugin_chains(), fill=fill_look_alikes)


@pytest.fixture(scope="session")
def filled(product_template: str) -> Iterator[Filled]:
    """Made once; each module works on a copy of it."""
    with database_copy(product_template) as database:
        stock = fill_all(database)
        database.dispose()
        yield Filled(database.addresses.database, stock)


@pytest.fixture(scope="module")
def whole(filled: Filled) -> Iterator[TestDatabase]:
    """A copy with rows in every table, for the tests of one module."""
    with database_copy(filled.name) as database:
        yield database


@pytest.fixture
def stock(filled: Filled) -> Stock:
    """The rows that are in ``whole``."""
    return filled.stock


def fill_all(database: TestDatabase) -> Stock:
    """Rows of both sorts in every table of a fresh copy."""
    with database.admin.connect() as connection:
        every = tables(connection)
    return fill(database, every)
