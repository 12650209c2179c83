"""Core 0013: the scope table, what provinces take from roles, partners, looks out of duty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0013"
down_revision = "core_0012"
branch_labels = None
depends_on = None

_TABLES = (
    "access_grant",
    "role_narrowing",
    "partner",
    "agreement",
    "enrolment",
    "emergency_access",
    "view_as",
)


def upgrade() -> None:
    """Apply."""
    op.add_column("account", sa.Column("partner_id", sa.Uuid(), nullable=True), schema="core")
    op.add_column("form_entry", _text("confidential_key", nullable=True), schema="core")
    _access_grant()
    _role_narrowing()
    _partner()
    _agreement()
    _enrolment()
    _emergency_access()
    _view_as()
    for table in _TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    for table in reversed(_TABLES):
        op.drop_table(table, schema="core")
    op.drop_column("form_entry", "confidential_key", schema="core")
    op.drop_column("account", "partner_id", schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        _uuid("id"),
        *parts,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _refers(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"core.{target}.tenant_id", f"core.{target}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
    )


def _unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        "tenant_id", *columns, name=op.f(f"uq_{name}_tenant_id_{'_'.join(columns)}")
    )


def _index(name: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{name}_tenant_id_{'_'.join(columns)}"),
        name,
        ["tenant_id", *columns],
        schema="core",
    )


def _check(name: str, rule: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{rule}"))


def _access_grant() -> None:
    name = "access_grant"
    _table(
        name,
        _uuid("holder_id"),
        _text("kind"),
        _text("subject_kind"),
        _uuid("subject_id"),
        _text("programme", nullable=True),
        _uuid("source_id", nullable=True),
        _moment("valid_from"),
        _moment("valid_to", nullable=True),
        _text("reason", nullable=True),
        _uuid("given_by", nullable=True),
        _moment("given_at"),
        _check(name, "kind", "kind IN ('assignment', 'referral', 'emergency', 'enrolment')"),
        _check(name, "lasting", "valid_to IS NULL OR valid_to >= valid_from"),
    )
    _index(name, "holder_id", "subject_id")
    _index(name, "subject_id")


def _role_narrowing() -> None:
    name = "role_narrowing"
    _table(
        name,
        _uuid("profile_id"),
        _text("code"),
        _text("source", nullable=True),
        _text("note", nullable=True),
        sa.Column("unknown", postgresql.ARRAY(sa.Text()), nullable=False),
        _day("ended_on", nullable=True),
        sa.Column("without", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("classes", postgresql.JSONB(), nullable=False),
        _refers(name, "profile_id", "tenant_profile"),
        _unique(name, "profile_id", "code"),
    )


def _partner() -> None:
    name = "partner"
    _table(
        name,
        _text("code"),
        _text("name_vi"),
        _text("name_en"),
        sa.Column("generated", sa.Boolean(), nullable=False),
        _moment("created_at"),
        _unique(name, "code"),
    )


def _agreement() -> None:
    name = "agreement"
    _table(
        name,
        _uuid("partner_id"),
        _text("number"),
        _text("programme"),
        _text("purpose"),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("communes", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        _day("valid_from"),
        _day("valid_to"),
        _day("ended_on", nullable=True),
        _text("end_reason", nullable=True),
        _uuid("created_by", nullable=True),
        _moment("created_at"),
        _refers(name, "partner_id", "partner"),
        _unique(name, "number"),
        _check(name, "dates", "valid_to >= valid_from"),
        _check(name, "ended", "(ended_on IS NULL) = (end_reason IS NULL)"),
    )


def _enrolment() -> None:
    name = "enrolment"
    _table(
        name,
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        _uuid("agreement_id"),
        _uuid("child_id"),
        _day("guardian_consent_on"),
        _day("child_assent_on", nullable=True),
        _day("enrolled_on"),
        _day("left_on", nullable=True),
        _text("left_reason", nullable=True),
        _uuid("created_by", nullable=True),
        _moment("created_at"),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
        _refers(name, "agreement_id", "agreement"),
        _refers(name, "child_id", "child"),
        _check(name, "left", "(left_on IS NULL) = (left_reason IS NULL)"),
    )
    _index(name, "agreement_id")
    op.create_index(
        "uq_enrolment_open",
        name,
        ["tenant_id", "agreement_id", "child_id"],
        unique=True,
        schema="core",
        postgresql_where=sa.column("left_on").is_(None),
    )


def _emergency_access() -> None:
    name = "emergency_access"
    _table(
        name,
        _uuid("grant_id"),
        _uuid("account_id"),
        _moment("opened_at"),
        _moment("ends_at"),
        _text("reason"),
        _uuid("reviewed_by", nullable=True),
        _moment("reviewed_at", nullable=True),
        _text("verdict", nullable=True),
        _text("note", nullable=True),
        _refers(name, "grant_id", "access_grant"),
        _check(name, "verdict", "verdict IN ('justified', 'not_justified')"),
        _check(name, "reviewed", "(reviewed_at IS NULL) = (verdict IS NULL)"),
    )
    _index(name, "grant_id")


def _view_as() -> None:
    name = "view_as"
    _table(
        name,
        _uuid("account_id"),
        _uuid("sign_in_id"),
        _uuid("shown_account_id"),
        _moment("started_at"),
        _moment("ends_at"),
        _moment("ended_at", nullable=True),
        _refers(name, "account_id", "account"),
        _refers(name, "shown_account_id", "account"),
    )
    _index(name, "account_id")
