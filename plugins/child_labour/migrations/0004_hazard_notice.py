"""Child labour 0004: workplaces with a minor in dangerous work, for the inspectors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "child_labour_0004"
down_revision = "child_labour_0003"
branch_labels = None
depends_on = None

SCHEMA = "child_labour"


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "hazard_notice",
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
        sa.Column("workplace_id", sa.Uuid(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        schema=SCHEMA,
        references={"workplace_id": "child_labour.workplace"},
        indexes=(("workplace_id",),),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("hazard_notice", schema=SCHEMA)
