"""A list taken in by the process that asks for it: the command line, which waits for the end.

The same steps as the jobs, each in a transaction of its own; one that was cut off goes on where it
stood when the same file is given again.
"""

from __future__ import annotations

import gc
import hashlib
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.access.on_behalf import principal_on_behalf
from core.imports import repository, service
from core.imports.jobs import acting_for, the_operator
from core.imports.models import WORKING
from core.imports.taking_apart import CHUNK
from core.indicators.jobs import RECOUNT
from core.kit.errors import NotFoundError
from core.registry.enablement import enabled_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from core.identity.principal import Principal
    from core.imports.findings import Finding
    from core.imports.service import Overview
    from core.jobs.queue import JobQueue
    from core.kit.clock import Clock
    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession

_AT_ONCE: Final = 2  # one is checked while the database stores the other
_STRETCH: Final = 8  # chunks after which another list of the tenant has its turn


@dataclass(frozen=True, slots=True)
class InlineImport:
    """Takes lists in for one tenant: for an account, or as the tenant's operator."""

    door: TenantDoor
    registry: Registry
    queue: JobQueue
    clock: Clock
    tenant_id: int
    size: int = CHUNK
    account_id: UUID | None = None

    def run(
        self,
        content: bytes,
        *,
        updates: bool,
        dry_run: bool,
        others: bool = False,
        tell: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> UUID:
        """Take a list in; ``tell`` hears how many chunks of how many are done. Gives its id.

        ``others`` where each row is of a child of its own, whoever is like it.

        Raises:
            BookRefusedError: the file breaks a rule that shows at once.
        """
        with _standing_spared():
            import_id = self._cut_off(content, updates=updates, dry_run=dry_run)
            if import_id is None:
                import_id = self._ask(content, updates=updates, dry_run=dry_run, others=others)
            self._finish(import_id, updates=updates, others=others, tell=tell)
        return import_id

    def _ask(self, content: bytes, *, updates: bool, dry_run: bool, others: bool) -> UUID:
        with self._working() as session:
            principal = self._asker(session)
            session.bound_by(principal.reach)
            asked = service.ask(
                session,
                content,
                updates=updates,
                dry_run=dry_run,
                principal=principal,
                now=self.clock.now(),
                others=others,
            )
            return asked.id

    def _finish(
        self, import_id: UUID, *, updates: bool, others: bool, tell: Callable[[int, int], None]
    ) -> None:
        total = self._apart(import_id, others=others)
        # corrections of children who share a household could wait for each other
        at_once = 1 if updates else _AT_ONCE
        with ThreadPoolExecutor(at_once, thread_name_prefix="import") as threads:
            while numbers := self._next(import_id):
                tell(numbers[0], total)
                self._stretch(threads, import_id, numbers)
        tell(total, total)

    def outcome(self, import_id: UUID) -> tuple[Overview, list[Finding]]:
        """What became of it, and everything that was not taken in."""
        with self.door.tenant_session(self.tenant_id) as session:
            seen = service.overview(session, import_id, self._asker(session))
            return seen, list(service.findings_of(session, seen.asked))

    def _asker(self, session: TenantSession) -> Principal:
        if self.account_id is None:
            return the_operator(session)
        now = self.clock.now()
        programmes = self.registry.enabled(enabled_keys(session, now))
        found = principal_on_behalf(session, self.account_id, programmes, now)
        if found is None:
            raise NotFoundError
        return found

    def _cut_off(self, content: bytes, *, updates: bool, dry_run: bool) -> UUID | None:
        """The same list on its way, which another run of this command left behind."""
        digest = hashlib.sha256(content).hexdigest()
        with self.door.tenant_session(self.tenant_id, read_only=True) as session:
            left = repository.unfinished_like(session, digest)
            alike = left is not None and (left.asked_by, left.updates, left.dry_run) == (
                self.account_id,
                updates,
                dry_run,
            )
            return left.id if left is not None and alike else None

    def _apart(self, import_id: UUID, *, others: bool) -> int:
        with self._working() as session:
            acting = acting_for(session, self.registry, self.clock, import_id)
            if acting is None:
                return 0
            return service.take_apart(session, import_id, acting, size=self.size, others=others)

    def _stretch(
        self, threads: ThreadPoolExecutor, import_id: UUID, numbers: Sequence[int]
    ) -> None:
        """Take in some chunks, while the tenant's other lists wait; all have ended then.

        Chunks of one list share no child, so several are worked on at once: while the database
        stores one, the next is checked.
        """
        with self._working() as leader:
            service.lead(leader)
            work = [threads.submit(self._chunk, import_id, number) for number in numbers]
            wait(work)
        for one in work:
            one.result()

    def _chunk(self, import_id: UUID, number: int) -> None:
        with self._working() as session:
            acting = acting_for(session, self.registry, self.clock, import_id, queue=self.queue)
            if acting and service.take_in(session, import_id, number, acting, led=True):
                self.queue.enqueue(session, RECOUNT)

    def _next(self, import_id: UUID) -> Sequence[int]:
        """The chunks of the next stretch; none once the list has come to its end."""
        with self.door.tenant_session(self.tenant_id, read_only=True) as session:
            asked = repository.import_by_id(session, import_id)
            if asked is None or asked.state != WORKING:
                return ()
            return repository.to_do(session, import_id, _STRETCH)

    @contextmanager
    def _working(self) -> Iterator[TenantSession]:
        session = self.door.open(self.tenant_id)
        with session, session.begin():
            yield session


@contextmanager
def _standing_spared() -> Iterator[None]:
    """Spare the collector what stands already: to look through it again takes a third of the time.

    A list makes millions of short-lived rows, and the program beside them has a million objects
    that go nowhere.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
