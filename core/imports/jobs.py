"""The jobs of a list: take it apart, take in its chunks one after the other, forget old ones.

Each job is one transaction and asks for the next in it, so that a worker may be killed at any
moment: what was not committed is done again, what was is not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from core.access.on_behalf import principal_on_behalf
from core.forms.events import RECORD_SAVED
from core.identity.principal import Principal
from core.imports import repository, service
from core.imports.going_on import halt
from core.imports.models import WAITING, WORKING
from core.imports.taking_apart import CHUNK
from core.imports.taking_in import Acting
from core.indicators.jobs import RECOUNT
from core.jobs.kinds import JobKind
from core.jobs.queue import JobQueue
from core.kit.clock import local_date
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM
from core.registry.enablement import enabled_keys
from core.tenancy.models import Tenant
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.imports.models import ChildImport
    from core.jobs.kinds import JobRun
    from core.kit.clock import Clock
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession

TAKE_APART: Final = "imports.take_apart"
TAKE_IN: Final = "imports.take_in"
FORGET: Final = "imports.forget"
_MAY: Final = [may for form in (CHILD_FORM, HOUSEHOLD_FORM) for may in (form.enters, form.sees)]


def import_kinds(
    registry: Registry, asked_for: Sequence[JobKind], clock: Clock, *, size: int = CHUNK
) -> tuple[JobKind, ...]:
    """The kinds of job by which lists are worked on.

    ``asked_for`` are those that they ask for: the recount, and telling programmes of a record.
    """

    def apart(job: JobRun) -> None:
        import_id = UUID(job.identifiers[0])
        acting = acting_for(job.session, registry, clock, import_id)
        if acting is None:
            return
        if service.take_apart(job.session, import_id, acting, size=size):
            queue.enqueue(job.session, TAKE_IN, str(import_id), "0")

    def take_in(job: JobRun) -> None:
        import_id, number = UUID(job.identifiers[0]), int(job.identifiers[1])
        acting = acting_for(job.session, registry, clock, import_id, queue=queue)
        if acting is None:
            return
        if service.take_in(job.session, import_id, number, acting):
            queue.enqueue(job.session, RECOUNT)
            return
        ask_for_next(job.session, queue, import_id)

    def forget(job: JobRun) -> None:
        service.forget_old(job.session, clock.now())

    def gave_up(job: JobRun) -> None:
        halt(job.session, UUID(job.identifiers[0]))

    nothing = Reach.nothing()
    kinds = (
        JobKind(TAKE_APART, apart, reach=nothing, binds_itself=True, gave_up=gave_up),
        JobKind(TAKE_IN, take_in, reach=nothing, binds_itself=True, gave_up=gave_up),
        JobKind(FORGET, forget),
    )
    queue = JobQueue((*kinds, *asked_for))
    return kinds


def ask_for_next(session: TenantSession, queue: JobQueue, import_id: UUID) -> None:
    """Ask for the next step of a list, in the session's transaction; for none at its end."""
    asked = repository.import_by_id(session, import_id)
    if asked is not None and asked.state == WAITING:
        queue.enqueue(session, TAKE_APART, str(import_id))
    elif asked is not None and asked.state == WORKING:
        following = repository.first_to_do(session, import_id)
        if following is not None:
            queue.enqueue(session, TAKE_IN, str(import_id), str(following))


def acting_for(
    session: TenantSession,
    registry: Registry,
    clock: Clock,
    import_id: UUID,
    *,
    queue: JobQueue | None = None,
) -> Acting | None:
    """Whoever sent a list, with the rights and the reach of now; the session is bound by them.

    An account that was closed meanwhile may nothing, and its list ends with that sentence. ``None``
    when there is no such list.
    """
    asked = repository.import_by_id(session, import_id)
    if asked is None:
        return None
    now = clock.now()
    programmes = registry.enabled(enabled_keys(session, now))
    principal = None
    if asked.asked_by is not None:
        principal = principal_on_behalf(session, asked.asked_by, programmes, now)
    else:
        principal = the_operator(session)
    principal = principal or _nobody(session, asked)
    session.bound_by(principal.reach)
    tell = None
    if queue is not None and programmes.hears_of_records:
        tell = partial(_ask_to_tell, session, queue)
    return Acting(
        principal=principal,
        now=now,
        today=local_date(now),
        forms=programmes.catalogue.forms,
        measures=tuple(registry.catalogue.measures.values()),
        tell=tell,
    )


def _ask_to_tell(session: TenantSession, queue: JobQueue, form: str, record_id: UUID) -> None:
    queue.enqueue(session, RECORD_SAVED, form, str(record_id))


def the_operator(session: TenantSession) -> Principal:
    """Whoever works on the command line: no account, every commune of the tenant."""
    tenant = session.get_one(Tenant, session.tenant_id)
    return Principal(
        account_id=None,
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        display_name="annhi import",
        roles=(),
        permissions=frozenset({service.RIGHT, *_MAY}),
        reach=Reach.whole_tenant(),
    )


def _nobody(session: TenantSession, asked: ChildImport) -> Principal:
    nothing = replace(the_operator(session), permissions=frozenset(), reach=Reach.nothing())
    return replace(nothing, account_id=asked.asked_by)
