"""Drowning prevention 0001: injuries of children."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "drowning_prevention_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "drowning_prevention"
TABLE = "child_injury_incident"

CODES = {
    "cause": "'drowning', 'road_traffic', 'fall', 'burn', 'electric', 'poisoning', 'choking', "
    "'animal_bite', 'sharp_object', 'explosion', 'other'",
    "outcome": "'died', 'hospitalised', 'disabled', 'recovered', 'unknown'",
    "place_type": "'home', 'school', 'road', 'river_canal', 'pond_lake', 'sea', 'pool', "
    "'well_tank', 'flooded_field', 'work_site', 'other'",
    "sex": "'male', 'female'",
    "water_type": "'river', 'canal', 'pond', 'lake', 'sea', 'pool', 'well', 'tank_jar', "
    "'flood_water', 'hole_pit', 'other'",
    "activity": "'bathing', 'playing', 'crossing', 'fishing', 'working', 'school_trip', 'boat', "
    "'unknown'",
    "supervision": "'adult_present', 'child_alone', 'with_children', 'unknown'",
    "can_swim": "'yes', 'no', 'unknown'",
}


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age_at_event", sa.BigInteger(), nullable=False),
        sa.Column("place_type", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("water_type", sa.Text(), nullable=True),
        sa.Column("activity", sa.Text(), nullable=True),
        sa.Column("supervision", sa.Text(), nullable=True),
        sa.Column("can_swim", sa.Text(), nullable=True),
        sa.Column("flood_season", sa.Boolean(), nullable=True),
        sa.Column("life_jacket", sa.Boolean(), nullable=True),
        sa.Column("rescue_attempted", sa.Boolean(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(
            sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{TABLE}_{column}"))
            for column, values in CODES.items()
        ),
        sa.CheckConstraint("age_at_event BETWEEN 0 AND 17", name=op.f(f"ck_{TABLE}_age_at_event")),
        sa.CheckConstraint(
            "cause <> 'drowning' OR water_type IS NOT NULL",
            name=op.f(f"ck_{TABLE}_drowning_water"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{TABLE}_commune_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f(f"fk_{TABLE}_tenant_id_child_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{TABLE}")),
        schema=SCHEMA,
    )
    for columns in (["tenant_id", "occurred_on"], ["tenant_id", "child_id"]):
        name = "_".join(columns)
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, columns, schema=SCHEMA)
    op.protect_tenant_table(TABLE, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    op.drop_table(TABLE, schema=SCHEMA)
