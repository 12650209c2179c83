"""A case with a clock that ran out is found, and its deadline is missed once, however often."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.cases.alerts import CASE_CLOCKS, case_clocks_kind, cases_run_out, miss_deadlines
from core.cases.models import CaseDeadline
from core.cases.repository import parts
from core.jobs.kinds import JobRun
from core.jobs.queue import JobQueue
from core.jobs.rounds import AskProvinces
from core.kit.clock import FixedClock
from core.kit.ids import new_id
from tests.core.cases.people import EVERYTHING, MORNING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.testing.database import TestDatabase
    from tests.core.cases.people import Person, Province


def look(province: Province) -> None:
    """What the worker does."""
    kind = case_clocks_kind(FixedClock(province.now))
    with province.door.tenant_session(1, reach=kind.reach) as session:
        kind.run(JobRun(session, new_id(), (), 1))


def missed(province: Province, case_id: UUID) -> list[str]:
    """The clocks whose deadline was missed."""
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        rows = parts(session, CaseDeadline, case_id)
        return sorted(row.clock for row in rows if row.status == "missed")


def first_run_out(province: Province, case_id: UUID) -> datetime | None:
    """What core's alert is told of the case."""
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        return {line.id: due for line, due in cases_run_out(session, province.now)}.get(case_id)


def test_each_clock_misses_its_deadline_when_it_runs_out(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker, subject="hiv")
    look(province)
    assert missed(province, case_id) == []
    province.later(hours=13)
    for _ in range(3):
        look(province)
    assert missed(province, case_id) == ["emergency"]
    province.later(days=8)
    look(province)
    assert missed(province, case_id) == ["emergency", "plan_draft"]


def test_a_case_is_found_from_its_first_clock_on(province: Province, worker: Person) -> None:
    case_id = province.open(worker, subject="hiv")
    assert first_run_out(province, case_id) is None
    province.later(hours=13)
    emergency = first_run_out(province, case_id)
    assert emergency is not None
    assert MORNING < emergency < MORNING + timedelta(hours=13)
    province.later(days=8)
    assert first_run_out(province, case_id) == emergency


def test_a_clock_that_was_answered_is_none(province: Province, worker: Person) -> None:
    case_id = province.open(worker)
    province.step(worker, case_id, "assess_initially")
    province.later(hours=13)
    look(province)
    assert missed(province, case_id) == []
    assert first_run_out(province, case_id) is None


def test_looking_again_in_the_same_transaction_is_no_news(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    province.later(hours=13)
    with province.door.tenant_session(1, reach=EVERYTHING) as one:
        assert miss_deadlines(one, province.now) >= 1
        assert miss_deadlines(one, province.now) == 0
    look(province)
    assert missed(province, case_id) == ["emergency"]


def test_the_worker_asks_for_the_job_for_every_province(
    province: Province, database: TestDatabase
) -> None:
    queue = JobQueue((case_clocks_kind(FixedClock(province.now)),))
    waiting = text("SELECT count(*) FROM jobs.queue WHERE message->>'actor_name' = :name")
    with database.admin.connect() as connection:
        before = connection.scalar(waiting, {"name": CASE_CLOCKS})
    assert AskProvinces(province.door, queue, CASE_CLOCKS).ask(Event()) == 3
    with database.admin.connect() as connection:
        assert connection.scalar(waiting, {"name": CASE_CLOCKS}) == (before or 0) + 3
