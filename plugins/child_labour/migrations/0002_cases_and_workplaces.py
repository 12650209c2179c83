"""Child labour 0002: cases and their support, vocational classes, workplaces, inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Callable

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


def upgrade() -> None:
    """Apply."""
    _create(
        "workplace",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("workers", sa.BigInteger(), nullable=True),
        sa.Column("minors", sa.BigInteger(), nullable=True),
        sa.Column("registered_no", sa.Text(), nullable=True),
        check(
            "kind IN ('enterprise', 'cooperative', 'household_business', 'household', "
            "'craft_village', 'plantation', 'vessel', 'venue')",
            "kind",
        ),
        check("minors BETWEEN 0 AND 100000", "minors"),
        check(
            "sector IN ('agriculture', 'fishery', 'forestry', 'industry', 'construction', "
            "'trade', 'services', 'domestic', 'craft_village', 'street_vending', 'arts_sports', "
            "'other')",
            "sector",
        ),
        check("workers BETWEEN 0 AND 100000", "workers"),
        indexes=(("tenant_id", "commune_id"),),
    )
    _create(
        "labour_case",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("support_plan", sa.Text(), nullable=False),
        check(
            "category IN ('not_working', 'permitted_light_work', 'permitted_work', "
            "'child_labour', 'hazardous_child_labour', 'worst_form', 'at_risk')",
            "category",
        ),
        refer("child_id", "core.child"),
        refer("screening_id", "child_labour.work_screening"),
        unique("tenant_id", "code"),
        indexes=(("tenant_id", "child_id"), ("tenant_id", "screening_id")),
    )
    _create(
        "vocational_class",
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("from_age", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Boolean(), nullable=False),
        sa.Column("learners", sa.BigInteger(), nullable=False),
        check("from_age BETWEEN 5 AND 17", "from_age"),
        check("learners >= 0", "learners"),
        check("months BETWEEN 1 AND 36", "months"),
        check("places BETWEEN 1 AND 200", "places"),
        indexes=(("tenant_id", "starts_on"),),
    )
    _create(
        "support_package",
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("school_name", sa.Text(), nullable=True),
        sa.Column("grade", sa.BigInteger(), nullable=True),
        sa.Column("vocational_class_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        check("cost_vnd > 0", "cost_vnd"),
        check("ends_on >= starts_on", "ends_on"),
        check("grade BETWEEN 1 AND 12", "grade"),
        check(
            "kind IN ('school_return', 'remedial_class', 'school_material', 'vocational', "
            "'career_advice', 'apprenticeship', 'livelihood', 'cash', 'health', 'insurance', "
            "'working_condition_improvement')",
            "kind",
        ),
        check("source IN ('state_budget', 'fund', 'project', 'donor')", "source"),
        refer("labour_case_id", "child_labour.labour_case"),
        refer("vocational_class_id", "child_labour.vocational_class"),
        indexes=(("tenant_id", "labour_case_id"), ("tenant_id", "vocational_class_id")),
    )
    _create(
        "vocational_enrolment",
        sa.Column("vocational_class_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("entry_category", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("employed_after", sa.Boolean(), nullable=True),
        check(
            "entry_category IN ('dropout', 'working', 'at_risk', 'illegal_work')", "entry_category"
        ),
        check("result IN ('completed', 'learning', 'left')", "result"),
        refer("child_id", "core.child"),
        refer("vocational_class_id", "child_labour.vocational_class"),
        indexes=(("tenant_id", "child_id"), ("tenant_id", "vocational_class_id")),
    )
    _create(
        "first_time",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        check("kind IN ('support', 'education', 'livelihood')", "kind"),
        unique("tenant_id", "kind", "subject_id", "year"),
        indexes=(),
    )
    _create(
        "livelihood_support",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        sa.Column("income_after_vnd", sa.BigInteger(), nullable=True),
        check("income_after_vnd >= 0", "income_after_vnd"),
        check("kind IN ('livestock', 'seeds', 'tools', 'loan', 'training', 'other')", "kind"),
        check("value_vnd > 0", "value_vnd"),
        refer("household_id", "core.household"),
        indexes=(("tenant_id", "household_id"),),
    )
    _create(
        "labour_follow_up",
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("still_working", sa.Boolean(), nullable=False),
        sa.Column("hours_per_week", sa.BigInteger(), nullable=True),
        sa.Column("in_school", sa.Boolean(), nullable=False),
        sa.Column("moved_away", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        check("hours_per_week BETWEEN 0 AND 112", "hours_per_week"),
        check(
            "status IN ('supported', 'withdrawn', 'reintegrated', 'closed', 'relapsed')", "status"
        ),
        refer("labour_case_id", "child_labour.labour_case"),
        indexes=(("tenant_id", "labour_case_id"),),
    )
    _create(
        "follow_up_due",
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        check("kind IN ('due', 'done')", "kind"),
        check("months BETWEEN 1 AND 60", "months"),
        refer("labour_case_id", "child_labour.labour_case"),
        unique("tenant_id", "labour_case_id", "months", "kind"),
        indexes=(),
    )
    _create(
        "labour_inspection",
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
        sa.Column("sanction", sa.Text(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("referred_to", sa.Text(), nullable=True),
        sa.Column("remedy_by", sa.Date(), nullable=True),
        sa.Column("remedied_on", sa.Date(), nullable=True),
        check("amount_vnd > 0", "amount_vnd"),
        check(
            "findings <@ ARRAY['under_age', 'hazardous_work', 'over_hours', 'night_work', "
            "'no_contract', 'no_record', 'other']",
            "findings",
        ),
        check("handled IN (0, violations)", "handled"),
        check("minors_found = minors_5_12 + minors_13_14 + minors_15_17", "minors_by_age"),
        check("minors_found BETWEEN 0 AND 10000", "minors_found"),
        check("remedied_on >= inspected_on", "remedied_on"),
        check("sanction IN ('none', 'warning', 'fine', 'criminal_referral')", "sanction"),
        check("violations BETWEEN 0 AND 20", "violations"),
        refer("workplace_id", "child_labour.workplace"),
        indexes=(("tenant_id", "workplace_id"),),
    )
    _create(
        "labour_classification",
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        check(
            "category IN ('not_working', 'permitted_light_work', 'permitted_work', "
            "'child_labour', 'hazardous_child_labour', 'worst_form', 'at_risk')",
            "category",
        ),
        refer("screening_id", "child_labour.work_screening"),
        unique("tenant_id", "screening_id"),
        indexes=(),
    )
    _create(
        "classification_step",
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("labour", sa.BigInteger(), nullable=False),
        sa.Column("hazardous", sa.BigInteger(), nullable=False),
        sa.Column("at_risk", sa.BigInteger(), nullable=False),
        check("age BETWEEN 5 AND 17", "age"),
        check("age_group IN ('5-12', '13-14', '15-17')", "age_group"),
        check("at_risk BETWEEN -1 AND 1", "at_risk"),
        check("hazardous BETWEEN -1 AND 1", "hazardous"),
        check("labour BETWEEN -1 AND 1", "labour"),
        check(
            "sector IN ('agriculture', 'fishery', 'forestry', 'industry', 'construction', "
            "'trade', 'services', 'domestic', 'craft_village', 'street_vending', 'arts_sports', "
            "'other')",
            "sector",
        ),
        check("sex IN ('male', 'female')", "sex"),
        refer("screening_id", "child_labour.work_screening"),
        indexes=(("tenant_id", "screening_id"),),
    )
    _create(
        "commune_year",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("children", sa.BigInteger(), nullable=False),
        sa.Column("informed_children", sa.BigInteger(), nullable=False),
        sa.Column("businesses", sa.BigInteger(), nullable=False),
        sa.Column("informed_businesses", sa.BigInteger(), nullable=False),
        check("businesses BETWEEN 0 AND 100000", "businesses"),
        check("children BETWEEN 0 AND 100000", "children"),
        check("informed_businesses BETWEEN 0 AND businesses", "informed_businesses"),
        check("informed_children BETWEEN 0 AND children", "informed_children"),
        check("year BETWEEN 2010 AND 2100", "year"),
        unique("tenant_id", "commune_id", "year"),
        indexes=(),
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


def check(rule: str, name: str) -> Callable[[str], Any]:
    """A rule on the rows of a table."""
    return lambda table: sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def unique(*columns: str) -> Callable[[str], Any]:
    """Columns whose values together stand once."""
    return lambda table: sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def refer(column: str, target: str) -> Callable[[str], Any]:
    """A key to another table of tenants."""
    return lambda table: sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )


def _create(
    table: str,
    *parts: sa.Column[Any] | Callable[[str], Any],
    indexes: tuple[tuple[str, ...], ...],
) -> None:
    columns = [part for part in parts if isinstance(part, sa.Column)]
    rules = [part(table) for part in parts if not isinstance(part, sa.Column)]
    now, no = sa.func.now(), sa.false()
    op.create_table(
        table,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        *columns,
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("generated", sa.Boolean(), server_default=no, nullable=False),
        *rules,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{table}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        schema=SCHEMA,
    )
    for names in indexes:
        op.create_index(op.f(f"ix_{table}_{'_'.join(names)}"), table, list(names), schema=SCHEMA)
    op.protect_tenant_table(table, schema=SCHEMA)
