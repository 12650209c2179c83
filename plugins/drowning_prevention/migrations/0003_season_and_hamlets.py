"""Drowning prevention 0003: the flood season of a commune; hamlets of hazards and care points."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "drowning_prevention_0003"
down_revision = "drowning_prevention_0002"
branch_labels = None
depends_on = None

SCHEMA = "drowning_prevention"
_LYING_IN_A_HAMLET = ("water_hazard_site", "flood_care_point")


def upgrade() -> None:
    """Apply."""
    for table in _LYING_IN_A_HAMLET:
        op.add_column(table, sa.Column("hamlet_id", sa.Uuid()), schema=SCHEMA)
    op.create_record_table(
        "flood_season",
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("alarm_level", sa.BigInteger(), nullable=False),
        sa.Column("water_level_cm", sa.BigInteger()),
        sa.Column("closed_on", sa.Date()),
        schema=SCHEMA,
        rules={
            "alarm_level": "alarm_level BETWEEN 1 AND 3",
            "water_level_cm": "water_level_cm BETWEEN 0 AND 3000",
            "closed_on": "closed_on >= opened_on",
        },
        indexes=(("commune_id",),),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("flood_season", schema=SCHEMA)
    for table in _LYING_IN_A_HAMLET:
        op.drop_column(table, "hamlet_id", schema=SCHEMA)
