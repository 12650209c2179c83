"""Core 0027: plans with their results, money with its minimums."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0027"
down_revision = "core_0026"
branch_labels = None
depends_on = None

_TABLES = (
    "plan_year",
    "plan_activity",
    "activity_result",
    "sector_contribution",
    "contribution_figure",
    "inspection_visit",
    "emulation_score",
    "emulation_criterion",
    "funding_source",
    "budget_line",
    "expenditure",
    "donation",
    "budget_standing",
)


def upgrade() -> None:
    """Apply."""
    _plan_year()
    _plan_activity()
    _activity_result()
    _sector_contribution()
    _contribution_figure()
    _inspection_visit()
    _emulation_score()
    _emulation_criterion()
    _funding_source()
    _budget_line()
    _expenditure()
    _donation()
    _budget_standing()
    op.alter_column("committee_member", "from_date", nullable=True, schema="core")
    op.add_column("committee_member", _number("position", nullable=True), schema="core")
    for table in _TABLES:
        op.protect_tenant_table(table, schema="core")


def downgrade() -> None:
    """Take back."""
    op.drop_column("committee_member", "position", schema="core")
    with op.over_all_tenants("core.committee_member", "core.committee"):
        op.execute(
            "UPDATE core.committee_member AS m SET from_date = c.decided_on "
            "FROM core.committee AS c "
            "WHERE m.from_date IS NULL AND c.tenant_id = m.tenant_id AND c.id = m.committee_id"
        )
    op.alter_column("committee_member", "from_date", nullable=False, schema="core")
    for table in reversed(_TABLES):
        op.drop_table(table, schema="core")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _decimal(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Numeric(20, 2), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _yes_no(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _several(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=nullable)


def _several_numbers(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.BigInteger()), nullable=nullable)


def _of_area(name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["core.area.id"], name=op.f(f"fk_{name}_{column}"))


def _refers(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"core.{target}.tenant_id", f"core.{target}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
    )


def _unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(
        "tenant_id", *columns, name=op.f(f"uq_{name}_tenant_id_{'_'.join(columns)}")
    )


def _check(name: str, rule: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{rule}"))


def _within(name: str, column: str, codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes.split())
    return _check(name, column, f"{column} IN ({listed})")


def _index(name: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{name}_tenant_id_{'_'.join(columns)}"),
        name,
        ["tenant_id", *columns],
        schema="core",
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Its rows lie in a commune."""
    _whole(
        name,
        *parts,
        _number("commune_id"),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
    )


