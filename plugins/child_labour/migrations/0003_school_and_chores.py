"""Child labour 0003: why a child is out of school, and its chores at home."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "child_labour_0003"
down_revision = "child_labour_0002"
branch_labels = None
depends_on = None

SCHEMA = "child_labour"
SCREENING = "work_screening"
RULES = {
    "left_school_reason": "left_school_reason IN ('poverty', 'works', 'moves_with_family', "
    "'illness', 'weak_results', 'early_marriage', 'far_from_school', 'other')",
    "chores_hours_per_week": "chores_hours_per_week BETWEEN 0 AND 112",
}


def upgrade() -> None:
    """Apply."""
    for column in (
        sa.Column("left_school_reason", sa.Text(), nullable=True),
        sa.Column("chores_hours_per_week", sa.BigInteger(), nullable=True),
    ):
        op.add_column(SCREENING, column, schema=SCHEMA)
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_{SCREENING}_{name}"), SCREENING, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in RULES:
        op.drop_constraint(op.f(f"ck_{SCREENING}_{name}"), SCREENING, schema=SCHEMA)
        op.drop_column(SCREENING, name, schema=SCHEMA)
