"""How long after a commit a page shows the new figure: the real queue and the real worker."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.bench.measure import Ratio
from core.bench.request_part import BenchError
from core.db.logins import Login
from core.indicators.door import FigureDoor
from core.indicators.jobs import RECOUNT, recount_kind
from core.indicators.stale import marker
from core.jobs.queue import JobQueue
from core.jobs.worker import JobWorker
from core.register.models import Child
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from core.db.logins import DatabaseAddresses
    from core.registry.catalogue import Catalogue
    from core.tenancy.session import TenantSession

FRESH_SECONDS = 2.0
_ASKED = "COR-03"
_LOOK_EVERY = 0.02
_GIVE_UP = 60.0


def freshness(
    addresses: DatabaseAddresses, engine: Engine, catalogue: Catalogue, tenant: int, *, rounds: int
) -> Ratio:
    """The seconds from the commit of an edit to the first page that says the figure is fresh.

    The longest of the rounds is judged; beside the seconds it may take.

    Raises:
        BenchError: the worker did not count within a minute.
    """
    kind = recount_kind(catalogue.measures)
    queue = JobQueue((kind,))

    def ask(session: TenantSession) -> None:
        queue.enqueue(session, RECOUNT)

    door = TenantDoor(engine, listeners=[marker(catalogue.measures.values(), ask=ask)])
    with _at_work(JobWorker(addresses.url(Login.RUNTIME), (kind,), door)):
        _edit_and_wait(door, catalogue, tenant, 0)
        taken = [_edit_and_wait(door, catalogue, tenant, at) for at in range(1, rounds + 1)]
    return Ratio(
        name="fresh_after_edit",
        ratio=round(max(taken) / FRESH_SECONDS, 3),
        low=round(min(taken) / FRESH_SECONDS, 3),
        high=round(max(taken) / FRESH_SECONDS, 3),
        goal=1.0,
        floor_ms=FRESH_SECONDS * 1000,
        ours_ms=round(max(taken) * 1000, 3),
        rounds=rounds,
    )


@contextmanager
def _at_work(worker: JobWorker) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=worker.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_GIVE_UP)


def _edit_and_wait(door: TenantDoor, catalogue: Catalogue, tenant: int, at: int) -> float:
    with door.tenant_session(tenant, reach=Reach.counting()) as session:
        chosen = select(Child).where(Child.tenant_id == tenant).order_by(Child.id)
        child = session.scalars(chosen.offset(at * 5).limit(1)).one()
        child.sex = "male" if child.sex == "female" else "female"
    began = perf_counter()
    while perf_counter() - began < _GIVE_UP:
        with door.tenant_session(tenant, read_only=True) as session:
            if FigureDoor(session, catalogue).is_fresh((_ASKED,)):
                return perf_counter() - began
        sleep(_LOOK_EVERY)
    raise BenchError("The worker did not count an edit within a minute.")
