"""The ministry's targets against national figures; worked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import pytest

from core.aggregate.assessment import progress
from core.aggregate.scope import ministry_scope
from core.aggregate.targets import national_targets
from core.kit.language import Text
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import Indicator
from core.profiles.models import Target

NAME = Text(vi="Thử", en="Test")


def target(operator: str, value: float, **more: Any) -> Target:
    kept = {"code": "NAT", "scope": "national", "year": 2018, "unit": "percent", "source": "x"}
    return Target(indicator="SAM-02", operator=operator, value=Decimal(str(value)), **(kept | more))


def indicator(direction: Literal["up", "down", "none"]) -> Indicator:
    return Indicator(
        code="SAM-02",
        name=NAME,
        definition=NAME,
        unit=NAME,
        direction=direction,
        frequency=("Y",),
        formula=None,
    )


def percent(numerator: int, denominator: int) -> Figure:
    value = Decimal(numerator * 100) / denominator
    return Figure("SAM-02", FigureState.NUMBER, value, numerator, denominator)


def count(value: int) -> Figure:
    return Figure("SAM-01", FigureState.NUMBER, Decimal(value))


@pytest.mark.parametrize(
    ("operator", "value", "direction", "numerator", "said"),
    [
        (">=", 80, "up", 79, "not_met"),
        (">=", 80, "up", 80, "met"),
        (">=", 80, "up", 81, "exceeded"),
        ("<=", 5, "down", 5, "met"),
        ("<=", 5, "down", 6, "not_met"),
        ("<", 6, "down", 6, "not_met"),
        ("<", 5.5, "down", 5, "met"),
        (">", 90, "up", 90, "not_met"),
        (">", 90, "up", 91, "met"),
        ("=", 100, "up", 99, "not_met"),
        ("=", 90, "up", 90, "met"),
        ("=", 90, "up", 95, "exceeded"),
        ("maintain", 100, "up", 100, "met"),
        ("maintain", 100, "up", 97, "not_met"),
        ("maintain", 5, "down", 4, "met"),
        ("maintain", 5, "down", 7, "not_met"),
        (">=", 80, "none", 81, "not_assessable"),
        ("at_least_n_per_unit", 1, "up", 50, "not_assessable"),
    ],
)
def test_each_operator(
    operator: str, value: float, direction: Any, numerator: int, said: str
) -> None:
    figure = percent(numerator, 100)
    held = progress(target(operator, value), indicator(direction), figure, None, complete=True)
    assert held.assessment == said


def test_a_change_is_held_against_its_year() -> None:
    wanted = target("change_pct_vs", -10, baseline_year=2016)
    for now, said in ((89, "met"), (90, "met"), (91, "not_met")):
        held = progress(wanted, indicator("down"), count(now), count(100), complete=True)
        assert (held.reached, held.assessment) == (now - 100, said)
    unknown = Figure("SAM-01", FigureState.NOT_REPORTED)
    held = progress(wanted, indicator("down"), count(9), unknown, complete=True)
    assert (held.reached, held.assessment) == (None, "not_assessable")


@pytest.mark.parametrize("state", ["not_enabled", "not_reported", "nil_return", "suppressed"])
def test_without_a_number_nothing_is_assessed(state: str) -> None:
    nothing = Figure("SAM-02", FigureState(state))
    held = progress(target(">=", 80), indicator("up"), nothing, None, complete=True)
    assert (held.reached, held.percent, held.assessment) == (None, None, "not_assessable")


def test_a_count_of_some_provinces_is_not_assessed_and_a_ratio_of_them_is() -> None:
    of_count = target("<=", 500, unit="n")
    held = progress(of_count, indicator("down"), count(400), None, complete=False)
    assert (held.reached, held.assessment) == (400, "not_assessable")
    held = progress(target(">=", 80), indicator("up"), percent(90, 100), None, complete=False)
    assert (held.percent, held.assessment) == (Decimal("112.5"), "exceeded")


def test_a_rate_is_not_held_against_a_count() -> None:
    rate = target("<=", 550, unit="per_100000")
    held = progress(rate, indicator("down"), count(400), None, complete=True)
    assert (held.reached, held.assessment) == (None, "not_assessable")
    held = progress(rate, indicator("down"), percent(1, 2), None, complete=True)
    assert held.reached is None


def test_targets_are_held_against_what_was_released(two_released: Any) -> None:
    indicators = two_released.source.catalogue.indicators
    wanted = [target(">=", 80), target(">=", 80, code="OLD")]
    wanted[1].indicator = "NONE-01"
    with ministry_scope(two_released.world.database.ministry, "test") as session:
        held, unknown = national_targets(session, wanted, indicators)
    assert held.figure is not None
    assert (held.figure.contributing, held.provinces) == (0, 3)  # the year was not released
    assert held.progress.assessment == "not_assessable"
    assert (unknown.indicator, unknown.figure) == (None, None)
