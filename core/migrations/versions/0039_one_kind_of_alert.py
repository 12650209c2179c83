"""Core 0039: the alerts of cases are alerts like the others; their own table goes.

What stands in the table and was not raised as ``core.case_clock`` is carried over: once for its
case, as that alert is. It is open while its case is, and the next look settles what is over.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0039"
down_revision = "core_0038"
branch_labels = None
depends_on = None

_CARRY_OVER = """
    WITH told AS (
        SELECT one.tenant_id, one.case_id,
            min((one.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS since_on,
            min(one.created_at) AS raised_at,
            max(one.created_at) AS last_at
        FROM core.case_alert AS one
        WHERE NOT EXISTS (
            SELECT FROM core.alert AS known
            WHERE known.tenant_id = one.tenant_id AND known.code = 'core.case_clock'
                AND known.record_id = one.case_id
                AND (known.settled_at IS NULL OR known.settled_at >= one.created_at)
        )
        GROUP BY one.tenant_id, one.case_id
    )
    INSERT INTO core.alert (
        tenant_id, id, code, programme, record_id, subject_id, since_on, due_on, raised_at,
        settled_at, commune_id, confidential_key
    )
    SELECT told.tenant_id, gen_random_uuid(), 'core.case_clock', 'core', told.case_id, told.case_id,
        told.since_on, told.since_on, told.raised_at,
        CASE WHEN held.state IN ('screened_out', 'closed', 'transferred')
            THEN greatest(held.closed_at, told.last_at) END,
        held.commune_id, held.confidential_key
    FROM told
    JOIN core."case" AS held ON held.tenant_id = told.tenant_id AND held.id = told.case_id
"""
_BRING_BACK = """
    INSERT INTO core.case_alert (
        tenant_id, id, case_id, clock, due_at, generated, created_at, created_by, commune_id,
        confidential_key
    )
    SELECT DISTINCT ON (tenant_id, case_id, clock, due_at)
        tenant_id, gen_random_uuid(), case_id, clock, due_at, generated, due_at, NULL::uuid,
        commune_id, confidential_key
    FROM core.case_deadline
    WHERE status = 'missed'
"""


def upgrade() -> None:
    """Apply."""
    with op.over_all_tenants("core.case_alert", "core.case", "core.alert"):
        op.execute(_CARRY_OVER)
    op.drop_table("case_alert", schema="core")


def downgrade() -> None:
    """Take back; the deadlines that were missed say which clocks ran out."""
    op.create_table(
        "case_alert",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("confidential_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_case_alert_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f("fk_case_alert_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "case_id"],
            ["core.case.tenant_id", "core.case.id"],
            name=op.f("fk_case_alert_tenant_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_alert")),
        sa.UniqueConstraint(
            "tenant_id",
            "case_id",
            "clock",
            "due_at",
            name=op.f("uq_case_alert_tenant_id_case_id_clock_due_at"),
        ),
        schema="core",
    )
    op.create_index(
        op.f("ix_case_alert_tenant_id_case_id"),
        "case_alert",
        ["tenant_id", "case_id"],
        schema="core",
    )
    op.protect_tenant_table("case_alert", schema="core")
    with op.over_all_tenants("core.case_alert", "core.case_deadline"):
        op.execute(_BRING_BACK)
