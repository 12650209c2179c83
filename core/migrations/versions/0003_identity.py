"""Core 0003: accounts, roles and sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0003"
down_revision = "core_0002"
branch_labels = None
depends_on = None

TABLES = ("account", "role_grant", "sign_in", "sign_in_failure")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_account_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("tenant_id", "login", name=op.f("uq_account_tenant_id_login")),
        schema="core",
    )
    op.create_table(
        "role_grant",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["core.area.id"], name=op.f("fk_role_grant_area_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core.account.tenant_id", "core.account.id"],
            name=op.f("fk_role_grant_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_role_grant_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_role_grant")),
        schema="core",
    )
    op.create_index(
        op.f("ix_role_grant_tenant_id_account_id"),
        "role_grant",
        ["tenant_id", "account_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "sign_in",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core.account.tenant_id", "core.account.id"],
            name=op.f("fk_sign_in_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sign_in_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint(
            "tenant_id", "token_hash", name=op.f("uq_sign_in_tenant_id_token_hash")
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_sign_in_tenant_id_account_id"),
        "sign_in",
        ["tenant_id", "account_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sign_in_failure_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sign_in_failure")),
        schema="core",
    )
    op.create_index(
        op.f("ix_sign_in_failure_tenant_id_login_at"),
        "sign_in_failure",
        ["tenant_id", "login", "at"],
        unique=False,
        schema="core",
    )
    for table in TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="core")
