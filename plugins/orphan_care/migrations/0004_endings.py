"""Orphan care 0004: why a child is no longer followed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0004"
down_revision = "orphan_care_0003"
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
RECORD = "orphan_care_record"
RULES = {
    "end_reason": "end_reason IN ('not_confirmed', 'parents_back', 'adopted', 'of_age', 'moved', "
    "'died', 'other')",
    "end_reason_of_end": "end_reason IS NULL OR ended_on IS NOT NULL",
}


def upgrade() -> None:
    """Apply."""
    op.add_column(RECORD, sa.Column("end_reason", sa.Text(), nullable=True), schema=SCHEMA)
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in RULES:
        op.drop_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, schema=SCHEMA)
    op.drop_column(RECORD, "end_reason", schema=SCHEMA)
