"""The figures of the programme against examples counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.drowning_prevention import measures
from plugins.drowning_prevention.models import ChildInjuryIncident

if TYPE_CHECKING:
    from collections.abc import Callable

# day, cause, outcome, age, sex, water, place
EXAMPLE = (
    (date(2018, 1, 1), "drowning", "died", 3, "male", "pond", "pond_lake"),
    (date(2018, 5, 20), "drowning", "died", 9, "female", "river", "river_canal"),
    (date(2018, 12, 31), "drowning", "died", 15, "male", "river", "river_canal"),
    (date(2018, 6, 1), "drowning", "recovered", 7, "male", "canal", "river_canal"),
    (date(2018, 7, 1), "drowning", "died", 16, "male", "river", "river_canal"),  # not under 16
    (date(2017, 12, 31), "drowning", "died", 5, "male", "river", "river_canal"),  # last year
    (date(2018, 3, 3), "road_traffic", "died", 12, "female", None, "road"),
    (date(2018, 3, 4), "fall", "hospitalised", 0, "male", None, "home"),
)


@pytest.fixture
def rows(communes: tuple[int, ...]) -> list[ChildInjuryIncident]:
    return [
        ChildInjuryIncident(
            commune_id=communes[0],
            occurred_on=day,
            cause=cause,
            outcome=outcome,
            age_at_event=age,
            sex=sex,
            water_type=water,
            place_type=place,
        )
        for day, cause, outcome, age, sex, water, place in EXAMPLE
    ]


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [("DRW-01", 3), ("DRW-03", 6)],
)
def test_indicators(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        assert door.indicator(code, year).count == by_hand


@pytest.mark.parametrize(
    ("asked", "by_hand"),
    [
        ((measures.DROWNING_DEATHS, "sex"), {"male": 2, "female": 1}),
        ((measures.DROWNING_DEATHS, "age_band"), {"0-5": 1, "6-10": 1, "13-15": 1}),
        ((measures.DROWNING_DEATHS, "detail"), {"pond": 1, "river": 2}),
        ((measures.DROWNING_DEATHS_BY_PLACE, "detail"), {"pond_lake": 1, "river_canal": 2}),
        ((measures.DROWNINGS, "detail"), {"pond": 1, "river": 2, "canal": 1}),
        ((measures.INJURY_DEATHS, "detail"), {"drowning": 3, "road_traffic": 1}),
        ((measures.INJURIES, "detail"), {"drowning": 4, "road_traffic": 1, "fall": 1}),
    ],
)
def test_breakdowns(
    counted: Callable[..., Any], rows: Any, year: Any, asked: Any, by_hand: dict[str, int]
) -> None:
    measure, breakdown = asked
    with counted(*rows) as door:
        cells = door.by(measure, breakdown, year)
        assert {key: figure.count for key, figure in cells.items() if figure.count} == by_hand
