"""Orphan care 0003: verifications, visits, dossiers, payments, lists and relief."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orphan_care_0003"
down_revision = "orphan_care_0002"
branch_labels = None
depends_on = None

SCHEMA = "orphan_care"
TABLES = (
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
    _care()
    _entitlements()
    _lists()


def downgrade() -> None:
    """Take back."""
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _care() -> None:
    """From the verification to the visits."""
    op.create_record_table(
        "orphan_verification",
        sa.Column("detection_id", sa.Uuid(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        schema=SCHEMA,
        references={"detection_id": "orphan_care.orphan_care_record"},
        unique=(("detection_id",),),
    )
    op.create_record_table(
        "care_family",
        sa.Column("carer_name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("children_now", sa.BigInteger(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessment_result", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "capacity": "capacity BETWEEN 1 AND 20",
            "children_now": "children_now BETWEEN 0 AND capacity",
            "assessment_result": "assessment_result IN ('suitable', 'conditional', 'unsuitable')",
        },
    )
    op.create_record_table(
        "care_visit_due",
        sa.Column("arrangement_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        schema=SCHEMA,
        references={"arrangement_id": "orphan_care.care_arrangement"},
        unique=(("arrangement_id", "due_on"),),
        indexes=(("due_on",),),
    )
    op.create_record_table(
        "care_visit",
        sa.Column("arrangement_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("wellbeing", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("concerns", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("still_in_care", sa.Boolean(), nullable=False),
        sa.Column("next_review_on", sa.Date()),
        schema=SCHEMA,
        rules={
            "wellbeing": "wellbeing IN ('good', 'fair', 'poor')",
            "school": "school IN ('good', 'fair', 'poor')",
            "health": "health IN ('good', 'fair', 'poor')",
            "concerns": "concerns <@ ARRAY['none', 'school', 'health', 'conflict', 'abuse']",
            "next_review_on": "next_review_on > visited_on",
        },
        references={"arrangement_id": "orphan_care.care_arrangement"},
        indexes=(("arrangement_id",), ("due_on",)),
    )


def _entitlements() -> None:
    """Dossiers and what is paid."""
    op.create_record_table(
        "dossier",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decision_no", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('allowance', 'alternative_care', 'adoption', 'disability')",
            "submitted_on": "submitted_on >= opened_on",
            "decided_on": "decided_on >= submitted_on",
            "result": "result IN ('granted', 'refused')",
            "decided": "(decided_on IS NULL) = (result IS NULL)",
            "submitted": "submitted_on IS NULL OR complete",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",), ("opened_on",)),
    )
    op.create_record_table(
        "dossier_item",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        schema=SCHEMA,
        rules={
            "item": "item IN ('application', 'birth_certificate', 'parents_paper', 'carer_paper', "
            "'health_paper', 'residence')",
        },
        references={"dossier_id": "orphan_care.dossier"},
        unique=(("dossier_id", "item"),),
    )
    op.create_record_table(
        "benefit_payment",
        sa.Column("entitlement_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date()),
        sa.Column("receipt", sa.Text()),
        schema=SCHEMA,
        rules={
            "amount_vnd": "amount_vnd > 0",
            "status": "status IN ('paid', 'unpaid')",
            "paid": "(status = 'paid') = (paid_on IS NOT NULL)",
        },
        references={"entitlement_id": "orphan_care.benefit_entitlement"},
        unique=(("entitlement_id", "month"),),
        indexes=(("month",),),
    )


def _lists() -> None:
    """Lines of lists that are reported as a whole."""
    op.create_record_table(
        "disaster_child",
        sa.Column("disaster_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid()),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "age": "age BETWEEN 0 AND 17",
            "sex": "sex IN ('male', 'female')",
        },
        references={"disaster_id": "orphan_care.disaster_event", "child_id": "core.child"},
    )
    op.create_record_table(
        "relief_line",
        sa.Column("disaster_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("children_helped", sa.BigInteger(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('food', 'clothing', 'school', 'medicine', 'housing', 'cash', "
            "'counselling')",
            "children_helped": "children_helped > 0",
            "value_vnd": "value_vnd >= 0",
        },
        references={"disaster_id": "orphan_care.disaster_event"},
        indexes=(("given_on",),),
    )
    op.create_record_table(
        "centre_resident_list",
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        schema=SCHEMA,
        unique=(("commune_id", "facility", "as_of"),),
    )
    op.create_record_table(
        "centre_resident",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={"needs": "needs IN ('foster', 'kin', 'adoption', 'reunite', 'stay')"},
        references={"list_id": "orphan_care.centre_resident_list", "child_id": "core.child"},
        unique=(("list_id", "child_id"),),
    )
    op.create_record_table(
        "hiv_service",
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("hiv_care_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.LargeBinary()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('testing', 'treatment', 'nutrition', 'psychological', 'schooling', "
            "'social')",
        },
        sealed=("provider",),
        references={"hiv_care_id": "orphan_care.hiv_care"},
        indexes=(("hiv_care_id",),),
    )
