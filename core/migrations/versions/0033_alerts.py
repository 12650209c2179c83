"""Core 0033: alerts of core and of the programmes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0033"
down_revision = "core_0032"
branch_labels = None
depends_on = None

_OPEN = sa.column("settled_at").is_(None)
_OF_RECORD = sa.column("record_id").is_not(None)


def upgrade() -> None:
    """Apply."""
    op.create_record_table(
        "alert",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confidential_key", sa.Text(), nullable=True),
        schema="core",
        without=("created_by", "created_at", "generated"),
    )
    for name, columns, which, unique in (
        ("uq_alert_open_record", ("code", "record_id"), _OPEN & _OF_RECORD, True),
        ("uq_alert_open_commune", ("code", "commune_id"), _OPEN & ~_OF_RECORD, True),
        ("ix_alert_waiting", ("due_on", "id"), _OPEN, False),
        ("ix_alert_waiting_here", ("commune_id", "due_on", "id"), _OPEN, False),
    ):
        op.create_index(
            name,
            "alert",
            ["tenant_id", *columns],
            unique=unique,
            schema="core",
            postgresql_where=which,
        )


def downgrade() -> None:
    """Take back."""
    op.drop_table("alert", schema="core")
