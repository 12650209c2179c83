"""Core 0023: notices of looks out of duty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0023"
down_revision = "core_0022"
branch_labels = None
depends_on = None

_NAME = "emergency_notice"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        _NAME,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{_NAME}_tenant_id")
        ),
        _refers("emergency_id", "emergency_access"),
        _refers("account_id", "account"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{_NAME}")),
        sa.CheckConstraint("reason IN ('owner', 'reviewer')", name=op.f(f"ck_{_NAME}_reason")),
        schema="core",
    )
    for columns in (("emergency_id",), ("account_id", "told_at")):
        op.create_index(
            op.f(f"ix_{_NAME}_tenant_id_{'_'.join(columns)}"),
            _NAME,
            ["tenant_id", *columns],
            schema="core",
        )
    op.protect_tenant_table(_NAME, schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table(_NAME, schema="core")


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"core.{target}.tenant_id", f"core.{target}.id"],
        name=op.f(f"fk_{_NAME}_tenant_id_{column}"),
    )
