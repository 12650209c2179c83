"""Workers killed with ``kill -9`` in the middle of a job: real processes, a real database.

The supervisor is the real one. Its workers import this file to build themselves.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from core.audit.models import AuditEntry
from core.audit.service import Action, record
from core.db.engine import runtime_engine
from core.db.logins import Login
from core.jobs.kinds import JobKind, JobRun
from core.jobs.policy import QueuePolicy
from core.jobs.queue import JobQueue
from core.jobs.worker import JobWorker
from core.tenancy.door import TenantDoor
from core.testing.database import addresses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.testing.database import TestDatabase

Found = TypeVar("Found")
pytestmark = pytest.mark.slow

KILLS = 10
GOAL_SECONDS = 20.0
DATABASE, FOLDER, TIMES = "KILLS_DATABASE", "KILLS_FOLDER", "KILLS_TIMES"
QUICK = QueuePolicy(heartbeat=0.3, dead_after=1.5, upkeep=0.4, poll=0.1)


def killed_at_first(run: JobRun) -> None:
    """Write, say which process runs it, and wait for the end; run through the next time."""
    quick(run)
    mark = Path(os.environ[FOLDER]) / str(run.job_id)
    if not mark.exists():
        partial = mark.with_suffix(".partial")
        partial.write_text(str(os.getpid()))
        partial.rename(mark)
        time.sleep(60)


def kills_its_worker(run: JobRun) -> None:
    """End the process, each time."""
    quick(run)
    os.kill(os.getpid(), signal.SIGKILL)


def quick(run: JobRun) -> None:
    """Write, and nothing happens."""
    entry = UUID(run.identifiers[0])
    record(run.session, None, Action.WRITE, subject_kind="job_test", subject_id=entry)


KINDS = (
    JobKind("test.killed", killed_at_first),
    JobKind("test.killer", kills_its_worker),
    JobKind("test.quick", quick),
)
QUEUE = JobQueue(KINDS)


def make_worker() -> JobWorker:
    """Called in each worker process."""
    addresses = addresses_of(os.environ[DATABASE])
    policy = QUICK if os.environ[TIMES] == "quick" else QueuePolicy()
    door = TenantDoor(runtime_engine(addresses))
    return JobWorker(addresses.url(Login.RUNTIME), KINDS, door, policy=policy)


@contextmanager
def supervised(
    database: TestDatabase, folder: Path, times: str, *, ends_cleanly: bool = True
) -> Iterator[subprocess.Popen[str]]:
    """The supervisor in a process of its own; asked to end, it does so cleanly."""
    here = Path(__file__)
    environment = os.environ | {
        DATABASE: database.addresses.database,
        FOLDER: str(folder),
        TIMES: times,
        "PYTHONPATH": os.pathsep.join([str(here.parent), str(here.parents[2])]),
    }
    factory = f"{here.stem}:make_worker"
    call = f"import core.jobs.supervisor as s; raise SystemExit(s.run({factory!r}, processes=2))"
    process = subprocess.Popen([sys.executable, "-c", call], env=environment, text=True)
    try:
        yield process
        if ends_cleanly:
            process.terminate()
            assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def children_of(process_id: int) -> list[int]:
    return [int(each) for each in _proc(f"{process_id}/task/{process_id}/children").split()]


def is_running(process_id: int) -> bool:
    state = _proc(f"{process_id}/stat").rpartition(")")[2].split()
    return bool(state) and state[0] != "Z"


def _proc(path: str) -> str:
    try:
        return (Path("/proc") / path).read_text()
    except OSError:
        return ""


def wait_for(look: Callable[[], Found], seconds: float) -> Found:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"it did not happen in {seconds} seconds"
        time.sleep(0.03)
    return found


def effects(door: TenantDoor, subject: UUID) -> int:
    with door.tenant_session(1, read_only=True) as session:
        statement = select(func.count(AuditEntry.id)).where(
            AuditEntry.tenant_id == session.tenant_id, AuditEntry.subject_id == subject
        )
        return session.execute(statement).scalar_one()


def enqueue(door: TenantDoor, kind: str) -> tuple[UUID, UUID]:
    subject = uuid4()
    with door.tenant_session(1) as session:
        return QUEUE.enqueue(session, kind, str(subject)), subject


def kill_in_the_middle(door: TenantDoor, folder: Path) -> tuple[UUID, float]:
    """Kill the worker of one job; what it was about, and the seconds until it was done."""
    job_id, subject = enqueue(door, "test.killed")
    mark = folder / str(job_id)
    wait_for(mark.exists, 30)
    assert effects(door, subject) == 0
    os.kill(int(mark.read_text()), signal.SIGKILL)
    killed_at = time.monotonic()
    wait_for(lambda: effects(door, subject), GOAL_SECONDS + 10)
    return subject, time.monotonic() - killed_at


def test_each_of_ten_killed_jobs_takes_effect_exactly_once(
    database: TestDatabase, door: TenantDoor, tmp_path: Path
) -> None:
    with supervised(database, tmp_path, "quick"):
        done = [kill_in_the_middle(door, tmp_path) for _ in range(KILLS)]
        time.sleep(2 * QUICK.back_within)  # whatever would come twice has come by now
        assert [effects(door, subject) for subject, _ in done] == [1] * KILLS
    times = [seconds for _, seconds in done]
    print("back after", " ".join(f"{each:.1f}" for each in times), "s")  # noqa: T201  the proof
    assert max(times) <= GOAL_SECONDS


def test_killed_job_is_back_in_twenty_seconds_with_the_times_of_production(
    database: TestDatabase, door: TenantDoor, tmp_path: Path
) -> None:
    with supervised(database, tmp_path, "production"):
        subject, seconds = kill_in_the_middle(door, tmp_path)
    print(f"back after {seconds:.1f} s")  # noqa: T201  the proof
    assert seconds <= GOAL_SECONDS
    assert effects(door, subject) == 1


def test_job_that_always_kills_its_worker_is_set_aside_and_others_go_on(
    database: TestDatabase, door: TenantDoor, tmp_path: Path
) -> None:
    with supervised(database, tmp_path, "quick"):
        killer, subject = enqueue(door, "test.killer")

        def given_up() -> int:
            with door.tenant_session(1, read_only=True) as session:
                return {job.job_id: job.attempts for job in QUEUE.set_aside(session)}.get(killer, 0)

        attempts = wait_for(given_up, 60)
        other, seconds = kill_in_the_middle(door, tmp_path)
    print(f"set aside after {attempts} attempts; another back after {seconds:.1f} s")  # noqa: T201  the proof
    assert attempts == QUICK.max_attempts
    assert (effects(door, subject), effects(door, other)) == (0, 1)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_workers_end_with_a_supervisor_that_was_killed(
    database: TestDatabase, door: TenantDoor, tmp_path: Path
) -> None:
    with supervised(database, tmp_path, "quick", ends_cleanly=False) as supervisor:
        _, subject = enqueue(door, "test.quick")
        wait_for(lambda: effects(door, subject), 30)
        workers = children_of(supervisor.pid)
        supervisor.kill()
        wait_for(lambda: not any(is_running(each) for each in workers), 20)
    assert len(workers) == 2
