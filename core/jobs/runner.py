"""Runs one job: counted before, done once, tried again later or set aside."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dramatiq.common import compute_backoff
from dramatiq.errors import Retry

from core.jobs import repository
from core.jobs.kinds import JobKind, JobRun, NotNowError

if TYPE_CHECKING:
    from uuid import UUID

    from core.jobs.policy import QueuePolicy
    from core.tenancy.door import TenantDoor

logger = logging.getLogger(__name__)


class JobRunner:
    """Does what a message asks for, in sessions of the message's tenant."""

    def __init__(self, door: TenantDoor, policy: QueuePolicy) -> None:
        """Keep the way to sessions and how often to try."""
        self._door = door
        self._policy = policy

    def perform(
        self, kind: JobKind, job_id: UUID, tenant_id: int, identifiers: tuple[str, ...]
    ) -> None:
        """Run a job unless it was done or given up before.

        Raises:
            Retry: it failed, or its state could not be read or written; says when to come back.
                Nothing else leaves this method, since an error's message may hold personal data
                and the caller logs what it catches.
        """
        attempt = 1
        try:
            attempt = self._start(kind, job_id, tenant_id, identifiers)
            if attempt:
                self._run(kind, job_id, tenant_id, identifiers, attempt)
        except NotNowError as later:
            if self._take_back(job_id, tenant_id):
                raise Retry(delay=_milliseconds_until(later.until)) from None
            raise Retry(delay=self._backoff(attempt)) from None
        except BaseException as error:  # noqa: BLE001  interrupts too: what escapes is lost
            failure = _class_of(error)
            logger.warning("Job %s (%s) failed: %s", job_id, kind.name, _where(error, failure))
        else:
            return
        again = self._note_failure(
            kind, job_id, tenant_id, identifiers=identifiers, attempt=attempt, failure=failure
        )
        if again:
            raise Retry(delay=self._backoff(attempt))

    def _start(
        self, kind: JobKind, job_id: UUID, tenant_id: int, identifiers: tuple[str, ...]
    ) -> int:
        """Count the attempt in a transaction of its own; 0 if there is nothing to run."""
        with self._door.tenant_session(tenant_id) as session:
            if repository.has_effect(session, job_id):
                repository.set_state(session, job_id, "done")
                return 0
            attempt = repository.count_attempt(
                session, job_id=job_id, kind=kind.name, identifiers=identifiers
            )
            if attempt <= self._policy.max_attempts:
                return attempt
            repository.give_up(session, job_id, attempts=self._policy.max_attempts)
            _tell_given_up(kind, JobRun(session, job_id, identifiers, attempt))
        logger.error("Job %s (%s) set aside: it ended its worker each time", job_id, kind.name)
        return 0

    def _run(
        self,
        kind: JobKind,
        job_id: UUID,
        tenant_id: int,
        identifiers: tuple[str, ...],
        attempt: int,
    ) -> None:
        session = self._door.open(tenant_id, reach=None if kind.binds_itself else kind.reach)
        with session, session.begin():
            session.limit_statements(self._policy.time_limit)
            if repository.claim_effect(session, job_id):
                kind.run(JobRun(session, job_id, identifiers, attempt))
            repository.set_state(session, job_id, "done")

    def _note_failure(
        self,
        kind: JobKind,
        job_id: UUID,
        tenant_id: int,
        *,
        identifiers: tuple[str, ...],
        attempt: int,
        failure: str,
    ) -> bool:
        """Write the failure down; whether to try again."""
        again = attempt < self._policy.max_attempts
        try:
            with self._door.tenant_session(tenant_id) as session:
                repository.set_state(
                    session, job_id, "waiting" if again else "set_aside", error=failure
                )
                if not again:
                    _tell_given_up(kind, JobRun(session, job_id, identifiers, attempt))
        except BaseException as error:  # noqa: BLE001  what cannot be written is tried again
            logger.warning("Job %s: its failure cannot be noted: %s", job_id, _class_of(error))
            return True
        if not again:
            logger.error("Job %s set aside after %d attempts: %s", job_id, attempt, failure)
        return again

    def _take_back(self, job_id: UUID, tenant_id: int) -> bool:
        """Count this start as none; whether that could be written."""
        try:
            with self._door.tenant_session(tenant_id) as session:
                repository.take_back_attempt(session, job_id)
        except BaseException as error:  # noqa: BLE001  what cannot be written is tried again
            logger.warning("Job %s: its waiting cannot be noted: %s", job_id, _class_of(error))
            return False
        return True

    def _backoff(self, attempt: int) -> int:
        """Milliseconds until the next attempt: doubling, bounded, with jitter."""
        _, delay = compute_backoff(
            attempt - 1,
            factor=max(1, int(self._policy.first_backoff * 1000)),
            max_backoff=int(self._policy.longest_backoff * 1000),
        )
        return delay


def _tell_given_up(kind: JobKind, job: JobRun) -> None:
    """Have the kind tell whoever waits; its own failure is told and changes nothing."""
    if kind.gave_up is None:
        return
    try:
        with job.session.begin_nested():
            kind.gave_up(job)
    except Exception as error:  # noqa: BLE001  reported here; the job must be set aside
        failure = _where(error, _class_of(error))
        logger.warning(
            "Job %s (%s): nobody was told of its end: %s", job.job_id, kind.name, failure
        )


def _milliseconds_until(moment: datetime) -> int:
    """How long until then, a second at least."""
    left = (moment - datetime.now(UTC)).total_seconds()
    return max(1_000, int(left * 1_000) + 500)


def _class_of(error: BaseException) -> str:
    """The class of an error, or of the driver's error that it wraps."""
    inner = getattr(error, "orig", None)
    kind = type(inner if isinstance(inner, BaseException) else error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _where(error: BaseException, failure: str) -> str:
    """The class of an error and the line of code; its message may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{failure} in {frames[-1].filename}:{frames[-1].lineno}" if frames else failure