def _whole(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Somebody entered its rows."""
    op.create_table(
        name,
        _number("tenant_id"),
        _uuid("id"),
        *parts,
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        _uuid("created_by", nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _plan_year() -> None:
    name = "plan_year"
    _whole(
        name,
        _number("year"),
        _text("title"),
        _text("decision_no", nullable=True),
        _day("decided_on", nullable=True),
        _text("approved_by", nullable=True),
        _text("status"),
        _unique(name, "year"),
        _within(name, "status", "draft submitted approved sent_to_ministry"),
        _check(name, "year", "year BETWEEN 2000 AND 2100"),
    )
    _index(name, "created_at", "id")


def _plan_activity() -> None:
    name = "plan_activity"
    _whole(
        name,
        _uuid("plan_id"),
        _text("code"),
        _text("title"),
        _text("programme_code"),
        _number("planned_quantity", nullable=True),
        _text("unit", nullable=True),
        _yes_no("counts_people"),
        _number("planned_beneficiaries", nullable=True),
        _several_numbers("commune_ids"),
        _text("lead_agency", nullable=True),
        _text("coop_agencies", nullable=True),
        _day("due_on", nullable=True),
        _text("occasion", nullable=True),
        _text("source", nullable=True),
        _refers(name, "plan_id", "plan_year"),
        _unique(name, "plan_id", "code"),
        _within(name, "occasion", "tet june_1 family_day mid_autumn action_month"),
        _check(name, "planned_quantity", "planned_quantity >= 0"),
        _check(name, "unit", "planned_quantity IS NULL OR unit IS NOT NULL"),
    )
    _index(name, "created_at", "id")


def _activity_result() -> None:
    name = "activity_result"
    _table(
        name,
        _uuid("activity_id"),
        _text("activity_code"),
        _text("period"),
        _number("done_quantity"),
        _number("participants_total", nullable=True),
        _number("participants_female", nullable=True),
        _number("participants_children", nullable=True),
        _day("done_on"),
        _text("date_reason", nullable=True),
        _text("place"),
        _text("evidence", nullable=True),
        _text("narrative", nullable=True),
        _text("difficulty", nullable=True),
        _refers(name, "activity_id", "plan_activity"),
        _check(name, "done_quantity", "done_quantity >= 0"),
        _check(
            name, "participants_children", "participants_children BETWEEN 0 AND participants_total"
        ),
        _check(name, "participants_female", "participants_female BETWEEN 0 AND participants_total"),
        _check(name, "participants_total", "participants_total >= 0"),
        _within(name, "period", "Q1 Q2 Q3 Q4"),
    )
    _index(name, "activity_id")
    _index(name, "commune_id", "done_on")
    _index(name, "created_at", "id")


def _sector_contribution() -> None:
    name = "sector_contribution"
    _whole(
        name,
        _text("agency"),
        _text("agency_code"),
        _number("year"),
        _text("period"),
        _yes_no("nil_return"),
        _text("content", nullable=True),
        _within(name, "period", "Q1 Q2 Q3 Q4"),
        _check(name, "year", "year BETWEEN 2000 AND 2100"),
    )
    _index(name, "created_at", "id")
    _index(name, "year", "period", "agency_code")


def _contribution_figure() -> None:
    name = "contribution_figure"
    _whole(
        name,
        _uuid("contribution_id"),
        _number("position"),
        _text("name"),
        _number("quantity"),
        _text("unit"),
        _refers(name, "contribution_id", "sector_contribution"),
        _check(name, "quantity", "quantity >= 0"),
    )
    _index(name, "contribution_id")


def _inspection_visit() -> None:
    name = "inspection_visit"
    _table(
        name,
        _text("topic"),
        _text("units_inspected"),
        _number("n_units"),
        _day("visited_on"),
        _text("team"),
        _text("findings"),
        _text("recommendations", nullable=True),
        _day("deadline", nullable=True),
        _text("follow_up", nullable=True),
        _check(name, "deadline", "deadline >= visited_on"),
        _check(name, "n_units", "n_units >= 1"),
    )
    _index(name, "commune_id", "visited_on")
    _index(name, "created_at", "id")


def _emulation_score() -> None:
    name = "emulation_score"
    _table(
        name,
        _number("year"),
        _decimal("self_score"),
        _decimal("verified_score", nullable=True),
        _number("rank", nullable=True),
        _text("reward", nullable=True),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _unique(name, "unit_id", "year"),
        _within(name, "level", "commune district province"),
        _check(name, "rank", "rank >= 1"),
        _check(name, "self_score", "self_score >= 0"),
        _check(name, "verified_score", "verified_score >= 0"),
        _check(name, "year", "year BETWEEN 2000 AND 2100"),
    )
    _index(name, "created_at", "id")


def _emulation_criterion() -> None:
    name = "emulation_criterion"
    _table(
        name,
        _uuid("score_id"),
        _number("position"),
        _text("criterion"),
        _decimal("most_points"),
        _decimal("points"),
        _refers(name, "score_id", "emulation_score"),
        _check(name, "points", "points BETWEEN 0 AND most_points"),
    )
    _index(name, "score_id")


def _funding_source() -> None:
    name = "funding_source"
    _whole(
        name,
        _text("name"),
        _text("source_type"),
        _yes_no("earmarked"),
        _several("purposes"),
        _several("beneficiaries"),
        _text("restriction", nullable=True),
        _check(
            name,
            "earmarked",
            "NOT earmarked OR cardinality(purposes) + cardinality(beneficiaries) > 0",
        ),
        _within(
            name,
            "source_type",
            "central_budget central_earmarked provincial district commune agency_own "
            "mobilised_domestic mobilised_foreign ngo child_fund",
        ),
    )
    _index(name, "created_at", "id")


def _budget_line() -> None:
    name = "budget_line"
    _table(
        name,
        _number("year"),
        _day("counts_on"),
        _uuid("source_id"),
        _text("source_type"),
        _number("amount_vnd"),
        _text("decision_no"),
        _uuid("activity_id", nullable=True),
        _text("programme_code", nullable=True),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _refers(name, "activity_id", "plan_activity"),
        _refers(name, "source_id", "funding_source"),
        _check(name, "amount_vnd", "amount_vnd > 0"),
        _within(name, "level", "commune district province"),
        _within(
            name,
            "source_type",
            "central_budget central_earmarked provincial district commune agency_own "
            "mobilised_domestic mobilised_foreign ngo child_fund",
        ),
        _check(name, "year", "year BETWEEN 2000 AND 2100"),
    )
    _index(name, "created_at", "id")
    _index(name, "unit_id", "year")


def _expenditure() -> None:
    name = "expenditure"
    _table(
        name,
        _uuid("line_id"),
        _text("source_type"),
        _number("amount_vnd"),
        _day("spent_on"),
        _text("purpose"),
        _text("beneficiary_type"),
        _text("voucher_no", nullable=True),
        _text("case_ref", nullable=True),
        _refers(name, "line_id", "budget_line"),
        _check(name, "amount_vnd", "amount_vnd > 0"),
        _within(
            name,
            "beneficiary_type",
            "abused_child special_circumstance at_risk ethnic_minority poor_household "
            "all_children staff",
        ),
        _within(
            name,
            "purpose",
            "support abuse_support communication training equipment model allowance "
            "inspection gift surgery other",
        ),
        _within(
            name,
            "source_type",
            "central_budget central_earmarked provincial district commune agency_own "
            "mobilised_domestic mobilised_foreign ngo child_fund",
        ),
    )
    _index(name, "created_at", "id")
    _index(name, "line_id")


def _donation() -> None:
    name = "donation"
    _table(
        name,
        _text("fund"),
        _text("donor"),
        _text("kind"),
        _number("amount_vnd"),
        _day("donated_on"),
        _text("earmark", nullable=True),
        _text("receipt_no", nullable=True),
        _check(name, "amount_vnd", "amount_vnd > 0"),
        _within(
            name,
            "earmark",
            "support abuse_support communication training equipment model allowance "
            "inspection gift surgery other",
        ),
        _within(name, "kind", "cash in_kind"),
    )
    _index(name, "commune_id", "donated_on")
    _index(name, "created_at", "id")


def _budget_standing() -> None:
    name = "budget_standing"
    _table(
        name,
        _number("year"),
        _day("from_day"),
        _day("until_day"),
        _number("minimum_vnd"),
        _number("allocated_vnd"),
        _yes_no("meets"),
        _text("level"),
        _number("unit_id"),
        _of_area(name, "unit_id"),
        _unique(name, "unit_id", "year"),
        _within(name, "level", "commune district province"),
        _check(name, "until_day", "until_day > from_day"),
    )
