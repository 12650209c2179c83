"""Sample meals 0001: meal rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sample_meals_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "sample_meals"
TABLE = "meal_round"
CHECKS = {
    "place": "place IN ('kindergarten', 'school', 'community')",
    "children": "children BETWEEN 1 AND 2000",
    "meals": "meals BETWEEN 0 AND children",
    "shortage": "shortage IN ('supplies', 'weather', 'other')",
}


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)  # type: ignore[attr-defined]  # registered at run time
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("children", sa.BigInteger(), nullable=False),
        sa.Column("meals", sa.BigInteger(), nullable=False),
        sa.Column("shortage", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}"))
            for name, rule in CHECKS.items()
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{TABLE}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{TABLE}")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f(f"ix_{TABLE}_tenant_id_held_on"), TABLE, ["tenant_id", "held_on"], schema=SCHEMA
    )
    op.protect_tenant_table(TABLE, schema=SCHEMA)  # type: ignore[attr-defined]  # same


def downgrade() -> None:
    """Take back."""
    op.drop_table(TABLE, schema=SCHEMA)
