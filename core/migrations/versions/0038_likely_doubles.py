"""Core 0038: children by birthday and name, as a list of children looks for likely doubles."""

from __future__ import annotations

from alembic import op

revision = "core_0038"
down_revision = "core_0037"
branch_labels = None
depends_on = None

_NAME = "ix_child_tenant_id_date_of_birth_name_sort"


def upgrade() -> None:
    """Apply."""
    columns = ["tenant_id", "date_of_birth", "name_sort"]
    op.create_index(_NAME, "child", columns, schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_index(_NAME, "child", schema="core")
