"""Sexual abuse 0002: the informant and the child are sealed, and so is the hotline's reference."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sexual_abuse_0002"
down_revision = "sexual_abuse_0001"
branch_labels = None
depends_on = None

SCHEMA = "sexual_abuse"
TABLE = "sa_case"
NAME = f"{SCHEMA}.{TABLE}"
SEALED = ("child_ref", "informant_name", "informant_phone", "informant_address")
CONSENT = (
    "informant_consents IS TRUE OR (informant_name IS NULL AND informant_phone IS NULL "
    "AND informant_address IS NULL)"
)


def upgrade() -> None:
    """Apply.

    PostgreSQL has no key to seal with, so a reference that stands there already cannot come along:
    the demonstration's are dropped, and any other stops the migration by name.
    """
    empty_hotline_ref("hotline_ref_stands_in_plain_text", "bytea")
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_hotline_ref_sealed"), TABLE, rule("hotline_ref"), schema=SCHEMA
    )
    op.add_column(TABLE, sa.Column("informant_consents", sa.Boolean()), schema=SCHEMA)
    for column in SEALED:
        op.add_column(TABLE, sa.Column(column, sa.LargeBinary()), schema=SCHEMA)
        op.create_check_constraint(
            op.f(f"ck_{TABLE}_{column}_sealed"), TABLE, rule(column), schema=SCHEMA
        )
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_informant_consents"), TABLE, CONSENT, schema=SCHEMA
    )


def downgrade() -> None:
    """Take back; what was sealed is gone with its columns."""
    op.drop_constraint(op.f(f"ck_{TABLE}_informant_consents"), TABLE, schema=SCHEMA)
    for column in SEALED:
        op.drop_column(TABLE, column, schema=SCHEMA)
    op.drop_column(TABLE, "informant_consents", schema=SCHEMA)
    op.drop_constraint(op.f(f"ck_{TABLE}_hotline_ref_sealed"), TABLE, schema=SCHEMA)
    empty_hotline_ref("hotline_ref_is_sealed", "text")


def empty_hotline_ref(guard: str, kind: str) -> None:
    """Give the column another type, provided that it holds nothing real.

    A constraint looks at every row; a statement of the migration login would see none.
    """
    op.execute(
        f"ALTER TABLE {NAME} ADD CONSTRAINT {guard} CHECK (hotline_ref IS NULL OR generated)"
    )
    op.execute(f"ALTER TABLE {NAME} DROP CONSTRAINT {guard}")
    op.execute(f"ALTER TABLE {NAME} ALTER COLUMN hotline_ref TYPE {kind} USING NULL")


def rule(column: str) -> str:
    """Plain text never passes for what is sealed."""
    return f"octet_length({column}) >= 33 AND get_byte({column}, 0) = 1"
