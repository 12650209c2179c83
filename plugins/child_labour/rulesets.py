"""The rulesets of classification, read from ``data/rulesets.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "rulesets.toml"


@dataclass(frozen=True, slots=True)
class HourLimit:
    """The longest work allowed below an age."""

    below_age: int
    most_per_day: int
    most_per_week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """One version of the rules; ``code`` is stored with every row it classified."""

    code: str
    first_day: date
    light_work_from: int
    work_from: int
    own_family_excepted: bool
    night_work_forbidden: bool
    at_risk_factors: int
    hours: tuple[HourLimit, ...]

    def limit_at(self, age: int) -> HourLimit | None:
        """The limit for an age; none from 18 on."""
        return next((limit for limit in self.hours if age < limit.below_age), None)


def ruleset_on(day: date) -> Ruleset:
    """The ruleset in force on a day."""
    return max(
        (ruleset for ruleset in rulesets() if ruleset.first_day <= day),
        key=lambda ruleset: ruleset.first_day,
    )


@cache
def rulesets() -> tuple[Ruleset, ...]:
    """All of them; what people call each stands in ``codes.RULESETS``."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_ruleset(entry) for entry in content["ruleset"])


def _ruleset(entry: dict[str, Any]) -> Ruleset:
    values = dict(entry)
    hours = sorted((HourLimit(**limit) for limit in values.pop("hours")), key=_by_age)
    first_day = values.pop("first_day", date.min)
    return Ruleset(hours=tuple(hours), first_day=first_day, **values)


def _by_age(limit: HourLimit) -> int:
    return limit.below_age
