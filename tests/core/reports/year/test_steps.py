"""Every step from every state, and every pair of steps by two people at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
import time
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from core.audit.models import AuditEntry
from core.db.engine import runtime_engine
from core.kit.errors import ConflictError, MalformedError, NotFoundError, RefusedError
from core.kit.periods import Period
from core.reports.errors import LockedError, NotReadyError, StepRefusedError
from core.reports.models import ReportFigure
from core.reports.service import find_report, open_report, versions_of, words_of, write_words
from core.reports.standing import ReportStanding
from core.reports.year.service import open_for
from core.reports.year.states import LOCKS, STEPS, ReportState, may_follow
from core.reports.year.steps import Grounds, find_step, history_of, next_steps, take_step
from core.tenancy.door import TenantDoor
from core.testing.database import vault_of_tests

GROUNDS = Grounds(reason="Sai số liệu", letter_number="12/BYT-BMTE", letter_date=date(2018, 7, 2))
# How a report comes to stand so; "returned" by its leader, and by the ministry.
WAYS = {
    "open": (),
    "drafted": ("draft",),
    "submitted": ("draft", "submit"),
    "approved": ("draft", "submit", "approve"),
    "sent": ("draft", "submit", "approve", "send"),
    "accepted": ("draft", "submit", "approve", "send", "accept"),
    "returned": ("draft", "submit", "return"),
    "returned by the ministry": ("draft", "submit", "approve", "send", "take-back"),
}
SINGLE = list(itertools.product(WAYS, STEPS))


def legal(way: str) -> list[str]:
    frozen = "approve" in WAYS[way]
    return [c for c, s in STEPS.items() if may_follow(s, way.split(maxsplit=1)[0], frozen=frozen)]


PAIRS = [
    (way, *pair) for way in WAYS for pair in itertools.combinations_with_replacement(legal(way), 2)
]


def take(reporting: Any, code: str, *, session: Any = None, **changed: Any) -> None:
    def within(session: Any) -> None:
        report = find_report(session, reporting.period) or open_report(session, reporting.period)
        values = {
            "principal": reporting.leader,
            "now": reporting.now,
            "source": lambda: reporting.source,
            "grounds": GROUNDS,
        }
        take_step(session, report, STEPS[code], **(values | changed))

    if session is not None:
        within(session)
        return
    with reporting.door.tenant_session(1) as opened:
        within(opened)


def walk(reporting: Any, way: str) -> None:
    with reporting.door.tenant_session(1) as session:
        open_report(session, reporting.period)
    for code in WAYS[way]:
        take(reporting, code)


def stands(reporting: Any) -> tuple[str, int]:
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, reporting.period)
        return report.state, report.version


@pytest.mark.parametrize(("way", "code"), SINGLE)
def test_a_step_leads_on_or_is_refused_with_a_sentence(reporting: Any, way: str, code: str) -> None:
    walk(reporting, way)
    before = stands(reporting)
    if code in legal(way):
        take(reporting, code)
        version = 2 if code == "correct" else 1
        assert stands(reporting) == (STEPS[code].target.value, version)
        return
    with pytest.raises(StepRefusedError) as refused:
        take(reporting, code)
    assert LOCKS[ReportState(before[0])].vi in refused.value.message.vi
    if WAYS[way]:
        assert "Lãnh đạo cấp tỉnh đã" in refused.value.message.vi
    assert stands(reporting) == before


@pytest.mark.parametrize(("way", "one", "other"), PAIRS)
def test_of_two_people_at_once_each_step_is_taken_in_turn_or_refused(
    reporting: Any, way: str, one: str, other: str
) -> None:
    """The same step twice has exactly one winner; the loser is told what was done last."""
    walk(reporting, way)
    together = threading.Barrier(2)
    outcomes: dict[int, BaseException | None] = {}
    people = (reporting.leader, replace(reporting.leader, account_id=uuid4()))

    def person(number: int, code: str) -> None:
        try:
            with reporting.door.tenant_session(1) as session:
                session.scalar(select(func.now()))
                together.wait(10)
                take(reporting, code, session=session, principal=people[number])
                time.sleep(0.05)  # the other one is waiting for the lock by now
            outcomes[number] = None
        except Exception as error:  # noqa: BLE001  looked at below
            outcomes[number] = error

    threads = [threading.Thread(target=person, args=each) for each in enumerate((one, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    won = [number for number, error in outcomes.items() if error is None]
    lost = [error for error in outcomes.values() if error is not None]
    assert len(outcomes) == 2
    assert won
    assert all(isinstance(error, StepRefusedError) for error in lost), lost
    if one == other:
        assert len(won) == 1
        assert "Lãnh đạo cấp tỉnh đã" in lost[0].message.vi
    with reporting.door.tenant_session(1) as session:
        first = versions_of(session, find_report(session, reporting.period))[0]
        steps = history_of(session, first)
    # replayed from the start, every step that was stored leads on from the one before
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) == len(WAYS[way]) + len(won)
    state = "open"
    for step in steps:
        assert step.from_state == state
        frozen = any(s.step == "approve" for s in steps[: step.number - 1])
        assert may_follow(STEPS[step.step], state, frozen=frozen)
        state = step.to_state


def test_every_step_says_who_when_and_why_and_is_in_the_log(reporting: Any) -> None:
    walk(reporting, "returned by the ministry")
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, reporting.period)
        steps = history_of(session, report)
        logged = session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.tenant_id == 1, AuditEntry.subject_id == report.id)
            .order_by(AuditEntry.at, AuditEntry.id)
        ).all()
        told = session.scalars(
            select(ReportStanding.state).where(ReportStanding.tenant_id == 1)
        ).all()
    who = reporting.leader
    assert {(s.taken_by, s.role, s.taken_at) for s in steps} == {
        (who.account_id, "province_leader", reporting.now)
    }
    last = steps[-1]
    assert (last.reason, last.letter_number) == ("Sai số liệu", "12/BYT-BMTE")
    assert steps[0].reason is None
    assert sorted(logged) == ["approve", "release", "write", "write", "write"]
    assert sorted(told) == ["returned", "sent"]


def test_a_return_needs_a_reason_and_an_answer_its_letter(reporting: Any) -> None:
    walk(reporting, "submitted")
    with pytest.raises(MalformedError, match="reason"):
        take(reporting, "return", grounds=Grounds(reason=" "))
    take(reporting, "approve")
    take(reporting, "send")
    with pytest.raises(MalformedError, match="letter"):
        take(reporting, "accept", grounds=Grounds(letter_number="12/BYT"))
    assert stands(reporting)[0] == "sent"


def test_officers_prepare_and_leaders_decide(reporting: Any) -> None:
    officer = replace(reporting.leader, permissions=frozenset({"core.report.build"}))
    walk(reporting, "submitted")
    for code in ("approve", "return"):
        with pytest.raises(RefusedError):
            take(reporting, code, principal=officer)
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, reporting.period)
        assert next_steps(report, officer) == ()
        assert [step.code for step in next_steps(report, reporting.leader)] == [
            "approve",
            "return",
        ]
    with pytest.raises(NotFoundError):
        find_step("release")
    with pytest.raises(NotFoundError):
        take(reporting, "approve", principal=reporting.leader_of(2))


def test_words_are_locked_while_the_leader_decides(reporting: Any) -> None:
    walk(reporting, "submitted")
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, reporting.period)
        with pytest.raises(LockedError, match="waits"):
            write_words(session, report, "x", "a", principal=reporting.leader, now=reporting.now)


def test_a_correction_is_a_new_version_with_the_words_and_the_old_one_stands(
    reporting: Any,
) -> None:
    reporting.fill(seen=3)
    walk(reporting, "drafted")
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, reporting.period)
        write_words(session, report, "x", "Lời cũ", principal=reporting.leader, now=reporting.now)
    for code in ("submit", "approve", "send"):
        take(reporting, code)
    reporting.world.seen(date(2018, 4, 4), reporting.world.communes[0])
    reporting.world.count()
    for code in ("correct", "submit", "approve", "send"):
        take(reporting, code)
    with reporting.door.tenant_session(1) as session:
        newest = find_report(session, reporting.period)
        first, second = versions_of(session, newest)
        values = session.execute(
            select(ReportFigure.report_id, ReportFigure.value).where(
                ReportFigure.tenant_id == 1,
                ReportFigure.code == "SAM-01",
                ReportFigure.asked == "indicator",
                ReportFigure.span == "period",
            )
        )
        stated = dict(tuple(row) for row in values)
        assert stated == {first.id: 3, second.id: 4}
        assert words_of(session, second) == {"x": "Lời cũ"}
        assert (first.state, second.state, second.version) == ("sent", "sent", 2)
        assert second.corrects == first.id
        assert history_of(session, first)[-1].reason == "Sai số liệu"
        with pytest.raises(StepRefusedError, match="latest version"):
            take_step(
                session,
                first,
                STEPS["correct"],
                principal=reporting.leader,
                now=reporting.now,
                source=lambda: reporting.source,
                grounds=GROUNDS,
            )


def test_a_period_that_has_not_begun_is_not_due(reporting: Any) -> None:
    who = {"principal": reporting.leader, "today": date(2018, 7, 3)}
    with reporting.door.tenant_session(1) as session:
        with pytest.raises(NotReadyError) as refused:
            open_for(session, Period.parse("2018-Q4"), **who)
        assert "bắt đầu từ ngày 01/10/2018" in refused.value.message.vi
        assert "chuyên viên" in refused.value.message.vi
        with pytest.raises(NotFoundError):
            open_for(session, Period.parse("2018-Q1"), kind="request.none", **who)
        assert open_for(session, Period.parse("2018-H2"), **who).state == "open"


def test_a_worker_killed_while_freezing_leaves_no_half_document(reporting: Any) -> None:
    """The log is locked, so that whoever approves waits there, after all was frozen."""
    reporting.fill()
    walk(reporting, "submitted")
    held = reporting.world.database.owner.connect()
    held.execute(text("LOCK TABLE core.audit_entry IN ACCESS EXCLUSIVE MODE"))
    addresses = reporting.world.database.addresses

    def approve() -> None:
        door = TenantDoor(runtime_engine(addresses), vault=vault_of_tests())
        with door.tenant_session(1) as session:
            take(reporting, "approve", session=session)

    worker = multiprocessing.get_context("fork").Process(target=approve)
    worker.start()
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
        "AND query LIKE 'INSERT INTO core.audit_entry%' AND datname = current_database()"
    )
    with reporting.world.database.admin.connect() as watcher:
        for _ in range(200):
            if watcher.scalar(waiting):
                break
            watcher.rollback()
            time.sleep(0.05)
        else:
            pytest.fail("it never came to the log")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(10)
    held.close()
    with reporting.door.tenant_session(1) as session:
        for _ in range(200):  # until the server has noticed
            frozen = session.scalar(
                select(func.count(ReportFigure.id)).where(ReportFigure.tenant_id == 1)
            )
            if not frozen:
                break
            time.sleep(0.05)
        assert frozen == 0
    assert stands(reporting) == ("submitted", 1)
    take(reporting, "approve")
    assert stands(reporting) == ("approved", 1)
    with pytest.raises(ConflictError):
        take(reporting, "approve")
