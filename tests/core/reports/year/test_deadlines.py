"""Due days on both sides: "on" a day is in time that day, "before" it is too late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.periods import Period
from core.profiles.models import ReportingObligation
from core.reports.standing import ReportStanding
from core.reports.year.calendar import after_event, due_day, duties_of
from core.reports.year.deadlines import DueDay, Stage
from core.reports.year.service import Asked, ask_for, note_event, tell_owed

if TYPE_CHECKING:
    from collections.abc import Callable

days = st.dates(date(2004, 1, 1), date(2099, 12, 31))
near = st.integers(-40, 40)


@given(days, near)
def test_on_a_day_that_day_is_the_last_in_time(day: date, away: int) -> None:
    today = day + timedelta(days=away)
    due = DueDay(day, "on")
    assert due.is_overdue(today) == (today > day)
    assert due.late_days(today) == max(away, 0)
    assert due.days_left(today) == -away


@given(days, near)
def test_before_a_day_the_day_itself_is_too_late(day: date, away: int) -> None:
    today = day + timedelta(days=away)
    due = DueDay(day, "before")
    assert due.is_overdue(today) == (today >= day)
    assert due.late_days(today) == max(away + 1, 0)
    assert due.last == day - timedelta(days=1)


@given(days, st.sampled_from(["on", "before"]), near)
def test_reminders_come_ten_three_and_no_days_ahead_and_once_it_is_late(
    day: date, rule: Any, away: int
) -> None:
    due = DueDay(day, rule)
    left = due.days_left(today := day + timedelta(days=away))
    expected = {
        left < 0: Stage.OVERDUE,
        left == 0: Stage.TODAY,
        1 <= left <= 3: Stage.NEAR,
        4 <= left <= 10: Stage.AHEAD,
    }.get(True)
    assert due.stage(today) is expected


@given(st.integers(2004, 2098), st.integers(1, 12), st.integers(1, 31))
def test_a_report_is_never_due_before_half_of_its_period_is_over(
    year: int, month: int, day: int
) -> None:
    for code in ("", "-H1", "-Q1", "-Q3"):
        window = Period.parse(f"{year}{code}").window
        due = due_day(Period.parse(f"{year}{code}"), month, day, "on").day
        half = window.start + timedelta(days=window.length_days // 2)
        assert half <= due < half + timedelta(days=367)
        assert due.month == month


@pytest.mark.parametrize(
    ("slug", "owed"),
    [
        (
            "an_giang",
            [
                ("AG-R1", "2018-Q1", date(2018, 3, 20)),
                ("AG-R2", "2018-H1", date(2018, 5, 20)),
                ("AG-R3", "2018", date(2018, 11, 15)),
                ("AG-R1", "2018-Q3", None),  # the document gives no day for the third quarter
            ],
        ),
        (
            "lao_cai",
            [("LC-R1", "2018-H1", date(2018, 6, 14)), ("LC-R2", "2018", date(2018, 11, 29))],
        ),
    ],
)
def test_the_calendar_is_what_the_document_says(
    reporting: Any, adopt: Callable[..., int], slug: str, owed: list[Any]
) -> None:
    adopt(slug)
    with reporting.door.tenant_session(1) as session:
        found = duties_of(session, 2018)
    assert [(d.code, d.period.code, d.due and d.due.last) for d in found] == owed
    half = next(duty for duty in found if duty.period.code == "2018-H1")
    assert half.cut_off is None  # the documents state none
    assert half.proposed_cut_off == half.due.last - timedelta(days=1)
    assert half.estimates


def test_a_decision_of_one_year_asks_for_nothing_in_the_next(
    reporting: Any, adopt: Callable[..., int]
) -> None:
    adopt("an_giang")
    with reporting.door.tenant_session(1) as session:
        assert duties_of(session, 2019) == ()


def test_what_an_event_calls_for_is_due_so_many_days_after_it(
    reporting: Any, adopt: Callable[..., int]
) -> None:
    adopt("an_giang")
    officer = SimpleNamespace(account_id=None, tenant_id=1, roles=(), require=lambda _right: None)
    now = datetime(2018, 6, 3, tzinfo=UTC)
    half = Period.parse("2018-H1")
    with reporting.door.tenant_session(1) as session:
        waiting = session.query(ReportingObligation).filter_by(tenant_id=1, code="AG-R6").one()
        waiting.event, waiting.event_days = "children_forum", 15
        session.flush()
        assert after_event(waiting, date(2018, 6, 1)) == DueDay(date(2018, 6, 16), "on")
        note_event(session, "AG-R6", date(2018, 6, 1), half, principal=officer, now=now)
        asked = Asked(
            name="Đuối nước mùa lũ", asked_by="Ủy ban", period=half, due_on=date(2018, 6, 5)
        )
        ask_for(session, asked, principal=officer, now=now)
        extra = [d for d in duties_of(session, 2018) if d.kind.startswith("request.")]
    assert [(d.name.vi, d.due.last) for d in extra] == [
        ("Đuối nước mùa lũ", date(2018, 6, 5)),
        (
            "Trung tâm CTXH bảo vệ trẻ em báo cáo kết quả câu lạc bộ phóng viên nhỏ",
            date(2018, 6, 16),
        ),
    ]


def test_the_ministry_is_told_what_is_owed_once_and_again_when_the_day_moves(
    reporting: Any, adopt: Callable[..., int]
) -> None:
    adopt("an_giang")
    now = datetime(2018, 2, 1, tzinfo=UTC)
    with reporting.door.tenant_session(1) as session:
        assert tell_owed(session, now=now) == 4
        assert tell_owed(session, now=now) == 0
        moved = session.query(ReportingObligation).filter_by(tenant_id=1, code="AG-R2").one()
        moved.due_day = 25
        session.flush()
        assert tell_owed(session, now=now + timedelta(days=1)) == 1
        told = session.query(ReportStanding).filter_by(tenant_id=1, period_code="2018-H1")
        assert sorted(row.due_on for row in told) == [date(2018, 5, 20), date(2018, 5, 25)]
