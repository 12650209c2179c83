"""Core 0010: reports and released figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0010"
down_revision = "core_0009"
branch_labels = None
depends_on = None

_STATES = "state IN ('number', 'not_enabled', 'not_reported', 'nil_return', 'suppressed')"
_NUMBER = "(state = 'number') = (value IS NOT NULL OR (numerator IS NOT NULL AND denominator > 0))"


def upgrade() -> None:
    """Apply."""
    _report()
    _report_figure()
    _officer_text()
    _released_figure()


def downgrade() -> None:
    """Take back."""
    for table in ("released_figure", "officer_text", "report_figure", "report"):
        op.drop_table(table, schema="core")


def _owned(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        schema="core",
    )


def _of_report(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["core.report.tenant_id", "core.report.id"],
            name=op.f(f"fk_{table}_tenant_id_report_id"),
        ),
    )


def _number(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("per", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(_STATES, name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint(_NUMBER, name=op.f(f"ck_{table}_number")),
    )


def _report() -> None:
    _owned(
        "report",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'drafted', 'released')", name=op.f("ck_report_state")
        ),
        sa.CheckConstraint(
            "(state = 'released') = (released_at IS NOT NULL)", name=op.f("ck_report_released")
        ),
        sa.UniqueConstraint(
            "tenant_id", "kind", "period_code", name=op.f("uq_report_tenant_id_kind_period_code")
        ),
    )
    op.protect_tenant_table("report", schema="core")


def _report_figure() -> None:
    _owned(
        "report_figure",
        *_of_report("report_figure"),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *_number("report_figure"),
        sa.Column("definition_version", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("span IN ('period', 'last_year')", name=op.f("ck_report_figure_span")),
        sa.UniqueConstraint(
            *("tenant_id", "report_id", "asked", "code", "span", "part"),
            name="uq_report_figure_asked",
        ),
    )
    op.protect_tenant_table("report_figure", schema="core", append_only=True)


def _officer_text() -> None:
    _owned(
        "officer_text",
        *_of_report("officer_text"),
        sa.Column("section_code", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.UniqueConstraint(
            *("tenant_id", "report_id", "section_code"),
            name=op.f("uq_officer_text_tenant_id_report_id_section_code"),
        ),
    )
    op.protect_tenant_table("officer_text", schema="core")


def _released_figure() -> None:
    _owned(
        "released_figure",
        *_of_report("released_figure"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period_code", sa.Text(), nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        *_number("released_figure"),
        sa.Column("definition_version", sa.BigInteger(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "breakdown IN ('', 'sex', 'age_band', 'detail')",
            name=op.f("ck_released_figure_breakdown"),
        ),
        sa.UniqueConstraint(
            *("tenant_id", "kind", "period_code", "indicator_code"),
            *("breakdown", "detail", "report_id"),
            name="uq_released_figure_place",
        ),
    )
    op.protect_tenant_table("released_figure", schema="core", released=True, append_only=True)
