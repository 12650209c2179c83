"""Orphan care 0003: verifications, visits, dossiers, payments, lists and relief."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0003"
down_revision = "orphan_care_0002"
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
_TABLES = (
    "orphan_verification",
    "care_family",
    "care_visit_due",
    "care_visit",
    "dossier",
    "dossier_item",
    "benefit_payment",
    "disaster_child",
    "relief_line",
    "centre_resident_list",
    "centre_resident",
    "hiv_service",
)


def upgrade() -> None:
    """Apply."""
    _orphan_verification()
    _care_family()
    _care_visit_due()
    _care_visit()
    _dossier()
    _dossier_item()
    _benefit_payment()
    _disaster_child()
    _relief_line()
    _centre_resident_list()
    _centre_resident()
    _hiv_service()
    for table in _TABLES:
        op.protect_tenant_table(table, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for table in reversed(_TABLES):
        op.drop_table(table, schema=SCHEMA)


def _orphan_verification() -> None:
    op.create_table(
        "orphan_verification",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("detection_id", sa.Uuid(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_orphan_verification_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "detection_id"],
            ["orphan_care.orphan_care_record.tenant_id", "orphan_care.orphan_care_record.id"],
            name=op.f("fk_orphan_verification_tenant_id_detection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_orphan_verification_commune_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "detection_id", name=op.f("uq_orphan_verification_tenant_id_detection_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_orphan_verification")),
        schema=SCHEMA,
    )


def _care_family() -> None:
    op.create_table(
        "care_family",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("carer_name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("children_now", sa.BigInteger(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessment_result", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "assessment_result IN ('suitable', 'conditional', 'unsuitable')",
            name=op.f("ck_care_family_assessment_result"),
        ),
        sa.CheckConstraint("capacity BETWEEN 1 AND 20", name=op.f("ck_care_family_capacity")),
        sa.CheckConstraint(
            "children_now BETWEEN 0 AND capacity", name=op.f("ck_care_family_children_now")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_care_family_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_care_family_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_care_family")),
        schema=SCHEMA,
    )


def _care_visit_due() -> None:
    op.create_table(
        "care_visit_due",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrangement_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "arrangement_id"],
            ["orphan_care.care_arrangement.tenant_id", "orphan_care.care_arrangement.id"],
            name=op.f("fk_care_visit_due_tenant_id_arrangement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_care_visit_due_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_care_visit_due_commune_id")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "arrangement_id",
            "due_on",
            name=op.f("uq_care_visit_due_tenant_id_arrangement_id_due_on"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_care_visit_due")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_care_visit_due_tenant_id_due_on"),
        "care_visit_due",
        ["tenant_id", "due_on"],
        schema=SCHEMA,
    )


def _care_visit() -> None:
    op.create_table(
        "care_visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("arrangement_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("wellbeing", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("concerns", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("still_in_care", sa.Boolean(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "concerns <@ ARRAY['none', 'school', 'health', 'conflict', 'abuse']",
            name=op.f("ck_care_visit_concerns"),
        ),
        sa.CheckConstraint("health IN ('good', 'fair', 'poor')", name=op.f("ck_care_visit_health")),
        sa.CheckConstraint(
            "next_review_on > visited_on", name=op.f("ck_care_visit_next_review_on")
        ),
        sa.CheckConstraint("school IN ('good', 'fair', 'poor')", name=op.f("ck_care_visit_school")),
        sa.CheckConstraint(
            "wellbeing IN ('good', 'fair', 'poor')", name=op.f("ck_care_visit_wellbeing")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_care_visit_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "arrangement_id"],
            ["orphan_care.care_arrangement.tenant_id", "orphan_care.care_arrangement.id"],
            name=op.f("fk_care_visit_tenant_id_arrangement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_care_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_care_visit")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_care_visit_tenant_id_arrangement_id"),
        "care_visit",
        ["tenant_id", "arrangement_id"],
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_care_visit_tenant_id_due_on"), "care_visit", ["tenant_id", "due_on"], schema=SCHEMA
    )


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_no", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (result IS NULL)", name=op.f("ck_dossier_decided")
        ),
        sa.CheckConstraint("decided_on >= submitted_on", name=op.f("ck_dossier_decided_on")),
        sa.CheckConstraint(
            "kind IN ('allowance', 'alternative_care', 'adoption', 'disability')",
            name=op.f("ck_dossier_kind"),
        ),
        sa.CheckConstraint("result IN ('granted', 'refused')", name=op.f("ck_dossier_result")),
        sa.CheckConstraint("submitted_on IS NULL OR complete", name=op.f("ck_dossier_submitted")),
        sa.CheckConstraint("submitted_on >= opened_on", name=op.f("ck_dossier_submitted_on")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_dossier_tenant_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_dossier_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_dossier_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dossier")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_dossier_tenant_id_child_id"), "dossier", ["tenant_id", "child_id"], schema=SCHEMA
    )
    op.create_index(
        op.f("ix_dossier_tenant_id_opened_on"), "dossier", ["tenant_id", "opened_on"], schema=SCHEMA
    )


def _dossier_item() -> None:
    op.create_table(
        "dossier_item",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "item IN ('application', 'birth_certificate', 'parents_paper', 'carer_paper', "
            "'health_paper', 'residence')",
            name=op.f("ck_dossier_item_item"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_dossier_item_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_dossier_item_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "dossier_id"],
            ["orphan_care.dossier.tenant_id", "orphan_care.dossier.id"],
            name=op.f("fk_dossier_item_tenant_id_dossier_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "dossier_id",
            "item",
            name=op.f("uq_dossier_item_tenant_id_dossier_id_item"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dossier_item")),
        schema=SCHEMA,
    )


def _benefit_payment() -> None:
    op.create_table(
        "benefit_payment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entitlement_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_benefit_payment_amount_vnd")),
        sa.CheckConstraint(
            "(status = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_benefit_payment_paid")
        ),
        sa.CheckConstraint("status IN ('paid', 'unpaid')", name=op.f("ck_benefit_payment_status")),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_benefit_payment_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entitlement_id"],
            ["orphan_care.benefit_entitlement.tenant_id", "orphan_care.benefit_entitlement.id"],
            name=op.f("fk_benefit_payment_tenant_id_entitlement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_benefit_payment_tenant_id")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "entitlement_id",
            "month",
            name=op.f("uq_benefit_payment_tenant_id_entitlement_id_month"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_benefit_payment")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_benefit_payment_tenant_id_month"),
        "benefit_payment",
        ["tenant_id", "month"],
        schema=SCHEMA,
    )


def _disaster_child() -> None:
    op.create_table(
        "disaster_child",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disaster_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("age BETWEEN 0 AND 17", name=op.f("ck_disaster_child_age")),
        sa.CheckConstraint("sex IN ('male', 'female')", name=op.f("ck_disaster_child_sex")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_disaster_child_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_disaster_child_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "disaster_id"],
            ["orphan_care.disaster_event.tenant_id", "orphan_care.disaster_event.id"],
            name=op.f("fk_disaster_child_tenant_id_disaster_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_disaster_child_tenant_id_child_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_disaster_child")),
        schema=SCHEMA,
    )


def _relief_line() -> None:
    op.create_table(
        "relief_line",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disaster_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("children_helped", sa.BigInteger(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("children_helped > 0", name=op.f("ck_relief_line_children_helped")),
        sa.CheckConstraint(
            "kind IN ('food', 'clothing', 'school', 'medicine', 'housing', 'cash', 'counselling')",
            name=op.f("ck_relief_line_kind"),
        ),
        sa.CheckConstraint("value_vnd >= 0", name=op.f("ck_relief_line_value_vnd")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_relief_line_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "disaster_id"],
            ["orphan_care.disaster_event.tenant_id", "orphan_care.disaster_event.id"],
            name=op.f("fk_relief_line_tenant_id_disaster_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_relief_line_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_relief_line")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_relief_line_tenant_id_given_on"),
        "relief_line",
        ["tenant_id", "given_on"],
        schema=SCHEMA,
    )


def _centre_resident_list() -> None:
    op.create_table(
        "centre_resident_list",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_centre_resident_list_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_centre_resident_list_commune_id")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "commune_id",
            "facility",
            "as_of",
            name=op.f("uq_centre_resident_list_tenant_id_commune_id_facility_as_of"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_centre_resident_list")),
        schema=SCHEMA,
    )


def _centre_resident() -> None:
    op.create_table(
        "centre_resident",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "needs IN ('foster', 'kin', 'adoption', 'reunite', 'stay')",
            name=op.f("ck_centre_resident_needs"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_centre_resident_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_centre_resident_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "list_id"],
            ["orphan_care.centre_resident_list.tenant_id", "orphan_care.centre_resident_list.id"],
            name=op.f("fk_centre_resident_tenant_id_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_centre_resident_tenant_id_child_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "list_id",
            "child_id",
            name=op.f("uq_centre_resident_tenant_id_list_id_child_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_centre_resident")),
        schema=SCHEMA,
    )


def _hiv_service() -> None:
    op.create_table(
        "hiv_service",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("hiv_care_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('testing', 'treatment', 'nutrition', 'psychological', 'schooling', 'social')",
            name=op.f("ck_hiv_service_kind"),
        ),
        sa.CheckConstraint(
            "octet_length(provider) >= 33 AND get_byte(provider, 0) = 1",
            name=op.f("ck_hiv_service_provider_sealed"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_hiv_service_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "hiv_care_id"],
            ["orphan_care.hiv_care.tenant_id", "orphan_care.hiv_care.id"],
            name=op.f("fk_hiv_service_tenant_id_hiv_care_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_hiv_service_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_hiv_service")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_hiv_service_tenant_id_hiv_care_id"),
        "hiv_service",
        ["tenant_id", "hiv_care_id"],
        schema=SCHEMA,
    )
