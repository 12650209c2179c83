"""Core 0029: requested reports, confirmations and exceptions of units, what approval freezes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0029"
down_revision = "core_0028"
branch_labels = None
depends_on = None

_FROZEN = ("report_unit", "report_definition", "report_records")
_MOVING = ("report_request", "report_confirmation", "report_exception", "report_reminder")


def upgrade() -> None:
    """Apply."""
    op.add_column("reporting_obligation", _text("event", nullable=True), schema="core")
    op.add_column("reporting_obligation", _number("event_days", nullable=True), schema="core")
    op.create_check_constraint(
        op.f("ck_reporting_obligation_event"),
        "reporting_obligation",
        "(event IS NULL) = (event_days IS NULL)",
        schema="core",
    )
    _requests()
    _units()
    _kept()
    for table in _MOVING:
        op.protect_tenant_table(table, schema="core")
    for table in _FROZEN:
        op.protect_tenant_table(table, schema="core", append_only=True)


def downgrade() -> None:
    """Take back."""
    for table in (*_FROZEN, *_MOVING):
        op.drop_table(table, schema="core")
    op.drop_column("reporting_obligation", "event_days", schema="core")
    op.drop_column("reporting_obligation", "event", schema="core")


def _requests() -> None:
    name = "report_request"
    _table(
        name,
        _text("code"),
        _text("name"),
        _text("asked_by"),
        _text("obligation", nullable=True),
        _day("happened_on", nullable=True),
        _text("period_code"),
        _day("due_on"),
        _text("due_rule"),
        _day("cut_off", nullable=True),
        _moment("made_at"),
        _uuid("made_by", nullable=True),
        _check(name, "rule", "due_rule IN ('on', 'before')"),
        _check(name, "event", "(obligation IS NULL) = (happened_on IS NULL)"),
        _unique(name, "code"),
    )


def _units() -> None:
    name = "report_confirmation"
    _table(
        name,
        _text("kind"),
        _text("period_code"),
        _number("area_id"),
        _moment("confirmed_at"),
        _uuid("confirmed_by", nullable=True),
        _text("role", nullable=True),
        _area(name),
        _unique(name, "kind", "period_code", "area_id"),
    )
    name = "report_exception"
    _table(
        name,
        _text("kind"),
        _text("period_code"),
        _number("area_id", nullable=True),
        _text("name"),
        _day("ends_on"),
        _moment("granted_at"),
        _uuid("granted_by", nullable=True),
        _area(name),
    )
    name = "report_reminder"
    _table(
        name,
        _text("kind"),
        _text("period_code"),
        _number("area_id"),
        _text("level"),
        _text("stage"),
        _day("due_on"),
        _moment("raised_at"),
        _area(name),
        _check(name, "stage", "stage IN ('10', '3', '0', 'overdue')"),
        _check(name, "level", "level IN ('province', 'district', 'commune')"),
        _unique(name, "kind", "period_code", "area_id", "stage", "due_on"),
    )


def _kept() -> None:
    name = "report_unit"
    _table(
        name,
        *_of_report(name),
        _number("area_id"),
        _text("standing"),
        _moment("confirmed_at", nullable=True),
        _text("exception", nullable=True),
        _area(name),
        _check(name, "standing", "standing IN ('confirmed', 'excepted')"),
        _check(name, "confirmed", "(standing = 'confirmed') = (confirmed_at IS NOT NULL)"),
        _check(name, "excepted", "(standing = 'excepted') = (exception IS NOT NULL)"),
        _unique(name, "report_id", "area_id"),
    )
    name = "report_definition"
    _table(
        name,
        *_of_report(name),
        _text("code"),
        _number("version"),
        *map(_text, ("name_vi", "name_en", "meaning_vi", "meaning_en", "formula", "source")),
        _unique(name, "report_id", "code"),
    )
    name = "report_records"
    _table(
        name,
        *_of_report(name),
        _text("measure"),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        _unique(name, "report_id", "measure"),
        _check(name, "records_sealed", "octet_length(records) >= 33 AND get_byte(records, 0) = 1"),
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        _number("tenant_id"),
        _uuid("id"),
        *parts,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _of_report(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        _uuid("report_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "report_id"],
            ["core.report.tenant_id", "core.report.id"],
            name=op.f(f"fk_{table}_tenant_id_report_id"),
        ),
    )


def _area(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["area_id"], ["core.area.id"], name=op.f(f"fk_{table}_area_id"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{table}_tenant_id_{'_'.join(columns)}")
    return sa.UniqueConstraint("tenant_id", *columns, name=name)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)
