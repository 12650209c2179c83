"""Core 0017: papers attached to records, and lists that were taken away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0017"
down_revision = "core_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _attachment()
    _attachment_content()
    _export_made()


def downgrade() -> None:
    """Take back."""
    op.drop_table("export_made", schema="core")
    op.drop_table("attachment_content", schema="core")
    op.drop_table("attachment", schema="core")


def _owned() -> tuple[sa.Column[int], sa.Column[object]]:
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    )


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _keys(table: str, *, in_commune: bool) -> tuple[sa.Constraint, ...]:
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    ]
    if in_commune:
        keys.append(
            sa.ForeignKeyConstraint(
                ["commune_id"], ["core.area.id"], name=op.f(f"fk_{table}_commune_id")
            )
        )
    return tuple(keys)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _attachment() -> None:
    op.create_table(
        "attachment",
        *_owned(),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("byte_count", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        _moment("uploaded_at"),
        _check(
            "attachment",
            "media_type",
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')",
        ),
        _check("attachment", "byte_count", "byte_count > 0"),
        *_keys("attachment", in_commune=True),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            "sha256",
            name=op.f("uq_attachment_tenant_id_subject_kind_subject_id_sha256"),
        ),
        schema="core",
    )
    op.protect_tenant_table("attachment", schema="core")


def _attachment_content() -> None:
    op.create_table(
        "attachment_content",
        *_owned(),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_keys("attachment_content", in_commune=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["core.attachment.tenant_id", "core.attachment.id"],
            name=op.f("fk_attachment_content_tenant_id_attachment_id"),
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_attachment_content_tenant_id_attachment_id"),
        "attachment_content",
        ["tenant_id", "attachment_id"],
        schema="core",
    )
    # already packed by their own formats: trying again would only cost time
    op.execute("ALTER TABLE core.attachment_content ALTER COLUMN content SET STORAGE EXTERNAL")
    op.protect_tenant_table("attachment_content", schema="core")


def _export_made() -> None:
    op.create_table(
        "export_made",
        *_owned(),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        _moment("made_at"),
        _check("export_made", "format", "format IN ('csv', 'xlsx')"),
        _check("export_made", "row_count", "row_count >= 0"),
        *_keys("export_made", in_commune=False),
        schema="core",
    )
    op.protect_tenant_table("export_made", schema="core", append_only=True)
