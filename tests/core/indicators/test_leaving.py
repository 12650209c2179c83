"""What goes to the ministry: all parts of a breakdown or none, and no difference gives one back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.indicators.door import FigureDoor
from core.indicators.leaving import parts_may_leave
from core.kit.periods import Period, Window

FIRST = Period.parse("2018-Q1").window
SECOND = Period.parse("2018-Q2").window
HALF = Period.parse("2018-H1").window
START = datetime(2017, 12, 31, 17, tzinfo=UTC)


@pytest.fixture
def may_leave(world: Any) -> Any:
    """Twelve boys and twelve girls in the first quarter; in the second as many as the test says."""

    def ask(boys: int, girls: int, window: Window, released: Any = None) -> bool:
        world.switch_on("quiet", START)
        for month, males, females in ((2, 12, 12), (5, boys, girls)):
            noon = datetime(2018, month, 3, 5, tzinfo=UTC)
            sexes = ["male"] * males + ["female"] * females
            here = world.communes[0]
            world.add(*(world.secret(commune_id=here, detected_at=noon, sex=s) for s in sexes))
        world.count()
        with world.door.tenant_session(1, read_only=True) as session:
            door = FigureDoor(session, world.catalogue)
            indicator = world.catalogue.indicators["QUI-01"]
            return parts_may_leave(door, indicator, "sex", window, released or {})

    return ask


def test_parts_that_are_large_or_zero_leave(may_leave: Any) -> None:
    assert may_leave(20, 0, SECOND)


def test_one_small_part_keeps_all_of_them_back(may_leave: Any) -> None:
    assert not may_leave(20, 3, SECOND)


def test_a_half_less_the_first_quarter_must_not_give_the_second(may_leave: Any) -> None:
    assert not may_leave(20, 3, HALF, {FIRST: {"male": 12, "female": 12}})


def test_a_half_by_itself_may_leave(may_leave: Any) -> None:
    assert may_leave(20, 3, HALF)


def test_a_quarter_after_its_half_must_not_give_the_other(may_leave: Any) -> None:
    assert not may_leave(20, 3, FIRST, {HALF: {"male": 32, "female": 15}})


def test_a_half_does_not_give_back_the_quarter_that_was_withheld(may_leave: Any) -> None:
    assert not may_leave(20, 3, HALF, {SECOND: {}})


def test_a_correction_does_not_tell_of_the_one_who_was_added(may_leave: Any) -> None:
    assert not may_leave(20, 0, FIRST, {FIRST: {"male": 12, "female": 11}})


def test_other_windows_do_not_matter(may_leave: Any) -> None:
    assert may_leave(20, 3, FIRST, {SECOND: {}})
