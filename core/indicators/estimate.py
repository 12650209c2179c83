"""What a period may come to when part of it has been counted; never counted, released or frozen."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import Count, Sum

if TYPE_CHECKING:
    from core.kit.periods import Window
    from core.plugin_api.figures import Indicator
    from core.registry.catalogue import Catalogue


def estimate(
    figure: Figure, indicator: Indicator, catalogue: Catalogue, counted: Window, whole: Window
) -> Figure:
    """The figure of the whole window, from what was counted up to a day inside it.

    What happens over time is taken to go on at the same pace by days. What is there at a day, a
    ratio and a count of places are taken to stay. Without a number there is no estimate, and once
    the window is over it is what was counted.
    """
    formula = indicator.formula
    is_over = counted.end >= whole.end
    if is_over or figure.state is not FigureState.NUMBER or not isinstance(formula, Count | Sum):
        return figure
    measures = (catalogue.measures[code] for code in catalogue.measures_of(indicator))
    if any(measure.kind == "stock" for measure in measures):
        return figure
    return at_pace(figure, counted, whole)


def at_pace(figure: Figure, counted: Window, whole: Window) -> Figure:
    """A count, if it goes on over the whole window as it did over the counted days."""
    if figure.state is not FigureState.NUMBER or counted.end >= whole.end:
        return figure
    paced = Decimal(figure.count * whole.length_days) / counted.length_days
    return replace(figure, value=paced.quantize(Decimal(1), ROUND_HALF_UP))
