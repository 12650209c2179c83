"""Days that rules of forms count with."""

from __future__ import annotations

from datetime import date, timedelta

from core.kit.working_days import UnknownYearError, working_days

_SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th working day behind a day, with the public holidays of the years known.

    In a year whose holidays nobody has entered yet it leaves out weekends alone: a rule of a
    form must not stop a child's record for want of a calendar.
    """
    try:
        return working_days().after(day, count)
    except UnknownYearError:
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < _SATURDAY
        return day
