"""Core 0022: bodies, people and services of the network."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0022"
down_revision = "core_0021"
branch_labels = None
depends_on = None

_TABLES = (
    "committee",
    "committee_member",
    "staff_post",
    "collaborator",
    "network_group",
    "service_provider",
    "service_point",
    "intake_focal_point",
)


def upgrade() -> None:
    """Apply."""
    _committee()
    _committee_member()
    _staff_post()
    _collaborator()
    _network_group()
    _service_provider()
    _service_point()
    _intake_focal_point()
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


def _of_area(name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["core.area.id"], name=op.f(f"fk_{name}_{column}"))


def _refers(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"core.{target}.tenant_id", f"core.{target}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
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
    """Somebody entered its rows, and they lie in a commune."""
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
        _number("commune_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _committee() -> None:
    name = "committee"
    _table(
        name,
        _text("committee_type"),
        _text("decision_no"),
        _day("decided_on"),
        _text("chair_role"),
        _text("status"),
        _day("ended_on", nullable=True),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _within(
            name,
            "committee_type",
            "steering management_board commune_board intersector_group coordination_body",
        ),
        _check(name, "ended_on", "ended_on >= decided_on"),
        _within(name, "level", "commune district province"),
        _check(name, "standing", "(status = 'active') = (ended_on IS NULL)"),
        _within(name, "status", "active replaced"),
    )
    _index(name, "created_at", "id")
    _index(name, "unit_id", "committee_type", "decided_on")


def _committee_member() -> None:
    name = "committee_member"
    _table(
        name,
        _uuid("committee_id"),
        _text("full_name"),
        _text("agency", nullable=True),
        _text("role"),
        _day("from_date"),
        _day("to_date", nullable=True),
        _refers(name, "committee_id", "committee"),
        _check(name, "to_date", "to_date >= from_date"),
    )
    _index(name, "committee_id")


def _staff_post() -> None:
    name = "staff_post"
    _table(
        name,
        _text("post_type"),
        _text("incumbent"),
        _yes_no("full_time"),
        _day("from_date"),
        _day("to_date", nullable=True),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _within(name, "level", "commune district province"),
        _within(name, "post_type", "protection_worker social_officer social_worker other"),
        _check(name, "to_date", "to_date >= from_date"),
    )
    _index(name, "commune_id", "from_date")
    _index(name, "created_at", "id")


def _collaborator() -> None:
    name = "collaborator"
    _table(
        name,
        _text("full_name"),
        _key("name_fold"),
        _text("phone"),
        _text("hamlet"),
        _key("hamlet_fold"),
        _day("from_date"),
        _day("to_date", nullable=True),
        _text("end_reason", nullable=True),
        _day("trained_on", nullable=True),
        _number("allowance_vnd", nullable=True),
        _check(name, "allowance_vnd", "allowance_vnd >= 0"),
        _check(name, "end_reason", "to_date IS NULL OR end_reason IS NOT NULL"),
        _check(name, "to_date", "to_date >= from_date"),
    )
    _index(name, "commune_id", "name_fold")
    _index(name, "created_at", "id")


def _network_group() -> None:
    name = "network_group"
    _table(
        name,
        _text("group_type"),
        _text("name"),
        _text("host", nullable=True),
        _number("members_total"),
        _number("members_female", nullable=True),
        _day("opened_on"),
        _day("closed_on", nullable=True),
        _check(name, "closed_on", "closed_on >= opened_on"),
        _within(
            name, "group_type", "reporters_club children_club core_children_group volunteer_team"
        ),
        _check(name, "members_female", "members_female BETWEEN 0 AND members_total"),
        _check(name, "members_total", "members_total >= 0"),
    )
    _index(name, "created_at", "id")


def _service_provider() -> None:
    name = "service_provider"
    _table(
        name,
        _text("name"),
        _text("ownership"),
        _text("registration_no", nullable=True),
        _several("services"),
        _number("capacity", nullable=True),
        _text("address", nullable=True),
        _text("phone", nullable=True),
        _day("reviewed_on"),
        _check(name, "capacity", "capacity >= 0"),
        _within(name, "ownership", "public non_public"),
    )
    _index(name, "created_at", "id")


def _service_point() -> None:
    name = "service_point"
    _table(
        name,
        _text("point_type"),
        _text("host"),
        _text("status"),
        _day("opened_on", nullable=True),
        _day("inactive_from", nullable=True),
        _text("funding", nullable=True),
        _check(name, "inactive", "(status IN ('paused', 'closed')) = (inactive_from IS NOT NULL)"),
        _check(name, "inactive_from", "inactive_from >= opened_on"),
        _check(name, "opened_on", "status = 'planned' OR opened_on IS NOT NULL"),
        _within(
            name,
            "point_type",
            "social_work_centre district_office school_sw_point school_counselling_point "
            "community_counselling_point hospital_sw_model centre_sw_model "
            "trusted_address community_system",
        ),
        _within(name, "status", "planned active paused closed"),
    )
    _index(name, "created_at", "id")


def _intake_focal_point() -> None:
    name = "intake_focal_point"
    _table(
        name,
        _text("unit_name"),
        _text("phone"),
        _text("hours"),
        _day("from_date"),
        _day("to_date", nullable=True),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _within(name, "level", "commune district province"),
        _check(name, "to_date", "to_date >= from_date"),
    )
    _index(name, "created_at", "id")
