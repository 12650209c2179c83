"""Core 0020: cases with their papers, transitions, referrals and alerts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0020"
down_revision = "core_0019"
branch_labels = None
depends_on = None

_TABLES = (
    "case",
    "case_transition",
    "case_referral",
    "case_alert",
    "case_intake",
    "case_initial_assessment",
    "case_emergency_measure",
    "case_detailed_assessment",
    "case_conference",
    "case_plan",
    "case_service",
    "case_decision",
    "case_review",
)
_APPEND_ONLY = {"case_transition"}


def upgrade() -> None:
    """Apply."""
    _case()
    _case_transition()
    _case_referral()
    _case_alert()
    _case_intake()
    _case_initial_assessment()
    _case_emergency_measure()
    _case_detailed_assessment()
    _case_conference()
    _case_plan()
    _case_service()
    _case_decision()
    _case_review()
    for table in _TABLES:
        op.protect_tenant_table(table, schema="core", append_only=table in _APPEND_ONLY)


def downgrade() -> None:
    """Take back."""
    for table in reversed(_TABLES):
        op.drop_table(table, schema="core")


def _column(name: str, kind: Any, *, nullable: bool) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.Text(), nullable=nullable)


def _several(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, postgresql.ARRAY(sa.Text()), nullable=nullable)


def _several_ids(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, postgresql.ARRAY(sa.Uuid()), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.BigInteger(), nullable=nullable)


def _yes_no(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.Boolean(), nullable=nullable)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.Uuid(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.DateTime(timezone=True), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return _column(name, sa.LargeBinary(), nullable=nullable)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Its rows lie in a commune and may be confidential; sealed columns take no plain text."""
    sealed = [
        _check(
            name,
            f"{column.name}_sealed",
            f"octet_length({column.name}) >= 33 AND get_byte({column.name}, 0) = 1",
        )
        for column in parts
        if isinstance(column, sa.Column) and isinstance(column.type, sa.LargeBinary)
    ]
    op.create_table(
        name,
        _whole("tenant_id"),
        _uuid("id"),
        *parts,
        _whole("commune_id"),
        _text("confidential_key", nullable=True),
        *sealed,
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f(f"fk_{name}_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["commune_id"], ["core.area.id"], name=op.f(f"fk_{name}_commune_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        schema="core",
    )


def _part(name: str, *parts: sa.schema.SchemaItem) -> None:
    _table(
        name,
        *parts,
        _uuid("case_id"),
        _yes_no("generated"),
        _moment("created_at"),
        _uuid("created_by", nullable=True),
        _refers(name, "case_id", "case"),
    )
    _index(name, "case_id")


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


def _index(name: str, *columns: str) -> None:
    op.create_index(
        op.f(f"ix_{name}_tenant_id_{'_'.join(columns)}"),
        name,
        ["tenant_id", *columns],
        schema="core",
    )


def _check(name: str, rule: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{rule}"))


def _within(name: str, column: str, codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes.split())
    return _check(name, column, f"{column} IN ({listed})")


def _case() -> None:
    name = "case"
    _table(
        name,
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        _text("kind"),
        _text("state"),
        _sealed("child_ref", nullable=True),
        _moment("received_at"),
        _moment("begun_at"),
        _yes_no("emergency_needed", nullable=True),
        _moment("initial_assessed_at", nullable=True),
        _moment("emergency_at", nullable=True),
        _moment("detailed_assessed_at", nullable=True),
        _moment("plan_submitted_at", nullable=True),
        _moment("plan_approved_at", nullable=True),
        _day("review_on", nullable=True),
        _moment("closed_at", nullable=True),
        _yes_no("generated"),
        _moment("created_at"),
        _uuid("created_by", nullable=True),
        _within(name, "confidential_key", "core.exploitation core.hiv core.violence"),
        _within(
            name,
            "kind",
            "abandonment_risk exploitation hiv_support special_circumstance_support violence",
        ),
        _within(
            name,
            "state",
            "closed detailed_assessed emergency in_progress initial_assessed "
            "plan_approved plan_submitted received reopened screened_out transferred "
            "under_review",
        ),
        _unique(name, "code"),
    )
    _index(name, "commune_id", "created_at", "id")
    _index(name, "created_at", "id")
    _index(name, "state", "begun_at")


def _case_transition() -> None:
    name = "case_transition"
    _part(
        name,
        _text("step"),
        _text("from_state", nullable=True),
        _text("to_state"),
        _uuid("paper_id", nullable=True),
        _sealed("reason", nullable=True),
        _sealed("delay_reason", nullable=True),
        _within(
            name,
            "from_state",
            "closed detailed_assessed emergency in_progress initial_assessed "
            "plan_approved plan_submitted received reopened screened_out transferred "
            "under_review",
        ),
        _within(
            name,
            "to_state",
            "closed detailed_assessed emergency in_progress initial_assessed "
            "plan_approved plan_submitted received reopened screened_out transferred "
            "under_review",
        ),
    )


def _case_referral() -> None:
    name = "case_referral"
    _part(
        name,
        _uuid("to_account"),
        _text("service"),
        _several("shares"),
        _several_ids("paper_ids"),
        _sealed("purpose"),
        _day("due_on", nullable=True),
        _text("state"),
        _moment("answered_at", nullable=True),
        _sealed("answer_reason", nullable=True),
        _moment("ended_at", nullable=True),
        _uuid("ended_by", nullable=True),
        _check(name, "answered", "(state = 'sent') = (answered_at IS NULL)"),
        _check(name, "ended", "(state = 'ended') = (ended_at IS NOT NULL)"),
        _within(
            name,
            "service",
            "alternative_care education financial legal_aid livelihood medical other "
            "psychological social_support vocational",
        ),
        _within(name, "state", "accepted ended refused sent"),
    )
    _index(name, "to_account")


def _case_alert() -> None:
    name = "case_alert"
    _part(
        name,
        _text("clock"),
        _moment("due_at"),
        _unique(name, "case_id", "clock", "due_at"),
    )


def _case_intake() -> None:
    name = "case_intake"
    _part(
        name,
        _text("channel"),
        _moment("received_at"),
        _text("subject"),
        _several("abuse_types"),
        _sealed("child_ref", nullable=True),
        _sealed("child_name", nullable=True),
        _day("date_of_birth", nullable=True),
        _whole("estimated_age", nullable=True),
        _text("sex", nullable=True),
        _sealed("place_detail", nullable=True),
        _sealed("child_condition"),
        _sealed("expected_harm", nullable=True),
        _sealed("father", nullable=True),
        _sealed("mother", nullable=True),
        _sealed("family_situation", nullable=True),
        _sealed("current_caregiver", nullable=True),
        _sealed("actions_taken", nullable=True),
        _yes_no("informant_consents", nullable=True),
        _sealed("informant_name", nullable=True),
        _sealed("informant_phone", nullable=True),
        _sealed("informant_address", nullable=True),
        _within(
            name,
            "channel",
            "collaborator health hotline_111 in_person ngo online other_person phone police school",
        ),
        _check(name, "estimated_age", "estimated_age BETWEEN 0 AND 17"),
        _check(
            name,
            "informant_consents",
            "informant_consents IS TRUE OR (informant_name IS NULL AND informant_phone "
            "IS NULL AND informant_address IS NULL)",
        ),
        _within(name, "sex", "female male unknown"),
        _within(
            name,
            "subject",
            "abused at_risk_abandonment at_risk_exploitation at_risk_violence hiv "
            "special_circumstance",
        ),
    )


def _case_initial_assessment() -> None:
    name = "case_initial_assessment"
    _part(
        name,
        _day("assessed_on"),
        _text("confirmed"),
        _text("current_harm"),
        _text("offender_access"),
        _text("self_protection"),
        _yes_no("protecting_adult"),
        _yes_no("emergency_needed"),
        _sealed("no_emergency_reason", nullable=True),
        _several("immediate_needs"),
        _sealed("situation", nullable=True),
        _within(name, "confirmed", "confirmed not_confirmed partly"),
        _within(name, "current_harm", "high low medium"),
        _within(name, "offender_access", "high low medium"),
        _within(name, "self_protection", "high low medium"),
    )


def _case_emergency_measure() -> None:
    name = "case_emergency_measure"
    _part(
        name,
        _moment("started_at"),
        _several("measures"),
        _text("decision_no", nullable=True),
        _sealed("place"),
        _sealed("responsible"),
        _day("separation_review_on", nullable=True),
        _sealed("delay_reason", nullable=True),
        _check(
            name,
            "separation",
            "NOT ('temporary_separation' = ANY(measures)) OR separation_review_on IS NOT NULL",
        ),
    )


def _case_detailed_assessment() -> None:
    name = "case_detailed_assessment"
    _part(
        name,
        _day("assessed_on"),
        _sealed("child_situation"),
        _sealed("family_situation", nullable=True),
        _text("harm"),
        _text("care_obstacles"),
        _text("self_protection"),
        _text("overall_risk"),
        _several("needs"),
        _sealed("child_view", nullable=True),
        _within(name, "care_obstacles", "high low medium"),
        _within(name, "harm", "high low medium"),
        _within(name, "overall_risk", "high low medium"),
        _within(name, "self_protection", "high low medium"),
    )


def _case_conference() -> None:
    name = "case_conference"
    _part(
        name,
        _day("held_on"),
        _text("topic"),
        _sealed("participants"),
        _sealed("minutes"),
        _within(name, "topic", "needs plan review"),
    )


def _case_plan() -> None:
    name = "case_plan"
    _part(
        name,
        _sealed("goals"),
        _day("starts_on"),
        _sealed("monitoring"),
        _day("review_on"),
        _check(name, "dates", "review_on >= starts_on"),
    )


def _case_service() -> None:
    name = "case_service"
    _part(
        name,
        _uuid("plan_id"),
        _text("kind"),
        _text("protection_level"),
        _sealed("provider"),
        _day("starts_on"),
        _day("due_on"),
        _sealed("note", nullable=True),
        _check(name, "dates", "due_on >= starts_on"),
        _within(
            name,
            "kind",
            "alternative_care education financial legal_aid livelihood medical other "
            "psychological social_support vocational",
        ),
        _within(name, "protection_level", "intervention prevention recovery"),
        _refers(name, "plan_id", "case_plan"),
    )


def _case_decision() -> None:
    name = "case_decision"
    _part(
        name,
        _uuid("plan_id"),
        _text("decision_no"),
        _day("decided_on"),
        _several("attended"),
        _sealed("note", nullable=True),
        _sealed("delay_reason", nullable=True),
        _refers(name, "plan_id", "case_plan"),
    )


def _case_review() -> None:
    name = "case_review"
    _part(
        name,
        _day("reviewed_on"),
        _text("harm"),
        _text("offender_access"),
        _text("care_obstacles"),
        _text("self_protection"),
        _text("caregiver_ability"),
        _text("recovery"),
        _whole("high_count"),
        _whole("medium_count"),
        _whole("low_count"),
        _text("conclusion"),
        _day("next_review_on", nullable=True),
        _sealed("results", nullable=True),
        _within(name, "care_obstacles", "high low medium"),
        _within(name, "caregiver_ability", "high low medium"),
        _check(
            name,
            "closing",
            "conclusion <> 'close' OR (harm <> 'high' AND offender_access <> 'high' "
            "AND care_obstacles <> 'high')",
        ),
        _within(name, "conclusion", "close continue new_plan"),
        _check(name, "goes_on", "conclusion <> 'continue' OR next_review_on IS NOT NULL"),
        _within(name, "harm", "high low medium"),
        _within(name, "offender_access", "high low medium"),
        _within(name, "recovery", "high low medium"),
        _within(name, "self_protection", "high low medium"),
    )
