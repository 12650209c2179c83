"""Cells of a table as sums of atoms, and what a reader may conclude from each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from typing import Any

    # by atom: the smallest thing that is counted apart, as one commune in one quarter
    Counts = Mapping[Any, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that could be shown: the sum of its atoms, whole or part of anything.

    ``settled`` cells are known from elsewhere and exactly, as a province's official total is: they
    are neither rounded nor hidden here, and everybody is taken to know them.
    """

    key: Hashable
    atoms: frozenset[Hashable]
    settled: bool = False

    def count(self, counts: Counts) -> int:
        """What it adds up to; an atom that was not counted is zero."""
        return sum(counts.get(atom, 0) for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from 1 to ``hide_up_to`` are hidden; every other is rounded to ``round_to``.

    Source: security rules §6 (1 to 4, abuse 1 to 9; rounded to 5).
    """

    hide_up_to: int = 4
    round_to: int = 5

    def is_small(self, count: int) -> bool:
        """Whether a count must not be shown; a zero tells of nobody."""
        return 0 < abs(count) <= self.hide_up_to

    def rounded(self, count: int) -> int:
        """The nearest multiple; a shown count is never rounded down to zero."""
        half = self.round_to // 2
        return max((count + half) // self.round_to, 1 if count else 0) * self.round_to

    def bounds(self, count: int) -> Bounds:
        """What a reader who knows the rule can tell of a count from its rounded value."""
        if count == 0:
            return Bounds(0, 0)
        shown, half = self.rounded(count), self.round_to // 2
        return Bounds(max(shown - half, self.hide_up_to + 1), shown + half)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest that a count can be; ``most`` is ``None`` without a limit."""

    least: int
    most: int | None

    def misses(self, count: int) -> int:
        """How far a count lies outside: below 0 under the least, above 0 over the most."""
        if count < self.least:
            return count - self.least
        return count - self.most if self.most is not None and count > self.most else 0
