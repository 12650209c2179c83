"""Core 0004: the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0004"
down_revision = "core_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("classes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("action ~ '^[a-z][a-z0-9_]*$'", name=op.f("ck_audit_entry_action")),
        sa.CheckConstraint(
            "subject_kind ~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$'",
            name=op.f("ck_audit_entry_subject_kind"),
        ),
        sa.CheckConstraint(
            "classes <@ ARRAY['public', 'internal', 'personal', 'sensitive', 'restricted']",
            name=op.f("ck_audit_entry_classes"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_audit_entry_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_entry")),
        schema="core",
    )
    op.create_index(
        "ix_audit_entry_tenant_id_at", "audit_entry", ["tenant_id", "at"], schema="core"
    )
    op.create_index(
        "ix_audit_entry_tenant_id_subject_id_at",
        "audit_entry",
        ["tenant_id", "subject_id", "at"],
        schema="core",
    )
    op.protect_tenant_table("audit_entry", schema="core", append_only=True)


def downgrade() -> None:
    """Take back."""
    op.drop_table("audit_entry", schema="core")
