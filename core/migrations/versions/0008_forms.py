"""Core 0008: what was entered with which form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0008"
down_revision = "core_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "form_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_code", sa.Text(), nullable=False),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_form_entry_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_form_entry")),
        sa.UniqueConstraint(
            "tenant_id",
            "form_code",
            "entered_by",
            "idempotency_key",
            name="uq_form_entry_sent_once",
            postgresql_nulls_not_distinct=True,
        ),
        schema="core",
    )
    op.protect_tenant_table("form_entry", schema="core", append_only=True)
    op.create_index(
        op.f("ix_form_entry_tenant_id_record_id"),
        "form_entry",
        ["tenant_id", "record_id"],
        schema="core",
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("form_entry", schema="core")
