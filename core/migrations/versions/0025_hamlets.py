"""Core 0025: hamlets, which each province enters for itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0025"
down_revision = "core_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "hamlet",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(collation="C"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["core.tenant.id"], name="fk_hamlet_tenant_id"),
        sa.ForeignKeyConstraint(["commune_id"], ["core.area.id"], name="fk_hamlet_commune_id"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_hamlet"),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_hamlet_dates")),
        schema="core",
    )
    for columns in (("tenant_id", "commune_id", "name_fold"), ("tenant_id", "created_at", "id")):
        name = "ix_hamlet_" + "_".join(columns)
        op.create_index(name, "hamlet", list(columns), schema="core")
    op.protect_tenant_table("hamlet", schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table("hamlet", schema="core")
