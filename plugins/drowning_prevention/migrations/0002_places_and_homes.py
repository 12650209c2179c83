"""Drowning prevention 0002: hazards, swimming, flood season, Safe Home, equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Callable

revision = "drowning_prevention_0002"
down_revision = "drowning_prevention_0001"
branch_labels = None
depends_on = None

SCHEMA = "drowning_prevention"
INCIDENT = "child_injury_incident"
TABLES = (
    "water_hazard_site",
    "swim_cage_handover",
    "swim_facility",
    "swim_class",
    "swim_enrolment",
    "swim_skill",
    "flood_care_point",
    "flood_care_day",
    "safe_home_assessment",
    "safety_equipment_delivery",
    "commune_year",
)


def upgrade() -> None:
    """Apply."""
    _create(
        "water_hazard_site",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("risk_level", sa.Text(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("last_checked_on", sa.Date(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("mitigated_on", sa.Date(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        check("mitigation = 'none' OR mitigated_on IS NOT NULL", "mitigated_on"),
        check(
            "mitigation IN ('none', 'sign', 'fence', 'cover', 'lifeguard', 'filled_in')",
            "mitigation",
        ),
        check("risk_level IN ('high', 'medium', 'low')", "risk_level"),
        check(
            "type IN ('river', 'canal', 'pond', 'lake', 'sea', 'pool', 'well', 'tank_jar', "
            "'flood_water', 'hole_pit', 'other')",
            "type",
        ),
        indexes=(("tenant_id", "commune_id"),),
    )
    _create(
        "swim_cage_handover",
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("recipient_unit", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("funding_source", sa.Text(), nullable=False),
        check("condition IN ('new', 'good', 'needs_repair')", "condition"),
        check("quantity BETWEEN 1 AND 50", "quantity"),
        indexes=(),
    )
    _create(
        "swim_facility",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("allocated_on", sa.Date(), nullable=True),
        sa.Column("funding_source", sa.Text(), nullable=True),
        sa.Column("caretaker", sa.Text(), nullable=True),
        sa.Column("handover_id", sa.Uuid(), nullable=True),
        check("status = 'planned' OR allocated_on IS NOT NULL", "allocated_on"),
        check("capacity BETWEEN 1 AND 1000", "capacity"),
        check("kind IN ('swim_cage', 'pool', 'mobile_pool', 'natural_area')", "kind"),
        check("status IN ('planned', 'delivered', 'operating', 'stored', 'broken')", "status"),
        refer("handover_id", "drowning_prevention.swim_cage_handover"),
        indexes=(("tenant_id", "commune_id"), ("tenant_id", "handover_id")),
    )
    _create(
        "swim_class",
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("lessons_planned", sa.BigInteger(), nullable=True),
        sa.Column("instructor", sa.Text(), nullable=True),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.Text(), nullable=True),
        check("ends_on >= starts_on", "ends_on"),
        check("lessons_planned BETWEEN 1 AND 100", "lessons_planned"),
        check(
            "organiser IN ('school', 'commune', 'youth_union', 'sports', 'private', 'ngo')",
            "organiser",
        ),
        check("places BETWEEN 1 AND 200", "places"),
        refer("facility_id", "drowning_prevention.swim_facility"),
        indexes=(("tenant_id", "facility_id"), ("tenant_id", "starts_on")),
    )
    _create(
        "swim_enrolment",
        sa.Column("swim_class_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("attended", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("test_date", sa.Date(), nullable=True),
        sa.Column("distance_m", sa.BigInteger(), nullable=True),
        sa.Column("float_seconds", sa.BigInteger(), nullable=True),
        check("age BETWEEN 0 AND 17", "age"),
        check("attended BETWEEN 0 AND 100", "attended"),
        check("distance_m BETWEEN 0 AND 5000", "distance_m"),
        check("float_seconds BETWEEN 0 AND 7200", "float_seconds"),
        check("result IN ('safe_swimmer', 'partial', 'not_yet', 'withdrew')", "result"),
        check("sex IN ('male', 'female')", "sex"),
        refer("child_id", "core.child"),
        refer("swim_class_id", "drowning_prevention.swim_class"),
        indexes=(("tenant_id", "child_id"), ("tenant_id", "swim_class_id")),
    )
    _create(
        "swim_skill",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        check("sex IN ('male', 'female')", "sex"),
        check("step IN (1, -1)", "step"),
        check("until_day > from_day", "until_day"),
        refer("child_id", "core.child"),
        indexes=(("tenant_id", "child_id"),),
    )
    _create(
        "flood_care_point",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host_place", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("carers", sa.BigInteger(), nullable=False),
        sa.Column("water_level_event", sa.Text(), nullable=True),
        check("capacity BETWEEN 1 AND 1000", "capacity"),
        check("carers BETWEEN 0 AND 200", "carers"),
        check("closed_on >= opened_on", "closed_on"),
        check("status = 'planned' OR opened_on IS NOT NULL", "opened_on"),
        check("status IN ('planned', 'open', 'closed')", "status"),
        indexes=(),
    )
    _create(
        "flood_care_day",
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("children_male", sa.BigInteger(), nullable=False),
        sa.Column("children_female", sa.BigInteger(), nullable=False),
        sa.Column("children", sa.BigInteger(), nullable=False),
        sa.Column("under_6", sa.BigInteger(), nullable=False),
        sa.Column("over_capacity_reason", sa.Text(), nullable=True),
        check("children = children_male + children_female", "children"),
        check("children_female BETWEEN 0 AND 1000", "children_female"),
        check("children_male BETWEEN 0 AND 1000", "children_male"),
        check("under_6 BETWEEN 0 AND children", "under_6"),
        refer("point_id", "drowning_prevention.flood_care_point"),
        unique("tenant_id", "point_id", "day"),
        indexes=(),
    )
    _create(
        "safe_home_assessment",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("criteria_set", sa.Text(), nullable=False),
        sa.Column("injury_at_home_in_year", sa.Boolean(), nullable=False),
        sa.Column("mandatory_passed", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        *(sa.Column(f"item_{n:02}", sa.Text(), nullable=False) for n in range(1, 34)),
        *(
            check(f"item_{n:02} IN ('pass', 'fail', 'not_applicable')", f"item_{n:02}")
            for n in range(1, 34)
        ),
        check("mandatory_passed BETWEEN 0 AND 15", "mandatory_passed"),
        check("recheck_on > assessed_on", "recheck_on"),
        check("result IN ('pass', 'fail')", "result"),
        check("score BETWEEN 0 AND 33", "score"),
        refer("household_id", "core.household"),
        unique("tenant_id", "household_id", "year"),
        indexes=(),
    )
    _create(
        "safety_equipment_delivery",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("school_name", sa.Text(), nullable=True),
        sa.Column("donor", sa.Text(), nullable=True),
        check(
            "kind IN ('life_jacket', 'float_backpack', 'fence', 'cover', 'first_aid_kit')", "kind"
        ),
        check("quantity BETWEEN 1 AND 10000", "quantity"),
        check("(child_id IS NULL) <> (school_name IS NULL)", "recipient"),
        refer("child_id", "core.child"),
        indexes=(("tenant_id", "child_id"),),
    )
    _create(
        "commune_year",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.Column("schools", sa.BigInteger(), nullable=False),
        sa.Column("safe_schools", sa.BigInteger(), nullable=False),
        sa.Column("safe_community", sa.Boolean(), nullable=False),
        sa.Column("decision_no", sa.Text(), nullable=True),
        check("households BETWEEN 0 AND 100000", "households"),
        check("safe_schools BETWEEN 0 AND schools", "safe_schools"),
        check("schools BETWEEN 0 AND 200", "schools"),
        check("year BETWEEN 2010 AND 2100", "year"),
        unique("tenant_id", "commune_id", "year"),
        indexes=(),
    )
    _extend_the_notice()


def downgrade() -> None:
    """Take back."""
    op.drop_constraint(
        op.f(f"fk_{INCIDENT}_tenant_id_hazard_site_id"), INCIDENT, schema=SCHEMA, type_="foreignkey"
    )
    op.drop_column(INCIDENT, "hazard_site_id", schema=SCHEMA)
    op.drop_column(INCIDENT, "support_given", schema=SCHEMA)
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _extend_the_notice() -> None:
    """The known place of an accident, and what the family was given."""
    op.add_column(INCIDENT, sa.Column("hazard_site_id", sa.Uuid(), nullable=True), schema=SCHEMA)
    op.add_column(
        INCIDENT, sa.Column("support_given", sa.ARRAY(sa.Text()), nullable=True), schema=SCHEMA
    )
    op.create_foreign_key(
        op.f(f"fk_{INCIDENT}_tenant_id_hazard_site_id"),
        INCIDENT,
        "water_hazard_site",
        ["tenant_id", "hazard_site_id"],
        ["tenant_id", "id"],
        source_schema=SCHEMA,
        referent_schema=SCHEMA,
    )
    op.create_index(
        op.f(f"ix_{INCIDENT}_tenant_id_hazard_site_id"),
        INCIDENT,
        ["tenant_id", "hazard_site_id"],
        schema=SCHEMA,
    )
    op.create_check_constraint(
        op.f(f"ck_{INCIDENT}_support_given"),
        INCIDENT,
        "support_given <@ ARRAY['first_aid', 'treatment', 'cash', 'gift', 'counselling']",
        schema=SCHEMA,
    )


def check(rule: str, name: str) -> Callable[[str], Any]:
    """A rule on the rows of a table."""
    return lambda table: sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def unique(*columns: str) -> Callable[[str], Any]:
    """Columns whose values together stand once."""
    return lambda table: sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def refer(column: str, target: str) -> Callable[[str], Any]:
    """A key to another table of tenants."""
    return lambda table: sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )


def _create(
    table: str,
    *parts: sa.Column[Any] | Callable[[str], Any],
    indexes: tuple[tuple[str, ...], ...],
) -> None:
    columns = [part for part in parts if isinstance(part, sa.Column)]
    rules = [part(table) for part in parts if not isinstance(part, sa.Column)]
    now, no = sa.func.now(), sa.false()
    op.create_table(
        table,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        *columns,
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("generated", sa.Boolean(), server_default=no, nullable=False),
        *rules,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{table}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        schema=SCHEMA,
    )
    for names in indexes:
        op.create_index(op.f(f"ix_{table}_{'_'.join(names)}"), table, list(names), schema=SCHEMA)
    op.protect_tenant_table(table, schema=SCHEMA)
