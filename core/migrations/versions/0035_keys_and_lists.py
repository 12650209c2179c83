"""Core 0035: fewer keys for the words of names, narrower indexes, lists of children by entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0035"
down_revision = "core_0034"
branch_labels = None
depends_on = None

# A word's key of its child says the tenant, and whoever moves a child moves its words.
_IMPLIED = {"tenant_id": "core.tenant.id", "commune_id": "core.area.id"}
# Hardly any child has one of these, and nobody asks for those who have none.
_SELDOM: dict[str, tuple[str, ...]] = {
    "left_on": ("commune_id", "left_on"),
    "merged_into": ("merged_into",),
}
_BY_ENTRY: tuple[tuple[str, ...], ...] = (("created_at", "id"), ("commune_id", "created_at", "id"))


def upgrade() -> None:
    """Apply."""
    for column in _IMPLIED:
        op.drop_constraint(f"fk_child_name_token_{column}", "child_name_token", schema="core")
    for column, columns in _SELDOM.items():
        op.drop_index(_name("child", columns), "child", schema="core")
        _index("child", columns, where=sa.column(column).is_not(None))
    for columns in _BY_ENTRY:
        _index("child", columns)
    _index("household", _BY_ENTRY[0])


def downgrade() -> None:
    """Take back."""
    op.drop_index(_name("household", _BY_ENTRY[0]), "household", schema="core")
    for columns in _BY_ENTRY:
        op.drop_index(_name("child", columns), "child", schema="core")
    for columns in _SELDOM.values():
        op.drop_index(_name("child", columns), "child", schema="core")
        _index("child", columns)
    for column, target in _IMPLIED.items():
        schema, table, key = target.split(".")
        op.create_foreign_key(
            f"fk_child_name_token_{column}",
            "child_name_token",
            table,
            [column],
            [key],
            source_schema="core",
            referent_schema=schema,
        )


def _index(
    table: str, columns: tuple[str, ...], where: sa.ColumnElement[bool] | None = None
) -> None:
    led = ["tenant_id", *columns]
    op.create_index(_name(table, columns), table, led, schema="core", postgresql_where=where)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return "_".join(("ix", table, "tenant_id", *columns))
