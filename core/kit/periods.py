"""Reporting periods, windows of days, ages, and dates as official documents write them."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from core.kit.errors import MalformedError
from core.kit.language import Text

PeriodKind = Literal["year", "half_year", "quarter", "month"]

_MONTHS_IN: Final[dict[PeriodKind, int]] = {"year": 12, "half_year": 6, "quarter": 3, "month": 1}
_CODE = re.compile(r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?P<part>H[12]|Q[1-4]|0[1-9]|1[0-2]))?")
_ROMAN = ("I", "II", "III", "IV")
_ORDINAL = ("First", "Second", "Third", "Fourth")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FEBRUARY = 2
_MALFORMED = Text(
    vi=(
        "Kỳ báo cáo không đúng dạng. Hãy ghi năm (2018), 6 tháng (2018-H1, 2018-H2), "
        "quý (2018-Q1 đến 2018-Q4) hoặc tháng (2018-01 đến 2018-12)."
    ),
    en=(
        "This is not a reporting period. Write a year (2018), a half-year (2018-H1, 2018-H2), "
        "a quarter (2018-Q1 to 2018-Q4) or a month (2018-01 to 2018-12)."
    ),
)


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` to ``end``, both included.

    Raises:
        ValueError: the end is before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a window without a day."""
        if self.end < self.start:
            raise ValueError(f"a window cannot end ({self.end}) before it starts ({self.start})")

    @property
    def length_days(self) -> int:
        """How many days it has; at least one."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day <= self.end

    def year_earlier(self) -> Window:
        """The same days one year before.

        The end of February stays the end of February, on the 28th or 29th, so that months stay
        whole months; a start on 29 February goes to the 28th.
        """
        year = self.end.year - 1
        if _is_end_of_february(self.end):
            end = _last_day(year, _FEBRUARY)
        else:
            end = self.end.replace(year=year)
        year = self.start.year - 1
        day = min(self.start.day, _last_day(year, self.start.month).day)
        return Window(self.start.replace(year=year, day=day), end)


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, half-year, quarter or month that is reported on.

    ``number`` counts within the year from 1; a year's is 1.

    Raises:
        ValueError: a year has no such part.
    """

    year: int
    kind: PeriodKind
    number: int

    def __post_init__(self) -> None:
        """Refuse a fifth quarter."""
        if not 1 <= self.number <= 12 // _MONTHS_IN[self.kind]:
            raise ValueError(f"a year has no {self.kind} number {self.number}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read "2018", "2018-H1", "2018-Q3" or "2018-03"; small letters and outer blanks will do.

        Raises:
            MalformedError: anything else, or a year outside 1900 to 2199; says what is accepted.
        """
        match = _CODE.fullmatch(text.strip().upper())
        if match is None:
            raise MalformedError(_MALFORMED)
        year, part = int(match["year"]), match["part"]
        if part is None:
            return cls(year, "year", 1)
        if part[0] == "H":
            return cls(year, "half_year", int(part[1]))
        if part[0] == "Q":
            return cls(year, "quarter", int(part[1]))
        return cls(year, "month", int(part))

    @property
    def code(self) -> str:
        """The permanent code, which ``parse`` reads back."""
        parts: dict[PeriodKind, str] = {
            "year": "",
            "half_year": f"-H{self.number}",
            "quarter": f"-Q{self.number}",
            "month": f"-{self.number:02}",
        }
        return f"{self.year:04}{parts[self.kind]}"

    @property
    def first_month(self) -> int:
        """The first of its months, 1 to 12."""
        return self.last_month - _MONTHS_IN[self.kind] + 1

    @property
    def last_month(self) -> int:
        """The last of its months, 1 to 12."""
        return self.number * _MONTHS_IN[self.kind]

    @property
    def window(self) -> Window:
        """Its calendar days."""
        start = date(self.year, self.first_month, 1)
        return Window(start, _last_day(self.year, self.last_month))

    @property
    def same_period_last_year(self) -> Period:
        """What a report compares it with ("cùng kỳ năm trước")."""
        return Period(self.year - 1, self.kind, self.number)

    @property
    def name(self) -> Text:
        """Its name as it begins a line or a title."""
        year, at = self.year, self.number - 1
        if self.kind == "year":
            return Text(vi=f"Năm {year}", en=f"Year {year}")
        if self.kind == "half_year":
            half = ("đầu", "cuối")[at]
            return Text(vi=f"6 tháng {half} năm {year}", en=f"{_ORDINAL[at]} half of {year}")
        if self.kind == "quarter":
            return Text(vi=f"Quý {_ROMAN[at]} năm {year}", en=f"{_ORDINAL[at]} quarter of {year}")
        return Text(vi=f"Tháng {self.number} năm {year}", en=f"{_MONTH_NAMES[at]} {year}")


def administrative_month(year: int, month: int) -> Window:
    """From the 15th of the month before to the 14th of the month.

    Source: the closing dates of Circular 09/2019/TT-NHNN, from a secondary page; the rule for all
    agencies is in Decree 09/2019/NĐ-CP, whose text has not been read. A tenant may set others.
    """
    before = date(year, month, 1) - timedelta(days=1)
    return Window(before.replace(day=15), date(year, month, 14))


def administrative_window(period: Period) -> Window:
    """The administrative months of a period in one: 2018 is 15/12/2017 to 14/12/2018."""
    first = administrative_month(period.year, period.first_month)
    return Window(first.start, administrative_month(period.year, period.last_month).end)


def official_date(day: date, place: str | None = None) -> str:
    """The line of place and date: "An Giang, ngày 05 tháng 02 năm 2018".

    Days below 10 and months 1 and 2 get a leading zero, other months do not.
    Source: Decree 30/2020/NĐ-CP, Annex I.
    """
    month = f"{day.month:02}" if day.month <= _FEBRUARY else str(day.month)
    written = f"ngày {day.day:02} tháng {month} năm {day.year}"
    return f"{place}, {written}" if place else written


def age_at(born: date, on: date) -> int:
    """Full years of age on a day.

    Someone born on 29 February has the birthday on 1 March in common years: a convention of ours,
    under which nobody leaves an age group a day early.

    Raises:
        ValueError: the day is before the birth.
    """
    if on < born:
        raise ValueError("no age before birth")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def add_years(day: date, years: int) -> date:
    """The same day so many years later (earlier if negative).

    29 February becomes 1 March in common years, as for ``age_at``: ``add_years(born, n)`` is the
    first day on which somebody is n years old.
    """
    year = day.year + years
    if (day.month, day.day) == (_FEBRUARY, 29) and not isleap(year):
        return date(year, _FEBRUARY + 1, 1)
    return day.replace(year=year)


def _last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _is_end_of_february(day: date) -> bool:
    """Whether it is the 28th, or in leap years the 29th, of February."""
    return day.month == _FEBRUARY and day == _last_day(day.year, _FEBRUARY)
