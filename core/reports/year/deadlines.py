"""Due days: which is the last day in time, how many are left, and which reminder that calls for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

Rule = Literal["on", "before"]
# Source: domain page of the programmes, §2.11: alerts 10, 3 and 0 days ahead, and when overdue.
STAGES: Final = (0, 3, 10)


class Stage(StrEnum):
    """How near a due day is, as a reminder says it; overdue is computed and never stored."""

    AHEAD = "10"
    NEAR = "3"
    TODAY = "0"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day and how the document means it: *on* that day is in time, *before* it is too late."""

    day: date
    rule: Rule

    @property
    def last(self) -> date:
        """The last day in time."""
        return self.day if self.rule == "on" else self.day - timedelta(days=1)

    def days_left(self, today: date) -> int:
        """Days from today to the last day in time; negative once it is over."""
        return (self.last - today).days

    def is_overdue(self, today: date) -> bool:
        """Whether it is too late today."""
        return today > self.last

    def late_days(self, came_on: date) -> int:
        """How many days too late something came; 0 in time."""
        return max((came_on - self.last).days, 0)

    def stage(self, today: date) -> Stage | None:
        """The reminder that is due today, also where the exact day of it was missed."""
        left = self.days_left(today)
        if left < 0:
            return Stage.OVERDUE
        reached = next((days for days in STAGES if left <= days), None)
        return None if reached is None else Stage(str(reached))
