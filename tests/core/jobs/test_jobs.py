"""Jobs from the enqueueing transaction to their effect, over the real queue."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from core.audit.models import AuditEntry
from core.audit.service import Action, record
from core.jobs.kinds import JobError, JobKind, JobRun
from core.jobs.models import JobAttempt
from core.jobs.queue import JobQueue
from core.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

    Working = Callable[..., AbstractContextManager[None]]
    Eventually = Callable[[Callable[[], bool]], None]


def leave_entry(run: JobRun) -> None:
    record(
        run.session,
        None,
        Action.WRITE,
        subject_kind="job_test",
        subject_id=UUID(run.identifiers[0]),
    )


ENTRY = JobKind("test.entry", leave_entry)


def effects(door: TenantDoor, subject: str, *, tenant_id: int = 1) -> int:
    with door.tenant_session(tenant_id, read_only=True) as session:
        statement = select(func.count(AuditEntry.id)).where(
            AuditEntry.tenant_id == session.tenant_id, AuditEntry.subject_id == UUID(subject)
        )
        return session.execute(statement).scalar_one()


def attempt_of(door: TenantDoor, job_id: UUID) -> JobAttempt | None:
    with door.tenant_session(1, read_only=True) as session:
        return session.get(JobAttempt, (1, job_id))


def state_of(door: TenantDoor, job_id: UUID) -> str | None:
    attempt = attempt_of(door, job_id)
    return attempt.state if attempt else None


def waiting(database: TestDatabase) -> Sequence[str]:
    with database.owner.connect() as connection:
        return connection.scalars(text("SELECT message::text FROM jobs.queue")).all()


def enqueue(door: TenantDoor, kind: JobKind, *identifiers: str, tenant_id: int = 1) -> UUID:
    with door.tenant_session(tenant_id) as session:
        return JobQueue([kind]).enqueue(session, kind.name, *identifiers)


def test_job_runs_once_in_its_own_tenant(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    subject = str(uuid4())
    enqueue(door, ENTRY, subject, tenant_id=2)
    with working(ENTRY):
        eventually(lambda: waiting(database) == [])
    assert (effects(door, subject, tenant_id=2), effects(door, subject)) == (1, 0)


def test_rolled_back_request_leaves_no_job(database: TestDatabase, door: TenantDoor) -> None:
    def refused_request() -> None:
        with door.tenant_session(1) as session:
            JobQueue([ENTRY]).enqueue(session, ENTRY.name, str(uuid4()))
            raise LookupError

    with pytest.raises(LookupError):
        refused_request()
    assert waiting(database) == []


@pytest.mark.parametrize("argument", ["Trẻ Em Một", "tre em", "", "x" * 121, 7, UUID(int=1), None])
def test_argument_that_is_not_an_identifier_is_refused(door: TenantDoor, argument: object) -> None:
    with (
        door.tenant_session(1) as session,
        pytest.raises(JobError, match="Argument 2") as refusal,
    ):
        JobQueue([ENTRY]).enqueue(session, ENTRY.name, "good", argument)  # type: ignore[arg-type]  # the point
    assert str(argument) not in refusal.value.message.vi or argument in ("", 7)


def test_unknown_kind_is_refused(door: TenantDoor) -> None:
    with door.tenant_session(1) as session, pytest.raises(JobError, match="no kind"):
        JobQueue([ENTRY]).enqueue(session, "test.unknown")


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(JobError, match="Two kinds"):
        JobQueue([ENTRY, ENTRY])


def test_second_delivery_does_nothing(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    subject = str(uuid4())
    enqueue(door, ENTRY, subject)
    with database.owner.begin() as connection:
        connection.execute(text("CREATE TABLE jobs.kept AS SELECT * FROM jobs.queue"))
    with working(ENTRY):
        eventually(lambda: waiting(database) == [])
        with database.owner.begin() as connection:
            connection.execute(text("INSERT INTO jobs.queue SELECT * FROM jobs.kept"))
            connection.execute(text("DROP TABLE jobs.kept"))
        eventually(lambda: waiting(database) == [])
    assert effects(door, subject) == 1


def test_failing_job_is_tried_again_and_its_first_attempt_leaves_nothing(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    def fail_at_first(run: JobRun) -> None:
        leave_entry(run)
        if run.attempt == 1:
            raise LookupError

    subject = str(uuid4())
    kind = JobKind("test.fails_at_first", fail_at_first)
    job_id = enqueue(door, kind, subject)
    with working(kind):
        eventually(lambda: waiting(database) == [])
    attempt = attempt_of(door, job_id)
    assert attempt is not None
    assert (attempt.state, attempt.attempts) == ("done", 2)
    assert effects(door, subject) == 1


def test_job_that_always_fails_is_set_aside_and_can_be_put_back(
    database: TestDatabase,
    door: TenantDoor,
    working: Working,
    eventually: Eventually,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(run: JobRun) -> None:
        raise LookupError(f"a name that nobody may read, attempt {run.attempt}")

    subject = str(uuid4())
    kind = JobKind("test.fails", fail)
    job_id = enqueue(door, kind, subject)
    caplog.set_level(logging.DEBUG)
    with working(kind):
        eventually(lambda: state_of(door, job_id) == "set_aside")
        eventually(lambda: waiting(database) == [])
    queue = JobQueue([kind])
    with door.tenant_session(1) as session:
        (given_up,) = queue.set_aside(session)
        assert (given_up.attempts, given_up.last_error) == (3, "builtins.LookupError")
    with door.tenant_session(2) as session, pytest.raises(NotFoundError):
        queue.put_back(session, job_id)
    with door.tenant_session(1) as session:
        queue.put_back(session, job_id)
    with working(JobKind("test.fails", leave_entry)):
        eventually(lambda: waiting(database) == [])
    assert effects(door, subject) == 1
    assert "a name that nobody may read" not in caplog.text


def test_failing_job_leaves_no_message_of_its_error_in_the_queue(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    def fail(_run: JobRun) -> None:
        raise LookupError("a name that nobody may read")

    kind = JobKind("test.fails_visibly", fail)
    job_id = enqueue(door, kind, "subject")
    seen: set[str] = set()
    with working(kind):
        while state_of(door, job_id) != "set_aside":
            seen.update(waiting(database))
        eventually(lambda: waiting(database) == [])
    assert len(seen) == 1  # the message never changed
    assert "nobody may read" not in seen.pop()


def test_job_that_takes_too_long_is_ended_and_counted(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    def sleep_in_the_database(run: JobRun) -> None:
        if run.attempt == 1:
            run.session.execute(
                text("SELECT pg_sleep(8), :tenant_id"), {"tenant_id": run.session.tenant_id}
            )

    kind = JobKind("test.slow", sleep_in_the_database)
    job_id = enqueue(door, kind)
    begun_at = time.monotonic()
    with working(kind):
        eventually(lambda: waiting(database) == [])
    assert time.monotonic() - begun_at < 6
    attempt = attempt_of(door, job_id)
    assert attempt is not None
    assert (attempt.state, attempt.attempts) == ("done", 2)


def test_stopping_worker_finishes_the_job_at_hand(
    database: TestDatabase, door: TenantDoor, working: Working
) -> None:
    begun = threading.Event()

    def linger(run: JobRun) -> None:
        begun.set()
        time.sleep(0.5)
        leave_entry(run)

    subject = str(uuid4())
    kind = JobKind("test.lingers", linger)
    enqueue(door, kind, subject)
    with working(kind):
        assert begun.wait(10)
    assert effects(door, subject) == 1
    assert waiting(database) == []


def test_job_survives_that_the_database_drops_every_connection(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    begun, cut = threading.Event(), threading.Event()

    def linger(run: JobRun) -> None:
        leave_entry(run)
        begun.set()
        cut.wait(5)

    subject = str(uuid4())
    kind = JobKind("test.cut_off", linger)
    enqueue(door, kind, subject)
    with working(kind):
        assert begun.wait(10)
        with database.admin.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND usename = :login"
                ),
                {"login": f"{database.addresses.prefix}_runtime"},
            )
        cut.set()
        database.runtime.dispose()
        eventually(lambda: waiting(database) == [])
    assert effects(door, subject) == 1


def test_job_of_an_unknown_kind_is_kept_to_be_seen(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    enqueue(door, JobKind("test.gone", leave_entry), "subject")

    def states() -> Sequence[str]:
        with database.owner.connect() as connection:
            return connection.scalars(text("SELECT state FROM jobs.queue")).all()

    with working(ENTRY):
        eventually(lambda: states() == ["rejected"])
    with database.owner.begin() as connection:
        connection.execute(text("DELETE FROM jobs.queue"))


def test_what_is_known_of_jobs_done_long_ago_is_forgotten(
    database: TestDatabase, door: TenantDoor, working: Working, eventually: Eventually
) -> None:
    job_id = enqueue(door, ENTRY, str(uuid4()))
    with working(ENTRY):
        eventually(lambda: waiting(database) == [])
    with door.tenant_session(1) as session:
        after = session.execute(select(func.now())).scalar_one()
        JobQueue([ENTRY]).forget_done(session, after)
    assert state_of(door, job_id) is None
