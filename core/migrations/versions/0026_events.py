"""Core 0026: communication, materials, training and urgent incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0026"
down_revision = "core_0025"
branch_labels = None
depends_on = None

_TABLES = (
    "communication_event",
    "communication_material",
    "training_class",
    "urgent_incident",
    "incident_notice",
    "incident_update",
)


def upgrade() -> None:
    """Apply."""
    _communication_event()
    _communication_material()
    _training_class()
    _urgent_incident()
    _incident_notice()
    _incident_update()
    for table in _TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    for table in reversed(_TABLES):
        op.drop_table(table, schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _key(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _yes_no(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _several(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


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


def _check(name: str, rule: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{rule}"))


def _within(name: str, column: str, codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes.split())
    return _check(name, column, f"{column} IN ({listed})")


def _index(name: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{name}_tenant_id_{'_'.join(columns)}"),
        name,
        ["tenant_id", *columns],
        schema="core",
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Its rows lie in a commune."""
    _whole(
        name,
        *parts,
        _number("commune_id"),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
    )


def _whole(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Somebody entered its rows."""
    op.create_table(
        name,
        _number("tenant_id"),
        _uuid("id"),
        *parts,
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        _uuid("created_by", nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _communication_event() -> None:
    name = "communication_event"
    _table(
        name,
        _text("title"),
        _text("event_form"),
        _several("topics"),
        _several("audiences"),
        _day("held_on"),
        _text("place"),
        _text("school", nullable=True),
        _number("n_events"),
        _number("n_sites"),
        _number("participants_total"),
        _number("participants_female", nullable=True),
        _number("participants_children", nullable=True),
        _text("programme_code", nullable=True),
        _text("lead", nullable=True),
        _number("budget_vnd", nullable=True),
        _text("results", nullable=True),
        _day("results_due_on", nullable=True),
        _check(name, "budget_vnd", "budget_vnd >= 0"),
        _within(
            name,
            "event_form",
            "broadcast article group_talk household_visit stage_play contest forum "
            "school_talk club_meeting festival camp contest_sport online month_of_action",
        ),
        _check(name, "n_events", "n_events >= 1"),
        _check(
            name, "n_sites", "n_sites >= 1 AND (event_form = 'broadcast' OR n_sites <= n_events)"
        ),
        _check(
            name, "participants_children", "participants_children BETWEEN 0 AND participants_total"
        ),
        _check(name, "participants_female", "participants_female BETWEEN 0 AND participants_total"),
        _check(name, "participants_total", "participants_total >= 0"),
        _check(name, "school", "(event_form = 'school_talk') = (school IS NOT NULL)"),
    )
    _index(name, "commune_id", "held_on")
    _index(name, "created_at", "id")


def _communication_material() -> None:
    name = "communication_material"
    _table(
        name,
        _text("material_type"),
        _several("topics"),
        _number("quantity"),
        _text("place"),
        _day("installed_on"),
        _text("status"),
        _within(name, "material_type", "billboard poster leaflet booklet video radio_story"),
        _check(name, "quantity", "quantity >= 1"),
        _within(name, "status", "in_use damaged removed"),
    )
    _index(name, "created_at", "id")


def _training_class() -> None:
    name = "training_class"
    _table(
        name,
        _text("topic"),
        _text("audience"),
        _day("started_on"),
        _text("place"),
        _number("n_classes"),
        _number("days"),
        _number("participants_total"),
        _number("participants_female", nullable=True),
        _text("trainer", nullable=True),
        _number("budget_vnd", nullable=True),
        _number("pre_test_percent", nullable=True),
        _number("post_test_percent", nullable=True),
        _within(
            name,
            "audience",
            "commune_cadre district_cadre collaborator board_member teacher_youth_union "
            "parent child police volunteer project_staff",
        ),
        _check(name, "budget_vnd", "budget_vnd >= 0"),
        _check(name, "days", "days BETWEEN 1 AND 60"),
        _check(name, "n_classes", "n_classes >= 1"),
        _check(name, "participants_female", "participants_female BETWEEN 0 AND participants_total"),
        _check(name, "participants_total", "participants_total >= 1"),
        _check(name, "post_test_percent", "post_test_percent BETWEEN 0 AND 100"),
        _check(name, "pre_test_percent", "pre_test_percent BETWEEN 0 AND 100"),
        _within(
            name,
            "topic",
            "children_law drowning labour abuse violence hotline_111 "
            "trafficking hiv alternative_care online_safety parenting participation "
            "management other",
        ),
    )
    _index(name, "commune_id", "started_on")
    _index(name, "created_at", "id")


def _urgent_incident() -> None:
    name = "urgent_incident"
    _table(
        name,
        _key("code"),
        _text("kind"),
        _moment("occurred_at"),
        _moment("learned_at"),
        _text("place", nullable=True),
        _number("children_count"),
        _sealed("first_report_text"),
        _yes_no("names_checked", nullable=True),
        _text("case_ref", nullable=True),
        _day("registered_on"),
        _moment("closed_at", nullable=True),
        _unique(name, "code"),
        _check(name, "children_count", "children_count >= 0"),
        _check(
            name,
            "first_report_text_sealed",
            "octet_length(first_report_text) >= 33 AND get_byte(first_report_text, 0) = 1",
        ),
        _within(
            name,
            "kind",
            "abuse violence trafficking drowning injury death abandonment "
            "labour_exploitation disaster media_crisis other",
        ),
        _check(name, "learned_at", "learned_at >= occurred_at"),
    )
    _index(name, "commune_id", "registered_on")
    _index(name, "created_at", "id")


def _incident_notice() -> None:
    name = "incident_notice"
    _table(
        name,
        _uuid("incident_id"),
        _text("level"),
        _moment("told_at"),
        _moment("due_at", nullable=True),
        _moment("acknowledged_at", nullable=True),
        _uuid("acknowledged_by", nullable=True),
        _text("document_no", nullable=True),
        _refers(name, "incident_id", "urgent_incident"),
        _unique(name, "incident_id", "level"),
        _check(name, "acknowledged_at", "acknowledged_at >= told_at"),
        _within(name, "level", "district province ministry"),
    )


def _incident_update() -> None:
    name = "incident_update"
    _table(
        name,
        _uuid("incident_id"),
        _moment("written_at"),
        _sealed("content"),
        _refers(name, "incident_id", "urgent_incident"),
        _check(name, "content_sealed", "octet_length(content) >= 33 AND get_byte(content, 0) = 1"),
    )
    _index(name, "incident_id", "written_at")
