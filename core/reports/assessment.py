"""What may be said of a result held against its target, for a province and for the nation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from decimal import Decimal

CHANGE: Final = "change_pct_vs"
PER_UNIT: Final = "at_least_n_per_unit"
_MORE_IS_WANTED: Final = frozenset({">=", ">", "=", "maintain", PER_UNIT})


class Assessment(StrEnum):
    """What may be said of a target."""

    MET = "met"
    NOT_MET = "not_met"
    EXCEEDED = "exceeded"
    NOT_ASSESSABLE = "not_assessable"


def assess(
    operator: str, goal: Decimal, reached: Decimal, direction: Literal["up", "down", "none"]
) -> Assessment:
    """Met, not met or exceeded; what has no direction is never scored.

    Exceeded is said of plans for more alone; staying well under a ceiling is meeting it.
    """
    is_less_better = direction == "down"
    if direction == "none":
        return Assessment.NOT_ASSESSABLE
    if operator == CHANGE:
        return _met(is_met=reached <= goal if goal < 0 else reached >= goal)
    if operator == "maintain":
        return _met(is_met=reached <= goal if is_less_better else reached >= goal)
    if operator == PER_UNIT:
        return _met(is_met=reached >= goal)
    if operator in {">=", "="} and not is_less_better and reached > goal:
        return Assessment.EXCEEDED
    met = {
        "=": reached == goal,
        ">=": reached >= goal,
        "<=": reached <= goal,
        ">": reached > goal,
        "<": reached < goal,
    }.get(operator)
    return Assessment.NOT_ASSESSABLE if met is None else _met(is_met=met)


def share_of(operator: str, goal: Decimal, reached: Decimal) -> Decimal | None:
    """How much of a target is reached, in percent; none of a ceiling or a change."""
    return reached / goal * 100 if operator in _MORE_IS_WANTED and goal > 0 else None


def _met(*, is_met: bool) -> Assessment:
    return Assessment.MET if is_met else Assessment.NOT_MET
