"""A job that is given up has its kind tell whoever waits; that failing changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from dramatiq.errors import Retry

from core.jobs import repository
from core.jobs.kinds import JobKind, JobRun
from core.jobs.models import JobAttempt
from core.jobs.runner import JobRunner
from tests.core.jobs.conftest import QUICK

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor


def attempt_of(door: TenantDoor, job_id: UUID) -> tuple[str, int]:
    with door.tenant_session(1, read_only=True) as session:
        attempt = session.get_one(JobAttempt, (1, job_id))
        return attempt.state, attempt.attempts


def fail(_run: JobRun) -> None:
    raise LookupError


def test_kind_hears_once_that_its_job_is_given_up(door: TenantDoor) -> None:
    heard: list[tuple[UUID, tuple[str, ...]]] = []
    kind = JobKind(
        "test.told", fail, gave_up=lambda job: heard.append((job.job_id, job.identifiers))
    )
    runner, job_id = JobRunner(door, QUICK), uuid4()
    for _ in range(QUICK.max_attempts - 1):
        with pytest.raises(Retry):
            runner.perform(kind, job_id, 1, ("one",))
        assert heard == []
    runner.perform(kind, job_id, 1, ("one",))
    assert heard == [(job_id, ("one",))]
    assert attempt_of(door, job_id) == ("set_aside", QUICK.max_attempts)


def test_kind_hears_of_a_job_that_ended_its_worker_each_time(door: TenantDoor) -> None:
    heard: list[UUID] = []
    kind = JobKind("test.killed", fail, gave_up=lambda job: heard.append(job.job_id))
    job_id = uuid4()
    for _ in range(QUICK.max_attempts):
        with door.tenant_session(1) as session:
            repository.count_attempt(session, job_id=job_id, kind=kind.name, identifiers=())
    JobRunner(door, QUICK).perform(kind, job_id, 1, ())
    assert heard == [job_id]
    assert attempt_of(door, job_id) == ("set_aside", QUICK.max_attempts)


def test_job_is_set_aside_though_nobody_can_be_told(
    door: TenantDoor, caplog: pytest.LogCaptureFixture
) -> None:
    def no_telling(job: JobRun) -> None:
        repository.set_state(job.session, job.job_id, "no such state", error="a name")

    kind = JobKind("test.untold", fail, gave_up=no_telling)
    runner, job_id = JobRunner(door, QUICK), uuid4()
    for _ in range(QUICK.max_attempts - 1):
        with pytest.raises(Retry):
            runner.perform(kind, job_id, 1, ())
    runner.perform(kind, job_id, 1, ())
    assert attempt_of(door, job_id) == ("set_aside", QUICK.max_attempts)
    assert "nobody was told of its end" in caplog.text
