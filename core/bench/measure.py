"""Interleaved rounds of a floor and of ours, and the ratio between them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    # Makes so many calls and tells the seconds of each.
    Timer = Callable[[int], Sequence[float]]

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Round:
    """The seconds of the quickest call in one round, of the floor and of ours.

    The quickest, because other programs only ever make a call slower, and the longer call the
    more: a median on a busy machine would measure the others.
    """

    floor: float
    ours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times the floor ours takes; without a goal it is for information.

    ``low`` and ``high`` are the quartiles of the rounds' ratios. ``at_least`` turns the goal round:
    the ratio is a share that should be reached, such as that of a rate.
    """

    name: str
    ratio: float
    low: float
    high: float
    goal: float | None
    floor_ms: float
    ours_ms: float
    rounds: int
    plans: tuple[str, ...] = ()
    at_least: bool = False

    @property
    def meets_goal(self) -> bool:
        """Whether the ratio is within its goal."""
        if self.goal is None:
            return True
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def as_dict(self) -> dict[str, Any]:
        """For JSON: everything but the name, and whether the goal is met."""
        values = asdict(self)
        del values["name"]
        return values | {"meets_goal": self.meets_goal}

    def with_plans(self, *plans: str) -> Ratio:
        """The same with the database's plans of both sides."""
        return replace(self, plans=plans)


def timed(call: Callable[[], object]) -> Timer:
    """A timer of one function of this process."""

    def run(calls: int) -> list[float]:
        taken = []
        for _ in range(calls):
            start = perf_counter()
            call()
            taken.append(perf_counter() - start)
        return taken

    return run


def alternate(floor: Timer, ours: Timer, *, rounds: int, calls: int) -> Iterator[Round]:
    """Rounds in which both sides run close together, so that a busy moment meets both.

    Who begins changes from round to round; one round before is thrown away to warm the caches.
    """
    floor(calls)
    ours(calls)
    for number in range(rounds):
        if number % 2:
            mine = min(ours(calls))
            yield Round(min(floor(calls)), mine)
        else:
            least = min(floor(calls))
            yield Round(least, min(ours(calls)))


def ratio_of(
    name: str, rounds: Sequence[Round], *, goal: float | None, at_least: bool = False
) -> Ratio:
    """The median of the rounds' ratios; a round that was disturbed does not move it.

    ``at_least`` for rates: how many calls ours makes in the time in which the floor makes one.
    """
    ratios = [one.floor / one.ours if at_least else one.ours / one.floor for one in rounds]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return Ratio(
        name=name,
        ratio=round(median(ratios), _DIGITS),
        low=round(low, _DIGITS),
        high=round(high, _DIGITS),
        goal=goal,
        floor_ms=round(median(one.floor for one in rounds) * 1000, _DIGITS),
        ours_ms=round(median(one.ours for one in rounds) * 1000, _DIGITS),
        rounds=len(rounds),
        at_least=at_least,
    )


def share_of(name: str, part: int, whole: int, *, goal: float) -> Ratio:
    """A share that should be reached; it has no floor and no time."""
    share = round(part / whole, _DIGITS)
    return Ratio(
        name=name,
        ratio=share,
        low=share,
        high=share,
        goal=goal,
        floor_ms=0.0,
        ours_ms=0.0,
        rounds=whole,
        at_least=True,
    )
