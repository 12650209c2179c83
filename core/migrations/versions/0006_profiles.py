"""Core 0006: what a province has decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0006"
down_revision = "core_0005"
branch_labels = None
depends_on = None

OWNED = (
    "tenant_profile",
    "profile_unit",
    "agency",
    "target",
    "planned_activity",
    "reporting_obligation",
    "budget_minimum",
    "profile_setting",
)
SHARED = ("legal_document",)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "legal_document",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_legal_document")),
        schema="core",
    )
    op.create_table(
        "tenant_profile",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("legal_basis", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_tenant_profile_dates")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["core.area.id"], name=op.f("fk_tenant_profile_area_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision"], ["core.legal_document.code"], name=op.f("fk_tenant_profile_decision")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_tenant_profile_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenant_profile")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_tenant_profile_tenant_id_code")),
        schema="core",
    )
    op.create_table(
        "profile_unit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_id"], ["core.area.id"], name=op.f("fk_profile_unit_area_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_profile_unit_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_profile_unit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_profile_unit")),
        sa.UniqueConstraint(
            "tenant_id",
            "profile_id",
            "code",
            name=op.f("uq_profile_unit_tenant_id_profile_id_code"),
        ),
        schema="core",
    )
    op.create_table(
        "agency",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listed_as", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("duties", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("listed_as IN ('agency', 'body')", name=op.f("ck_agency_listed_as")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_agency_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_agency_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agency")),
        sa.UniqueConstraint(
            "tenant_id", "profile_id", "code", name=op.f("uq_agency_tenant_id_profile_id_code")
        ),
        schema="core",
    )
    op.create_table(
        "target",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=4), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=True),
        sa.Column("baseline_year", sa.BigInteger(), nullable=True),
        sa.Column("applies_to", sa.Text(), nullable=True),
        sa.Column("criteria_version", sa.Text(), nullable=True),
        sa.Column(
            "breakdown", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(operator = 'at_least_n_per_unit') = (per IS NOT NULL)", name=op.f("ck_target_per")
        ),
        sa.CheckConstraint(
            "(operator = 'change_pct_vs') = (baseline_year IS NOT NULL)",
            name=op.f("ck_target_base"),
        ),
        sa.CheckConstraint("scope IN ('national', 'province')", name=op.f("ck_target_scope")),
        sa.ForeignKeyConstraint(
            ["criteria_version"],
            ["core.legal_document.code"],
            name=op.f("fk_target_criteria_version"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_target_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_target_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "tenant_id", "profile_id", "code", name=op.f("uq_target_tenant_id_profile_id_code")
        ),
        schema="core",
    )
    op.create_table(
        "planned_activity",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("participants", sa.BigInteger(), nullable=True),
        sa.Column("sites", sa.BigInteger(), nullable=True),
        sa.Column("units", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "split", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('quantified', 'unquantified', 'general_duty')",
            name=op.f("ck_planned_activity_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_planned_activity_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_planned_activity_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_planned_activity")),
        sa.UniqueConstraint(
            "tenant_id",
            "profile_id",
            "code",
            name=op.f("uq_planned_activity_tenant_id_profile_id_code"),
        ),
        schema="core",
    )
    op.create_table(
        "reporting_obligation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("due_month", sa.BigInteger(), nullable=True),
        sa.Column("due_day", sa.BigInteger(), nullable=True),
        sa.Column("due_rule", sa.Text(), nullable=True),
        sa.Column("q3_due_month", sa.BigInteger(), nullable=True),
        sa.Column("q3_due_day", sa.BigInteger(), nullable=True),
        sa.Column("q3_due_rule", sa.Text(), nullable=True),
        sa.Column("from_roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("to_roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.Column("onward", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("with_roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "due_rule IN ('on', 'before')", name=op.f("ck_reporting_obligation_rule")
        ),
        sa.CheckConstraint(
            "q3_due_rule IN ('on', 'before')", name=op.f("ck_reporting_obligation_q3_rule")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_reporting_obligation_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_reporting_obligation_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reporting_obligation")),
        sa.UniqueConstraint(
            "tenant_id",
            "profile_id",
            "code",
            name=op.f("uq_reporting_obligation_tenant_id_profile_id_code"),
        ),
        schema="core",
    )
    op.create_table(
        "budget_minimum",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("total_vnd", sa.BigInteger(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "level IN ('district', 'commune')", name=op.f("ck_budget_minimum_level")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_budget_minimum_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_budget_minimum_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_budget_minimum")),
        sa.UniqueConstraint(
            "tenant_id",
            "profile_id",
            "code",
            name=op.f("uq_budget_minimum_tenant_id_profile_id_code"),
        ),
        schema="core",
    )
    op.create_table(
        "profile_setting",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("value_type", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "value IS NOT NULL OR unknown = ARRAY['value']", name=op.f("ck_profile_setting_value")
        ),
        sa.CheckConstraint(
            "value_type IN ('text', 'integer', 'decimal', 'boolean', 'date', 'list')",
            name=op.f("ck_profile_setting_value_type"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["core.tenant_profile.tenant_id", "core.tenant_profile.id"],
            name=op.f("fk_profile_setting_tenant_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_profile_setting_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_profile_setting")),
        sa.UniqueConstraint(
            "tenant_id",
            "profile_id",
            "code",
            name=op.f("uq_profile_setting_tenant_id_profile_id_code"),
        ),
        schema="core",
    )
    for table in OWNED:
        op.protect_tenant_table(table, schema="core")
    for table in SHARED:
        op.share_reference_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    for table in reversed(OWNED):
        op.drop_table(table, schema="core")
    for table in reversed(SHARED):
        op.drop_table(table, schema="core")
