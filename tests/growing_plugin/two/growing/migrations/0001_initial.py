"""Growing 0001: talks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "growing_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.open_schema("growing")  # type: ignore[attr-defined]  # registered at run time
    op.create_record_table(  # type: ignore[attr-defined]  # same
        "talk",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("parents", sa.BigInteger(), nullable=False),
        schema="growing",
        indexes=[("held_on",)],
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("talk", schema="growing")
