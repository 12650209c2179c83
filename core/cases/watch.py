"""Asks for the job that looks at the clocks, once an hour for each province, beside the jobs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from core.audit.worker import SealingWorker
from core.cases.alerts import CASE_CLOCKS
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from core.jobs.queue import JobQueue
    from core.tenancy.session import TenantDoor

logger = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0


class ClockWatch:
    """Enqueues the job; several processes may do so, for looking twice raises nothing twice."""

    def __init__(self, door: TenantDoor, queue: JobQueue) -> None:
        """Keep what is needed; nothing is read before ``ask``."""
        self._door = door
        self._queue = queue

    def ask(self, stop: threading.Event) -> int:
        """Ask for every province; how many there were. A failure is told and tried next time."""
        asked = 0
        try:
            with self._door.reference_session() as session:
                provinces = select(Tenant.id).where(Tenant.kind == "province").order_by(Tenant.id)
                tenants = session.scalars(provinces).all()
            for tenant_id in tenants:
                if stop.is_set():
                    break
                with self._door.tenant_session(tenant_id) as session:
                    self._queue.enqueue(session, CASE_CLOCKS)
                asked += 1
        except SQLAlchemyError as error:
            # the class alone: a message may hold what was in a statement
            logger.warning("The clocks of cases were not looked at: %s", type(error).__name__)
        return asked

    def run(self, stop: threading.Event, *, every: float = EVERY_SECONDS) -> None:
        """Ask at once and again and again until ``stop`` is set."""
        self.ask(stop)
        while not stop.wait(every):
            self.ask(stop)


class WatchingWorker(SealingWorker):
    """A worker that also has the clocks of cases looked at."""

    def __init__(self, *arguments: Any, watch: ClockWatch, **options: Any) -> None:
        """Take what a ``SealingWorker`` takes, and the watch."""
        super().__init__(*arguments, **options)
        self._watch = watch

    def run(self, stop: threading.Event) -> bool:
        """Work, seal and watch until ``stop`` is set; false if the work stalled."""
        threading.Thread(
            target=self._watch.run, args=(stop,), name="case-clocks", daemon=True
        ).start()
        return super().run(stop)
