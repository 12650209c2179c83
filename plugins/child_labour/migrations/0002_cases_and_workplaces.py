"""Child labour 0002: cases and their support, vocational classes, workplaces, inspections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "child_labour_0002"
down_revision = "child_labour_0001"
branch_labels = None
depends_on = None

SCHEMA = "child_labour"
SCREENING = "work_screening"
TABLES = (
    "workplace",
    "labour_case",
    "vocational_class",
    "support_package",
    "vocational_enrolment",
    "first_time",
    "livelihood_support",
    "labour_follow_up",
    "follow_up_due",
    "labour_inspection",
    "labour_classification",
    "classification_step",
    "commune_year",
)
SECTORS = (
    "'agriculture', 'fishery', 'forestry', 'industry', 'construction', 'trade', 'services', "
    "'domestic', 'craft_village', 'street_vending', 'arts_sports', 'other'"
)
CATEGORIES = (
    "'not_working', 'permitted_light_work', 'permitted_work', 'child_labour', "
    "'hazardous_child_labour', 'worst_form', 'at_risk'"
)
# stands before the answers here, not behind them
COMMUNE = sa.Column("commune_id", sa.BigInteger(), nullable=False)


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "workplace",
        COMMUNE,
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("workers", sa.BigInteger()),
        sa.Column("minors", sa.BigInteger()),
        sa.Column("registered_no", sa.Text()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('enterprise', 'cooperative', 'household_business', 'household', "
            "'craft_village', 'plantation', 'vessel', 'venue')",
            "sector": f"sector IN ({SECTORS})",
            "workers": "workers BETWEEN 0 AND 100000",
            "minors": "minors BETWEEN 0 AND 100000",
        },
        indexes=(("commune_id",),),
    )
    op.create_record_table(
        "labour_case",
        COMMUNE,
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("screening_id", sa.Uuid()),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("support_plan", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={"category": f"category IN ({CATEGORIES})"},
        references={"child_id": "core.child", "screening_id": "child_labour.work_screening"},
        unique=(("code",),),
        indexes=(("child_id",), ("screening_id",)),
    )
    op.create_record_table(
        "vocational_class",
        COMMUNE,
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("from_age", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Boolean(), nullable=False),
        sa.Column("learners", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "months": "months BETWEEN 1 AND 36",
            "places": "places BETWEEN 1 AND 200",
            "from_age": "from_age BETWEEN 5 AND 17",
            "learners": "learners >= 0",
        },
        indexes=(("starts_on",),),
    )
    op.create_record_table(
        "support_package",
        COMMUNE,
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("cost_vnd", sa.BigInteger()),
        sa.Column("source", sa.Text()),
        sa.Column("school_name", sa.Text()),
        sa.Column("grade", sa.BigInteger()),
        sa.Column("vocational_class_id", sa.Uuid()),
        sa.Column("outcome", sa.Text()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('school_return', 'remedial_class', 'school_material', 'vocational', "
            "'career_advice', 'apprenticeship', 'livelihood', 'cash', 'health', 'insurance', "
            "'working_condition_improvement')",
            "ends_on": "ends_on >= starts_on",
            "cost_vnd": "cost_vnd > 0",
            "source": "source IN ('state_budget', 'fund', 'project', 'donor')",
            "grade": "grade BETWEEN 1 AND 12",
        },
        references={
            "labour_case_id": "child_labour.labour_case",
            "vocational_class_id": "child_labour.vocational_class",
        },
        indexes=(("labour_case_id",), ("vocational_class_id",)),
    )
    op.create_record_table(
        "vocational_enrolment",
        COMMUNE,
        sa.Column("vocational_class_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("entry_category", sa.Text(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("employed_after", sa.Boolean()),
        schema=SCHEMA,
        rules={
            "entry_category": "entry_category IN ('dropout', 'working', 'at_risk', 'illegal_work')",
            "result": "result IN ('completed', 'learning', 'left')",
        },
        references={
            "vocational_class_id": "child_labour.vocational_class",
            "child_id": "core.child",
        },
        indexes=(("child_id",), ("vocational_class_id",)),
    )
    op.create_record_table(
        "first_time",
        COMMUNE,
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        schema=SCHEMA,
        rules={"kind": "kind IN ('support', 'education', 'livelihood')"},
        unique=(("kind", "subject_id", "year"),),
    )
    op.create_record_table(
        "livelihood_support",
        COMMUNE,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        sa.Column("income_after_vnd", sa.BigInteger()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('livestock', 'seeds', 'tools', 'loan', 'training', 'other')",
            "value_vnd": "value_vnd > 0",
            "income_after_vnd": "income_after_vnd >= 0",
        },
        references={"household_id": "core.household"},
        indexes=(("household_id",),),
    )
    op.create_record_table(
        "labour_follow_up",
        COMMUNE,
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("still_working", sa.Boolean(), nullable=False),
        sa.Column("hours_per_week", sa.BigInteger()),
        sa.Column("in_school", sa.Boolean(), nullable=False),
        sa.Column("moved_away", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text()),
        sa.Column("note", sa.Text()),
        schema=SCHEMA,
        rules={
            "hours_per_week": "hours_per_week BETWEEN 0 AND 112",
            "status": "status IN ('supported', 'withdrawn', 'reintegrated', 'closed', 'relapsed')",
        },
        references={"labour_case_id": "child_labour.labour_case"},
        indexes=(("labour_case_id",),),
    )
    op.create_record_table(
        "follow_up_due",
        COMMUNE,
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('due', 'done')",
            "months": "months BETWEEN 1 AND 60",
        },
        references={"labour_case_id": "child_labour.labour_case"},
        unique=(("labour_case_id", "months", "kind"),),
    )
    op.create_record_table(
        "labour_inspection",
        COMMUNE,
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("minors_found", sa.BigInteger(), nullable=False),
        sa.Column("minors_5_12", sa.BigInteger(), nullable=False),
        sa.Column("minors_13_14", sa.BigInteger(), nullable=False),
        sa.Column("minors_15_17", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("violations", sa.BigInteger(), nullable=False),
        sa.Column("handled", sa.BigInteger(), nullable=False),
        sa.Column("sanction", sa.Text()),
        sa.Column("amount_vnd", sa.BigInteger()),
        sa.Column("referred_to", sa.Text()),
        sa.Column("remedy_by", sa.Date()),
        sa.Column("remedied_on", sa.Date()),
        schema=SCHEMA,
        rules={
            "minors_found": "minors_found BETWEEN 0 AND 10000",
            "findings": "findings <@ ARRAY['under_age', 'hazardous_work', 'over_hours', "
            "'night_work', 'no_contract', 'no_record', 'other']",
            "violations": "violations BETWEEN 0 AND 20",
            "handled": "handled IN (0, violations)",
            "sanction": "sanction IN ('none', 'warning', 'fine', 'criminal_referral')",
            "amount_vnd": "amount_vnd > 0",
            "remedied_on": "remedied_on >= inspected_on",
            "minors_by_age": "minors_found = minors_5_12 + minors_13_14 + minors_15_17",
        },
        references={"workplace_id": "child_labour.workplace"},
        indexes=(("workplace_id",),),
    )
    op.create_record_table(
        "labour_classification",
        COMMUNE,
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text()),
        schema=SCHEMA,
        rules={"category": f"category IN ({CATEGORIES})"},
        references={"screening_id": "child_labour.work_screening"},
        unique=(("screening_id",),),
    )
    op.create_record_table(
        "classification_step",
        COMMUNE,
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text()),
        sa.Column("labour", sa.BigInteger(), nullable=False),
        sa.Column("hazardous", sa.BigInteger(), nullable=False),
        sa.Column("at_risk", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "sex": "sex IN ('male', 'female')",
            "age": "age BETWEEN 5 AND 17",
            "age_group": "age_group IN ('5-12', '13-14', '15-17')",
            "sector": f"sector IN ({SECTORS})",
            "labour": "labour BETWEEN -1 AND 1",
            "hazardous": "hazardous BETWEEN -1 AND 1",
            "at_risk": "at_risk BETWEEN -1 AND 1",
        },
        references={"screening_id": "child_labour.work_screening"},
        indexes=(("screening_id",),),
    )
    op.create_record_table(
        "commune_year",
        COMMUNE,
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("children", sa.BigInteger(), nullable=False),
        sa.Column("informed_children", sa.BigInteger(), nullable=False),
        sa.Column("businesses", sa.BigInteger(), nullable=False),
        sa.Column("informed_businesses", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "year": "year BETWEEN 2010 AND 2100",
            "children": "children BETWEEN 0 AND 100000",
            "informed_children": "informed_children BETWEEN 0 AND children",
            "businesses": "businesses BETWEEN 0 AND 100000",
            "informed_businesses": "informed_businesses BETWEEN 0 AND businesses",
        },
        unique=(("commune_id", "year"),),
    )
    _extend_the_screening()


def downgrade() -> None:
    """Take back."""
    op.drop_constraint(
        op.f(f"fk_{SCREENING}_tenant_id_workplace_id"), SCREENING, schema=SCHEMA, type_="foreignkey"
    )
    op.drop_column(SCREENING, "workplace_id", schema=SCHEMA)
    op.drop_column(SCREENING, "workplace_name", schema=SCHEMA)
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _extend_the_screening() -> None:
    """Where the child works."""
    op.add_column(SCREENING, sa.Column("workplace_id", sa.Uuid(), nullable=True), schema=SCHEMA)
    op.add_column(SCREENING, sa.Column("workplace_name", sa.Text(), nullable=True), schema=SCHEMA)
    op.create_foreign_key(
        op.f(f"fk_{SCREENING}_tenant_id_workplace_id"),
        SCREENING,
        "workplace",
        ["tenant_id", "workplace_id"],
        ["tenant_id", "id"],
        source_schema=SCHEMA,
        referent_schema=SCHEMA,
    )
    op.create_index(
        op.f(f"ix_{SCREENING}_tenant_id_workplace_id"),
        SCREENING,
        ["tenant_id", "workplace_id"],
        schema=SCHEMA,
    )
