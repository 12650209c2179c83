"""Orphan care 0002: care, allowances, centres, disasters, and more of a detection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0002"
down_revision = "orphan_care_0001"
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
_TABLES = (
    "parent_status_change",
    "care_arrangement",
    "sponsorship",
    "benefit_entitlement",
    "health_service_at_centre",
    "disaster_event",
    "hiv_care",
)
RECORD = "orphan_care_record"
_MORE = (
    ("detected_by", sa.Text()),
    ("sex", sa.Text()),
    ("age_at_detection", sa.BigInteger()),
    ("disability", sa.Boolean()),
    ("toxic_chemical", sa.Boolean()),
    ("supported_from", sa.Date()),
)
_RULES = {
    "group_scheme": "group_scheme IN ('QD647', 'LAW2016')",
    "detected_by": "detected_by IN ('collaborator', 'commune', 'school', 'health', 'police', "
    "'family', 'other')",
    "sex": "sex IN ('male', 'female', 'unknown')",
    "age_at_detection": "age_at_detection BETWEEN 0 AND 17",
    "supported_from": "supported_from >= detected_on",
}


def upgrade() -> None:
    """Apply."""
    _parent_status_change()
    _care_arrangement()
    _sponsorship()
    _benefit_entitlement()
    _health_service_at_centre()
    _disaster_event()
    _hiv_care()
    for table in _TABLES:
        op.protect_tenant_table(table, schema=SCHEMA)
    for column, kind in _MORE:
        op.add_column(RECORD, sa.Column(column, kind), schema=SCHEMA)
    scheme = sa.Column("group_scheme", sa.Text(), server_default="QD647", nullable=False)
    op.add_column(RECORD, scheme, schema=SCHEMA)
    for name, rule in _RULES.items():
        op.create_check_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in _RULES:
        op.drop_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, schema=SCHEMA)
    for column in ("group_scheme", *(name for name, _ in _MORE)):
        op.drop_column(RECORD, column, schema=SCHEMA)
    for table in reversed(_TABLES):
        op.drop_table(table, schema=SCHEMA)


def _parent_status_change() -> None:
    op.create_table(
        "parent_status_change",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "event IN ('death', 'missing', 'imprisoned', 'abandoned', 'rights_limited')",
            name=op.f("ck_parent_status_change_event"),
        ),
        sa.CheckConstraint(
            "parent IN ('mother', 'father')", name=op.f("ck_parent_status_change_parent")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_parent_status_change_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_parent_status_change_tenant_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_parent_status_change_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_parent_status_change")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_parent_status_change_tenant_id_child_id"),
        "parent_status_change",
        ["tenant_id", "child_id"],
        schema=SCHEMA,
    )


def _care_arrangement() -> None:
    op.create_table(
        "care_arrangement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("care_type", sa.Text(), nullable=False),
        sa.Column("carer_name", sa.Text(), nullable=False),
        sa.Column("is_relative", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessment_result", sa.Text(), nullable=False),
        sa.Column("background_checked_on", sa.Date(), nullable=True),
        sa.Column("siblings", sa.Text(), nullable=False),
        sa.Column("siblings_reason", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("counted_until", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("moved_from_facility", sa.Boolean(), nullable=False),
        sa.Column("agreement_no", sa.Text(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "siblings <> 'apart' OR siblings_reason IS NOT NULL",
            name=op.f("ck_care_arrangement_apart"),
        ),
        sa.CheckConstraint(
            "assessment_result IN ('suitable', 'conditional', 'unsuitable')",
            name=op.f("ck_care_arrangement_assessment_result"),
        ),
        sa.CheckConstraint(
            "basis IN ('notified', 'registered')", name=op.f("ck_care_arrangement_basis")
        ),
        sa.CheckConstraint(
            "capacity BETWEEN 1 AND 1000", name=op.f("ck_care_arrangement_capacity")
        ),
        sa.CheckConstraint(
            "care_type IN ('kin', 'foster', 'guardian', 'adoption', 'facility')",
            name=op.f("ck_care_arrangement_care_type"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_care_arrangement_dates")),
        sa.CheckConstraint(
            "end_reason IN ('returned', 'moved', 'of_age', 'carer_unable', 'unsafe', 'other')",
            name=op.f("ck_care_arrangement_end_reason"),
        ),
        sa.CheckConstraint(
            "(ends_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_care_arrangement_ended")
        ),
        sa.CheckConstraint(
            "siblings IN ('none', 'together', 'apart')", name=op.f("ck_care_arrangement_siblings")
        ),
        sa.CheckConstraint(
            "assessment_result <> 'unsuitable'", name=op.f("ck_care_arrangement_suitable")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_care_arrangement_tenant_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_care_arrangement_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_care_arrangement_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_care_arrangement")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_care_arrangement_tenant_id_child_id"),
        "care_arrangement",
        ["tenant_id", "child_id"],
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_care_arrangement_tenant_id_starts_on"),
        "care_arrangement",
        ["tenant_id", "starts_on"],
        schema=SCHEMA,
    )


def _sponsorship() -> None:
    op.create_table(
        "sponsorship",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("counted_until", sa.Date(), nullable=True),
        sa.Column("has_other_sponsor", sa.Boolean(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_sponsorship_amount_vnd")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_sponsorship_dates")),
        sa.CheckConstraint(
            "kind IN ('cash', 'scholarship', 'in_kind')", name=op.f("ck_sponsorship_kind")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_sponsorship_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_sponsorship_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_sponsorship_tenant_id_child_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sponsorship")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sponsorship_tenant_id_child_id"),
        "sponsorship",
        ["tenant_id", "child_id"],
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_sponsorship_tenant_id_starts_on"),
        "sponsorship",
        ["tenant_id", "starts_on"],
        schema=SCHEMA,
    )


def _benefit_entitlement() -> None:
    op.create_table(
        "benefit_entitlement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("studying", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ends_by", sa.Date(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=True),
        sa.Column("counted_until", sa.Date(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("payment_method", sa.Text(), nullable=False),
        sa.Column("stated_tenths", sa.BigInteger(), nullable=True),
        sa.Column("stated_base_vnd", sa.BigInteger(), nullable=True),
        sa.Column("coefficient_tenths", sa.BigInteger(), nullable=False),
        sa.Column("base_vnd", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "amount_vnd = base_vnd * coefficient_tenths / 10",
            name=op.f("ck_benefit_entitlement_amount_vnd"),
        ),
        sa.CheckConstraint("base_vnd > 0", name=op.f("ck_benefit_entitlement_base_vnd")),
        sa.CheckConstraint(
            "category IN ('orphan', 'severe_disability', 'other')",
            name=op.f("ck_benefit_entitlement_category"),
        ),
        sa.CheckConstraint(
            "coefficient_tenths BETWEEN 1 AND 100",
            name=op.f("ck_benefit_entitlement_coefficient_tenths"),
        ),
        sa.CheckConstraint(
            "counted_until >= starts_on", name=op.f("ck_benefit_entitlement_counted_until")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_benefit_entitlement_dates")),
        sa.CheckConstraint(
            "payment_method IN ('cash', 'bank', 'post', 'carer')",
            name=op.f("ck_benefit_entitlement_payment_method"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_benefit_entitlement_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_benefit_entitlement_tenant_id_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_benefit_entitlement_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_benefit_entitlement")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_benefit_entitlement_tenant_id_child_id"),
        "benefit_entitlement",
        ["tenant_id", "child_id"],
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_benefit_entitlement_tenant_id_starts_on"),
        "benefit_entitlement",
        ["tenant_id", "starts_on"],
        schema=SCHEMA,
    )


def _health_service_at_centre() -> None:
    op.create_table(
        "health_service_at_centre",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("children_served", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "children_served > 0", name=op.f("ck_health_service_at_centre_children_served")
        ),
        sa.CheckConstraint(
            "service IN ('general', 'dental', 'eye', 'mental', 'vaccination', "
            "'rehabilitation', 'other')",
            name=op.f("ck_health_service_at_centre_service"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_health_service_at_centre_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_health_service_at_centre_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_health_service_at_centre")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_health_service_at_centre_tenant_id_given_on"),
        "health_service_at_centre",
        ["tenant_id", "given_on"],
        schema=SCHEMA,
    )


def _disaster_event() -> None:
    op.create_table(
        "disaster_event",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("children_affected", sa.BigInteger(), nullable=False),
        sa.Column("households_affected", sa.BigInteger(), nullable=False),
        sa.Column("children_supported", sa.BigInteger(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "children_affected >= 0", name=op.f("ck_disaster_event_children_affected")
        ),
        sa.CheckConstraint(
            "children_supported BETWEEN 0 AND children_affected",
            name=op.f("ck_disaster_event_children_supported"),
        ),
        sa.CheckConstraint(
            "households_affected >= 0", name=op.f("ck_disaster_event_households_affected")
        ),
        sa.CheckConstraint(
            "kind IN ('flood', 'flash_flood', 'landslide', 'storm', 'cold', 'drought', "
            "'fire', 'other')",
            name=op.f("ck_disaster_event_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_disaster_event_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_disaster_event_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_disaster_event")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_disaster_event_tenant_id_happened_on"),
        "disaster_event",
        ["tenant_id", "happened_on"],
        schema=SCHEMA,
    )


def _hiv_care() -> None:
    op.create_table(
        "hiv_care",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("opaque_code", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("managed_from", sa.Date(), nullable=True),
        sa.Column("managed_until", sa.Date(), nullable=True),
        sa.Column("child_ref", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "octet_length(child_ref) >= 33 AND get_byte(child_ref, 0) = 1",
            name=op.f("ck_hiv_care_child_ref_sealed"),
        ),
        sa.CheckConstraint("managed_from >= known_on", name=op.f("ck_hiv_care_known")),
        sa.CheckConstraint("managed_until > managed_from", name=op.f("ck_hiv_care_managed")),
        sa.CheckConstraint("sex IN ('male', 'female', 'unknown')", name=op.f("ck_hiv_care_sex")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_hiv_care_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_hiv_care_commune_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "opaque_code", name=op.f("uq_hiv_care_tenant_id_opaque_code")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_hiv_care")),
        schema=SCHEMA,
    )
    op.create_index(
        op.f("ix_hiv_care_tenant_id_known_on"), "hiv_care", ["tenant_id", "known_on"], schema=SCHEMA
    )
