"""The job that re-seals a tenant's values: one batch, and a next job for what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.jobs.kinds import JobKind
from core.jobs.queue import JobQueue
from core.rekeying.service import Position, reseal
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.jobs.kinds import JobRun

RESEAL = "vault.reseal"


def reseal_kind() -> JobKind:
    """The kind of job; its identifiers are the table and the row after which it goes on."""

    def run(job: JobRun) -> None:
        table, after = job.identifiers or ("", None)
        step = reseal(job.session, Position(table, UUID(after) if after else None))
        if step.next is not None:
            queue.enqueue(job.session, RESEAL, step.next.table, str(step.next.after))

    kind = JobKind(RESEAL, run, reach=Reach.counting())
    queue = JobQueue((kind,))
    return kind
