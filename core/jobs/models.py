"""Attempts and effects of jobs, and the queue's own table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, MetaData, Table, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import TenantOwned

QUEUE_SCHEMA = "jobs"
QUEUE_NAME = "default"

# The columns that we write; the queue package writes the others. It belongs to no tenant.
QUEUE = Table(
    "queue",
    MetaData(schema=QUEUE_SCHEMA),
    Column("message_id", Uuid(), primary_key=True),
    Column("queue_name", Text()),
    Column("state", Text()),
    Column("message", JSONB()),
)


class JobAttempt(TenantOwned, Base):
    """How often a job was started and what became of it; its id is the job's.

    Counted before the job runs, in a transaction of its own, so that a job that kills its
    worker is counted too.
    """

    __tablename__ = "job_attempt"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'waiting', 'done', 'set_aside')", name="state"),
        Index(
            "ix_job_attempt_set_aside",
            "tenant_id",
            "last_started_at",
            postgresql_where="state = 'set_aside'",
        ),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which kind of job"))
    identifiers: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("what it is about, to be able to put it back")
    )
    attempts: Mapped[int] = mapped_column(info=internal("how often it was started"))
    last_started_at: Mapped[datetime] = mapped_column(info=internal("when it was last started"))
    state: Mapped[str] = mapped_column(info=internal("what became of it"))
    last_error: Mapped[str | None] = mapped_column(
        info=internal("the class of the last error, never its message")
    )


class JobEffect(TenantOwned, Base):
    """The job with this id took effect; written in the very transaction of the effect."""

    __tablename__ = "job_effect"
    __table_args__ = ({"schema": CORE_SCHEMA},)

    at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when, to forget it one day")
    )
