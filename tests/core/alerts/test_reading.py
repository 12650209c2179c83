"""How alerts are kept in step with their records, and what a reader is shown of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import text

from core.access.grants import give
from core.alerts import raising
from core.alerts.finding import Found
from core.alerts.raising import ALERTS, alerts_kind
from core.jobs.queue import JobQueue
from core.jobs.rounds import AskProvinces
from core.kit.clock import FixedClock
from core.profiles.models import RoleNarrowing
from core.profiles.repository import profile_on
from tests.core.alerts.conftest import DAY
from tests.core.alerts.given import case, child

if TYPE_CHECKING:
    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.testing.alerts import AlertDesk
    from core.testing.database import TestDatabase

BORN = date(2015, 3, 1)
CARD = "core.small_child_without_card"
ME = UUID(int=4, version=4)


def records(desk: AlertDesk, role: str, **asked: Any) -> list[UUID | None]:
    return [one.record_id for one in desk.told(role, DAY, **asked) if one.record_id is not None]


def test_an_alert_follows_its_record_and_is_hidden_with_it_at_once(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here, there = communes
    found = child(here, BORN, health_insurance_card=None)
    desk.put(found)
    desk.look(DAY)
    assert records(desk, "commune_worker", commune=here) == [found.id]
    found.commune_id = there
    desk.put(found)
    for commune in communes:  # the record is gone from here, the alert is not there yet
        assert records(desk, "commune_worker", commune=commune) == []
    desk.look(DAY)
    assert records(desk, "commune_worker", commune=here) == []
    assert records(desk, "commune_worker", commune=there) == [found.id]
    (kept,) = desk.raised(CARD)
    assert kept.settled_at is None


def test_a_column_that_is_hidden_from_a_reader_tells_nothing_through_an_alert(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    found = child(communes[0], BORN, health_insurance_card=None)
    desk.put(found)
    desk.look(DAY)
    assert records(desk, "commune_worker", commune=communes[0]) == [found.id]
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    # cards are sensitive: the province shows its commune workers personal fields at most
    narrowed = RoleNarrowing(
        profile_id=profile.id, code="commune_worker", without=[], classes={"core": "personal"}
    )
    desk.put(narrowed)
    assert records(desk, "commune_worker", commune=communes[0]) == []


def test_a_right_that_a_province_takes_away_takes_the_alerts_with_it(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    desk.put(child(communes[0], BORN, health_insurance_card=None))
    desk.look(DAY)
    profile = profile_on(desk.session, DAY)
    assert profile is not None
    desk.put(
        RoleNarrowing(
            profile_id=profile.id, code="commune_worker", without=["core.child.enter"], classes={}
        )
    )
    assert records(desk, "commune_worker", commune=communes[0]) == []


def test_pages_are_by_the_day_due_and_each_alert_stands_once(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here = communes[0]
    for days in range(5):
        day = BORN + timedelta(days=days)
        desk.put(child(here, day, health_insurance_card=None))
    desk.look(DAY)
    card = [one for one in desk.told("commune_worker", DAY, commune=here) if one.record_id]
    assert [one.due_on for one in card] == sorted(one.due_on for one in card)
    after = desk.told("commune_worker", DAY, commune=here, after=card[2].id)
    assert [one.id for one in after if one.record_id] == [one.id for one in card[3:]]
    for unknown in (uuid4(), card[0].id):
        # of another commune an alert is as one that never was
        assert desk.told("commune_worker", DAY, commune=communes[1], after=unknown) == ()


def test_overdue_of_one_programme_and_mine(desk: AlertDesk, communes: tuple[int, ...]) -> None:
    here, there = communes
    mine = child(here, BORN, health_insurance_card=None, created_by=ME)
    soon = child(here, date(2002, 7, 1), schooling="lower_secondary")
    desk.put(mine, soon, child(here, BORN, health_insurance_card=None))
    given = case(there, DAY - timedelta(days=3))
    desk.put(given)
    give(
        desk.session,
        ME,
        "assignment",
        subject_kind="core.case",
        subject_id=given.id,
        by=None,
        now=datetime(2018, 1, 1, tzinfo=UTC),
    )
    desk.look(DAY)

    def of(**asked: Any) -> set[UUID | None]:
        return {*records(desk, "commune_worker", commune=here, account=ME, **asked)}

    assert of(mine=True) == {mine.id, given.id}
    assert soon.id in of()
    assert soon.id not in of(overdue=True)
    assert mine.id in of(overdue=True)
    assert of(owner="core") == of()
    assert of(owner="sample_meals") == set()
    # the same role without the case is not told of another commune's
    assert given.id not in records(desk, "commune_worker", commune=here)


def test_another_worker_that_looks_at_the_same_moment_raises_nothing_twice(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    now = datetime(2018, 6, 1, tzinfo=UTC)
    same = [Found(commune_id=communes[0], record_id=ME), Found(commune_id=communes[0])]
    for _ in range(2):
        raising._raise(desk.session, CARD, "core", same, now)
    assert len(desk.raised(CARD)) == 2


def test_the_worker_asks_for_the_job_for_every_province(
    door: TenantDoor, registry: Registry, database: TestDatabase
) -> None:
    queue = JobQueue((alerts_kind(registry, FixedClock(datetime(2018, 6, 1, tzinfo=UTC))),))
    waiting = text("SELECT count(*) FROM jobs.queue WHERE message->>'actor_name' = :name")
    assert AskProvinces(door, queue, ALERTS).ask(Event()) == 3
    with database.admin.connect() as connection:
        assert connection.scalar(waiting, {"name": ALERTS}) == 3
