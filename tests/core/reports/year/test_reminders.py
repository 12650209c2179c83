"""Those who are late are reminded at each level, once for each stage, until they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.areas.repository import communes_of, districts_of
from core.jobs.kinds import JobRun
from core.jobs.queue import JobQueue
from core.jobs.rounds import AskProvinces
from core.kit.clock import FixedClock
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.periods import Period
from core.reports.models import PERIODIC
from core.reports.service import find_report, open_report
from core.reports.standing import ReportStanding
from core.reports.year.confirmations import confirm, grant_exception
from core.reports.year.deadlines import DueDay
from core.reports.year.models import ReportReminder
from core.reports.year.reminders import (
    REPORT_REMINDERS,
    Reminder,
    remind,
    reminders_for,
    report_reminders_kind,
)
from core.reports.year.states import STEPS
from core.reports.year.steps import take_step
from core.tenancy.reach import Reach
from core.web.pages.start import reminder_line

if TYPE_CHECKING:
    from collections.abc import Callable

HALF = Period.parse("2018-H1")
DUE = date(2018, 6, 14)  # the last day in time: "before 15 June"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def reminded(reporting: Any, day: date) -> int:
    with reporting.door.tenant_session(1, reach=Reach.counting()) as session:
        return remind(session, now=at(day))


def seen_by(reporting: Any, who: Any, day: date) -> list[tuple[str, str | None, int]]:
    with reporting.door.tenant_session(1, reach=who.reach) as session:
        return [
            (each.period.code, each.unit, each.missing) for each in reminders_for(session, who, day)
        ]


@pytest.fixture
def lao_cai(reporting: Any, adopt: Callable[..., int]) -> int:
    return adopt("lao_cai", valid_from=date(2018, 1, 1))


def test_each_stage_is_raised_once_at_every_level(reporting: Any, lao_cai: int) -> None:
    with reporting.door.tenant_session(1) as session:
        cut_off = date(2018, 6, 13)
        districts = len(districts_of(session, lao_cai, cut_off))
        communes = len(communes_of(session, lao_cai, cut_off))
    every = 1 + districts + communes
    assert reminded(reporting, DUE - timedelta(days=11)) == 0
    for days in (10, 3, 0, -1):
        assert reminded(reporting, DUE - timedelta(days=days)) == every
        assert reminded(reporting, DUE - timedelta(days=days)) == 0
    assert reminded(reporting, DUE + timedelta(days=30)) == 0
    with reporting.door.tenant_session(1) as session:
        rows = session.execute(
            select(ReportReminder.level, ReportReminder.stage).where(ReportReminder.tenant_id == 1)
        ).all()
        owed = session.scalars(
            select(ReportStanding.due_on).where(ReportStanding.period_code == "2018-H1")
        ).all()
    assert len(rows) == 4 * every
    assert {tuple(row) for row in rows if row.level == "province"} == {
        ("province", stage) for stage in ("10", "3", "0", "overdue")
    }
    assert owed == [DUE]  # and the ministry knows it, told once


def test_a_stage_whose_day_was_missed_is_made_up_for(reporting: Any, lao_cai: int) -> None:
    assert reminded(reporting, DUE - timedelta(days=7)) > 1
    with reporting.door.tenant_session(1) as session:
        stages = session.scalars(select(ReportReminder.stage).distinct()).all()
    assert stages == ["10"]


def test_everybody_sees_their_own_until_it_is_done(reporting: Any, lao_cai: int) -> None:
    late = DUE + timedelta(days=2)
    with reporting.door.tenant_session(1) as session:
        one, two = (c.id for c in communes_of(session, lao_cai, DUE)[:2])
        names = {c.id: c.name for c in communes_of(session, lao_cai, DUE)}
    confirms = frozenset({"core.report.confirm"})
    unit, neighbour = (
        replace(
            reporting.leader,
            roles=("commune_leader",),
            permissions=confirms,
            reach=Reach(communes=frozenset({commune})),
        )
        for commune in (one, two)
    )
    assert seen_by(reporting, unit, late) == []
    reminded(reporting, late)
    assert seen_by(reporting, unit, late) == [("2018-H1", names[one], 0)]
    ((period, nothing, missing),) = seen_by(reporting, reporting.leader, late)
    assert (period, nothing) == ("2018-H1", None)
    with reporting.door.tenant_session(1, reach=unit.reach) as session:
        confirm(session, PERIODIC, HALF, one, principal=unit, now=at(late))
    assert seen_by(reporting, unit, late) == []
    assert seen_by(reporting, neighbour, late) == [("2018-H1", names[two], 0)]
    assert seen_by(reporting, reporting.leader, late)[0][2] == missing - 1


def test_a_report_that_was_sent_reminds_nobody(reporting: Any, lao_cai: int) -> None:
    late = date(2018, 7, 3)
    reminded(reporting, late)
    who = {"principal": reporting.leader, "now": at(late)}
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, HALF)
        exception = {"area_id": None, "name": "Lũ quét", "ends_on": late}
        grant_exception(session, PERIODIC, HALF, **exception, **who)
        for code in ("draft", "submit", "approve", "send"):
            assert seen_by(reporting, reporting.leader, late) or code == "draft"
            take_step(session, report, STEPS[code], source=lambda: reporting.source, **who)
    assert seen_by(reporting, reporting.leader, late) == []
    assert reminded(reporting, late + timedelta(days=1)) == 0
    with reporting.door.tenant_session(1) as session:
        assert find_report(session, HALF).state == "sent"
        assert session.scalars(
            select(ReportStanding.due_on).where(ReportStanding.state == "sent")
        ).all() == [DUE]


def test_the_job_reminds_and_the_round_asks_for_it_in_each_province(
    reporting: Any, lao_cai: int
) -> None:
    clock = FixedClock(at(DUE + timedelta(days=1)))
    kind = report_reminders_kind(clock)
    asked = AskProvinces(reporting.door, JobQueue((kind,)), REPORT_REMINDERS).ask(Event())
    assert asked == 3
    with reporting.door.tenant_session(1, reach=kind.reach) as session:
        kind.run(JobRun(session, new_id(), (), 1))
    with reporting.door.tenant_session(1) as session:
        assert session.scalar(select(ReportReminder.id).limit(1))


@pytest.mark.parametrize(
    ("today", "unit", "missing", "said"),
    [
        (DUE - timedelta(days=3), None, 0, "còn 3 ngày."),
        (DUE, None, 1204, "hôm nay là hạn cuối. Còn 1.204 đơn vị chưa xác nhận."),
        (DUE + timedelta(days=2), "Xã A Lù", 0, "quá hạn 2 ngày. Xã A Lù chưa xác nhận số liệu."),
    ],
)
def test_a_reminder_is_whole_sentences(
    today: date, unit: str | None, missing: int, said: str
) -> None:
    reminder = Reminder(
        name=Text("Báo cáo 6 tháng", "Six-month report"),
        kind=PERIODIC,
        period=HALF,
        due=DueDay(date(2018, 6, 15), "before"),
        level="province" if unit is None else "commune",
        unit=unit,
        missing=missing,
    )
    work: Any = SimpleNamespace(today=today, language="vi", tell=lambda text: text.vi)
    line = reminder_line(work, reminder)
    assert line["text"] == f"Báo cáo 6 tháng (6 tháng đầu năm 2018): {said}"
    assert line["href"] == "/reporting/2018-H1/units"
