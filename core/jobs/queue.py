"""Enqueues jobs, in the transaction that makes them necessary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dramatiq import Message

from core.jobs import repository
from core.jobs.kinds import JobError, JobKind, index_kinds
from core.jobs.models import QUEUE_NAME
from core.kit.errors import NotFoundError
from core.kit.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

# Wide enough for ids, codes and dates; too narrow for a name or a sentence.
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_.:-]{1,120}")
_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A job that was set aside; ``last_error`` is the class of the error, none if it was killed."""

    job_id: UUID
    kind: str
    attempts: int
    last_started_at: datetime
    last_error: str | None


class JobQueue:
    """The way for a service to have something done later.

    Holds no connection: the message is a row in the session's own transaction, so that a
    rolled-back request leaves no job and a committed one never loses it.
    """

    def __init__(self, kinds: Iterable[JobKind]) -> None:
        """Know the kinds that the workers know."""
        self._names = frozenset(index_kinds(kinds))

    def enqueue(self, session: TenantSession, name: str, *identifiers: str) -> UUID:
        """Have a job of the session's tenant run after the commit; its id.

        Raises:
            JobError: an unknown kind, or an argument that is not an identifier.
        """
        job_id = new_id()
        self._put(session, job_id, name, identifiers)
        return job_id

    def set_aside(self, session: TenantSession) -> Sequence[GivenUp]:
        """The tenant's jobs that were given up, the latest first, at most 200."""
        return [
            GivenUp(
                job_id=attempt.id,
                kind=attempt.kind,
                attempts=attempt.attempts,
                last_started_at=attempt.last_started_at,
                last_error=attempt.last_error,
            )
            for attempt in repository.attempts_set_aside(session, _LISTED)
        ]

    def put_back(self, session: TenantSession, job_id: UUID) -> None:
        """Try a job that was given up again, as if it were new.

        Raises:
            NotFoundError: no such job was given up in this tenant.
        """
        attempt = repository.forget_attempt(session, job_id)
        if attempt is None:
            raise NotFoundError
        self._put(session, job_id, attempt.kind, tuple(attempt.identifiers))

    def forget_done(self, session: TenantSession, before: datetime) -> None:
        """Drop what is known of jobs done before a moment.

        A message older than that would run again, so keep at least a month.
        """
        repository.forget_done(session, before)

    def _put(
        self, session: TenantSession, job_id: UUID, name: str, identifiers: tuple[str, ...]
    ) -> None:
        if name not in self._names:
            raise JobError(f"There is no kind of job named {name}.")
        for number, identifier in enumerate(identifiers, start=1):
            if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
                # the value itself stays out of the message: it may be a name
                raise JobError(f"Argument {number} of the job {name} is not an identifier.")
        message: Message[None] = Message(
            queue_name=QUEUE_NAME,
            actor_name=name,
            args=(session.tenant_id, *identifiers),
            kwargs={},
            options={},
            message_id=str(job_id),
        )
        repository.insert_message(
            session, job_id=job_id, queue=QUEUE_NAME, message=message.asdict()
        )
