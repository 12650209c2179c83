"""Working days and the clocks counted in them; the years are those of the notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases.clocks import (
    EMERGENCY,
    PLAN_APPROVAL,
    PLAN_DRAFT,
    clocks_of,
    emergency_due,
)
from core.cases.limits import Limits
from core.kit.clock import VIETNAM_TIME
from core.kit.working_days import UnknownYearError, working_days

DAYS = working_days()
KNOWN = st.dates(date(2017, 1, 1), date(2019, 10, 1))
COUNTS = st.integers(0, 15)


@dataclass(frozen=True)
class Moment:
    """A case as its clocks see it."""

    begun_at: datetime
    state: str = "received"
    emergency_needed: bool | None = None
    emergency_at: datetime | None = None
    initial_assessed_at: datetime | None = None
    detailed_assessed_at: datetime | None = None
    plan_submitted_at: datetime | None = None
    plan_approved_at: datetime | None = None
    review_on: date | None = None


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM_TIME)


# The day behind the last one, at midnight: due until the end of the last working day.
@pytest.mark.parametrize(
    ("received", "draft_due", "approval_due"),
    [
        # a plain week of 2018: received on Monday 5 March
        (local(2018, 3, 5, 8), local(2018, 3, 13), local(2018, 3, 15)),
        # Friday before Tết Mậu Tuất (off from Wednesday 14 to Tuesday 20 February)
        (local(2018, 2, 9, 17), local(2018, 2, 24), local(2018, 2, 28)),
        # the last working day before Tết, late in the evening
        (local(2018, 2, 13, 23, 59), local(2018, 2, 28), local(2018, 3, 2)),
        # on the second day of Tết itself
        (local(2018, 2, 17, 3), local(2018, 2, 28), local(2018, 3, 2)),
        # before Hùng Kings' day on Wednesday 25 April and the long weekend to 1 May
        (local(2018, 4, 24, 9), local(2018, 5, 5), local(2018, 5, 9)),
        # Tết Đinh Dậu of 2017: off from Thursday 26 January to Wednesday 1 February
        (local(2017, 1, 25, 9), local(2017, 2, 9), local(2017, 2, 11)),
        # over the turn of the year, with Saturday 5 January 2019 worked for 31 December
        (local(2018, 12, 28, 9), local(2019, 1, 8), local(2019, 1, 10)),
    ],
)
def test_a_year_with_tet_has_the_right_due_dates(
    received: datetime, draft_due: datetime, approval_due: datetime
) -> None:
    clocks = {one.code: one for one in clocks_of(Moment(received), Limits(), DAYS)}
    assert clocks[EMERGENCY].due == received + timedelta(hours=12)
    assert clocks[PLAN_DRAFT].due == draft_due
    assert clocks[PLAN_APPROVAL].due == approval_due


def test_a_year_without_data_says_so_and_counts_nothing() -> None:
    clocks = {one.code: one for one in clocks_of(Moment(local(2021, 3, 1)), Limits(), DAYS)}
    assert clocks[PLAN_DRAFT].due is None
    assert clocks[PLAN_DRAFT].unknown is not None
    assert "2021" in clocks[PLAN_DRAFT].unknown.vi
    assert clocks[PLAN_DRAFT].overdue_by(local(2026, 1, 1)) == timedelta()
    assert clocks[EMERGENCY].due is not None, "hours need no calendar"
    with pytest.raises(UnknownYearError, match="2020"):
        DAYS.after(date(2019, 12, 30), 5)


@pytest.mark.parametrize("year", sorted(DAYS.years))
def test_a_year_of_the_calendar_is_complete_and_sourced(year: int) -> None:
    known = DAYS.years[year]
    assert known.source
    assert all(day.year == year and day.weekday() < 5 for day in known.off)
    assert all(day.year == year and day.weekday() == 5 for day in known.work)
    fixed = [(1, 1), (4, 30), (5, 1), (9, 2)]
    for month, day in fixed:
        assert not DAYS.is_working(date(year, month, day))
    tet = [day for day in known.off if date(year, 1, 20) < day < date(year, 2, 25)]
    assert len(tet) == 5


@given(KNOWN, COUNTS)
def test_the_due_day_is_a_working_day_and_counts_back(day: date, count: int) -> None:
    due = DAYS.after(day, count)
    assert DAYS.between(day, due) == count
    assert count == 0 or DAYS.is_working(due)


@given(KNOWN, COUNTS, COUNTS)
def test_counting_on_from_a_due_day_is_counting_at_once(day: date, one: int, more: int) -> None:
    assert DAYS.after(DAYS.after(day, one), more) == DAYS.after(day, one + more)


@given(KNOWN, KNOWN, COUNTS)
def test_who_began_later_is_due_no_earlier(first: date, second: date, count: int) -> None:
    early, late = sorted((first, second))
    assert DAYS.after(early, count) <= DAYS.after(late, count)


@given(KNOWN, st.times(), st.integers(1, 72))
def test_hours_run_through_nights_and_holidays(day: date, at: time, hours: int) -> None:
    begun = datetime.combine(day, at, UTC)
    due = emergency_due(begun, Limits(emergency_hours=hours))
    assert due - begun == timedelta(hours=hours)
    clock = clocks_of(Moment(begun), Limits(emergency_hours=hours), DAYS)[0]
    assert clock.overdue_by(due) == timedelta()
    assert clock.overdue_by(due + timedelta(seconds=1)) == timedelta(seconds=1)


def test_the_plans_clock_begins_where_the_province_says() -> None:
    begun = Moment(local(2018, 3, 5, 8))
    limits = Limits(plan_clock_start="detailed_assessed", plan_draft_working_days=3)
    assert [one.code for one in clocks_of(begun, limits, DAYS)] == [EMERGENCY]
    assessed = replace(begun, detailed_assessed_at=local(2018, 3, 8, 8), emergency_needed=False)
    clocks = clocks_of(assessed, limits, DAYS)
    assert [one.code for one in clocks] == [PLAN_DRAFT, PLAN_APPROVAL]
    assert clocks[0].due == local(2018, 3, 14)


def test_what_was_answered_late_stays_late_and_an_ended_case_has_no_open_clock() -> None:
    late = Moment(local(2018, 3, 5, 8), plan_submitted_at=local(2018, 3, 14))
    draft = next(c for c in clocks_of(late, Limits(), DAYS) if c.code == PLAN_DRAFT)
    assert draft.overdue_by(local(2026, 1, 1)) == timedelta(days=1)
    ended = clocks_of(replace(late, state="closed"), Limits(), DAYS)
    assert [one.code for one in ended] == [PLAN_DRAFT]
