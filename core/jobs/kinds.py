"""What a job is: a declared kind, and one run of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.kit.errors import PlatformError
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession


class JobError(PlatformError):
    """A job was declared or enqueued in a way that cannot work; a fault of ours."""

    code = "jobs.declaration"


class NotNowError(PlatformError):
    """What the job needs is out of service until a moment; waiting for it is no failed attempt."""

    code = "jobs.not_now"

    def __init__(self, until: datetime) -> None:
        """Keep when to come back."""
        super().__init__("The job waits for something that is out of service.")
        self.until = until


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run: the session of its tenant, what it is about, and which attempt it is.

    What the job writes through the session is committed once it returns, together with the
    record that it was done; it never commits itself.
    """

    session: TenantSession
    job_id: UUID
    identifiers: tuple[str, ...]
    attempt: int


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: a dotted, permanent name and the function that does it.

    ``run`` may be called again for the same job if it fails or its worker dies; what it did in
    the session is then rolled back. ``reach`` bounds what its session sees. A job that works for a
    person has the reach of nothing and ``binds_itself``: its session sees nothing that lies in a
    commune until the job has bound it by that person's reach (``TenantSession.bound_by``).

    ``gave_up`` is called once a job is set aside, in the transaction that notes it, so that whoever
    waits for the job is told; when it fails, the job is set aside all the same.
    """

    name: str
    run: Callable[[JobRun], None]
    reach: Reach = field(default_factory=Reach.whole_tenant)
    binds_itself: bool = False
    gave_up: Callable[[JobRun], None] | None = None


def index_kinds(kinds: Iterable[JobKind]) -> Mapping[str, JobKind]:
    """The kinds by name.

    Raises:
        JobError: two kinds share a name.
    """
    found: dict[str, JobKind] = {}
    for kind in kinds:
        if kind.name in found:
            raise JobError(f"Two kinds of job are named {kind.name}.")
        found[kind.name] = kind
    return found
