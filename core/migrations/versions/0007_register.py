"""Core 0007: households and children."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0007"
down_revision = "core_0006"
branch_labels = None
depends_on = None

_RESIDENCE = "('permanent', 'temporary', 'absent', 'migrant')"


def upgrade() -> None:
    """Apply."""
    _household()
    _child()
    _child_name_token()


def downgrade() -> None:
    """Take back."""
    op.drop_table("child_name_token", schema="core")
    op.drop_table("child", schema="core")
    op.drop_table("household", schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _by_bytes(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _owned() -> tuple[sa.Column[int], sa.Column[object], sa.Column[int]]:
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commune_id", sa.BigInteger(), nullable=False),
    )


def _entered() -> tuple[sa.Column[bool], sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("generated", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{table}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{table}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    name = f"ix_{table}_tenant_id_{'_'.join(columns)}"
    op.create_index(op.f(name), table, ["tenant_id", *columns], schema="core")


def _household() -> None:
    op.create_table(
        "household",
        *_owned(),
        _by_bytes("household_code"),
        _text("address"),
        _text("head_name"),
        _by_bytes("head_fold"),
        _text("head_ethnicity", nullable=True),
        _text("poverty_status"),
        sa.Column("poverty_year", sa.BigInteger(), nullable=True),
        _text("residence_status"),
        sa.Column("policy_family", sa.Boolean(), nullable=True),
        *_entered(),
        _check(
            "household",
            "poverty_status",
            "poverty_status IN ('poor', 'near_poor', 'average', 'better_off', 'unknown')",
        ),
        _check("household", "residence_status", f"residence_status IN {_RESIDENCE}"),
        _check(
            "household", "poverty_year", "poverty_status = 'unknown' OR poverty_year IS NOT NULL"
        ),
        *_keys("household"),
        sa.UniqueConstraint(
            "tenant_id", "household_code", name=op.f("uq_household_tenant_id_household_code")
        ),
        schema="core",
    )
    op.protect_tenant_table("household", schema="core")
    _index("household", "commune_id", "head_fold")
    _index("household", "head_fold")


def _child() -> None:
    op.create_table(
        "child",
        *_owned(),
        _by_bytes("child_code"),
        _text("full_name", nullable=True),
        sa.Column("name_unknown", sa.Boolean(), nullable=False),
        _by_bytes("name_sort"),
        _text("sex"),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        _text("dob_precision"),
        _text("ethnicity"),
        _text("birth_registration"),
        _text("not_registered_reason", nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        _text("relation_to_head"),
        _text("residence_status"),
        _text("health_insurance_card", nullable=True),
        _text("schooling"),
        _text("status"),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        _text("source"),
        *_entered(),
        *_child_checks(),
        *_keys("child"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "household_id"],
            ["core.household.tenant_id", "core.household.id"],
            name=op.f("fk_child_tenant_id_household_id"),
        ),
        sa.UniqueConstraint("tenant_id", "child_code", name=op.f("uq_child_tenant_id_child_code")),
        schema="core",
    )
    op.protect_tenant_table("child", schema="core")
    _index("child", "commune_id", "name_sort", "id")
    _index("child", "name_sort", "id")
    _index("child", "household_id")
    _index("child", "commune_id", "registered_on")


def _child_checks() -> tuple[sa.CheckConstraint, ...]:
    lists = {
        "sex": "('male', 'female', 'unknown')",
        "dob_precision": "('day', 'month', 'year', 'estimated')",
        "birth_registration": "('registered', 'late', 'not_registered')",
        "relation_to_head": "('child', 'adopted_child', 'grandchild', 'sibling', 'niece_nephew', "
        "'other_relative', 'not_related', 'head', 'no_household')",
        "residence_status": _RESIDENCE,
        "schooling": "('too_young', 'nursery', 'preschool', 'primary', 'lower_secondary', "
        "'upper_secondary', 'vocational', 'dropped_out', 'never')",
        "status": "('active', 'moved_out', 'aged_out', 'deceased', 'merged', 'duplicate')",
        "source": "('survey', 'birth_feed', 'collaborator', 'case', 'import')",
    }
    return (
        *(_check("child", column, f"{column} IN {codes}") for column, codes in lists.items()),
        _check("child", "full_name", "name_unknown OR full_name IS NOT NULL"),
        _check("child", "date_of_birth", "date_of_birth <= registered_on"),
        _check("child", "left_on", "(status = 'active') = (left_on IS NULL)"),
    )


def _child_name_token() -> None:
    op.create_table(
        "child_name_token",
        *_owned(),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        _by_bytes("token"),
        *_keys("child_name_token"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "child_id"],
            ["core.child.tenant_id", "core.child.id"],
            name=op.f("fk_child_name_token_tenant_id_child_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "child_id",
            "token",
            name=op.f("uq_child_name_token_tenant_id_child_id_token"),
        ),
        schema="core",
    )
    op.protect_tenant_table("child_name_token", schema="core")
    _index("child_name_token", "token", "child_id")
    _index("child_name_token", "commune_id", "token", "child_id")
