"""Sexual abuse 0003: the response to a case, prevention, and more of an intake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sexual_abuse_0003"
down_revision = "sexual_abuse_0002"
branch_labels = None
depends_on = None

SCHEMA = "sexual_abuse"
_TABLES = (
    "sa_emergency",
    "sa_assessment",
    "sa_plan",
    "sa_plan_service",
    "sa_plan_decision",
    "sa_service",
    "sa_proceeding",
    "sa_placement",
    "sa_review",
    "sa_closing",
    "sa_milestone",
    "prevention_activity",
    "hotline_panel",
    "commune_ready",
    "sa_non_reporting",
)
CASE = "sa_case"
_MORE = (
    ("first_known_on", sa.Date()),
    ("ongoing", sa.Boolean()),
    ("disability", sa.Boolean()),
    ("pregnant", sa.Boolean()),
    ("ethnicity", sa.LargeBinary()),
    ("hotline_answered_at", sa.DateTime(timezone=True)),
)
_RULES = {
    "ethnicity_sealed": "octet_length(ethnicity) >= 33 AND get_byte(ethnicity, 0) = 1",
    "hotline_answered_at": "hotline_answered_at >= received_at",
}


def upgrade() -> None:
    """Apply."""
    _sa_emergency()
    _sa_assessment()
    _sa_plan()
    _sa_plan_service()
    _sa_plan_decision()
    _sa_service()
    _sa_proceeding()
    _sa_placement()
    _sa_review()
    _sa_closing()
    _sa_milestone()
    _prevention_activity()
    _hotline_panel()
    _commune_ready()
    _sa_non_reporting()
    for table in _TABLES:
        op.protect_tenant_table(table, schema=SCHEMA)
    for column, kind in _MORE:
        op.add_column(CASE, sa.Column(column, kind), schema=SCHEMA)
    for name, rule in _RULES.items():
        op.create_check_constraint(op.f(f"ck_{CASE}_{name}"), CASE, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in _RULES:
        op.drop_constraint(op.f(f"ck_{CASE}_{name}"), CASE, schema=SCHEMA)
    for column, _ in _MORE:
        op.drop_column(CASE, column, schema=SCHEMA)
    for table in reversed(_TABLES):
        op.drop_table(table, schema=SCHEMA)


def _sa_emergency() -> None:
    op.create_table(
        "sa_emergency",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measures", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("decision_no", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("responsible", sa.LargeBinary(), nullable=True),
        sa.Column("separation_review_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "octet_length(decision_no) >= 33 AND get_byte(decision_no, 0) = 1",
            name=op.f("ck_sa_emergency_decision_no_sealed"),
        ),
        sa.CheckConstraint(
            "octet_length(delay_reason) >= 33 AND get_byte(delay_reason, 0) = 1",
            name=op.f("ck_sa_emergency_delay_reason_sealed"),
        ),
        sa.CheckConstraint(
            "measures <@ ARRAY['medical_care', 'safe_place', 'temporary_separation', "
            "'police_protection', 'contact_ban', 'psychological_first_aid']",
            name=op.f("ck_sa_emergency_measures"),
        ),
        sa.CheckConstraint(
            "octet_length(place) >= 33 AND get_byte(place, 0) = 1",
            name=op.f("ck_sa_emergency_place_sealed"),
        ),
        sa.CheckConstraint(
            "octet_length(responsible) >= 33 AND get_byte(responsible, 0) = 1",
            name=op.f("ck_sa_emergency_responsible_sealed"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_emergency_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_emergency_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_emergency_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_emergency")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_emergency_tenant_id_case_id"),
        "sa_emergency",
        ["tenant_id", "case_id"],
        schema=SCHEMA,
    )


def _sa_assessment() -> None:
    op.create_table(
        "sa_assessment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("abuse_form", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("relation_to_child", sa.Text(), nullable=False),
        sa.Column("ongoing", sa.Boolean(), nullable=False),
        sa.Column("needs_care", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "abuse_form IN ('rape', 'coerced_intercourse', 'intercourse_with_child', "
            "'molestation', 'prostitution_pornography', 'attempt', 'unclassified')",
            name=op.f("ck_sa_assessment_abuse_form"),
        ),
        sa.CheckConstraint(
            "relation_to_child IN ('parent', 'step_parent', 'sibling', 'other_relative', "
            "'neighbour', 'teacher_staff', 'peer', 'employer', 'acquaintance_online', "
            "'stranger', 'unknown')",
            name=op.f("ck_sa_assessment_relation_to_child"),
        ),
        sa.CheckConstraint(
            "setting IN ('family', 'school', 'neighbourhood', 'workplace', 'online', "
            "'care_facility', 'public_place', 'transit', 'other', 'unclassified')",
            name=op.f("ck_sa_assessment_setting"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_assessment_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_assessment_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_assessment_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_assessment")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_assessment_tenant_id_case_id"),
        "sa_assessment",
        ["tenant_id", "case_id"],
        schema=SCHEMA,
    )


def _sa_plan() -> None:
    op.create_table(
        "sa_plan",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("goals", sa.LargeBinary(), nullable=True),
        sa.Column("monitoring", sa.LargeBinary(), nullable=True),
        sa.Column("delay_reason", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "octet_length(delay_reason) >= 33 AND get_byte(delay_reason, 0) = 1",
            name=op.f("ck_sa_plan_delay_reason_sealed"),
        ),
        sa.CheckConstraint(
            "octet_length(goals) >= 33 AND get_byte(goals, 0) = 1",
            name=op.f("ck_sa_plan_goals_sealed"),
        ),
        sa.CheckConstraint(
            "octet_length(monitoring) >= 33 AND get_byte(monitoring, 0) = 1",
            name=op.f("ck_sa_plan_monitoring_sealed"),
        ),
        sa.CheckConstraint("review_on > submitted_on", name=op.f("ck_sa_plan_review_on")),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_plan_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_plan_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_plan_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_plan")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_plan_tenant_id_case_id"), "sa_plan", ["tenant_id", "case_id"], schema=SCHEMA
    )


def _sa_plan_service() -> None:
    op.create_table(
        "sa_plan_service",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('medical_exam', 'treatment', 'hiv_sti_prevention', 'forensic_exam', "
            "'psychological', 'social_support', 'legal_aid', 'education_continuity', "
            "'relocation_support', 'financial_support', 'reintegration')",
            name=op.f("ck_sa_plan_service_kind"),
        ),
        sa.CheckConstraint(
            "octet_length(owner) >= 33 AND get_byte(owner, 0) = 1",
            name=op.f("ck_sa_plan_service_owner_sealed"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_plan_service_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_plan_service_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["sexual_abuse.sa_plan.tenant_id", "sexual_abuse.sa_plan.id"],
            name=op.f("fk_sa_plan_service_tenant_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_plan_service_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_plan_service")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_plan_service_tenant_id_plan_id"),
        "sa_plan_service",
        ["tenant_id", "plan_id"],
        schema=SCHEMA,
    )


def _sa_plan_decision() -> None:
    op.create_table(
        "sa_plan_decision",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("decision_no", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "octet_length(decision_no) >= 33 AND get_byte(decision_no, 0) = 1",
            name=op.f("ck_sa_plan_decision_decision_no_sealed"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_plan_decision_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_plan_decision_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["sexual_abuse.sa_plan.tenant_id", "sexual_abuse.sa_plan.id"],
            name=op.f("fk_sa_plan_decision_tenant_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_plan_decision_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_plan_decision")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_plan_decision_tenant_id_plan_id"),
        "sa_plan_decision",
        ["tenant_id", "plan_id"],
        schema=SCHEMA,
    )


def _sa_service() -> None:
    op.create_table(
        "sa_service",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider", sa.LargeBinary(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("free_of_charge", sa.Boolean(), nullable=False),
        sa.Column("funding_source", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("accepted_on >= referred_on", name=op.f("ck_sa_service_accepted_on")),
        sa.CheckConstraint("done_on >= started_on", name=op.f("ck_sa_service_done_on")),
        sa.CheckConstraint(
            "octet_length(funding_source) >= 33 AND get_byte(funding_source, 0) = 1",
            name=op.f("ck_sa_service_funding_source_sealed"),
        ),
        sa.CheckConstraint(
            "kind IN ('medical_exam', 'treatment', 'hiv_sti_prevention', 'forensic_exam', "
            "'psychological', 'social_support', 'legal_aid', 'education_continuity', "
            "'relocation_support', 'financial_support', 'reintegration')",
            name=op.f("ck_sa_service_kind"),
        ),
        sa.CheckConstraint(
            "octet_length(provider) >= 33 AND get_byte(provider, 0) = 1",
            name=op.f("ck_sa_service_provider_sealed"),
        ),
        sa.CheckConstraint("started_on >= referred_on", name=op.f("ck_sa_service_started_on")),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_service_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_service_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_service_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_service")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_service_tenant_id_case_id"),
        "sa_service",
        ["tenant_id", "case_id"],
        schema=SCHEMA,
    )


def _sa_proceeding() -> None:
    op.create_table(
        "sa_proceeding",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("document_no", sa.LargeBinary(), nullable=True),
        sa.Column("child_friendly_interview", sa.Boolean(), nullable=False),
        sa.Column("legal_aid_present", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("no_case_reason", sa.Text(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "body IN ('police', 'procuracy', 'court', 'other')", name=op.f("ck_sa_proceeding_body")
        ),
        sa.CheckConstraint(
            "octet_length(document_no) >= 33 AND get_byte(document_no, 0) = 1",
            name=op.f("ck_sa_proceeding_document_no_sealed"),
        ),
        sa.CheckConstraint(
            "(stage = 'no_criminal_case') = (no_case_reason IS NOT NULL)",
            name=op.f("ck_sa_proceeding_no_case"),
        ),
        sa.CheckConstraint(
            "no_case_reason IN ('no_offence', 'not_enough', 'under_age', 'withdrawn', "
            "'expired', 'other')",
            name=op.f("ck_sa_proceeding_no_case_reason"),
        ),
        sa.CheckConstraint(
            "outcome IN ('convicted', 'acquitted', 'suspended', 'pending')",
            name=op.f("ck_sa_proceeding_outcome"),
        ),
        sa.CheckConstraint(
            "stage IN ('notice', 'verification', 'prosecution_started', 'investigation', "
            "'indictment', 'trial_first', 'appeal', 'judgment', 'suspended', "
            "'no_criminal_case', 'administrative')",
            name=op.f("ck_sa_proceeding_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_proceeding_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_proceeding_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_proceeding_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_proceeding")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_proceeding_tenant_id_case_id"),
        "sa_proceeding",
        ["tenant_id", "case_id"],
        schema=SCHEMA,
    )


def _sa_placement() -> None:
    op.create_table(
        "sa_placement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_sa_placement_ends_on")),
        sa.CheckConstraint(
            "kind IN ('own_family', 'kin', 'foster', 'shelter', 'centre', 'other')",
            name=op.f("ck_sa_placement_kind"),
        ),
        sa.CheckConstraint("review_on >= starts_on", name=op.f("ck_sa_placement_review_on")),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_placement_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_placement_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_placement_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_placement")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_placement_tenant_id_case_id"),
        "sa_placement",
        ["tenant_id", "case_id"],
        schema=SCHEMA,
    )


def _sa_review() -> None:
    op.create_table(
        "sa_review",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("harm", sa.Text(), nullable=False),
        sa.Column("offender_access", sa.Text(), nullable=False),
        sa.Column("care_obstacles", sa.Text(), nullable=False),
        sa.Column("self_protection", sa.Text(), nullable=False),
        sa.Column("caregiver_ability", sa.Text(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("high_count", sa.BigInteger(), nullable=False),
        sa.Column("medium_count", sa.BigInteger(), nullable=False),
        sa.Column("low_count", sa.BigInteger(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "care_obstacles IN ('high', 'medium', 'low')", name=op.f("ck_sa_review_care_obstacles")
        ),
        sa.CheckConstraint(
            "caregiver_ability IN ('high', 'medium', 'low')",
            name=op.f("ck_sa_review_caregiver_ability"),
        ),
        sa.CheckConstraint(
            "conclusion IN ('close', 'continue', 'new_plan')", name=op.f("ck_sa_review_conclusion")
        ),
        sa.CheckConstraint(
            "high_count + medium_count + low_count = 6", name=op.f("ck_sa_review_counts")
        ),
        sa.CheckConstraint("harm IN ('high', 'medium', 'low')", name=op.f("ck_sa_review_harm")),
        sa.CheckConstraint(
            "conclusion <> 'close' OR NOT 'high' IN (harm, offender_access, care_obstacles)",
            name=op.f("ck_sa_review_no_harm_left"),
        ),
        sa.CheckConstraint(
            "offender_access IN ('high', 'medium', 'low')",
            name=op.f("ck_sa_review_offender_access"),
        ),
        sa.CheckConstraint(
            "recovery IN ('high', 'medium', 'low')", name=op.f("ck_sa_review_recovery")
        ),
        sa.CheckConstraint(
            "self_protection IN ('high', 'medium', 'low')",
            name=op.f("ck_sa_review_self_protection"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_review_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_review_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_review_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_review")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_review_tenant_id_case_id"), "sa_review", ["tenant_id", "case_id"], schema=SCHEMA
    )


def _sa_closing() -> None:
    op.create_table(
        "sa_closing",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_closing_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_closing_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_closing_tenant_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "review_id"],
            ["sexual_abuse.sa_review.tenant_id", "sexual_abuse.sa_review.id"],
            name=op.f("fk_sa_closing_tenant_id_review_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "review_id", name=op.f("uq_sa_closing_tenant_id_review_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_closing")),
        schema=SCHEMA,
    )


def _sa_milestone() -> None:
    op.create_table(
        "sa_milestone",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('emergency', 'plan', 'timely', 'proceedings', 'legal_aid', "
            "'needs_care', 'care')",
            name=op.f("ck_sa_milestone_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_milestone_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_milestone_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["sexual_abuse.sa_case.tenant_id", "sexual_abuse.sa_case.id"],
            name=op.f("fk_sa_milestone_tenant_id_case_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "case_id", "kind", name=op.f("uq_sa_milestone_tenant_id_case_id_kind")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_milestone")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_milestone_tenant_id_day"), "sa_milestone", ["tenant_id", "day"], schema=SCHEMA
    )


def _prevention_activity() -> None:
    op.create_table(
        "prevention_activity",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("curriculum", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("lessons", sa.BigInteger(), nullable=True),
        sa.Column("n_events", sa.BigInteger(), nullable=False),
        sa.Column("n_schools", sa.BigInteger(), nullable=False),
        sa.Column("participants_total", sa.BigInteger(), nullable=False),
        sa.Column("participants_female", sa.BigInteger(), nullable=False),
        sa.Column("participants_children", sa.BigInteger(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "curriculum IN ('law', 'skills', 'parents', 'online')",
            name=op.f("ck_prevention_activity_curriculum"),
        ),
        sa.CheckConstraint("n_events >= 1", name=op.f("ck_prevention_activity_n_events")),
        sa.CheckConstraint("n_schools >= 0", name=op.f("ck_prevention_activity_n_schools")),
        sa.CheckConstraint(
            "participants_children BETWEEN 0 AND participants_total",
            name=op.f("ck_prevention_activity_participants_children"),
        ),
        sa.CheckConstraint(
            "participants_female BETWEEN 0 AND participants_total",
            name=op.f("ck_prevention_activity_participants_female"),
        ),
        sa.CheckConstraint(
            "participants_total >= 0", name=op.f("ck_prevention_activity_participants_total")
        ),
        sa.CheckConstraint(
            "venue IN ('community', 'lower_secondary', 'other_school')",
            name=op.f("ck_prevention_activity_venue"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_prevention_activity_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_prevention_activity_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_prevention_activity")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_prevention_activity_tenant_id_held_on"),
        "prevention_activity",
        ["tenant_id", "held_on"],
        schema=SCHEMA,
    )


def _hotline_panel() -> None:
    op.create_table(
        "hotline_panel",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_type", sa.Text(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("shows_111", sa.Boolean(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "inspected_on >= installed_on", name=op.f("ck_hotline_panel_inspected_on")
        ),
        sa.CheckConstraint(
            "location_type IN ('office', 'school', 'market', 'road', 'other')",
            name=op.f("ck_hotline_panel_location_type"),
        ),
        sa.CheckConstraint("shows_111", name=op.f("ck_hotline_panel_shows_111")),
        sa.CheckConstraint(
            "status IN ('in_place', 'damaged', 'removed')", name=op.f("ck_hotline_panel_status")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_hotline_panel_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_hotline_panel_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_hotline_panel")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_hotline_panel_tenant_id_installed_on"),
        "hotline_panel",
        ["tenant_id", "installed_on"],
        schema=SCHEMA,
    )


def _commune_ready() -> None:
    op.create_table(
        "commune_ready",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ready_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("procedure_no", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("until >= ready_on", name=op.f("ck_commune_ready_until")),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_commune_ready_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_commune_ready_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_commune_ready")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_commune_ready_tenant_id_commune_id"),
        "commune_ready",
        ["tenant_id", "commune_id"],
        schema=SCHEMA,
    )


def _sa_non_reporting() -> None:
    op.create_table(
        "sa_non_reporting",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("known_of", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("handled_on", sa.Date(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "action IN ('reminder', 'discipline', 'fine', 'referral')",
            name=op.f("ck_sa_non_reporting_action"),
        ),
        sa.CheckConstraint("handled_on >= known_on", name=op.f("ck_sa_non_reporting_handled_on")),
        sa.CheckConstraint(
            "known_of IN ('signs', 'told', 'witnessed')", name=op.f("ck_sa_non_reporting_known_of")
        ),
        sa.CheckConstraint(
            "party IN ('family', 'school', 'health', 'authority', 'workplace', 'individual')",
            name=op.f("ck_sa_non_reporting_party"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sa_non_reporting_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sa_non_reporting_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sa_non_reporting")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sa_non_reporting_tenant_id_handled_on"),
        "sa_non_reporting",
        ["tenant_id", "handled_on"],
        schema=SCHEMA,
    )
