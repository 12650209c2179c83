"""Orphan care 0002: care, allowances, centres, disasters, and more of a detection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0002"
down_revision = "orphan_care_0001"
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
TABLES = (
    "parent_status_change",
    "care_arrangement",
    "sponsorship",
    "benefit_entitlement",
    "health_service_at_centre",
    "disaster_event",
    "hiv_care",
)
RECORD = "orphan_care_record"
MORE = (
    ("detected_by", sa.Text()),
    ("sex", sa.Text()),
    ("age_at_detection", sa.BigInteger()),
    ("disability", sa.Boolean()),
    ("toxic_chemical", sa.Boolean()),
    ("supported_from", sa.Date()),
)
RULES = {
    "group_scheme": "group_scheme IN ('QD647', 'LAW2016')",
    "detected_by": "detected_by IN ('collaborator', 'commune', 'school', 'health', 'police', "
    "'family', 'other')",
    "sex": "sex IN ('male', 'female', 'unknown')",
    "age_at_detection": "age_at_detection BETWEEN 0 AND 17",
    "supported_from": "supported_from >= detected_on",
}


def upgrade() -> None:
    """Apply."""
    _of_a_child()
    _of_a_commune()
    for column, kind in MORE:
        op.add_column(RECORD, sa.Column(column, kind), schema=SCHEMA)
    scheme = sa.Column("group_scheme", sa.Text(), server_default="QD647", nullable=False)
    op.add_column(RECORD, scheme, schema=SCHEMA)
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in RULES:
        op.drop_constraint(op.f(f"ck_{RECORD}_{name}"), RECORD, schema=SCHEMA)
    for column in ("group_scheme", *(name for name, _ in MORE)):
        op.drop_column(RECORD, column, schema=SCHEMA)
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _of_a_child() -> None:
    """A child's parents, care and money."""
    op.create_record_table(
        "parent_status_change",
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text()),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "parent": "parent IN ('mother', 'father')",
            "event": "event IN ('death', 'missing', 'imprisoned', 'abandoned', 'rights_limited')",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",),),
    )
    op.create_record_table(
        "care_arrangement",
        sa.Column("care_type", sa.Text(), nullable=False),
        sa.Column("carer_name", sa.Text(), nullable=False),
        sa.Column("is_relative", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessment_result", sa.Text(), nullable=False),
        sa.Column("background_checked_on", sa.Date()),
        sa.Column("siblings", sa.Text(), nullable=False),
        sa.Column("siblings_reason", sa.Text()),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("counted_until", sa.Date()),
        sa.Column("end_reason", sa.Text()),
        sa.Column("moved_from_facility", sa.Boolean(), nullable=False),
        sa.Column("agreement_no", sa.Text()),
        sa.Column("next_review_on", sa.Date()),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "care_type": "care_type IN ('kin', 'foster', 'guardian', 'adoption', 'facility')",
            "basis": "basis IN ('notified', 'registered')",
            "capacity": "capacity BETWEEN 1 AND 1000",
            "assessment_result": "assessment_result IN ('suitable', 'conditional', 'unsuitable')",
            "siblings": "siblings IN ('none', 'together', 'apart')",
            "end_reason": "end_reason IN ('returned', 'moved', 'of_age', 'carer_unable', 'unsafe', "
            "'other')",
            "apart": "siblings <> 'apart' OR siblings_reason IS NOT NULL",
            "dates": "ends_on >= starts_on",
            "ended": "(ends_on IS NULL) = (end_reason IS NULL)",
            "suitable": "assessment_result <> 'unsuitable'",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",), ("starts_on",)),
    )
    op.create_record_table(
        "sponsorship",
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("counted_until", sa.Date()),
        sa.Column("has_other_sponsor", sa.Boolean(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('cash', 'scholarship', 'in_kind')",
            "amount_vnd": "amount_vnd > 0",
            "dates": "ends_on >= starts_on",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",), ("starts_on",)),
    )
    op.create_record_table(
        "benefit_entitlement",
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("studying", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("ends_by", sa.Date(), nullable=False),
        sa.Column("changes_on", sa.Date()),
        sa.Column("counted_until", sa.Date(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("payment_method", sa.Text(), nullable=False),
        sa.Column("stated_tenths", sa.BigInteger()),
        sa.Column("stated_base_vnd", sa.BigInteger()),
        sa.Column("coefficient_tenths", sa.BigInteger(), nullable=False),
        sa.Column("base_vnd", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "category": "category IN ('orphan', 'severe_disability', 'other')",
            "counted_until": "counted_until >= starts_on",
            "payment_method": "payment_method IN ('cash', 'bank', 'post', 'carer')",
            "coefficient_tenths": "coefficient_tenths BETWEEN 1 AND 100",
            "base_vnd": "base_vnd > 0",
            "amount_vnd": "amount_vnd = base_vnd * coefficient_tenths / 10",
            "dates": "ends_on >= starts_on",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",), ("starts_on",)),
    )


def _of_a_commune() -> None:
    """What centres and communes report, and children with HIV."""
    op.create_record_table(
        "health_service_at_centre",
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("children_served", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "service": "service IN ('general', 'dental', 'eye', 'mental', 'vaccination', "
            "'rehabilitation', 'other')",
            "children_served": "children_served > 0",
        },
        indexes=(("given_on",),),
    )
    op.create_record_table(
        "disaster_event",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("children_affected", sa.BigInteger(), nullable=False),
        sa.Column("households_affected", sa.BigInteger(), nullable=False),
        sa.Column("children_supported", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('flood', 'flash_flood', 'landslide', 'storm', 'cold', 'drought', "
            "'fire', 'other')",
            "children_affected": "children_affected >= 0",
            "households_affected": "households_affected >= 0",
            "children_supported": "children_supported BETWEEN 0 AND children_affected",
        },
        indexes=(("happened_on",),),
    )
    op.create_record_table(
        "hiv_care",
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("opaque_code", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("managed_from", sa.Date()),
        sa.Column("managed_until", sa.Date()),
        sa.Column("child_ref", sa.LargeBinary()),
        schema=SCHEMA,
        rules={
            "sex": "sex IN ('male', 'female', 'unknown')",
            "known": "managed_from >= known_on",
            "managed": "managed_until > managed_from",
        },
        sealed=("child_ref",),
        unique=(("opaque_code",),),
        indexes=(("known_on",),),
    )
