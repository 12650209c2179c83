"""Core 0015: second factor, one-time links, counted attempts, disabled accounts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0015"
down_revision = "core_0013"
branch_labels = None
depends_on = None

ACCOUNT_KEY = ["core.account.tenant_id", "core.account.id"]
NEW_TABLES = ("second_factor", "recovery_code", "one_time_link", "attempt_count")


def upgrade() -> None:
    """Apply."""
    _accounts()
    # Whoever is signed in has given no second factor: those sign-ins become half ones.
    for name, value in (("stage", "enrol"), ("device", "")):
        column = sa.Column(name, sa.Text(), server_default=value, nullable=False)
        op.add_column("sign_in", column, schema="core")
        op.alter_column("sign_in", name, server_default=None, schema="core")
    op.create_check_constraint(
        op.f("ck_sign_in_stage"), "sign_in", "stage IN ('full', 'code', 'enrol')", schema="core"
    )
    _second_factor()
    _one_time_link()
    _attempt_count()
    op.drop_table("sign_in_failure", schema="core")
    for table in NEW_TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back; an account that has no password yet gets one that nobody knows."""
    for table in reversed(NEW_TABLES):
        op.drop_table(table, schema="core")
    _sign_in_failure()
    op.drop_constraint(op.f("ck_sign_in_stage"), "sign_in", schema="core")
    op.drop_column("sign_in", "device", schema="core")
    op.drop_column("sign_in", "stage", schema="core")
    op.drop_column("role_grant", "programmes", schema="core")
    op.drop_constraint(op.f("ck_account_disabled"), "account", schema="core")
    op.drop_column("account", "disabled_reason", schema="core")
    op.drop_column("account", "disabled_at", schema="core")
    _rewrite("password_hash", sa.Text(), "coalesce(password_hash, 'none')")
    op.alter_column("account", "password_hash", nullable=False, schema="core")


def _accounts() -> None:
    op.alter_column("account", "password_hash", nullable=True, schema="core")
    op.add_column("account", sa.Column("disabled_at", sa.DateTime(timezone=True)), schema="core")
    op.add_column("account", sa.Column("disabled_reason", sa.Text()), schema="core")
    moment = sa.DateTime(timezone=True)
    _rewrite("disabled_at", moment, "CASE WHEN is_active THEN NULL ELSE created_at END")
    op.create_check_constraint(
        op.f("ck_account_disabled"),
        "account",
        "is_active = (disabled_at IS NULL)",
        schema="core",
    )
    op.add_column("role_grant", sa.Column("programmes", postgresql.ARRAY(sa.Text())), schema="core")


def _rewrite(column: str, kind: sa.types.TypeEngine[Any], value: str) -> None:
    """Fill a column of all accounts: an UPDATE would find none, for row security binds us too."""
    op.alter_column("account", column, type_=kind, postgresql_using=value, schema="core")


def _second_factor() -> None:
    op.create_table(
        "second_factor",
        *_row_of_account("second_factor"),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(secret) >= 33 AND get_byte(secret, 0) = 1",
            name=op.f("ck_second_factor_secret_sealed"),
        ),
        schema="core",
    )
    op.create_index(
        op.f("uq_second_factor_tenant_id_account_id_confirmed"),
        "second_factor",
        ["tenant_id", "account_id", "confirmed"],
        unique=True,
        schema="core",
    )
    op.create_table(
        "recovery_code",
        *_row_of_account("recovery_code"),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint(
            "tenant_id",
            "account_id",
            "code_hash",
            name=op.f("uq_recovery_code_tenant_id_account_id_code_hash"),
        ),
        schema="core",
    )


def _one_time_link() -> None:
    op.create_table(
        "one_time_link",
        *_row_of_account("one_time_link"),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'reset')", name=op.f("ck_one_time_link_purpose")
        ),
        sa.UniqueConstraint(
            "tenant_id", "token_hash", name=op.f("uq_one_time_link_tenant_id_token_hash")
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_one_time_link_tenant_id_account_id"),
        "one_time_link",
        ["tenant_id", "account_id"],
        schema="core",
    )


def _attempt_count() -> None:
    op.create_table(
        "attempt_count",
        *_row("attempt_count"),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "subject", name=op.f("uq_attempt_count_tenant_id_subject")
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_attempt_count_tenant_id_last_at"),
        "attempt_count",
        ["tenant_id", "last_at"],
        schema="core",
    )


def _sign_in_failure() -> None:
    op.create_table(
        "sign_in_failure",
        *_row("sign_in_failure"),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="core",
    )
    op.create_index(
        op.f("ix_sign_in_failure_tenant_id_login_at"),
        "sign_in_failure",
        ["tenant_id", "login", "at"],
        schema="core",
    )
    op.protect_tenant_table("sign_in_failure", schema="core")


def _row(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns and keys that every table of a tenant has."""
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _row_of_account(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_row(table),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ACCOUNT_KEY,
            name=op.f(f"fk_{table}_tenant_id_account_id"),
        ),
    )
