"""0005: the coefficients of two provinces' allowances are carried over, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import text

from core.migrations.runner import _config, migrate
from core.testing.database import TEST_PREFIX, database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

TABLE, KEY = "orphan_care.benefit_entitlement", "fk_benefit_entitlement"
STORED = [(1, 25, None), (1, 15, None), (2, 20, 20)]
CARRIED = [(1, "2.5", None), (1, "1.5", None), (2, "2.0", "2.0")]
INSERT = """
    INSERT INTO orphan_care.benefit_entitlement (tenant_id, id, commune_id, child_id, category,
        born_on, studying, starts_on, ends_by, counted_until, decision_no, decided_on,
        payment_method, stated_tenths, coefficient_tenths, base_vnd, amount_vnd, generated,
        created_at)
    VALUES (:tenant, gen_random_uuid(), 1, gen_random_uuid(), 'orphan', '2015-02-05', false,
        '2018-03-01', '2031-02-05', '2031-02-05', '1', '2018-02-20', 'cash', :stated, :tenths,
        270000, 27000 * :tenths, true, '2018-02-20')
"""


@pytest.fixture
def moved(core_template: str, registry: Registry) -> Iterator[tuple[TestDatabase, object]]:
    """A database one revision back with three allowances, and the chain of the programme."""
    chain = next(one for one in registry.chains if one.key == "orphan_care")
    with database_copy(core_template) as database:
        migrate(database.owner, [chain], login_prefix=TEST_PREFIX)
        move(database, chain, "orphan_care_0004")
        with database.admin.begin() as admin:
            for of in ("tenant_id_child_id", "commune_id"):  # no child, no commune
                admin.execute(text(f"ALTER TABLE {TABLE} DROP CONSTRAINT {KEY}_{of}"))
            for tenant, tenths, stated in STORED:
                admin.execute(text(INSERT), {"tenant": tenant, "tenths": tenths, "stated": stated})
        yield database, chain


def move(database: TestDatabase, chain: object, to: str) -> None:
    with database.owner.connect() as owner:
        config = _config(owner, chain, TEST_PREFIX)
        (command.upgrade if to == "head" else command.downgrade)(config, to)
        owner.commit()


def kept(database: TestDatabase, columns: str) -> list[tuple[object, ...]]:
    query = f"SELECT tenant_id, {columns} FROM {TABLE}"  # noqa: S608
    with database.admin.connect() as admin:
        rows = [tuple(row) for row in admin.execute(text(query))]
    return sorted(rows, key=lambda row: (row[0], -float(str(row[1]))))


def test_every_allowance_keeps_its_coefficient(moved: tuple[TestDatabase, object]) -> None:
    database, chain = moved
    move(database, chain, "head")
    assert kept(database, "coefficient::text, stated_coefficient::text") == CARRIED
    move(database, chain, "orphan_care_0004")
    assert kept(database, "coefficient_tenths, stated_tenths") == STORED
