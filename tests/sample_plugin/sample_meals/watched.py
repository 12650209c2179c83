"""What must not be overlooked: children who went without a meal, while it is news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_

from core.plugin_api import Alert, Attention, Text
from sample_meals.models import MealRound
from sample_meals.permissions import READ

if TYPE_CHECKING:
    from core.plugin_api import Moment


def _went_without(moment: Moment) -> Attention:
    first = moment.today - timedelta(days=moment.setting("news_days"))
    return Attention(
        where=and_(MealRound.meals < MealRound.children, MealRound.held_on > first),
        since=MealRound.held_on,
    )


WENT_WITHOUT = Alert(
    code="sample_meals.went_without",
    title=Text(vi="Có trẻ em không được nhận bữa ăn", en="Children went without a meal"),
    tone="warning",
    acts=(READ,),
    model=MealRound,
    looks=_went_without,
    leads_to="sample_meals.meal_round",
    settings={"news_days": 14},
)
