"""Core 0021: circumstances, support, family, changes, moves, merges, the yearly review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0021"
down_revision = "core_0020"
branch_labels = None
depends_on = None

_TABLES = (
    "special_circumstance",
    "at_risk",
    "support_delivery",
    "parent_record",
    "caregiver",
    "schooling_change",
    "status_change",
    "poverty_year",
    "child_move",
    "circumstance_spell",
    "supported_child",
    "child_merge",
    "merged_row",
    "yearly_review",
    "review_count",
)
_CONFIDENTIAL = (
    "'csc_hiv', 'csc_law_violation', 'csc_drug_addiction', 'csc_violence', 'csc_exploited', "
    "'csc_sexual_abuse', 'csc_trafficked', 'hiv_aids', 'sexually_violated_child'"
)
_GROUPS = (
    "'csc_orphan_both', 'csc_abandoned', 'csc_no_support', 'csc_disability', 'csc_hiv', "
    "'csc_law_violation', 'csc_drug_addiction', 'csc_dropout_working', 'csc_violence', "
    "'csc_exploited', 'csc_sexual_abuse', 'csc_trafficked', 'csc_serious_illness', "
    "'csc_migrant_refugee', 'orphan_no_support', 'abandoned', 'hiv_aids', "
    "'toxic_chemical_victim', 'severe_disability', 'disaster_affected', 'street_child', "
    "'sexually_violated_child', 'hazardous_child_labour'"
)
_SUB_GROUPS = (
    "'a1_no_carer', 'a2_facility', 'a3_kin', 'a4_foster', 'b1_no_care', 'b2_in_care', "
    "'c1_other_missing', 'c2_other_incapable', 'c3_other_detained', 'c4_both_missing', "
    "'c5_missing_and_facility'"
)
_SEX = "'male', 'female', 'unknown'"
_SCHOOLING = (
    "'too_young', 'nursery', 'preschool', 'primary', 'lower_secondary', 'upper_secondary', "
    "'vocational', 'dropped_out', 'never'"
)


def upgrade() -> None:
    """Apply."""
    _child_columns()
    _circumstances()
    _support()
    _family()
    _changes()
    _households_and_moves()
    _head_counts()
    _merges()
    _reviews()
    for table in _TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    for table in reversed(_TABLES):
        op.drop_table(table, schema="core")
    op.execute("ALTER TABLE core.child DROP CONSTRAINT ck_child_merged_into")
    with op.over_all_tenants("core.child"):
        op.execute("UPDATE core.child SET status = 'duplicate' WHERE status = 'merged'")
    op.drop_index("ix_child_tenant_id_commune_id_date_of_birth", table_name="child", schema="core")
    for column in (
        "merged_into",
        "insured_until",
        "small_until",
        "child_until",
        "health_insurance_until",
    ):
        op.drop_column("child", column, schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _yes_no(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _within(table: str, column: str, codes: str) -> sa.CheckConstraint:
    return _check(table, column, f"{column} IN ({codes})")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"core.{target}.tenant_id", f"core.{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )


def _commune(table: str, column: str = "commune_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["core.area.id"], name=op.f(f"fk_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        "tenant_id", *columns, name=op.f(f"uq_{table}_tenant_id_{'_'.join(columns)}")
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{table}_tenant_id_{'_'.join(columns)}"),
        table,
        ["tenant_id", *columns],
        schema="core",
    )


def _table(name: str, *parts: sa.schema.SchemaItem, in_commune: bool = True) -> None:
    lying = (_number("commune_id"), _commune(name)) if in_commune else ()
    op.create_table(
        name,
        _number("tenant_id"),
        _uuid("id"),
        *lying,
        *parts,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _entered() -> tuple[sa.Column[bool], sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        _uuid("created_by", nullable=True),
    )


def _about_child(name: str, *parts: sa.schema.SchemaItem, listed: bool = True) -> None:
    _table(name, *_entered(), _uuid("child_id"), *parts, _refers(name, "child_id", "child"))
    _index(name, "child_id")
    if listed:
        _index(name, "created_at", "id")


def _child_columns() -> None:
    """Add, fill in, then ask for them."""
    for column in ("health_insurance_until", "child_until", "small_until", "insured_until"):
        op.add_column("child", _day(column, nullable=True), schema="core")
    op.add_column("child", _uuid("merged_into", nullable=True), schema="core")
    with op.over_all_tenants("core.child"):
        op.execute(
            f"""
            UPDATE core.child SET child_until = least(left_on, sixteenth),
                small_until = least(left_on, sixth), insured_until = least(left_on, sixth)
            FROM (
                SELECT tenant_id, id, {_birthday(16)} AS sixteenth,
                    {_birthday(6)} AS sixth
                FROM core.child
            ) AS born
            WHERE born.tenant_id = child.tenant_id AND born.id = child.id
            """  # noqa: S608  our own expressions
        )
    for column in ("child_until", "small_until", "insured_until"):
        op.alter_column("child", column, nullable=False, schema="core")
    # Until now nothing merged records; a status set by hand has no record to point to.
    with op.over_all_tenants("core.child"):
        op.execute("UPDATE core.child SET status = 'duplicate' WHERE status = 'merged'")
    op.create_check_constraint(
        op.f("ck_child_merged_into"),
        "child",
        "status <> 'merged' OR merged_into IS NOT NULL",
        schema="core",
    )
    op.create_foreign_key(
        op.f("fk_child_tenant_id_merged_into"),
        "child",
        "child",
        ["tenant_id", "merged_into"],
        ["tenant_id", "id"],
        source_schema="core",
        referent_schema="core",
    )
    _index("child", "commune_id", "date_of_birth")
    _index("child", "merged_into")


def _birthday(years: int) -> str:
    """29 February becomes 1 March in common years, as core.kit.periods has it."""
    later = f"(date_of_birth + interval '{years} years')"
    return f"{later}::date + (extract(day FROM date_of_birth) <> extract(day FROM {later}))::int"


def _circumstances() -> None:
    name = "special_circumstance"
    _about_child(
        name,
        _text("group_scheme"),
        _text("group_code"),
        _text("sub_group_code", nullable=True),
        _day("from_date"),
        _day("to_date", nullable=True),
        _text("basis_document", nullable=True),
        _day("verified_on", nullable=True),
        _text("sex"),
        _text("confidential_key", nullable=True),
        _within(name, "group_scheme", "'LAW2016', 'QD647', 'P2004'"),
        _within(name, "group_code", _GROUPS),
        _within(name, "sub_group_code", _SUB_GROUPS),
        _within(name, "sex", _SEX),
        _check(
            name,
            "confidential_group",
            f"(group_code IN ({_CONFIDENTIAL})) = (confidential_key IS NOT NULL)",
        ),
        _within(name, "confidential_key", "'core.confidential_group'"),
        _check(name, "to_date", "to_date >= from_date"),
    )
    _index(name, "commune_id", "from_date")


def _support() -> None:
    name = "at_risk"
    _about_child(
        name,
        _text("risk_type"),
        _day("identified_on"),
        _text("level"),
        _text("action", nullable=True),
        _day("closed_on", nullable=True),
        _within(
            name,
            "risk_type",
            "'abuse', 'violence', 'exploitation', 'abandonment', 'dropout', 'labour', "
            "'trafficking', 'injury', 'other'",
        ),
        _within(name, "level", "'high', 'medium', 'low'"),
        _check(name, "closed_on", "closed_on >= identified_on"),
    )
    name = "support_delivery"
    _about_child(
        name,
        _day("delivered_on"),
        _text("support_type"),
        _text("protection_level"),
        _text("provider", nullable=True),
        _text("funding_source", nullable=True),
        _number("amount_vnd", nullable=True),
        _text("programme_code", nullable=True),
        _text("occasion", nullable=True),
        _within(
            name,
            "support_type",
            "'cash', 'gift', 'scholarship', 'health_check', 'treatment', 'surgery', "
            "'counselling', 'legal_aid', 'education', 'vocational', 'livelihood', "
            "'insurance_card', 'equipment', 'trip_or_camp', 'monthly_allowance', 'other'",
        ),
        _within(name, "protection_level", "'prevention', 'intervention', 'recovery'"),
        _within(
            name,
            "occasion",
            "'tet', 'june_1', 'mid_autumn', 'school_year', 'action_month', 'other'",
        ),
        _check(name, "amount_vnd", "amount_vnd > 0"),
    )
    _index(name, "commune_id", "delivered_on")


def _family() -> None:
    name = "parent_record"
    _about_child(
        name,
        _text("kind"),
        _text("full_name", nullable=True),
        sa.Column("name_fold", sa.Text(collation="C"), nullable=False),
        _number("birth_year", nullable=True),
        _text("life_status"),
        _text("availability", nullable=True),
        _day("as_of"),
        _within(name, "kind", "'mother', 'father'"),
        _within(name, "life_status", "'alive', 'dead', 'missing', 'unknown'"),
        _within(
            name,
            "availability",
            "'present', 'works_away', 'imprisoned', 'compulsory_facility', "
            "'in_social_facility', 'rights_limited', 'incapable'",
        ),
        _check(name, "available", "availability IS NULL OR life_status = 'alive'"),
    )
    _index(name, "name_fold")
    name = "caregiver"
    _about_child(
        name,
        _text("full_name"),
        _text("relation"),
        _number("birth_year", nullable=True),
        _text("phone", nullable=True),
        _yes_no("is_primary"),
        _day("from_date"),
        _within(
            name,
            "relation",
            "'mother', 'father', 'grandparent', 'sibling', 'other_relative', 'foster', "
            "'guardian', 'facility', 'nobody'",
        ),
    )


def _changes() -> None:
    name = "schooling_change"
    _about_child(
        name,
        _day("changed_on"),
        _text("schooling"),
        _text("school_name", nullable=True),
        _number("grade", nullable=True),
        _text("dropout_reason", nullable=True),
        _yes_no("is_working", nullable=True),
        _within(name, "schooling", _SCHOOLING),
        _within(
            name,
            "dropout_reason",
            "'poverty', 'works', 'moves_with_family', 'illness', 'weak_results', "
            "'early_marriage', 'far_from_school', 'other'",
        ),
        _check(name, "dropout", "(schooling = 'dropped_out') = (dropout_reason IS NOT NULL)"),
    )
    name = "status_change"
    _about_child(
        name,
        _day("changed_on"),
        _text("status"),
        _text("death_cause", nullable=True),
        _text("destination", nullable=True),
        _within(name, "status", "'moved_out', 'aged_out', 'deceased', 'active'"),
        _within(
            name,
            "death_cause",
            "'illness', 'drowning', 'traffic', 'other_injury', 'other', 'unknown'",
        ),
        _check(name, "death", "(status = 'deceased') = (death_cause IS NOT NULL)"),
    )


def _households_and_moves() -> None:
    name = "poverty_year"
    _table(
        name,
        *_entered(),
        _uuid("household_id"),
        _number("year"),
        _text("poverty_status"),
        _within(name, "poverty_status", "'poor', 'near_poor', 'average', 'better_off', 'unknown'"),
        _refers(name, "household_id", "household"),
    )
    _index(name, "household_id")
    _index(name, "created_at", "id")
    name = "child_move"
    _about_child(
        name,
        _number("from_commune_id"),
        _number("to_commune_id"),
        _day("moved_on"),
        _text("reason"),
        _within(
            name,
            "reason",
            "'family_moves', 'to_relatives', 'alternative_care', 'school', 'work', 'other'",
        ),
        _commune(name, "from_commune_id"),
        _commune(name, "to_commune_id"),
        listed=False,
    )


def _head_counts() -> None:
    name = "circumstance_spell"
    _table(
        name,
        _uuid("child_id"),
        _text("sex"),
        _day("from_day"),
        _day("until_day", nullable=True),
        _refers(name, "child_id", "child"),
        _check(name, "until_day", "until_day > from_day"),
    )
    _index(name, "child_id")
    name = "supported_child"
    _table(
        name,
        _uuid("child_id"),
        _text("sex"),
        _day("first_on"),
        _refers(name, "child_id", "child"),
    )
    _index(name, "child_id")


def _merges() -> None:
    name = "child_merge"
    _table(
        name,
        _uuid("survivor_id"),
        _uuid("loser_id"),
        _text("loser_status"),
        _day("loser_left_on", nullable=True),
        _moment("merged_at"),
        _uuid("merged_by", nullable=True),
        _moment("undone_at", nullable=True),
        _uuid("undone_by", nullable=True),
        _refers(name, "survivor_id", "child"),
        _refers(name, "loser_id", "child"),
    )
    _index(name, "survivor_id")
    _index(name, "loser_id")
    name = "merged_row"
    _table(
        name,
        _uuid("merge_id"),
        _text("table_name"),
        _uuid("row_id"),
        _refers(name, "merge_id", "child_merge"),
        in_commune=False,
    )
    _index(name, "merge_id")


def _reviews() -> None:
    name = "yearly_review"
    _table(
        name,
        _number("year"),
        _moment("verified_at"),
        _uuid("verified_by", nullable=True),
        _moment("confirmed_at", nullable=True),
        _uuid("confirmed_by", nullable=True),
        _moment("locked_at", nullable=True),
        _uuid("locked_by", nullable=True),
        _unique(name, "commune_id", "year"),
        _check(name, "confirmed", "confirmed_at >= verified_at"),
        _check(name, "locked", "locked_at >= confirmed_at"),
    )
    name = "review_count"
    _table(
        name,
        _uuid("review_id"),
        _text("sex"),
        _number("age"),
        _number("children"),
        _refers(name, "review_id", "yearly_review"),
        _unique(name, "review_id", "sex", "age"),
        _within(name, "sex", _SEX),
        _check(name, "age", "age BETWEEN 0 AND 17"),
        _check(name, "children", "children > 0"),
    )
    _index(name, "commune_id")
