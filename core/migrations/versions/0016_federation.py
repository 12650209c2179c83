"""Core 0016: identity providers, and accounts of programs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0016"
down_revision = "core_0015"
branch_labels = None
depends_on = None

TABLES = ("identity_provider", "provider_link", "spent_visit", "machine", "machine_token")


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "account",
        sa.Column("is_machine", sa.Boolean(), nullable=False, server_default=sa.false()),
        schema="core",
    )
    op.alter_column("account", "is_machine", server_default=None, schema="core")
    _providers()
    _links()
    _machines()
    for table in TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back; accounts of programs stay, without a way in."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="core")
    op.drop_column("account", "is_machine", schema="core")


def _providers() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("hosts", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("second_factor_acr", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("second_factor_amr", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_identity_provider_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_identity_provider_tenant_id_key")),
        sa.UniqueConstraint(
            "tenant_id", "issuer", name=op.f("uq_identity_provider_tenant_id_issuer")
        ),
        schema="core",
    )


def _links() -> None:
    op.create_table(
        "provider_link",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core.account.tenant_id", "core.account.id"],
            name=op.f("fk_provider_link_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "provider_id"],
            ["core.identity_provider.tenant_id", "core.identity_provider.id"],
            name=op.f("fk_provider_link_tenant_id_provider_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_provider_link_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_provider_link")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider_id",
            "issuer",
            "subject",
            name=op.f("uq_provider_link_tenant_id_provider_id_issuer_subject"),
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_provider_link_tenant_id_account_id"),
        "provider_link",
        ["tenant_id", "account_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "spent_visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_spent_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_spent_visit")),
        sa.UniqueConstraint(
            "tenant_id", "state_hash", name=op.f("uq_spent_visit_tenant_id_state_hash")
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_spent_visit_tenant_id_expires_at"),
        "spent_visit",
        ["tenant_id", "expires_at"],
        unique=False,
        schema="core",
    )


def _machines() -> None:
    op.create_table(
        "machine",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["core.account.tenant_id", "core.account.id"],
            name=op.f("fk_machine_tenant_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_machine_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_machine")),
        sa.UniqueConstraint("tenant_id", "client_id", name=op.f("uq_machine_tenant_id_client_id")),
        schema="core",
    )
    op.create_index(
        op.f("ix_machine_tenant_id_account_id"),
        "machine",
        ["tenant_id", "account_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "machine_token",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("machine_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "machine_id"],
            ["core.machine.tenant_id", "core.machine.id"],
            name=op.f("fk_machine_token_tenant_id_machine_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_machine_token_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_machine_token")),
        sa.UniqueConstraint(
            "tenant_id", "token_hash", name=op.f("uq_machine_token_tenant_id_token_hash")
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_machine_token_tenant_id_machine_id"),
        "machine_token",
        ["tenant_id", "machine_id"],
        unique=False,
        schema="core",
    )
