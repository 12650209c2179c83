"""A target of the ministry held against the national figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.plugin_api.documents import FigureState

if TYPE_CHECKING:
    from core.plugin_api.documents import Figure
    from core.plugin_api.figures import Indicator
    from core.profiles.models import Target

CHANGE = "change_pct_vs"
_PER: Final = {"percent": 100, "per_100000": 100_000}


class Assessment(StrEnum):
    """What may be said of a target."""

    MET = "met"
    NOT_MET = "not_met"
    EXCEEDED = "exceeded"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was reached, in the unit of the target, and the assessment.

    ``reached`` is ``None`` where the figure is no number or is counted in another unit.
    ``percent`` is the share of the target that was reached, for targets that more is wanted of.
    """

    reached: Decimal | None
    percent: Decimal | None
    assessment: Assessment


NOTHING = Progress(None, None, Assessment.NOT_ASSESSABLE)


def progress(
    target: Target,
    indicator: Indicator,
    figure: Figure,
    baseline: Figure | None,
    *,
    complete: bool,
) -> Progress:
    """How far the nation is.

    ``baseline`` is the figure of the year that a change is held against. ``complete`` says that
    every province contributed: a count over some of them is no national count and is not assessed,
    a ratio over some is one.
    """
    reached = _reached(target, figure, baseline)
    if reached is None:
        return NOTHING
    share = None
    if target.operator in {">=", ">", "=", "maintain"} and target.value > 0:
        share = reached / target.value * 100
    if not complete and figure.denominator is None:
        return Progress(reached, share, Assessment.NOT_ASSESSABLE)
    return Progress(reached, share, assess(target, indicator, reached))


def assess(target: Target, indicator: Indicator, reached: Decimal) -> Assessment:
    """Met, not met or exceeded; an indicator without a direction is never scored.

    Exceeded is said of plans for more alone; staying well under a ceiling is meeting it.
    """
    goal, is_less_better = target.value, indicator.direction == "down"
    if indicator.direction == "none":
        return Assessment.NOT_ASSESSABLE
    if target.operator == CHANGE:
        return _met(reached <= goal if goal < 0 else reached >= goal)
    if target.operator == "maintain":
        return _met(reached <= goal if is_less_better else reached >= goal)
    if target.operator in {">=", "="} and not is_less_better and reached > goal:
        return Assessment.EXCEEDED
    met = {
        "=": reached == goal,
        ">=": reached >= goal,
        "<=": reached <= goal,
        ">": reached > goal,
        "<": reached < goal,
    }.get(target.operator)
    return Assessment.NOT_ASSESSABLE if met is None else _met(met)


def _met(met: bool) -> Assessment:  # noqa: FBT001  named by what it asks
    return Assessment.MET if met else Assessment.NOT_MET


def _reached(target: Target, figure: Figure, baseline: Figure | None) -> Decimal | None:
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return None
    if target.operator == CHANGE:
        if baseline is None or baseline.state is not FigureState.NUMBER or not baseline.value:
            return None
        return (figure.value - baseline.value) / baseline.value * 100
    return figure.value if _fits(target.unit, figure) else None


def _fits(unit: str, figure: Figure) -> bool:
    """Whether a figure is counted in the unit of the target: a rate is not held against a count."""
    if unit not in _PER:
        return True
    if not figure.denominator or figure.numerator is None:
        return False
    return figure.value == Decimal(figure.numerator * _PER[unit]) / figure.denominator
