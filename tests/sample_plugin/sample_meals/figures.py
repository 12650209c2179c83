"""What is counted, and the one indicator derived from it."""

from __future__ import annotations

from core.plugin_api import Count, Indicator, Measure, Text
from sample_meals.forms import PLACES
from sample_meals.models import MealRound

MEALS = "sample_meals.meals"
MEALS_SERVED = "SMP-01"


def measures() -> tuple[Measure, ...]:
    """The meals, added up by kind of place."""
    return (
        Measure(
            code=MEALS,
            name=Text(vi="Số suất ăn đã phát", en="Meals served"),
            model=MealRound,
            kind="flow",
            date="held_on",
            sums="meals",
            detail="place",
            detail_options=PLACES,
            source="F-SMP-1",
        ),
    )


INDICATORS = (
    Indicator(
        code=MEALS_SERVED,
        name=Text(vi="Số suất ăn đã phát cho trẻ em", en="Meals served to children"),
        definition=Text(
            vi="Tổng số suất ăn đã phát trong kỳ, theo ngày và nơi tổ chức.",
            en="All meals served in the period, by day and place of the meal.",
        ),
        unit=Text(vi="suất", en="meals"),
        direction="up",
        frequency=("Q", "H", "Y"),
        formula=Count(MEALS),
        breakdowns=("detail",),
        source="F-SMP-1",
    ),
)
