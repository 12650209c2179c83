"""Stretches of days and first days, from single records: pure, so that a worked example is easy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """From a day until before another; without an end it lasts."""

    from_day: date
    until_day: date | None


def spells_of(
    stretches: Iterable[tuple[date, date | None]], *, since: date, until: date
) -> tuple[Spell, ...]:
    """The union of stretches within the time a child is counted, each day once.

    ``since`` is the day of registration, ``until`` the first day on which the person is no
    longer counted as a child.
    """
    cut = sorted(
        (max(begin, since), until if end is None else min(end, until)) for begin, end in stretches
    )
    joined: list[tuple[date, date]] = []
    for begin, end in cut:
        if begin >= end:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(Spell(begin, end) for begin, end in joined)


def first_supports(spells: Iterable[Spell], days: Iterable[date]) -> tuple[date, ...]:
    """The first day of each calendar year on which a child within a spell was helped."""
    stretches = tuple(spells)
    first: dict[int, date] = {}
    for day in sorted(days):
        if day.year not in first and any(_holds(spell, day) for spell in stretches):
            first[day.year] = day
    return tuple(sorted(first.values()))


def _holds(spell: Spell, day: date) -> bool:
    return spell.from_day <= day and (spell.until_day is None or day < spell.until_day)
