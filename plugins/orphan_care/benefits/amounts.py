"""Base levels and coefficients by date; amount = base level × coefficient.

A new level is a new line, never a changed one: what was decided stays what it was. The state
gives a least amount; a province may set a higher base. What no source confirms has no
coefficient here, and is asked for instead.
Source: domain page of the programmes, §7 (pages P27 to P30 of its list).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from plugins.orphan_care.asking import option

if TYPE_CHECKING:
    from core.plugin_api import Option

ORPHAN, SEVERE_DISABILITY, OTHER = "orphan", "severe_disability", "other"
CATEGORIES: tuple[Option, ...] = (
    option(
        ORPHAN,
        "Trẻ em mồ côi, bị bỏ rơi, không nơi nương tựa",
        "Orphaned, abandoned or unsupported child",
    ),
    option(SEVERE_DISABILITY, "Trẻ em khuyết tật nặng", "Child with a severe disability"),
    option(OTHER, "Đối tượng khác theo quyết định", "Another group, by decision"),
)


@dataclass(frozen=True, slots=True)
class BaseLevel:
    """The state's base level of social assistance from a day on, in đồng a month."""

    valid_from: date
    base_vnd: int
    source: str


@dataclass(frozen=True, slots=True)
class Coefficient:
    """By how much the base level is multiplied for a category, for ages from ``age_from`` on."""

    category: str
    age_from: int
    value: Decimal
    source: str


BASE_LEVELS = (
    BaseLevel(date.min, 270_000, "P27: the level before 1 July 2021"),
    BaseLevel(date(2021, 7, 1), 360_000, "P27: from 1 July 2021"),
    BaseLevel(date(2024, 7, 1), 500_000, "P28: Decree 76/2024, from 1 July 2024"),
)
COEFFICIENTS = (
    Coefficient(ORPHAN, 0, Decimal("2.5"), "derived from P29: 900,000 at a base of 360,000"),
    Coefficient(ORPHAN, 4, Decimal("1.5"), "derived from P29: 540,000 at a base of 360,000"),
)
CHANGES_AT, ENDS_AT, ENDS_AT_IF_STUDYING = 4, 16, 22


def base_on(day: date) -> int:
    """The state's base level on a day, in đồng."""
    return next(level for level in reversed(BASE_LEVELS) if level.valid_from <= day).base_vnd


def coefficient_on(category: str, born: date, day: date) -> Decimal | None:
    """The coefficient at the age of that day; ``None`` where no source confirms one."""
    known = [
        line
        for line in COEFFICIENTS
        if line.category == category and birthday(born, line.age_from) <= day
    ]
    return known[-1].value if known else None


def amount(base_vnd: int, coefficient: Decimal) -> int:
    """What is paid a month, in whole đồng."""
    return int(base_vnd * coefficient)


def ends_by(born: date, *, studying: bool) -> date:
    """The day from which age ends it: 16, or 22 while studying. Source: P30."""
    return birthday(born, ENDS_AT_IF_STUDYING if studying else ENDS_AT)


def birthday(born: date, age: int) -> date:
    """The day on which an age is reached; somebody born on 29 February, on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28) + timedelta(days=1)
