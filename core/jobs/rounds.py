"""Work that a worker process does again and again beside its jobs: sealing, asking for looks.

A round is not a job: one job for each province and minute would fill the books of the queue.
Several processes run the same rounds at once, so what a round does must bear being done twice.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from core.jobs.queue import JobQueue
    from core.tenancy.door import TenantDoor

logger = logging.getLogger(__name__)

HOURLY = 3600.0


class Round(Protocol):
    """Something that goes on until the worker stops."""

    @property
    def name(self) -> str:
        """What its thread is called."""
        ...

    def run(self, stop: threading.Event) -> None:
        """Do it again and again until ``stop`` is set; a failure is told and tried next time."""
        ...


class AskProvinces:
    """Asks for one kind of job in each province, at once and then once an hour."""

    def __init__(
        self, door: TenantDoor, queue: JobQueue, kind: str, *, every: float = HOURLY
    ) -> None:
        """Keep what is needed; nothing is read before ``ask``."""
        self._door = door
        self._queue = queue
        self._kind = kind
        self._every = every

    @property
    def name(self) -> str:
        """The kind of job."""
        return self._kind

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
                    self._queue.enqueue(session, self._kind)
                asked += 1
        except SQLAlchemyError as error:
            # the class alone: a message may hold what was in a statement
            logger.warning("%s was not asked for: %s", self._kind, type(error).__name__)
        return asked

    def run(self, stop: threading.Event) -> None:
        """Ask at once and again and again until ``stop`` is set."""
        self.ask(stop)
        while not stop.wait(self._every):
            self.ask(stop)


def start_rounds(rounds: tuple[Round, ...], stop: threading.Event) -> None:
    """Each in a thread of its own, which ends with the process: what is half done rolls back."""
    for each in rounds:
        threading.Thread(target=each.run, args=(stop,), name=each.name, daemon=True).start()
