"""Core 0024: the states of reports, their versions, and who took each step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0024"
down_revision = "core_0023"
branch_labels = None
depends_on = None

_STATES = "'open', 'drafted', 'submitted', 'approved', 'sent', 'accepted', 'returned'"
_FROZEN = (
    "CASE WHEN state IN ('approved', 'sent', 'accepted') THEN frozen_at IS NOT NULL "
    "ELSE state = 'returned' OR frozen_at IS NULL END"
)


def upgrade() -> None:
    """Apply: what was released was approved and sent at one moment."""
    _report_step()
    with op.over_all_tenants("core.report"):
        op.execute(
            """
            INSERT INTO core.report_step (tenant_id, id, report_id, number, step, from_state,
                to_state, taken_at, taken_by)
            SELECT tenant_id, gen_random_uuid(), id, number, step, from_state, to_state,
                released_at, released_by
            FROM core.report, (
                VALUES (1, 'approve', 'drafted', 'approved'), (2, 'send', 'approved', 'sent')
            ) AS taken (number, step, from_state, to_state)
            WHERE state = 'released'
            """
        )
    op.protect_tenant_table("report_step", schema="core", append_only=True)
    op.execute("ALTER TABLE core.report DROP CONSTRAINT ck_report_state")
    op.execute("ALTER TABLE core.report DROP CONSTRAINT ck_report_released")
    op.execute("ALTER TABLE core.report DROP CONSTRAINT uq_report_tenant_id_kind_period_code")
    with op.over_all_tenants("core.report"):
        op.execute("UPDATE core.report SET state = 'sent' WHERE state = 'released'")
    op.alter_column("report", "released_at", new_column_name="frozen_at", schema="core")
    op.drop_column("report", "released_by", schema="core")
    op.drop_column("report", "built_at", schema="core")
    op.add_column(
        "report",
        sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"),
        schema="core",
    )
    op.alter_column("report", "version", server_default=None, schema="core")
    op.add_column("report", sa.Column("corrects", sa.Uuid(), nullable=True), schema="core")
    for name, condition in (
        ("state", f"state IN ({_STATES})"),
        ("frozen", _FROZEN),
        ("version", "(version > 1) = (corrects IS NOT NULL)"),
    ):
        op.create_check_constraint(op.f(f"ck_report_{name}"), "report", condition, schema="core")
    op.create_foreign_key(
        op.f("fk_report_tenant_id_corrects"),
        *("report", "report"),
        ["tenant_id", "corrects"],
        ["tenant_id", "id"],
        source_schema="core",
        referent_schema="core",
    )
    op.create_unique_constraint(
        op.f("uq_report_tenant_id_kind_period_code_version"),
        "report",
        ["tenant_id", "kind", "period_code", "version"],
        schema="core",
    )


def downgrade() -> None:
    """Take back; refused by the database while a report has a correction."""
    op.add_column(
        "report", sa.Column("built_at", sa.DateTime(timezone=True), nullable=True), schema="core"
    )
    op.add_column("report", sa.Column("released_by", sa.Uuid(), nullable=True), schema="core")
    op.execute(
        "ALTER TABLE core.report DROP CONSTRAINT uq_report_tenant_id_kind_period_code_version"
    )
    for name in ("ck_report_state", "ck_report_frozen", "ck_report_version"):
        op.execute(f"ALTER TABLE core.report DROP CONSTRAINT {name}")
    op.drop_column("report", "corrects", schema="core")
    op.drop_column("report", "version", schema="core")
    op.alter_column("report", "frozen_at", new_column_name="released_at", schema="core")
    with op.over_all_tenants("core.report"):
        op.execute(
            """
            UPDATE core.report SET
                state = CASE WHEN released_at IS NOT NULL THEN 'released'
                    WHEN state = 'open' THEN 'open' ELSE 'drafted' END
            """
        )
    op.create_check_constraint(
        op.f("ck_report_state"),
        "report",
        "state IN ('open', 'drafted', 'released')",
        schema="core",
    )
    op.create_check_constraint(
        op.f("ck_report_released"),
        "report",
        "(state = 'released') = (released_at IS NOT NULL)",
        schema="core",
    )
    op.create_unique_constraint(
        op.f("uq_report_tenant_id_kind_period_code"),
        "report",
        ["tenant_id", "kind", "period_code"],
        schema="core",
    )
    op.drop_table("report_step", schema="core")


def _report_step() -> None:
    op.create_table(
        "report_step",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("letter_number", sa.Text(), nullable=True),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_report_step_number")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_report_step_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["core.report.tenant_id", "core.report.id"],
            name=op.f("fk_report_step_tenant_id_report_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_report_step")),
        sa.UniqueConstraint(
            "tenant_id",
            "report_id",
            "number",
            name=op.f("uq_report_step_tenant_id_report_id_number"),
        ),
        schema="core",
    )
