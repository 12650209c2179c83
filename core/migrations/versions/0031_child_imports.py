"""Core 0031: lists of children on their way in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0031"
down_revision = "core_0030"
branch_labels = None
depends_on = None

_COUNTS = ("stored", "changed", "same", "doubled", "refused")
_CARRIED = ("commune_id", "created_by", "created_at", "generated")


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "child_import",
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updates", sa.Boolean(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("columns", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("chunk_count", sa.BigInteger(), nullable=False),
        sa.Column("chunks_done", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.LargeBinary(), nullable=True),
        schema="core",
        rules={
            "state": "state IN ('waiting', 'working', 'done', 'refused')",
            "end": "(finished_at IS NOT NULL) = (state IN ('done', 'refused'))",
        },
        sealed=("refusal",),
        indexes=(("asked_by", "asked_at"),),
        without=_CARRIED,
    )
    op.create_record_table(
        "child_import_file",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        schema="core",
        sealed=("content",),
        references={"import_id": "core.child_import"},
        unique=(("import_id",),),
        without=_CARRIED,
    )
    op.create_record_table(
        "child_import_chunk",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("findings", sa.LargeBinary(), nullable=True),
        schema="core",
        sealed=("rows", "findings"),
        references={"import_id": "core.child_import"},
        unique=(("import_id", "number"),),
        without=_CARRIED,
    )
    # ciphertext does not pack: trying would only cost time
    for table, column in (
        ("child_import_file", "content"),
        ("child_import_chunk", "rows"),
        ("child_import_chunk", "findings"),
    ):
        op.execute(f"ALTER TABLE core.{table} ALTER COLUMN {column} SET STORAGE EXTERNAL")


def downgrade() -> None:
    """Take back."""
    for table in ("child_import_chunk", "child_import_file", "child_import"):
        op.drop_table(table, schema="core")
