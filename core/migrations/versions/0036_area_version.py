"""Core 0036: a mark that changes with the areas, so that what they say may be kept in memory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0036"
down_revision = "core_0035"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION core.areas_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE core.area_version SET version = gen_random_uuid();
    RETURN NULL;
END
$$
"""
_TRIGGER = """
CREATE TRIGGER areas_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON core.area
FOR EACH STATEMENT EXECUTE FUNCTION core.areas_changed()
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "area_version",
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.CheckConstraint("alone", name=op.f("ck_area_version_alone")),
        sa.PrimaryKeyConstraint("alone", name=op.f("pk_area_version")),
        schema="core",
    )
    op.execute("INSERT INTO core.area_version VALUES (true, gen_random_uuid())")
    op.execute(_FUNCTION)
    op.execute(_TRIGGER)
    op.share_reference_table("area_version", schema="core")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TRIGGER areas_changed ON core.area")
    op.execute("DROP FUNCTION core.areas_changed()")
    op.drop_table("area_version", schema="core")
