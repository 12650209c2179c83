"""Drowning prevention 0002: hazards, swimming, flood season, Safe Home, equipment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
ITEMS = [f"item_{number:02}" for number in range(1, 34)]
# stands before the answers here, not behind them
COMMUNE = sa.Column("commune_id", sa.BigInteger(), nullable=False)


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "water_hazard_site",
        COMMUNE,
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("risk_level", sa.Text(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("last_checked_on", sa.Date(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("mitigated_on", sa.Date()),
        sa.Column("responsible", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "type": "type IN ('river', 'canal', 'pond', 'lake', 'sea', 'pool', 'well', 'tank_jar', "
            "'flood_water', 'hole_pit', 'other')",
            "risk_level": "risk_level IN ('high', 'medium', 'low')",
            "mitigation": "mitigation IN ('none', 'sign', 'fence', 'cover', 'lifeguard', "
            "'filled_in')",
            "mitigated_on": "mitigation = 'none' OR mitigated_on IS NOT NULL",
        },
        indexes=(("commune_id",),),
    )
    op.create_record_table(
        "swim_cage_handover",
        COMMUNE,
        sa.Column("decision_no", sa.Text(), nullable=False),
        sa.Column("recipient_unit", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("funding_source", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "quantity": "quantity BETWEEN 1 AND 50",
            "condition": "condition IN ('new', 'good', 'needs_repair')",
        },
    )
    op.create_record_table(
        "swim_facility",
        COMMUNE,
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("capacity", sa.BigInteger()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("allocated_on", sa.Date()),
        sa.Column("funding_source", sa.Text()),
        sa.Column("caretaker", sa.Text()),
        sa.Column("handover_id", sa.Uuid()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('swim_cage', 'pool', 'mobile_pool', 'natural_area')",
            "capacity": "capacity BETWEEN 1 AND 1000",
            "status": "status IN ('planned', 'delivered', 'operating', 'stored', 'broken')",
            "allocated_on": "status = 'planned' OR allocated_on IS NOT NULL",
        },
        references={"handover_id": "drowning_prevention.swim_cage_handover"},
        indexes=(("commune_id",), ("handover_id",)),
    )
    op.create_record_table(
        "swim_class",
        COMMUNE,
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("lessons_planned", sa.BigInteger()),
        sa.Column("instructor", sa.Text()),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("funding_source", sa.Text()),
        schema=SCHEMA,
        rules={
            "organiser": "organiser IN ('school', 'commune', 'youth_union', 'sports', 'private', "
            "'ngo')",
            "ends_on": "ends_on >= starts_on",
            "lessons_planned": "lessons_planned BETWEEN 1 AND 100",
            "places": "places BETWEEN 1 AND 200",
        },
        references={"facility_id": "drowning_prevention.swim_facility"},
        indexes=(("facility_id",), ("starts_on",)),
    )
    op.create_record_table(
        "swim_enrolment",
        COMMUNE,
        sa.Column("swim_class_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("attended", sa.BigInteger()),
        sa.Column("result", sa.Text()),
        sa.Column("test_date", sa.Date()),
        sa.Column("distance_m", sa.BigInteger()),
        sa.Column("float_seconds", sa.BigInteger()),
        schema=SCHEMA,
        rules={
            "sex": "sex IN ('male', 'female')",
            "age": "age BETWEEN 0 AND 17",
            "attended": "attended BETWEEN 0 AND 100",
            "result": "result IN ('safe_swimmer', 'partial', 'not_yet', 'withdrew')",
            "distance_m": "distance_m BETWEEN 0 AND 5000",
            "float_seconds": "float_seconds BETWEEN 0 AND 7200",
        },
        references={"swim_class_id": "drowning_prevention.swim_class", "child_id": "core.child"},
        indexes=(("child_id",), ("swim_class_id",)),
    )
    op.create_record_table(
        "swim_skill",
        COMMUNE,
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "sex": "sex IN ('male', 'female')",
            "until_day": "until_day > from_day",
            "step": "step IN (1, -1)",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",),),
    )
    op.create_record_table(
        "flood_care_point",
        COMMUNE,
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host_place", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("carers", sa.BigInteger(), nullable=False),
        sa.Column("water_level_event", sa.Text()),
        schema=SCHEMA,
        rules={
            "status": "status IN ('planned', 'open', 'closed')",
            "opened_on": "status = 'planned' OR opened_on IS NOT NULL",
            "closed_on": "closed_on >= opened_on",
            "capacity": "capacity BETWEEN 1 AND 1000",
            "carers": "carers BETWEEN 0 AND 200",
        },
    )
    op.create_record_table(
        "flood_care_day",
        COMMUNE,
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("children_male", sa.BigInteger(), nullable=False),
        sa.Column("children_female", sa.BigInteger(), nullable=False),
        sa.Column("children", sa.BigInteger(), nullable=False),
        sa.Column("under_6", sa.BigInteger(), nullable=False),
        sa.Column("over_capacity_reason", sa.Text()),
        schema=SCHEMA,
        rules={
            "children_male": "children_male BETWEEN 0 AND 1000",
            "children_female": "children_female BETWEEN 0 AND 1000",
            "children": "children = children_male + children_female",
            "under_6": "under_6 BETWEEN 0 AND children",
        },
        references={"point_id": "drowning_prevention.flood_care_point"},
        unique=(("point_id", "day"),),
    )
    op.create_record_table(
        "safe_home_assessment",
        COMMUNE,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("criteria_set", sa.Text(), nullable=False),
        sa.Column("injury_at_home_in_year", sa.Boolean(), nullable=False),
        sa.Column("mandatory_passed", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text()),
        sa.Column("recheck_on", sa.Date()),
        *(sa.Column(item, sa.Text(), nullable=False) for item in ITEMS),
        schema=SCHEMA,
        rules={
            "mandatory_passed": "mandatory_passed BETWEEN 0 AND 15",
            "score": "score BETWEEN 0 AND 33",
            "result": "result IN ('pass', 'fail')",
            "recheck_on": "recheck_on > assessed_on",
            **{item: f"{item} IN ('pass', 'fail', 'not_applicable')" for item in ITEMS},
        },
        references={"household_id": "core.household"},
        unique=(("household_id", "year"),),
    )
    op.create_record_table(
        "safety_equipment_delivery",
        COMMUNE,
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid()),
        sa.Column("school_name", sa.Text()),
        sa.Column("donor", sa.Text()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('life_jacket', 'float_backpack', 'fence', 'cover', 'first_aid_kit')",
            "quantity": "quantity BETWEEN 1 AND 10000",
            "recipient": "(child_id IS NULL) <> (school_name IS NULL)",
        },
        references={"child_id": "core.child"},
        indexes=(("child_id",),),
    )
    op.create_record_table(
        "commune_year",
        COMMUNE,
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("households", sa.BigInteger(), nullable=False),
        sa.Column("schools", sa.BigInteger(), nullable=False),
        sa.Column("safe_schools", sa.BigInteger(), nullable=False),
        sa.Column("safe_community", sa.Boolean(), nullable=False),
        sa.Column("decision_no", sa.Text()),
        schema=SCHEMA,
        rules={
            "year": "year BETWEEN 2010 AND 2100",
            "households": "households BETWEEN 0 AND 100000",
            "schools": "schools BETWEEN 0 AND 200",
            "safe_schools": "safe_schools BETWEEN 0 AND schools",
        },
        unique=(("commune_id", "year"),),
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
