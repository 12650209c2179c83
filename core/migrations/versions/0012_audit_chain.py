"""Core 0012: audit entries know their transaction; seals over them form a chain.

Entries that are there already count as written by this migration. The server's number is part of
the order because a database that was restored elsewhere begins to count transactions anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0012"
down_revision = "core_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for name, default in (
        ("server_id", "(pg_catalog.pg_control_system()).system_identifier"),
        ("transaction_id", "CAST(CAST(pg_catalog.pg_current_xact_id() AS text) AS bigint)"),
    ):
        op.execute(
            f"ALTER TABLE core.audit_entry ADD COLUMN {name} bigint NOT NULL DEFAULT {default}"
        )
    op.create_index(
        "ix_audit_entry_order",
        "audit_entry",
        ["tenant_id", "server_id", "transaction_id", "id"],
        schema="core",
    )
    _create_seals()


def downgrade() -> None:
    """Take back."""
    op.drop_table("audit_seal", schema="core")
    op.drop_index("ix_audit_entry_order", "audit_entry", schema="core")
    for name in ("transaction_id", "server_id"):
        op.drop_column("audit_entry", name, schema="core")


def _create_seals() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_numbers("number", "server_id", "from_transaction", "until_transaction", "entry_count"),
        sa.Column("first_entry", sa.Uuid(), nullable=False),
        sa.Column("last_entry", sa.Uuid(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        *_numbers("key_number"),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_audit_seal_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_audit_seal_tenant_id_number")),
        schema="core",
    )
    op.protect_tenant_table("audit_seal", schema="core", append_only=True)


def _numbers(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.BigInteger(), nullable=False) for name in names)
