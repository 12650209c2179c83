"""Attempts are counted exactly, by however many connections of however many processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from core.db.engine import runtime_engine
from core.identity.models import AttemptCount
from core.identity.throttle import (
    ADDRESS,
    FACTOR,
    PASSWORD,
    Counter,
    admit,
    counter,
    succeeded,
    sweep,
)
from core.tenancy.door import TenantDoor
from tests.core.identity.conftest import NOW, TENANT

if TYPE_CHECKING:
    from datetime import datetime

    from core.testing.database import TestDatabase


def _try(door: TenantDoor, counted: Counter, at: datetime = NOW) -> bool:
    with door.tenant_session(TENANT) as session:
        return admit(session, (counted,), now=at)


def _new(limit: object = PASSWORD, what: str = "x") -> Counter:
    return counter(limit, "secret", what)  # type: ignore[arg-type]


def test_parallel_guesses_of_two_processes_get_exactly_the_number_of_the_limit(
    database: TestDatabase,
) -> None:
    engines = [runtime_engine(database.addresses) for _ in range(2)]
    doors = [TenantDoor(engine) for engine in engines]
    counted = _new(what="parallel")
    try:
        with ThreadPoolExecutor(24) as threads:
            tries = [doors[number % 2] for number in range(240)]
            let_through = list(threads.map(lambda door: _try(door, counted), tries))
    finally:
        for engine in engines:
            engine.dispose()
    assert sum(let_through) == PASSWORD.attempts == 10


def test_afterwards_one_gets_through_after_each_wait_and_the_waits_grow(door: TenantDoor) -> None:
    counted, at = _new(what="waits"), NOW
    for _ in range(PASSWORD.attempts):
        assert _try(door, counted)
    waits = []
    for _ in range(7):
        wait = timedelta(0)
        while not _try(door, counted, at + wait):
            wait += timedelta(minutes=1)
        at, waits = at + wait, [*waits, wait // timedelta(minutes=1)]
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_what_is_refused_makes_no_wait_longer(door: TenantDoor) -> None:
    counted = _new(what="no longer")
    for _ in range(PASSWORD.attempts + 50):
        _try(door, counted)
    assert _try(door, counted, NOW + timedelta(minutes=1))


def test_a_success_forgets_an_accounts_failures(door: TenantDoor) -> None:
    counted = _new(FACTOR, "forgets")
    for _ in range(FACTOR.attempts):
        assert _try(door, counted)
    with door.tenant_session(TENANT) as session:
        succeeded(session, (counted,), now=NOW)
    assert [_try(door, counted) for _ in range(FACTOR.attempts + 1)] == [True] * 5 + [False]


def test_a_success_gives_a_shared_counter_back_its_own_attempt_alone(door: TenantDoor) -> None:
    shared = replace(ADDRESS, attempts=4)
    counted = _new(shared, "shared")
    for _ in range(4):
        assert _try(door, counted)
    for _ in range(2):
        with door.tenant_session(TENANT) as session:
            succeeded(session, (counted,), now=NOW)
    assert [_try(door, counted) for _ in range(3)] == [True, True, False]


def test_one_counter_that_is_used_up_refuses_and_spares_those_behind(door: TenantDoor) -> None:
    first, second = _new(FACTOR, "first"), _new(FACTOR, "second")
    for _ in range(FACTOR.attempts):
        _try(door, first)
    with door.tenant_session(TENANT) as session:
        assert not admit(session, (first, second), now=NOW)
    assert [_try(door, second) for _ in range(6)] == [True] * 5 + [False]


def test_another_subject_another_limit_and_another_tenant_are_counted_apart(
    door: TenantDoor,
) -> None:
    for _ in range(FACTOR.attempts):
        _try(door, _new(FACTOR, "apart"))
    assert not _try(door, _new(FACTOR, "apart"))
    assert _try(door, _new(FACTOR, "apart too"))
    assert _try(door, _new(PASSWORD, "apart"))
    with door.tenant_session(TENANT + 1) as session:
        assert admit(session, (_new(FACTOR, "apart"),), now=NOW)


def test_after_a_day_of_quiet_nothing_is_left(door: TenantDoor) -> None:
    counted = _new(what="quiet")
    for _ in range(PASSWORD.attempts + 1):
        _try(door, counted)
    later = NOW + timedelta(days=1)
    assert all(_try(door, counted, later) for _ in range(PASSWORD.attempts))
    with door.tenant_session(TENANT) as session:
        sweep(session, now=later + timedelta(days=1))
        kept = select(func.count(AttemptCount.id)).where(AttemptCount.tenant_id == TENANT)
        assert session.scalar(kept) == 0


def test_nothing_that_was_typed_can_be_read_from_the_counters(door: TenantDoor) -> None:
    _try(door, _new(what="mật khẩu gõ nhầm ô"))
    with door.tenant_session(TENANT) as session:
        subjects = session.scalars(
            select(AttemptCount.subject).where(AttemptCount.tenant_id == TENANT)
        ).all()
    assert subjects
    assert all(len(subject) == 64 and "khẩu" not in subject for subject in subjects)
