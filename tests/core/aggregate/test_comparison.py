"""Provinces side by side: the better first, nobody without a number in between."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.aggregate.comparison import compare
from core.aggregate.national import ProvinceFigure
from core.kit.language import Text
from core.plugin_api.documents import Figure, FigureState


def province(name: str, value: int | None, state: str = "number") -> ProvinceFigure:
    number = None if value is None else Decimal(value)
    return ProvinceFigure(name, Text(name, name), Figure("X", FigureState(state), number))


FIGURES = (
    province("silent", None, "not_reported"),
    province("b", 7),
    province("off", None, "not_enabled"),
    province("none", None, "nil_return"),
    province("a", 9),
    province("hidden", None, "suppressed"),
    province("c", 7),
    province("zero", 0),
)
LAST = ["none", "hidden", "off", "silent"]


@pytest.mark.parametrize(
    ("direction", "order", "ranks"),
    [
        ("up", ["a", "b", "c", "zero"], [1, 2, 2, 4]),
        ("down", ["zero", "b", "c", "a"], [1, 2, 2, 4]),
        ("none", ["a", "b", "c", "zero"], [None] * 4),
    ],
)
def test_numbers_come_in_the_direction_of_the_indicator_and_states_last(
    direction: str, order: list[str], ranks: list[int | None]
) -> None:
    found = compare(FIGURES, direction)  # type: ignore[arg-type]  # parametrised
    assert [each.province.slug for each in found] == order + LAST
    assert [each.rank for each in found] == ranks + [None] * 4
