"""Sample meals 0002: cooking classes and their learners."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sample_meals_0002"
down_revision = "sample_meals_0001"
branch_labels = None
depends_on = None

SCHEMA = "sample_meals"


def upgrade() -> None:
    """Apply."""
    _table(
        "cooking_class",
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("hamlet_id", sa.Uuid(), nullable=True),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("rice_kg", sa.Numeric(8, 1), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_cooking_class_days")),
        sa.CheckConstraint(
            "octet_length(note) >= 33 AND get_byte(note, 0) = 1",
            name=op.f("ck_cooking_class_note_sealed"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "class_code", name=op.f("uq_cooking_class_tenant_id_class_code")
        ),
    )
    _index("cooking_class", "tenant_id", "created_at", "id")
    _table(
        "class_learner",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "class_id"],
            ["sample_meals.cooking_class.tenant_id", "sample_meals.cooking_class.id"],
            name=op.f("fk_class_learner_tenant_id_class_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_class_learner_tenant_id_child_id"),
        ),
    )
    _index("class_learner", "tenant_id", "class_id")


def downgrade() -> None:
    """Take back."""
    op.drop_table("class_learner", schema=SCHEMA)
    op.drop_table("cooking_class", schema=SCHEMA)


def _table(name: str, *parts: sa.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema=SCHEMA,
    )
    op.protect_tenant_table(name, schema=SCHEMA)  # type: ignore[attr-defined]  # core's


def _index(table: str, *columns: str) -> None:
    name = op.f(f"ix_{table}_{'_'.join(columns)}")
    op.create_index(name, table, list(columns), schema=SCHEMA)
