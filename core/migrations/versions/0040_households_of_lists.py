"""Core 0040: lists of children bring their households along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0040"
down_revision = "core_0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. No list that is there stored a household."""
    op.add_column(
        "child_import_chunk",
        sa.Column("households", sa.ARRAY(sa.BigInteger()), nullable=False, server_default="{}"),
        schema="core",
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column("child_import_chunk", "households", schema="core")
