"""A target of the ministry held against the national figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.plugin_api.documents import FigureState
from core.reports.assessment import CHANGE, PER_UNIT, Assessment, assess, share_of

if TYPE_CHECKING:
    from core.plugin_api.documents import Figure
    from core.plugin_api.figures import Indicator
    from core.profiles.models import Target

_PER: Final = {"percent": 100, "per_100000": 100_000}


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
    a ratio over some is one. What every unit must have cannot be told from the nation's sum.
    """
    reached = _reached(target, figure, baseline)
    if reached is None or target.operator == PER_UNIT:
        return NOTHING
    share = share_of(target.operator, target.value, reached)
    if not complete and figure.denominator is None:
        return Progress(reached, share, Assessment.NOT_ASSESSABLE)
    said = assess(target.operator, target.value, reached, indicator.direction)
    return Progress(reached, share, said)


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
