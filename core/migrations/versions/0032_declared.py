"""Core 0032: which versions of declared plugins were applied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "core_0032"
down_revision = "core_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "declared_version",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("shape", JSONB(), nullable=False),
        sa.Column(
            "applied_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", "version", name=op.f("pk_declared_version")),
        schema="core",
    )
    op.share_reference_table("declared_version", schema="core", for_ministry=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("declared_version", schema="core")
