"""Child labour 0001: screenings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "child_labour_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "child_labour"
TABLE = "work_screening"

RULES = {
    "sex": "sex IN ('male', 'female')",
    "relation_to_employer": "relation_to_employer IN ('own_family', 'relative', 'employer', "
    "'self')",
    "sector": "sector IN ('agriculture', 'fishery', 'forestry', 'industry', 'construction', "
    "'trade', 'services', 'domestic', 'craft_village', 'street_vending', 'arts_sports', 'other')",
    "hazards": "hazards <@ ARRAY['heavy_load', 'chemicals', 'machinery', 'heights', 'water', "
    "'heat', 'dust', 'noise', 'underground', 'animals', 'entertainment_venue', 'other']",
    "risk_factors": "risk_factors <@ ARRAY['poverty', 'dropout', 'parent_absent', 'migrant', "
    "'debt', 'disability_in_family']",
    "category": "category IN ('not_working', 'permitted_light_work', 'permitted_work', "
    "'child_labour', 'hazardous_child_labour', 'worst_form', 'at_risk')",
    "reasons": "reasons <@ ARRAY['does_not_work', 'risk_factors', 'hazards', 'night_work', "
    "'over_hours_per_day', 'over_hours_per_week', 'under_light_work_age', 'arts_sports', "
    "'not_light_work', 'light_work', 'own_family', 'within_limits']",
    "age_group": "age_group IN ('5-12', '13-14', '15-17')",
    "age_at_screening": "age_at_screening BETWEEN 5 AND 17",
    "hours_per_day_max": "hours_per_day_max BETWEEN 0 AND 18",
    "hours_per_week": "hours_per_week BETWEEN 0 AND 112",
    "pay_vnd_month": "pay_vnd_month >= 0",
}


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age_at_screening", sa.BigInteger(), nullable=False),
        sa.Column("school_attending", sa.Boolean(), nullable=False),
        sa.Column("last_grade", sa.BigInteger(), nullable=True),
        sa.Column("left_school_on", sa.Date(), nullable=True),
        sa.Column("risk_factors", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("relation_to_employer", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("on_light_work_list", sa.Boolean(), nullable=True),
        sa.Column("hours_per_day_max", sa.BigInteger(), nullable=True),
        sa.Column("hours_per_week", sa.BigInteger(), nullable=True),
        sa.Column("night_work", sa.Boolean(), nullable=True),
        sa.Column("hazards", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("pay_vnd_month", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("ruleset", sa.Text(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=False),
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
    for columns in (["tenant_id", "screened_on"], ["tenant_id", "child_id"]):
        name = "_".join(columns)
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, columns, schema=SCHEMA)
    op.protect_tenant_table(TABLE, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    op.drop_table(TABLE, schema=SCHEMA)
