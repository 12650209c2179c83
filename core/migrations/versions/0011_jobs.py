"""Core 0011: the queue, attempts and effects.

The schema ``jobs`` holds what dramatiq-postgres 1.4 reads and writes, with text and a check
where that package's own script makes an enum. It holds identifiers of all tenants and no
personal data, so it has no row security: the worker takes the next job of any tenant.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "core_0011"
down_revision = "core_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _create_queue()
    _create_attempts()
    _create_effects()


def downgrade() -> None:
    """Take back."""
    op.drop_table("job_effect", schema="core")
    op.drop_table("job_attempt", schema="core")
    for table in ("result", "worker", "queue"):
        op.drop_table(table, schema="jobs")
    op.execute("DROP SCHEMA jobs")


def _time(name: str, *, nullable: bool = False, now: bool = False) -> sa.Column[object]:
    default = sa.func.now() if now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=nullable)


def _create_queue() -> None:
    op.execute("CREATE SCHEMA jobs")
    op.create_table(
        "queue",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("queue_name", sa.Text(), server_default="default", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _time("mtime", now=True),
        sa.Column("message", postgresql.JSONB(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        _time("available_at", now=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        _time("consumed_at", nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'consumed', 'rejected')", name=op.f("ck_queue_state")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_queue")),
        schema="jobs",
    )
    op.create_index(
        "ix_queue_waiting",
        "queue",
        ["queue_name", "available_at", "position"],
        schema="jobs",
        postgresql_where="state = 'queued'",
    )
    op.create_index("ix_queue_state_mtime", "queue", ["state", "mtime"], schema="jobs")
    op.create_table(
        "worker",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        _time("heartbeat_at"),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_worker")),
        schema="jobs",
    )
    # We keep no results; the package's upkeep still cleans this table.
    op.create_table(
        "result",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        _time("expires_at", nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_result")),
        schema="jobs",
    )
    prefix = op.get_context().opts["login_prefix"]
    op.execute(f"GRANT USAGE ON SCHEMA jobs TO {prefix}_runtime, {prefix}_backup")
    op.execute("REVOKE ALL ON jobs.queue, jobs.worker, jobs.result FROM PUBLIC")
    op.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.queue, jobs.worker TO {prefix}_runtime"
    )
    op.execute(f"GRANT SELECT, DELETE ON jobs.result TO {prefix}_runtime")
    op.execute(f"GRANT SELECT ON jobs.queue, jobs.worker, jobs.result TO {prefix}_backup")


def _create_attempts() -> None:
    op.create_table(
        "job_attempt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        _time("last_started_at"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'waiting', 'done', 'set_aside')",
            name=op.f("ck_job_attempt_state"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_job_attempt_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_job_attempt")),
        schema="core",
    )
    op.create_index(
        "ix_job_attempt_set_aside",
        "job_attempt",
        ["tenant_id", "last_started_at"],
        schema="core",
        postgresql_where="state = 'set_aside'",
    )
    op.protect_tenant_table("job_attempt", schema="core")


def _create_effects() -> None:
    op.create_table(
        "job_effect",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _time("at", now=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["core.tenant.id"], name=op.f("fk_job_effect_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_job_effect")),
        schema="core",
    )
    op.protect_tenant_table("job_effect", schema="core")
