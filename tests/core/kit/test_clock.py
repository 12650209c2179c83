"""Rules of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.kit.clock import VIETNAM_TIME, Clock, FixedClock, SystemClock, local_date

LATE_EVENING_UTC = datetime(2018, 5, 19, 17, 0, tzinfo=UTC)


def test_today_begins_at_midnight_in_viet_nam() -> None:
    clock: Clock = FixedClock(LATE_EVENING_UTC)
    assert clock.today() == date(2018, 5, 20)
    assert FixedClock(LATE_EVENING_UTC - timedelta(seconds=1)).today() == date(2018, 5, 19)


def test_a_fixed_clock_stands_still_until_moved() -> None:
    clock = FixedClock(datetime(2018, 5, 20, 0, 0, tzinfo=VIETNAM_TIME))
    assert clock.now() == clock.now() == LATE_EVENING_UTC
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(days=1))
    assert clock.today() == date(2018, 5, 21)


def test_the_system_clock_tells_utc() -> None:
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.today() in {local_date(before), local_date(clock.now())}


def test_a_moment_without_zone_is_refused() -> None:
    naive = LATE_EVENING_UTC.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(naive)
    with pytest.raises(ValueError, match="time zone"):
        local_date(naive)
