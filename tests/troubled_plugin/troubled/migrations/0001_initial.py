"""Troubled 0001: visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "troubled_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "troubled"


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)  # type: ignore[attr-defined]  # registered at run time
    op.create_record_table(  # type: ignore[attr-defined]  # same
        "visit",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("twice", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        indexes=[("held_on",)],
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("visit", schema=SCHEMA)
