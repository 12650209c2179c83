"""The jobs by which enabled plugins hear of stored records, and by which their own jobs run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from core.forms.repository import entry_of_record
from core.jobs.kinds import JobKind, NotNowError
from core.jobs.queue import JobQueue
from core.kit.clock import local_date
from core.plugin_api.values import RecordView
from core.registry.calls import PluginOutOfServiceError, call_plugin
from core.registry.enablement import enabled_keys
from core.registry.models import Call
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.jobs.kinds import JobRun
    from core.kit.clock import Clock
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession

RECORD_SAVED = "plugins.record_saved"
PLUGIN_JOB = "plugins.job"


@dataclass(frozen=True, slots=True)
class SavedContext:
    """Given to ``on_record_saved``: where it happened, and a way to ask for a plugin's own job.

    It holds a function and no session: a plugin never receives one.
    """

    tenant_slug: str
    ask: Callable[[str, tuple[str, ...]], object] = field(repr=False)

    def enqueue(self, job_code: str, *identifiers: str) -> None:
        """Ask for a plugin's job, in the transaction of the event."""
        self.ask(job_code, identifiers)


@dataclass(frozen=True, slots=True)
class PluginJobContext:
    """Given to a plugin's job; it holds no session, so the job can only count on core."""

    tenant_slug: str
    now: datetime
    job_id: UUID

    def note(self, text: str) -> None:
        """A line in the worker's log, beside the id of the job; never personal data."""
        structlog.get_logger().info("plugin job", job=str(self.job_id), note=text)


def record_saved_kind(registry: Registry, queue: JobQueue, clock: Clock) -> JobKind:
    """Tells the plugins that are on now of one stored record; which one, never its answers.

    A plugin that fails takes nothing from the others: it alone is told again, by a job that names
    it, until it hears or the job is set aside.
    """

    def run(job: JobRun) -> None:
        form_code, record_id, *alone = job.identifiers
        programmes = registry.enabled(enabled_keys(job.session, clock.now()))
        form = programmes.catalogue.forms.get(form_code)
        entry = entry_of_record(job.session, form_code, UUID(record_id))
        if form is None or entry is None:
            return
        record = RecordView(
            form_code=form_code,
            record_id=UUID(record_id),
            entered_on=local_date(entry.entered_at),
        )

        def enqueue(job_code: str, identifiers: tuple[str, ...]) -> object:
            return queue.enqueue(job.session, PLUGIN_JOB, job_code, *identifiers)

        context = SavedContext(_slug(job.session), enqueue)
        for key in programmes.hearing:
            if alone and key not in alone:
                continue
            hook, tell = f"{key}.on_record_saved", programmes.tell_record_saved
            try:
                call_plugin(job.session, Call.EVENT, hook, tell, key, context, record)
            except PluginOutOfServiceError as out:
                if alone:
                    raise _later(out) from out
                again.enqueue(job.session, RECORD_SAVED, form_code, record_id, key)

    kind = JobKind(RECORD_SAVED, run)
    again = JobQueue((kind,))
    return kind


def plugin_job_kind(registry: Registry, clock: Clock) -> JobKind:
    """Runs one job that a plugin declares; that of a switched-off programme is dropped."""

    def run(job: JobRun) -> None:
        code, *identifiers = job.identifiers
        programmes = registry.enabled(enabled_keys(job.session, clock.now()))
        declared = programmes.catalogue.jobs.get(code)
        if declared is not None:
            context = PluginJobContext(_slug(job.session), clock.now(), job.job_id)
            try:
                call_plugin(job.session, Call.JOB, code, declared.run, context, *identifiers)
            except PluginOutOfServiceError as out:
                raise _later(out) from out

    return JobKind(PLUGIN_JOB, run)


def _later(out: PluginOutOfServiceError) -> Exception:
    """A plugin that is not called for a while is no failed attempt: the job waits as long."""
    return out if out.until is None else NotNowError(out.until)


def _slug(session: TenantSession) -> str:
    return session.get_one(Tenant, session.tenant_id).slug
