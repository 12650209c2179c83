"""The database's own catalogue shows no hole, in core and in every plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tenancy.catalogue_lint import RULES, lint
from tests.isolation.product import owned_tables, plugin_chains

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.testing.database import TestDatabase


def test_the_product_has_no_hole(whole: TestDatabase, summary: Callable[[str], None]) -> None:
    with whole.owner.connect() as connection:
        assert lint(connection, prefix=whole.addresses.prefix) == []
        count = len(owned_tables(connection))
    summary(f"{len(RULES)} rules of the catalogue clean on {count} tables of tenants")


def test_every_plugin_with_tables_is_looked_at(whole: TestDatabase) -> None:
    with whole.owner.connect() as connection:
        schemas = {table.name.partition(".")[0] for table in owned_tables(connection)}
    assert schemas == {"core", *(chain.schema for chain in plugin_chains())}
