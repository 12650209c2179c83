"""The figures of the programme against examples counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.child_labour import measures
from plugins.child_labour.models import WorkScreening

if TYPE_CHECKING:
    from collections.abc import Callable

# day, category, age, age group, sex, sector
EXAMPLE = (
    (date(2018, 1, 1), "child_labour", 8, "5-12", "male", "trade"),
    (date(2018, 4, 1), "child_labour", 13, "13-14", "female", "fishery"),
    (date(2018, 12, 31), "hazardous_child_labour", 16, "15-17", "male", "construction"),
    (date(2018, 6, 1), "worst_form", 17, "15-17", "female", "services"),
    (date(2018, 6, 2), "at_risk", 12, "5-12", "male", None),
    (date(2018, 6, 3), "permitted_work", 16, "15-17", "male", "trade"),
    (date(2018, 6, 4), "not_working", 6, "5-12", "female", None),
    (date(2017, 12, 31), "child_labour", 9, "5-12", "male", "trade"),  # last year
)


@pytest.fixture
def rows(communes: tuple[int, ...], make_child: Callable[..., Any]) -> list[Any]:
    child = make_child()
    screenings = [
        WorkScreening(
            commune_id=communes[0],
            child_id=child.id,
            screened_on=day,
            category=category,
            age_at_screening=age,
            age_group=group,
            sex=sex,
            sector=sector,
            works=sector is not None,
            school_attending=True,
            reasons=[],
            ruleset="example",
        )
        for day, category, age, group, sex, sector in EXAMPLE
    ]
    return [child, *screenings]


@pytest.mark.parametrize(("code", "by_hand"), [("LAB-01", 4), ("LAB-03", 1), ("LAB-04", 2)])
def test_indicators(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        assert door.indicator(code, year).count == by_hand


@pytest.mark.parametrize(
    ("asked", "by_hand"),
    [
        ((measures.CHILD_LABOUR, "sex"), {"male": 2, "female": 2}),
        (
            (measures.CHILD_LABOUR, "detail"),
            {"trade": 1, "fishery": 1, "construction": 1, "services": 1},
        ),
        ((measures.BY_AGE_GROUP, "detail"), {"5-12": 1, "13-14": 1, "15-17": 2}),
        ((measures.HAZARDOUS, "detail"), {"construction": 1, "services": 1}),
        ((measures.AT_RISK, "detail"), {"5-12": 1}),
        (
            (measures.SCREENINGS, "detail"),
            {
                "not_working": 1,
                "permitted_work": 1,
                "child_labour": 2,
                "hazardous_child_labour": 1,
                "worst_form": 1,
                "at_risk": 1,
            },
        ),
    ],
)
def test_breakdowns(
    counted: Callable[..., Any], rows: Any, year: Any, asked: Any, by_hand: dict[str, int]
) -> None:
    measure, breakdown = asked
    with counted(*rows) as door:
        cells = door.by(measure, breakdown, year)
        assert {key: figure.count for key, figure in cells.items() if figure.count} == by_hand
