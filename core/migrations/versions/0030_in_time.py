"""Core 0030: deadlines of cases, punctuality of units, friendly communes; recounts by last day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0030"
down_revision = "core_0029"
branch_labels = None
depends_on = None

_LAST_DAYS = ("left_on", "child_until", "small_until", "insured_until")


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "report_confirmation",
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        schema="core",
    )
    op.create_record_table(
        "case_deadline",
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confidential_key", sa.Text(), nullable=True),
        schema="core",
        rules={
            "clock": "clock IN ('emergency', 'plan_approval', 'plan_draft')",
            "status": "status IN ('dropped', 'kept', 'missed', 'running')",
        },
        references={"case_id": "core.case"},
        unique=[("case_id", "clock", "began_at")],
        indexes=[("case_id",), ("commune_id", "due_on")],
    )
    op.create_record_table(
        "commune_recognition",
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        schema="core",
        rules={
            "standard": "standard IN ('2014', '2019')",
            "ended_on": "ended_on >= decided_on",
        },
        indexes=[("commune_id", "decided_on"), ("created_at", "id")],
    )
    op.create_record_table(
        "unit_punctuality",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        schema="core",
        rules={"level": "level IN ('district', 'commune')"},
        unique=[("kind", "period_code", "unit_id")],
        indexes=[("commune_id", "due_on")],
        without=("created_by", "created_at", "generated"),
    )
    op.create_foreign_key(
        op.f("fk_unit_punctuality_unit_id"),
        "unit_punctuality",
        "area",
        ["unit_id"],
        ["id"],
        source_schema="core",
        referent_schema="core",
    )
    for day in _LAST_DAYS:
        op.create_index(
            op.f(f"ix_child_tenant_id_commune_id_{day}"),
            "child",
            ["tenant_id", "commune_id", day],
            schema="core",
        )


def downgrade() -> None:
    """Take back."""
    for day in _LAST_DAYS:
        op.drop_index(op.f(f"ix_child_tenant_id_commune_id_{day}"), "child", schema="core")
    for table in ("unit_punctuality", "commune_recognition", "case_deadline"):
        op.drop_table(table, schema="core")
    op.drop_column("report_confirmation", "first_at", schema="core")
