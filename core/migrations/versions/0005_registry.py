"""Core 0005: programmes switched on and off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0005"
down_revision = "core_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "programme_enablement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("switched_on_by", sa.Uuid(), nullable=True),
        sa.Column("switched_off_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from",
            name=op.f("ck_programme_enablement_dates"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_programme_enablement_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_programme_enablement")),
        schema="core",
    )
    op.create_index(
        "uq_programme_enablement_open",
        "programme_enablement",
        ["tenant_id", "programme"],
        unique=True,
        schema="core",
        postgresql_where="valid_to IS NULL",
    )
    op.protect_tenant_table("programme_enablement", schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table("programme_enablement", schema="core")
