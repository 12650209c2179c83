"""A list of children whose worker is killed with ``kill -9`` on its way: all rows in, none twice.

Its rows bring their households along, each strewn over several chunks.

The supervisor, the database and the jobs are the real ones. Its workers import this file to build
themselves; at three moments, when everything of a step is written and nothing committed, a worker
tells its process and waits for the end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from core.access.on_behalf import principal_on_behalf
from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.audit.models import AuditEntry
from core.contribution import core_contribution
from core.db.engine import runtime_engine
from core.db.logins import Login
from core.identity.service import GivenRole, create_account
from core.imports import service
from core.imports.jobs import TAKE_APART, import_kinds
from core.imports.models import ChildImport
from core.indicators.count import clear_marks, verify
from core.indicators.jobs import recount_kind
from core.indicators.stale import marker
from core.jobs.policy import QueuePolicy
from core.jobs.queue import JobQueue
from core.jobs.worker import JobWorker
from core.kit.clock import SystemClock
from core.register.models import Child, ChildNameToken, Household
from core.registry.service import Registry
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import addresses_of, vault_of_tests
from tests.core.imports.books import GOOD, HOME, HOME_HEADINGS, book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from core.jobs.kinds import JobKind, JobRun
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

pytestmark = pytest.mark.slow

DATABASE, FOLDER = "IMPORT_KILLS_DATABASE", "IMPORT_KILLS_FOLDER"
TENANT, ROWS, SIZE = 1, 100, 20
HOMES = 13
# Taking apart, and the second and fourth of five chunks.
KILLED = ("apart", "1", "3")
QUICK = QueuePolicy(heartbeat=0.3, dead_after=1.5, upkeep=0.4, poll=0.1)
REGISTRY = Registry({}, core_contribution())
MEASURES = tuple(REGISTRY.catalogue.measures.values())
CLOCK = SystemClock()


def _dying(kind: JobKind) -> JobKind:
    """The same job, whose process waits for its end at three moments, once at each."""

    def run(job: JobRun) -> None:
        kind.run(job)
        moment = "apart" if kind.name == TAKE_APART else (*job.identifiers, "")[1]
        mark = Path(os.environ[FOLDER]) / moment
        if moment in KILLED and not mark.exists():
            partial = mark.with_suffix(".partial")
            partial.write_text(str(os.getpid()))
            partial.rename(mark)
            time.sleep(60)

    return replace(kind, run=run)


def kinds() -> tuple[JobKind, ...]:
    recount = recount_kind(REGISTRY.catalogue.measures)
    return (recount, *map(_dying, import_kinds(REGISTRY, (recount,), CLOCK, size=SIZE)))


def door_of(database: str) -> TenantDoor:
    engine = runtime_engine(addresses_of(database))
    return TenantDoor(engine, listeners=[marker(MEASURES)], vault=vault_of_tests())


def make_worker() -> JobWorker:
    """Called in each worker process."""
    database = os.environ[DATABASE]
    url = addresses_of(database).url(Login.RUNTIME)
    return JobWorker(url, kinds(), door_of(database), policy=QUICK)


@contextmanager
def supervised(database: TestDatabase, folder: Path) -> Iterator[None]:
    """Two workers under the supervisor, which takes the place of a dead one."""
    here = Path(__file__)
    environment = os.environ | {
        DATABASE: database.addresses.database,
        FOLDER: str(folder),
        "PYTHONPATH": os.pathsep.join([str(here.parent), str(here.parents[2])]),
    }
    factory = f"{here.stem}:make_worker"
    call = f"import core.jobs.supervisor as s; raise SystemExit(s.run({factory!r}, processes=2))"
    process = subprocess.Popen([sys.executable, "-c", call], env=environment, text=True)
    try:
        yield
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def send(door: TenantDoor) -> UUID:
    """A list of a hundred children, sent by the worker of one commune."""
    today = CLOCK.today()
    with door.reference_session() as areas:
        communes = select(Area.id).where(Area.level == COMMUNE, exists_on(today))
        commune = areas.scalars(communes.order_by(Area.id).limit(1)).one()
    with door.tenant_session(TENANT) as session:
        account = create_account(
            session,
            login="can_bo_xa",
            display_name="Cán bộ xã",
            password=None,
            roles=(GivenRole("commune_worker", commune),),
            now=CLOCK.now(),
        )
    alike = {"ethnicity": "Tày", "date_of_birth": f"05/02/{today.year - 8}"}
    homes = [HOME | {"number": number, "address": f"Số {number}"} for number in range(HOMES)]
    rows = [
        GOOD | alike | homes[n % HOMES] | {"full_name": f"Trẻ Số {n}", "relation_to_head": "Con"}
        for n in range(ROWS)
    ]
    content = book(rows, headings=HOME_HEADINGS)
    queue = JobQueue(kinds())
    session = door.open(TENANT)
    with session, session.begin():
        programmes = REGISTRY.enabled(frozenset())
        principal = principal_on_behalf(session, account, programmes, CLOCK.now())
        assert principal is not None
        session.bound_by(principal.reach)
        asked = service.ask(
            session,
            content,
            updates=False,
            dry_run=False,
            principal=principal,
            now=CLOCK.now(),
        )
        queue.enqueue(session, TAKE_APART, str(asked.id))
        return asked.id


def wait_until(look: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline, f"it did not happen in {seconds} seconds"
        time.sleep(0.03)


def count(session: TenantSession, model: type, *conditions: object) -> int:
    statement = select(func.count(model.id)).where(  # type: ignore[attr-defined]
        model.tenant_id == session.tenant_id,  # type: ignore[attr-defined]
        *conditions,  # type: ignore[arg-type]
    )
    return session.execute(statement).scalar_one()


def state_of(door: TenantDoor, import_id: UUID) -> str:
    with door.tenant_session(TENANT, read_only=True) as session:
        return session.get_one(ChildImport, (TENANT, import_id)).state


def test_list_comes_in_whole_and_once_though_its_worker_is_killed(
    database: TestDatabase, tmp_path: Path
) -> None:
    door = door_of(database.addresses.database)
    import_id = send(door)
    stored: list[int] = []
    with supervised(database, tmp_path):
        for moment in KILLED:
            mark = tmp_path / moment
            wait_until(mark.exists, 30)
            with door.tenant_session(TENANT, read_only=True) as session:
                stored.append(count(session, Child))
            os.kill(int(mark.read_text()), signal.SIGKILL)
        wait_until(lambda: state_of(door, import_id) == "done", 30)
        time.sleep(2 * QUICK.back_within)  # whatever would come twice has come by now
    # what a killed worker had written was never seen
    assert stored == [0, SIZE, 3 * SIZE]
    with door.tenant_session(TENANT, read_only=True) as session:
        names = session.scalars(select(Child.full_name).where(Child.tenant_id == TENANT)).all()
        assert sorted(map(str, names)) == sorted(f"Trẻ Số {number}" for number in range(ROWS))
        assert count(session, ChildNameToken) == 3 * ROWS
        entered = AuditEntry.action == "write", AuditEntry.subject_kind == "core.child"
        assert count(session, AuditEntry, *entered) == ROWS
        assert count(session, Household) == HOMES
        entered = AuditEntry.action == "write", AuditEntry.subject_kind == "core.household"
        assert count(session, AuditEntry, *entered) == HOMES
    with door.tenant_session(TENANT, reach=Reach.counting()) as session:
        clear_marks(session, MEASURES)
        assert verify(session, MEASURES) == []
    door.engine.dispose()
