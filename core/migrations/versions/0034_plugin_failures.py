"""Core 0034: calls of plugins that failed or were slow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0034"
down_revision = "core_0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "plugin_failure",
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("declaration", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        schema="core",
        rules={
            "call": "call IN ('section', 'export', 'route', 'prefill', 'check', 'event', 'job', "
            "'alert', 'count')",
            "outcome": "outcome IN ('raised', 'slow')",
        },
        indexes=[("happened_at",)],
        without=("commune_id", "created_by", "created_at", "generated"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("plugin_failure", schema="core")
