"""ENHANCE 0001: project, sites, log frame, beneficiaries, services, training, material."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ngo_enhance_0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "ngo_enhance"
TABLES = (
    "project",
    "project_site",
    "log_frame_line",
    "beneficiary_child",
    "beneficiary_state",
    "outcome",
    "project_service",
    "first_schooling",
    "beneficiary_household",
    "first_livelihood",
    "beneficiary_exit",
    "capacity_event",
    "project_material",
    "monitoring_round",
)
CHILD = {"child_id": "core.child"}
LIVELIHOODS = "'livestock', 'seeds', 'tools', 'loan', 'training', 'other'"
INDICATORS = "'ENH-01', 'ENH-02', 'ENH-03', 'ENH-04', 'ENH-05', 'ENH-06', 'ENH-07'"


def upgrade() -> None:
    """Apply."""
    op.open_schema(SCHEMA)
    _project()
    _beneficiaries()
    _services()
    _events()


def downgrade() -> None:
    """Take back."""
    for table in reversed(TABLES):
        op.drop_table(table, schema=SCHEMA)


def _project() -> None:
    op.create_record_table(
        "project",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("implementing", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("agreement_no", sa.Text(), nullable=False),
        sa.Column("data_sharing_no", sa.Text()),
        schema=SCHEMA,
        rules={"ends_on": "ends_on > starts_on"},
        unique=(("code",),),
        without=("commune_id",),
    )
    op.create_record_table(
        "project_site",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date()),
        schema=SCHEMA,
        rules={"until_day": "until_day > from_day"},
        references={"project_id": f"{SCHEMA}.project"},
        unique=(("project_id", "commune_id", "from_day"),),
    )
    op.create_record_table(
        "log_frame_line",
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger()),
        sa.Column("means", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "indicator": f"indicator IN ({INDICATORS})",
            "means": "means IN ('records', 'visit', 'attendance', 'photo', 'survey')",
            "year": "year BETWEEN 2010 AND 2100",
            "baseline": "baseline >= 0",
            "target": "target >= 0",
        },
        unique=(("indicator", "year"),),
        without=("commune_id",),
    )


def _beneficiaries() -> None:
    op.create_record_table(
        "beneficiary_child",
        sa.Column("selected_on", sa.Date(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid()),
        sa.Column("labour_case_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.BigInteger(), nullable=False),
        sa.Column("criteria", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("guardian_consent_on", sa.Date()),
        sa.Column("child_assent_on", sa.Date()),
        schema=SCHEMA,
        rules={
            "criteria": "criteria <@ ARRAY['child_labour', 'hazardous', 'at_risk', 'dropout', "
            "'poor', 'ethnic_minority']",
            "sex": "sex IN ('male', 'female')",
            "age": "age BETWEEN 5 AND 17",
            "consented": "consented = (guardian_consent_on IS NOT NULL)",
        },
        references={
            **CHILD,
            "household_id": "core.household",
            "labour_case_id": "child_labour.labour_case",
        },
        indexes=(("child_id",), ("household_id",), ("labour_case_id",), ("selected_on",)),
    )
    op.create_record_table(
        "beneficiary_state",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("hours_per_week", sa.BigInteger(), nullable=False),
        sa.Column("hazards", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("in_school", sa.Boolean(), nullable=False),
        sa.Column("household_income_vnd", sa.BigInteger()),
        sa.Column("livelihood_plan", sa.Text()),
        schema=SCHEMA,
        rules={
            "stage": "stage IN ('baseline', 'endline')",
            "hazards": "hazards <@ ARRAY['heavy_load', 'chemicals', 'machinery', 'heights', "
            "'water', 'heat', 'dust', 'night', 'other']",
            "hours_per_week": "hours_per_week BETWEEN 0 AND 112",
            "household_income_vnd": "household_income_vnd >= 0",
        },
        references=CHILD,
        indexes=(("child_id",),),
    )
    op.create_record_table(
        "outcome",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        schema=SCHEMA,
        rules={"kind": "kind IN ('withdrawn', 'reduced')"},
        references=CHILD,
        unique=(("child_id",),),
    )
    op.create_record_table(
        "beneficiary_exit",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={"reason": "reason IN ('graduated', 'dropped', 'moved', 'consent_withdrawn')"},
        references=CHILD,
        indexes=(("child_id",),),
    )


def _services() -> None:
    op.create_record_table(
        "project_service",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("cost_vnd", sa.BigInteger()),
        sa.Column("livelihood_kind", sa.Text()),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('direct_education', 'direct_vocational', 'career_counselling', "
            "'school_material', 'livelihood', 'working_condition', 'indirect_family', 'referral')",
            "livelihood_kind": f"livelihood_kind IN ({LIVELIHOODS})",
            "cost_vnd": "cost_vnd > 0",
            "livelihood": "(kind = 'livelihood') = (livelihood_kind IS NOT NULL)",
        },
        references=CHILD,
        indexes=(("child_id",), ("given_on",)),
    )
    op.create_record_table(
        "first_schooling",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        schema=SCHEMA,
        references=CHILD,
        unique=(("child_id",),),
    )
    op.create_record_table(
        "beneficiary_household",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("value_vnd", sa.BigInteger(), nullable=False),
        schema=SCHEMA,
        rules={"kind": f"kind IN ({LIVELIHOODS})", "value_vnd": "value_vnd > 0"},
        references={"household_id": "core.household", **CHILD},
        indexes=(("household_id",), ("child_id",)),
    )
    op.create_record_table(
        "first_livelihood",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        schema=SCHEMA,
        references={"household_id": "core.household"},
        unique=(("household_id",),),
    )


def _events() -> None:
    op.create_record_table(
        "capacity_event",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("trainer", sa.Text()),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("participants", sa.BigInteger(), nullable=False),
        sa.Column("women", sa.BigInteger()),
        sa.Column("cost_vnd", sa.BigInteger()),
        schema=SCHEMA,
        rules={
            "audience": "audience IN ('commune_cadre', 'district_cadre', 'collaborator', "
            "'project_staff')",
            "days": "days BETWEEN 1 AND 60",
            "participants": "participants >= 1",
            "women": "women BETWEEN 0 AND participants",
            "cost_vnd": "cost_vnd > 0",
        },
        indexes=(("held_on",),),
    )
    op.create_record_table(
        "project_material",
        sa.Column("put_up_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={
            "kind": "kind IN ('billboard', 'poster', 'leaflet')",
            "quantity": "quantity >= 1",
        },
        indexes=(("put_up_on",),),
    )
    op.create_record_table(
        "monitoring_round",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("sample", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        schema=SCHEMA,
        rules={"sample": "sample >= 1"},
        indexes=(("held_on",),),
    )
