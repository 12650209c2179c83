"""Core 0028: corrections of records, and drafts of forms."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "core_0028"
down_revision = "core_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _table(
        "record_change",
        _text("form_code"),
        _uuid("record_id"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        _uuid("changed_by", nullable=True),
        _moment("changed_at"),
        _text("confidential_key", nullable=True),
        *_sealed("record_change", "changes"),
        sa.UniqueConstraint(
            "tenant_id",
            "record_id",
            "number",
            name=op.f("uq_record_change_tenant_id_record_id_number"),
        ),
    )
    _table(
        "form_draft",
        _uuid("account_id"),
        _text("form_code"),
        _moment("saved_at"),
        _moment("expires_at"),
        *_sealed("form_draft", "answers"),
    )
    for columns in (("account_id", "saved_at"), ("expires_at",)):
        name = op.f(f"ix_form_draft_tenant_id_{'_'.join(columns)}")
        op.create_index(name, "form_draft", ["tenant_id", *columns], schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_table("form_draft", schema="core")
    op.drop_table("record_change", schema="core")


def _table(name: str, *parts: Any) -> None:
    op.create_table(
        name,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        _uuid("id"),
        *parts,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )
    op.protect_tenant_table(name, schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _sealed(table: str, name: str) -> tuple[Any, ...]:
    rule = f"octet_length({name}) >= 33 AND get_byte({name}, 0) = 1"
    return (
        sa.Column(name, sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}_sealed")),
    )
