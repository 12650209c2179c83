"""Sexual abuse 0001: intakes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sexual_abuse_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "sexual_abuse"
TABLE = "sa_case"

RULES = {
    "channel": "channel IN ('child', 'family', 'community', 'school', 'health', 'police', "
    "'hotline_111', 'other')",
    "sex": "sex IN ('male', 'female', 'unknown')",
    "abuse_form": "abuse_form IN ('rape', 'coerced_intercourse', 'intercourse_with_child', "
    "'molestation', 'prostitution_pornography', 'attempt', 'unclassified')",
    "setting": "setting IN ('family', 'school', 'neighbourhood', 'workplace', 'online', "
    "'care_facility', 'public_place', 'transit', 'other', 'unclassified')",
    "relation_to_child": "relation_to_child IN ('parent', 'step_parent', 'sibling', "
    "'other_relative', 'neighbour', 'teacher_staff', 'peer', 'employer', 'acquaintance_online', "
    "'stranger', 'unknown')",
    "estimated_age": "estimated_age BETWEEN 0 AND 17",
}


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("opaque_code", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("estimated_age", sa.BigInteger(), nullable=False),
        sa.Column("child_safe_now", sa.Boolean(), nullable=False),
        sa.Column("abuse_form", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("relation_to_child", sa.Text(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("police_informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hotline_ref", sa.Text(), nullable=True),
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
            for name, rule in RULES.items()
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{TABLE}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "tenant_id", "opaque_code", name=op.f(f"uq_{TABLE}_tenant_id_opaque_code")
        ),
        schema=SCHEMA,
    )
    op.create_index(
        op.f(f"ix_{TABLE}_tenant_id_received_at"),
        TABLE,
        ["tenant_id", "received_at"],
        schema=SCHEMA,
    )
    op.protect_tenant_table(TABLE, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    op.drop_table(TABLE, schema=SCHEMA)
