"""How alike two records of children are: pure, and blind to what a child is registered for.

Only names, birth dates, sex, household and mother are compared. Circumstances, cases and records
of programmes play no part, so that nothing here can tell of a confidential group.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

LIKELY = 8
_NEAR_DAYS = 31
_TWO = 2


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared. ``words`` are the folded words of the name, ``mother`` her folded name."""

    words: tuple[str, ...]
    born: date
    exact: bool
    sex: str
    household_id: UUID | None = None
    mother: str = ""


def likeness(one: Person, other: Person) -> int:
    """Points; from ``LIKELY`` on a person should look at the two side by side."""
    name = _names(one.words, other.words)
    family = 3 * (one.household_id is not None and one.household_id == other.household_id)
    family += 3 * (one.mother != "" and one.mother == other.mother)
    if name == 0:
        return 0
    return name + _births(one, other) + _sexes(one.sex, other.sex) + family


def swapped(day: date) -> date | None:
    """The date with day and month exchanged, where there is such a one."""
    if day.day <= 12 and day.day != day.month:  # noqa: PLR2004  months of a year
        return date(day.year, day.day, day.month)
    return None


def _names(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    if not one or not other:  # a name that is not known contradicts none
        return 3
    left, right = set(one), set(other)
    if left == right:
        return 5
    shared = left & right
    if len(shared) >= _TWO and shared in (left, right):
        return 4
    # The given name is the last word; the family name may have been written there instead.
    given = {one[-1], other[-1]}
    return 2 if len(shared) >= _TWO and given & shared else 0


def _births(one: Person, other: Person) -> int:
    if one.born == other.born:
        return 4
    near = abs((one.born - other.born).days) <= _NEAR_DAYS
    if near or swapped(one.born) == other.born:
        return 2
    if one.born.year == other.born.year and not (one.exact and other.exact):
        return 2
    same_day = (one.born.month, one.born.day) == (other.born.month, other.born.day)
    return 2 if same_day and abs(one.born.year - other.born.year) == 1 else 0


def _sexes(one: str, other: str) -> int:
    if "unknown" in (one, other):
        return 0
    return 1 if one == other else -3
