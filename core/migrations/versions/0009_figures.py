"""Core 0009: cells and stale marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0009"
down_revision = "core_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "figure_cell",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age_band", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_figure_cell_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_figure_cell_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_figure_cell")),
        sa.UniqueConstraint(
            "tenant_id",
            "measure",
            "day",
            "commune_id",
            "sex",
            "age_band",
            "detail",
            name="uq_figure_cell_place",
        ),
        schema="core",
    )
    op.protect_tenant_table("figure_cell", schema="core")
    op.create_table(
        "figure_stale",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_figure_stale_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_figure_stale_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_figure_stale")),
        schema="core",
    )
    op.create_index(
        op.f("ix_figure_stale_tenant_id_measure_commune_id_day"),
        "figure_stale",
        ["tenant_id", "measure", "commune_id", "day"],
        schema="core",
    )
    op.protect_tenant_table("figure_stale", schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table("figure_stale", schema="core")
    op.drop_table("figure_cell", schema="core")
