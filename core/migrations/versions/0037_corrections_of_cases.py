"""Core 0037: a correction names what a grant on its record names, such as the case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0037"
down_revision = "core_0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. No record of a case could be corrected before, so each correction names its record."""
    op.add_column("record_change", sa.Column("subject_id", sa.Uuid(), nullable=True), schema="core")
    op.execute("UPDATE core.record_change SET subject_id = record_id")
    op.alter_column("record_change", "subject_id", nullable=False, schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_column("record_change", "subject_id", schema="core")
