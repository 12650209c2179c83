"""A clock that runs out raises its alert once, whoever looks and however often."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.cases.alerts import CASE_CLOCKS, case_clocks_kind, raise_alerts
from core.cases.models import CaseAlert
from core.cases.repository import parts
from core.jobs.kinds import JobRun
from core.jobs.queue import JobQueue
from core.jobs.rounds import AskProvinces
from core.kit.clock import FixedClock
from core.kit.ids import new_id
from tests.core.cases.people import EVERYTHING

if TYPE_CHECKING:
    from uuid import UUID

    from core.testing.database import TestDatabase
    from tests.core.cases.people import Person, Province


def look(province: Province) -> None:
    """What the worker does."""
    kind = case_clocks_kind(FixedClock(province.now))
    with province.door.tenant_session(1, reach=kind.reach) as session:
        kind.run(JobRun(session, new_id(), (), 1))


def alerts(province: Province, case_id: UUID) -> list[str]:
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        return [alert.clock for alert in parts(session, CaseAlert, case_id)]


def test_each_clock_raises_its_alert_once(province: Province, worker: Person) -> None:
    case_id = province.open(worker, subject="hiv")
    look(province)
    assert alerts(province, case_id) == []
    province.later(hours=12)
    for _ in range(3):
        look(province)
    assert alerts(province, case_id) == ["emergency"]
    province.later(days=8)
    look(province)
    look(province)
    assert sorted(alerts(province, case_id)) == ["emergency", "plan_draft"]


def test_a_clock_that_was_answered_raises_none(province: Province, worker: Person) -> None:
    case_id = province.open(worker)
    province.step(worker, case_id, "assess_initially")
    province.later(hours=13)
    look(province)
    assert alerts(province, case_id) == []


def test_looking_again_in_the_same_transaction_is_no_news(
    province: Province, worker: Person
) -> None:
    case_id = province.open(worker)
    province.later(hours=13)
    with province.door.tenant_session(1, reach=EVERYTHING) as one:
        assert raise_alerts(one, province.now) >= 1
        assert raise_alerts(one, province.now) == 0
    look(province)
    assert alerts(province, case_id) == ["emergency"]


def test_an_alert_names_nobody_and_only_those_of_the_case_read_it(
    province: Province, worker: Person, database: TestDatabase
) -> None:
    case_id = province.open(worker, subject="hiv")
    province.later(hours=13)
    look(province)
    query = text("SELECT * FROM core.case_alert WHERE case_id = :case")
    with database.admin.connect() as connection:
        row = connection.execute(query, {"case": case_id}).one()._mapping
    told = {"tenant_id", "id", "case_id", "clock", "due_at", "generated", "created_at"}
    assert set(row) == told | {"created_by", "commune_id", "confidential_key"}
    officer = province.person(("province_officer", None))
    for person, seen in ((worker, 1), (officer, 0)):
        with province.as_(person) as (session, _):
            assert len(parts(session, CaseAlert, case_id)) == seen


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
