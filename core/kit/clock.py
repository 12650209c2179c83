"""What time it is: a value passed in, so that tests and demonstrations can hold it still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

# A fixed offset: Viet Nam has had UTC+7 without summer time since 1975, and a machine without a
# time zone database (Windows, a slim container) must still know its today.
VIETNAM_TIME = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        ...

    def today(self) -> date:
        """The date in Viet Nam, which is what deadlines and ages mean."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The date in Viet Nam."""
        return local_date(self.now())


class FixedClock:
    """A clock that stands still until it is moved.

    Raises:
        ValueError: the moment has no time zone.
    """

    def __init__(self, moment: datetime) -> None:
        """Stand at a moment."""
        self._moment = _in_utc(moment)

    def now(self) -> datetime:
        """The moment it stands at, in UTC."""
        return self._moment

    def today(self) -> date:
        """The date in Viet Nam at that moment."""
        return local_date(self._moment)

    def advance(self, by: timedelta) -> None:
        """Move it on (back if negative)."""
        self._moment += by


def local_date(moment: datetime) -> date:
    """The date in Viet Nam at a moment.

    Raises:
        ValueError: the moment has no time zone.
    """
    return _in_utc(moment).astimezone(VIETNAM_TIME).date()


def _in_utc(moment: datetime) -> datetime:
    """The moment in UTC; a naive one is refused, since guessing its zone moves dates."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
