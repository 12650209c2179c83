"""Sexual abuse 0003: the response to a case, prevention, and more of an intake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sexual_abuse_0003"
down_revision = "sexual_abuse_0002"
branch_labels = None
depends_on = None

SCHEMA = "sexual_abuse"
TABLES = (
    "sa_emergency",
    "sa_assessment",
    "sa_plan",
    "sa_plan_service",
    "sa_plan_decision",
    "sa_service",
    "sa_proceeding",
    "sa_placement",
    "sa_review",
    "sa_closing",
    "sa_milestone",
    "prevention_activity",
    "hotline_panel",
    "commune_ready",
    "sa_non_reporting",
)
CASE = "sa_case"
MORE = (
    ("first_known_on", sa.Date()),
    ("ongoing", sa.Boolean()),
    ("disability", sa.Boolean()),
    ("pregnant", sa.Boolean()),
    ("ethnicity", sa.LargeBinary()),
    ("hotline_answered_at", sa.DateTime(timezone=True)),
)
RULES = {
    "ethnicity_sealed": "octet_length(ethnicity) >= 33 AND get_byte(ethnicity, 0) = 1",
    "hotline_answered_at": "hotline_answered_at >= received_at",
}
OF_CASE = {"case_id": "sexual_abuse.sa_case"}
SERVICES = (
    "'medical_exam', 'treatment', 'hiv_sti_prevention', 'forensic_exam', 'psychological', "
    "'social_support', 'legal_aid', 'education_continuity', 'relocation_support', "
    "'financial_support', 'reintegration'"
)


def upgrade() -> None:
    """Apply."""
    _help()
    _course()
    _prevention()
    for column, kind in MORE:
        op.add_column(CASE, sa.Column(column, kind), schema=SCHEMA)
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_{CASE}_{name}"), CASE, rule, schema=SCHEMA)


def downgrade() -> None:
    """Take back."""
    for name in RULES:
        op.drop_constraint(op.f(f"ck_{CASE}_{name}"), CASE, schema=SCHEMA)
    for column, _ in MORE:
        op.drop_column(CASE, column, schema=SCHEMA)
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _help() -> None:
    """What is done for the child: at once, after the assessment, by the plan."""
    op.create_record_table(
        "sa_emergency",
        sa.Column("measures", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("decision_no", sa.LargeBinary()),
        sa.Column("place", sa.LargeBinary()),
        sa.Column("responsible", sa.LargeBinary()),
        sa.Column("separation_review_on", sa.Date()),
        sa.Column("delay_reason", sa.LargeBinary()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "measures": "measures <@ ARRAY['medical_care', 'safe_place', 'temporary_separation', "
            "'police_protection', 'contact_ban', 'psychological_first_aid']",
        },
        sealed=("decision_no", "place", "responsible", "delay_reason"),
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_assessment",
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("abuse_form", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("relation_to_child", sa.Text(), nullable=False),
        sa.Column("ongoing", sa.Boolean(), nullable=False),
        sa.Column("needs_care", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "abuse_form": "abuse_form IN ('rape', 'coerced_intercourse', 'intercourse_with_child', "
            "'molestation', 'prostitution_pornography', 'attempt', 'unclassified')",
            "setting": "setting IN ('family', 'school', 'neighbourhood', 'workplace', 'online', "
            "'care_facility', 'public_place', 'transit', 'other', 'unclassified')",
            "relation_to_child": "relation_to_child IN ('parent', 'step_parent', 'sibling', "
            "'other_relative', 'neighbour', 'teacher_staff', 'peer', 'employer', "
            "'acquaintance_online', 'stranger', 'unknown')",
        },
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_plan",
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("goals", sa.LargeBinary()),
        sa.Column("monitoring", sa.LargeBinary()),
        sa.Column("delay_reason", sa.LargeBinary()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={"review_on": "review_on > submitted_on"},
        sealed=("goals", "monitoring", "delay_reason"),
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_plan_service",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner", sa.LargeBinary()),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={"kind": f"kind IN ({SERVICES})"},
        sealed=("owner",),
        references={"plan_id": "sexual_abuse.sa_plan", **OF_CASE},
        indexes=(("plan_id",),),
    )
    op.create_record_table(
        "sa_plan_decision",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("decision_no", sa.LargeBinary()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        sealed=("decision_no",),
        references={"plan_id": "sexual_abuse.sa_plan", **OF_CASE},
        indexes=(("plan_id",),),
    )
    op.create_record_table(
        "sa_service",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider", sa.LargeBinary()),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date()),
        sa.Column("started_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("free_of_charge", sa.Boolean(), nullable=False),
        sa.Column("funding_source", sa.LargeBinary()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": f"kind IN ({SERVICES})",
            "accepted_on": "accepted_on >= referred_on",
            "started_on": "started_on >= referred_on",
            "done_on": "done_on >= started_on",
        },
        sealed=("provider", "funding_source"),
        references=OF_CASE,
        indexes=(("case_id",),),
    )


def _course() -> None:
    """Proceedings, placements, reviews, the closing and the days that figures count."""
    op.create_record_table(
        "sa_proceeding",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("document_no", sa.LargeBinary()),
        sa.Column("child_friendly_interview", sa.Boolean(), nullable=False),
        sa.Column("legal_aid_present", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("no_case_reason", sa.Text()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "stage": "stage IN ('notice', 'verification', 'prosecution_started', 'investigation', "
            "'indictment', 'trial_first', 'appeal', 'judgment', 'suspended', 'no_criminal_case', "
            "'administrative')",
            "body": "body IN ('police', 'procuracy', 'court', 'other')",
            "outcome": "outcome IN ('convicted', 'acquitted', 'suspended', 'pending')",
            "no_case_reason": "no_case_reason IN ('no_offence', 'not_enough', 'under_age', "
            "'withdrawn', 'expired', 'other')",
            "no_case": "(stage = 'no_criminal_case') = (no_case_reason IS NOT NULL)",
        },
        sealed=("document_no",),
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_placement",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("review_on", sa.Date()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('own_family', 'kin', 'foster', 'shelter', 'centre', 'other')",
            "ends_on": "ends_on >= starts_on",
            "review_on": "review_on >= starts_on",
        },
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_review",
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("harm", sa.Text(), nullable=False),
        sa.Column("offender_access", sa.Text(), nullable=False),
        sa.Column("care_obstacles", sa.Text(), nullable=False),
        sa.Column("self_protection", sa.Text(), nullable=False),
        sa.Column("caregiver_ability", sa.Text(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("high_count", sa.BigInteger(), nullable=False),
        sa.Column("medium_count", sa.BigInteger(), nullable=False),
        sa.Column("low_count", sa.BigInteger(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "harm": "harm IN ('high', 'medium', 'low')",
            "offender_access": "offender_access IN ('high', 'medium', 'low')",
            "care_obstacles": "care_obstacles IN ('high', 'medium', 'low')",
            "self_protection": "self_protection IN ('high', 'medium', 'low')",
            "caregiver_ability": "caregiver_ability IN ('high', 'medium', 'low')",
            "recovery": "recovery IN ('high', 'medium', 'low')",
            "conclusion": "conclusion IN ('close', 'continue', 'new_plan')",
            "counts": "high_count + medium_count + low_count = 6",
            "no_harm_left": "conclusion <> 'close' "
            "OR NOT 'high' IN (harm, offender_access, care_obstacles)",
        },
        references=OF_CASE,
        indexes=(("case_id",),),
    )
    op.create_record_table(
        "sa_closing",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        references={"review_id": "sexual_abuse.sa_review", **OF_CASE},
        unique=(("review_id",),),
    )
    op.create_record_table(
        "sa_milestone",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('emergency', 'plan', 'timely', 'proceedings', 'legal_aid', "
            "'needs_care', 'care')",
        },
        references=OF_CASE,
        unique=(("case_id", "kind"),),
        indexes=(("day",),),
    )


def _prevention() -> None:
    """What a commune does before anything happens."""
    op.create_record_table(
        "prevention_activity",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("curriculum", sa.Text(), nullable=False),
        sa.Column("school", sa.Text()),
        sa.Column("lessons", sa.BigInteger()),
        sa.Column("n_events", sa.BigInteger(), nullable=False),
        sa.Column("n_schools", sa.BigInteger(), nullable=False),
        sa.Column("participants_total", sa.BigInteger(), nullable=False),
        sa.Column("participants_female", sa.BigInteger(), nullable=False),
        sa.Column("participants_children", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={
            "venue": "venue IN ('community', 'lower_secondary', 'other_school')",
            "curriculum": "curriculum IN ('law', 'skills', 'parents', 'online')",
            "n_events": "n_events >= 1",
            "n_schools": "n_schools >= 0",
            "participants_total": "participants_total >= 0",
            "participants_female": "participants_female BETWEEN 0 AND participants_total",
            "participants_children": "participants_children BETWEEN 0 AND participants_total",
        },
        indexes=(("held_on",),),
    )
    op.create_record_table(
        "hotline_panel",
        sa.Column("location_type", sa.Text(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("inspected_on", sa.Date()),
        sa.Column("shows_111", sa.Boolean(), nullable=False),
        schema=SCHEMA,
        rules={
            "location_type": "location_type IN ('office', 'school', 'market', 'road', 'other')",
            "status": "status IN ('in_place', 'damaged', 'removed')",
            "inspected_on": "inspected_on >= installed_on",
            "shows_111": "shows_111",
        },
        indexes=(("installed_on",),),
    )
    op.create_record_table(
        "commune_ready",
        sa.Column("ready_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("procedure_no", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={"until": "until >= ready_on"},
        indexes=(("commune_id",),),
    )
    op.create_record_table(
        "sa_non_reporting",
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("known_of", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("handled_on", sa.Date(), nullable=False),
        schema=SCHEMA,
        rules={
            "party": "party IN ('family', 'school', 'health', 'authority', 'workplace', "
            "'individual')",
            "known_of": "known_of IN ('signs', 'told', 'witnessed')",
            "action": "action IN ('reminder', 'discipline', 'fine', 'referral')",
            "handled_on": "handled_on >= known_on",
        },
        indexes=(("handled_on",),),
    )
