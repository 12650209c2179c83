"""Orphan care 0005: the coefficient of an allowance as it is written, 1,5 and not 15 tenths."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0005"
down_revision = "orphan_care_0004"
branch_labels = None
depends_on = None

SCHEMA, TABLE = "orphan_care", "benefit_entitlement"
# the new column, the old one, and whether every row has it
COLUMNS = (
    ("stated_coefficient", "stated_tenths", False),
    ("coefficient", "coefficient_tenths", True),
)
RULES = {
    "coefficient": "coefficient > 0 AND coefficient <= 10",
    "amount_vnd": "amount_vnd = trunc(base_vnd * coefficient)",
}
RULES_BEFORE = {
    "coefficient_tenths": "coefficient_tenths BETWEEN 1 AND 100",
    "amount_vnd": "amount_vnd = base_vnd * coefficient_tenths / 10",
}


def upgrade() -> None:
    """Apply."""
    _drop(RULES_BEFORE)
    for new, old, always in COLUMNS:
        _carry_over(old, new, sa.Numeric(3, 1), Decimal("0.1"), always=always)
    _check(RULES)


def downgrade() -> None:
    """Take back."""
    _drop(RULES)
    for new, old, always in COLUMNS:
        _carry_over(new, old, sa.BigInteger(), Decimal(10), always=always)
    _check(RULES_BEFORE)


def _carry_over(
    before: str, after: str, kind: sa.types.TypeEngine[Any], times: Decimal, *, always: bool
) -> None:
    op.add_column(TABLE, sa.Column(after, kind), schema=SCHEMA)
    table = sa.table(TABLE, sa.column(before), sa.column(after), schema=SCHEMA)
    with op.over_all_tenants(f"{SCHEMA}.{TABLE}"):
        op.execute(table.update().values({after: table.c[before] * sa.literal(times)}))
    op.alter_column(TABLE, after, nullable=not always, schema=SCHEMA)
    op.drop_column(TABLE, before, schema=SCHEMA)


def _drop(rules: dict[str, str]) -> None:
    for name in rules:
        op.drop_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, schema=SCHEMA)


def _check(rules: dict[str, str]) -> None:
    for name, rule in rules.items():
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, rule, schema=SCHEMA)
