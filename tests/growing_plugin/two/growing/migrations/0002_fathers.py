"""Growing 0002: how many of the parents were fathers; nobody asked before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "growing_0002"
down_revision = "growing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("talk", sa.Column("fathers", sa.BigInteger(), nullable=True), schema="growing")


def downgrade() -> None:
    """Take back."""
    op.drop_column("talk", "fathers", schema="growing")
