"""Which parts of a figure may leave for the ministry, beside all that left before."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from core.indicators.disclosure.rules import Audience, Level, Treatment, treatment
from core.kit.periods import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.indicators.door import FigureDoor
    from core.plugin_api.figures import Breakdown, Indicator

    # windows of earlier releases, each with the parts as released; none where they were withheld
    Released = Mapping[Window, Mapping[str, int]]


def parts_may_leave(
    door: FigureDoor,
    indicator: Indicator,
    breakdown: Breakdown,
    window: Window,
    released: Released,
) -> bool:
    """Whether the parts of a breakdown may go to the ministry; all of them or none.

    Not only the parts themselves must not be small, but also each difference to what left before,
    and what was entered late: a part of the second quarter is the half-year less the first.
    """
    sensitivity = door.sensitivity(indicator)
    how = treatment(sensitivity, Level.PART, Audience.MINISTRY)
    if how is not Treatment.ALL_OR_NONE:
        return how is Treatment.EXACT
    rule = door.rule(door.catalogue.owner_of[indicator.code], sensitivity)
    told = _told(door, indicator, breakdown, window, released)
    return not any(rule.is_small(count) for count in told)


def _told(
    door: FigureDoor,
    indicator: Indicator,
    breakdown: Breakdown,
    window: Window,
    released: Released,
) -> Iterator[int]:
    """Every count that the parts of this window give away, beside those that left before."""
    beside = [other for other in released if _meet(other, window)]
    # a stock is as at a day: subtracting two of them gives no count of children
    cut = () if _is_stock(door, indicator) else beside
    for piece in _pieces((window, *cut)):
        yield from (figure.count for figure in door.by(indicator.code, breakdown, piece).values())
    for other in beside:
        now = door.by(indicator.code, breakdown, other)
        for key, then in released[other].items():
            yield now[key].count - then if key in now else then


def _pieces(windows: Iterable[Window]) -> Iterator[Window]:
    """The smallest windows that all of these are made of."""
    some = tuple(windows)
    edges = {w.start for w in some} | {w.end + timedelta(days=1) for w in some}
    for start, after in pairwise(sorted(edges)):
        piece = Window(start, after - timedelta(days=1))
        if any(_meet(piece, window) for window in some):
            yield piece


def _meet(one: Window, other: Window) -> bool:
    return one.start <= other.end and other.start <= one.end


def _is_stock(door: FigureDoor, indicator: Indicator) -> bool:
    return any(
        door.catalogue.measures[code].kind == "stock"
        for code in door.catalogue.measures_of(indicator)
    )
