"""Core 0002: areas and their succession."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "area",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("name_sort", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("area_km2", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "(level = 'province') = (parent_id IS NULL)", name=op.f("ck_area_parent")
        ),
        sa.CheckConstraint(
            "level IN ('province', 'district', 'commune')", name=op.f("ck_area_level")
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_area_dates")),
        sa.ForeignKeyConstraint(["parent_id"], ["core.area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint(
            "level",
            "code",
            "valid_from",
            name=op.f("uq_area_level_code_valid_from"),
            postgresql_nulls_not_distinct=True,
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_area_level_name_fold"), "area", ["level", "name_fold"], unique=False, schema="core"
    )
    op.create_index(op.f("ix_area_parent_id"), "area", ["parent_id"], unique=False, schema="core")
    op.create_table(
        "area_succession",
        sa.Column("predecessor_id", sa.BigInteger(), nullable=False),
        sa.Column("successor_id", sa.BigInteger(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.CheckConstraint("share IN ('whole', 'part')", name=op.f("ck_area_succession_share")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["core.area.id"], name=op.f("fk_area_succession_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["core.area.id"], name=op.f("fk_area_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_area_succession")),
        schema="core",
    )
    op.create_index(
        op.f("ix_area_succession_successor_id"),
        "area_succession",
        ["successor_id"],
        unique=False,
        schema="core",
    )
    op.share_reference_table("area", schema="core")
    op.share_reference_table("area_succession", schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table("area_succession", schema="core")
    op.drop_table("area", schema="core")
