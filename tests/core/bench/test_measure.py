"""Rounds alternate, and the ratio is the rounds' median."""

from __future__ import annotations

import pytest

from core.bench.measure import Round, alternate, ratio_of, share_of, timed


def test_both_sides_run_in_every_round_and_take_turns_in_beginning() -> None:
    said: list[str] = []

    def side(name: str, seconds: float) -> list[float]:
        said.append(name)
        return [seconds, seconds * 9]

    rounds = list(
        alternate(lambda _n: side("floor", 1.0), lambda _n: side("ours", 2.0), rounds=2, calls=2)
    )
    assert said == ["floor", "ours", "floor", "ours", "ours", "floor"]
    assert rounds == [Round(1.0, 2.0), Round(1.0, 2.0)]


def test_one_disturbed_round_does_not_move_the_ratio() -> None:
    rounds = [Round(1.0, 2.0), Round(1.0, 2.0), Round(1.0, 90.0)]
    assert ratio_of("x", rounds, goal=2.0).ratio == 2.0


@pytest.mark.parametrize(("goal", "met"), [(1.9, False), (2.0, True), (None, True)])
def test_a_ratio_is_held_against_its_goal(goal: float | None, met: bool) -> None:  # noqa: FBT001  a table
    assert ratio_of("x", [Round(1.0, 2.0)], goal=goal).as_dict()["meets_goal"] is met


def test_a_rate_is_held_against_what_it_should_reach_at_least() -> None:
    rate = ratio_of("x", [Round(1.0, 2.0)], goal=0.45, at_least=True)
    assert (rate.ratio, rate.meets_goal) == (0.5, True)
    assert not ratio_of("x", [Round(1.0, 4.0)], goal=0.45, at_least=True).meets_goal


def test_a_share_is_held_against_what_it_should_reach_at_least() -> None:
    assert share_of("x", 98, 100, goal=0.98).meets_goal
    assert not share_of("x", 97, 100, goal=0.98).meets_goal


def test_each_call_is_timed_by_itself() -> None:
    calls: list[int] = []
    taken = timed(lambda: calls.append(1))(3)
    assert len(taken) == len(calls) == 3
    assert all(seconds >= 0 for seconds in taken)
