"""Working days of administrative offices: weekends, holidays, moved days; a year is data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.kit.errors import PlatformError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOLIDAYS = Path(__file__).parent / "data" / "holidays.toml"
_SATURDAY = 5
_DAY = timedelta(days=1)


class UnknownYearError(PlatformError):
    """The holidays of a year are not known, so working days cannot be counted in it."""

    code = "cases.unknown_year"

    def __init__(self, year: int) -> None:
        """Say which year, and where its holidays belong."""
        super().__init__(
            Text(
                vi=f"Chưa có lịch nghỉ lễ, Tết năm {year}, nên chưa tính được ngày làm việc. "
                "Người vận hành bổ sung lịch nghỉ của năm theo thông báo chính thức.",
                en=f"The public holidays of {year} are not known, so working days cannot be "
                "counted. The operator adds them from the official notice.",
            )
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Year:
    """One year: weekdays that are off, Saturdays that are worked, and where that was read."""

    off: frozenset[date]
    work: frozenset[date]
    source: str


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Counts in the years it knows."""

    years: Mapping[int, Year]

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day.

        Raises:
            UnknownYearError: nobody has said which days of its year are off.
        """
        year = self.years.get(day.year)
        if year is None:
            raise UnknownYearError(day.year)
        return day in year.work or (day.weekday() < _SATURDAY and day not in year.off)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day behind a day; the day itself is not counted.

        Raises:
            UnknownYearError: the count runs into a year that is not known.
        """
        found = (one for one in _days_behind(day) if self.is_working(one))
        for _ in range(count):
            day = next(found)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie behind ``first``, up to and with ``last``.

        Raises:
            UnknownYearError: a year in between is not known.
        """
        days = (last - first).days
        return sum(self.is_working(first + _DAY * number) for number in range(1, days + 1))


@lru_cache(maxsize=1)
def working_days() -> WorkingDays:
    """The years that ship with the program."""
    years = tomllib.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return WorkingDays(
        {
            int(year): Year(
                frozenset(said["off"]), frozenset(said.get("work", ())), said["source"].strip()
            )
            for year, said in years.items()
        }
    )


def _days_behind(day: date) -> Iterator[date]:
    while True:
        day += _DAY
        yield day
