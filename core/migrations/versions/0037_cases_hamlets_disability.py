"""Core 0037: corrections of records of a case, the hamlet of a household, a child's disability."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "core_0037"
down_revision = "core_0036"
branch_labels = None
depends_on = None

_TYPES = "'movement', 'hearing_speech', 'sight', 'mental', 'intellectual', 'other'"
_SEVERITIES = "'extremely_severe', 'severe', 'mild', 'not_determined'"
_CHECKS = {
    "disability_types": f"disability_types <@ ARRAY[{_TYPES}]",
    "disability_severity": f"disability_severity IN ({_SEVERITIES})",
    "disability": "(disability_severity IS NULL) = (disability_types IS NULL)",
}


def upgrade() -> None:
    """Apply. No record of a case could be corrected before, so each correction names its record."""
    op.add_column("record_change", sa.Column("subject_id", sa.Uuid(), nullable=True), schema="core")
    with op.over_all_tenants("core.record_change"):
        op.execute("UPDATE core.record_change SET subject_id = record_id")
    op.alter_column("record_change", "subject_id", nullable=False, schema="core")
    op.add_column("household", sa.Column("hamlet_id", sa.Uuid()), schema="core")
    op.create_foreign_key(
        "fk_household_tenant_id_hamlet_id",
        "household",
        "hamlet",
        ["tenant_id", "hamlet_id"],
        ["tenant_id", "id"],
        source_schema="core",
        referent_schema="core",
    )
    op.create_index(
        "ix_household_tenant_id_hamlet_id", "household", ["tenant_id", "hamlet_id"], schema="core"
    )
    op.add_column("child", sa.Column("disability_types", ARRAY(sa.Text())), schema="core")
    op.add_column("child", sa.Column("disability_severity", sa.Text()), schema="core")
    for name, rule in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_child_{name}"), "child", rule, schema="core")


def downgrade() -> None:
    """Take back."""
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_child_{name}"), "child", schema="core")
    for column in ("disability_severity", "disability_types"):
        op.drop_column("child", column, schema="core")
    op.drop_index("ix_household_tenant_id_hamlet_id", "household", schema="core")
    op.drop_constraint("fk_household_tenant_id_hamlet_id", "household", schema="core")
    op.drop_column("household", "hamlet_id", schema="core")
    op.drop_column("record_change", "subject_id", schema="core")
