"""Orphan care 0001: children found to need care."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
TABLE = "orphan_care_record"

PARENT = (
    "'alive_present', 'deceased', 'missing', 'detained', 'in_facility', 'incapable', 'away', "
    "'unknown'"
)
RULES = {
    "mother_status": f"mother_status IN ({PARENT})",
    "father_status": f"father_status IN ({PARENT})",
    "group_code": "group_code IN ('a', 'b', 'c', 'toxic_chemical', 'severe_disability', "
    "'disaster')",
    "sub_group": "sub_group IN ('a1_no_carer', 'a2_facility', 'a3_kin', 'a4_foster', "
    "'b1_no_care', 'b2_in_care', 'c1_other_missing', 'c2_other_incapable', 'c3_other_detained', "
    "'c4_both_missing', 'c5_missing_and_facility')",
    "current_carer": "current_carer IN ('none', 'parent', 'kin', 'foster', 'facility')",
    "needs": "needs <@ ARRAY['alternative_care', 'monthly_allowance', 'food_clothing', "
    "'schooling', 'health_care', 'health_insurance', 'counselling', 'birth_registration', "
    "'housing', 'other']",
    "status": "status IN ('active', 'ended')",
    "ended": "(status = 'ended') = (ended_on IS NOT NULL)",
    "dates": "ended_on >= detected_on",
    "sub_group_of_group": "(group_code IN ('a', 'b', 'c')) = (sub_group IS NOT NULL) "
    "AND (sub_group IS NULL OR left(sub_group, 1) = group_code)",
}


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("detected_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("mother_status", sa.Text(), nullable=False),
        sa.Column("father_status", sa.Text(), nullable=False),
        sa.Column("has_siblings", sa.Boolean(), nullable=True),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("sub_group", sa.Text(), nullable=True),
        sa.Column("current_carer", sa.Text(), nullable=False),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f(f"fk_{TABLE}_tenant_id_child_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{TABLE}")),
        schema=SCHEMA,
    )
    for columns in (["tenant_id", "detected_on"], ["tenant_id", "child_id"]):
        name = "_".join(columns)
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, columns, schema=SCHEMA)
    op.protect_tenant_table(TABLE, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    op.drop_table(TABLE, schema=SCHEMA)
