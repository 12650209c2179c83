"""Seals every tenant's entries once a minute, beside the jobs of a worker process.

Not a job: one job for each province and minute would leave more rows in the books of the queue
than there are entries. Several processes may do it at once; the chain's own lock lets one work.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from core.audit.sealing import seal_next
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    import threading

    from core.audit.canonical import AuditKeys
    from core.kit.clock import Clock
    from core.tenancy.door import TenantDoor

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0


class Sealer:
    """Seals all there is to seal, tenant by tenant, each seal in its own transaction.

    A round of the worker (``core.jobs.rounds``).
    """

    name = "audit-seal"

    def __init__(self, door: TenantDoor, keys: AuditKeys, clock: Clock) -> None:
        """Keep what is needed; nothing is read before ``seal``."""
        self._door = door
        self._keys = keys
        self._clock = clock

    def seal(self, tenant_id: int) -> int:
        """Seal a tenant's entries; how many seals that made."""
        made = 0
        while self._seal_once(tenant_id):
            made += 1
        return made

    def seal_every_tenant(self, stop: threading.Event) -> None:
        """Seal for each tenant; a failure is told in the log, and all is tried again next time."""
        try:
            with self._door.reference_session() as session:
                tenants = session.scalars(select(Tenant.id).order_by(Tenant.id)).all()
            for tenant_id in tenants:
                if stop.is_set():
                    return
                self.seal(tenant_id)
        except SQLAlchemyError as error:
            # the class alone: a message may hold what was in an entry
            logger.warning("The audit log was not sealed: %s", type(error).__name__)

    def run(self, stop: threading.Event, every: float = EVERY_SECONDS) -> None:
        """Seal again and again until ``stop`` is set."""
        while not stop.wait(every):
            self.seal_every_tenant(stop)

    def _seal_once(self, tenant_id: int) -> bool:
        with self._door.tenant_session(tenant_id) as session:
            return seal_next(session, self._keys, self._clock.now()) is not None
