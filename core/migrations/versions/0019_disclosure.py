"""Core 0019: what the ministry may know of a report, and the counts published to the outside.

A published count is a multiple of five: whatever the program does, the database takes no other.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0019"
down_revision = "core_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _report_standing()
    _published_count()


def downgrade() -> None:
    """Take back."""
    op.drop_table("published_count", schema="core")
    op.drop_table("report_standing", schema="core")


def _owned(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        schema="core",
    )


def _report_standing() -> None:
    _owned(
        "report_standing",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('owed', 'sent', 'accepted', 'returned')",
            name=op.f("ck_report_standing_state"),
        ),
    )
    op.create_index(
        op.f("ix_report_standing_tenant_id_kind_period_code_told_at"),
        "report_standing",
        ["tenant_id", "kind", "period_code", "told_at"],
        schema="core",
    )
    op.protect_tenant_table("report_standing", schema="core", released=True, append_only=True)


def _published_count() -> None:
    _owned(
        "published_count",
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=True),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["core.area.id"], name=op.f("fk_published_count_area_id")
        ),
        sa.CheckConstraint("value >= 0 AND value % 5 = 0", name=op.f("ck_published_count_rounded")),
        sa.CheckConstraint(
            "breakdown IN ('', 'sex', 'age_band', 'detail')",
            name=op.f("ck_published_count_breakdown"),
        ),
        sa.UniqueConstraint(
            *("tenant_id", "measure", "period_code", "area_id", "breakdown", "part"),
            name="uq_published_count_place",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.protect_tenant_table("published_count", schema="core", append_only=True)
