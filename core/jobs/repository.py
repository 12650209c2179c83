"""All SQL of the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from core.jobs.models import QUEUE, JobAttempt, JobEffect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

# Only while this worker still owns the message: another may have taken it over meanwhile.
HAND_BACK = """
    UPDATE jobs.queue
    SET state = 'queued', worker_id = NULL, consumed_at = NULL, mtime = now(),
        available_at = now() + make_interval(secs => %s)
    WHERE message_id = %s AND state = 'consumed' AND worker_id = %s
"""


def insert_message(
    session: TenantSession, *, job_id: UUID, queue: str, message: dict[str, Any]
) -> None:
    """Put a message into the queue, in the session's transaction."""
    # No NOTIFY: it would make all commits of the database wait in one line. Workers poll.
    row = {"message_id": job_id, "queue_name": queue, "state": "queued", "message": message}
    session.put_beside(QUEUE, row)


def has_effect(session: TenantSession, job_id: UUID) -> bool:
    """Whether the job was done before."""
    found = session.scalar(
        select(JobEffect.id).where(JobEffect.tenant_id == session.tenant_id, JobEffect.id == job_id)
    )
    return found is not None


def claim_effect(session: TenantSession, job_id: UUID) -> bool:
    """Record the effect before it happens; false if another run already has.

    Waits for a run of the same job that has not ended yet.
    """
    return session.put_new(JobEffect, {"id": job_id})


def count_attempt(
    session: TenantSession, *, job_id: UUID, kind: str, identifiers: Sequence[str]
) -> int:
    """Count one more start of the job; how many that makes."""
    statement = (
        upsert(JobAttempt)
        .on_conflict_do_update(
            index_elements=[JobAttempt.tenant_id, JobAttempt.id],
            set_={
                "attempts": JobAttempt.attempts + 1,
                "last_started_at": func.now(),
                "state": "running",
            },
        )
        .returning(JobAttempt.attempts)
        .values(last_started_at=func.now())
    )
    row = {
        "tenant_id": session.tenant_id,
        "id": job_id,
        "kind": kind,
        "identifiers": list(identifiers),
        "attempts": 1,
        "state": "running",
    }
    return session.execute(statement, row).scalar_one()


def take_back_attempt(session: TenantSession, job_id: UUID) -> None:
    """The last start was none: the job waits for something that is out of service."""
    session.execute(
        update(JobAttempt)
        .where(JobAttempt.tenant_id == session.tenant_id, JobAttempt.id == job_id)
        .values(attempts=JobAttempt.attempts - 1, state="waiting")
        .execution_options(synchronize_session=False)
    )


def set_state(
    session: TenantSession, job_id: UUID, state: str, *, error: str | None = None
) -> None:
    """Note what became of a job; a given class of error is kept, none leaves the last one."""
    values = {"state": state} if error is None else {"state": state, "last_error": error}
    session.execute(
        update(JobAttempt)
        .where(JobAttempt.tenant_id == session.tenant_id, JobAttempt.id == job_id)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def give_up(session: TenantSession, job_id: UUID, *, attempts: int) -> None:
    """Set aside a job that ended its worker each time; this delivery was no attempt."""
    session.execute(
        update(JobAttempt)
        .where(JobAttempt.tenant_id == session.tenant_id, JobAttempt.id == job_id)
        .values(state="set_aside", attempts=attempts, last_error=None)
        .execution_options(synchronize_session=False)
    )


def attempts_set_aside(session: TenantSession, limit: int) -> Sequence[JobAttempt]:
    """The jobs that were given up, the latest first."""
    return session.scalars(
        select(JobAttempt)
        .where(JobAttempt.tenant_id == session.tenant_id, JobAttempt.state == "set_aside")
        .order_by(JobAttempt.last_started_at.desc())
        .limit(limit)
    ).all()


def forget_attempt(session: TenantSession, job_id: UUID) -> JobAttempt | None:
    """Take a job that was given up off the list."""
    attempt = session.scalar(
        select(JobAttempt)
        .where(
            JobAttempt.tenant_id == session.tenant_id,
            JobAttempt.id == job_id,
            JobAttempt.state == "set_aside",
        )
        .with_for_update()
    )
    if attempt is not None:
        session.delete(attempt)
        session.flush()
    return attempt


def forget_done(session: TenantSession, before: datetime) -> None:
    """Drop what is known of jobs done before a moment."""
    for statement in (
        delete(JobAttempt).where(
            JobAttempt.tenant_id == session.tenant_id,
            JobAttempt.state == "done",
            JobAttempt.last_started_at < before,
        ),
        delete(JobEffect).where(JobEffect.tenant_id == session.tenant_id, JobEffect.at < before),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
