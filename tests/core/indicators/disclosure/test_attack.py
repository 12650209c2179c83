"""Made-up tables, everything that is published of them, and a solver that tries to undo it.

Source: security rules §6; the goals of the notes on security, G14.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import Any

import pytest

from core.indicators.disclosure.cells import Cell, Rule
from core.indicators.disclosure.tables import known, protect
from tests.core.indicators.disclosure.attack import attack

pytestmark = pytest.mark.slow

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
PERIODS = {"Y": QUARTERS, "H1": QUARTERS[:2], "H2": QUARTERS[2:]} | {q: (q,) for q in QUARTERS}
USUAL, ABUSE = Rule(hide_up_to=4), Rule(hide_up_to=9)
# seed, communes, parts of the breakdown, rule
SHAPES = (
    *((1, 4, 2, USUAL), (2, 6, 2, USUAL), (3, 8, 3, USUAL), (4, 5, 4, USUAL)),
    *((5, 12, 2, USUAL), (6, 9, 1, USUAL), (7, 6, 3, ABUSE), (8, 10, 1, ABUSE)),
)


@dataclass(frozen=True)
class Made:
    """A made-up table and how it is protected."""

    cells: tuple[Cell, ...]
    counts: dict[Any, int]
    rule: Rule

    def small(self) -> frozenset[int]:
        """The cells that hiding alone would hide."""
        return frozenset(
            number
            for number, cell in enumerate(self.cells)
            if self.rule.is_small(cell.count(self.counts))
        )

    def hidden(self) -> frozenset[int]:
        """The cells that the rule hides."""
        shown = protect(self.cells, self.counts, self.rule)
        return frozenset(n for n, cell in enumerate(self.cells) if shown[cell.key] is None)

    def attacked(self, hidden: frozenset[int]) -> list[Any]:
        """What the solver says of each hidden cell."""
        bounds = known(self.cells, self.counts, self.rule, hidden)
        return list(attack(self.cells, bounds, self.counts, sorted(hidden)))


def table(seed: int, communes: int, parts: int, rule: Rule) -> Made:
    """Communes × quarters × parts, with every total of each; mostly small counts, many zeros."""
    random = Random(seed)  # noqa: S311  a fixed seed is wanted
    areas = {"province": range(communes)} | {f"commune {n}": (n,) for n in range(communes)}
    kinds = {"all": range(parts)} | {f"part {n}": (n,) for n in range(parts) if parts > 1}
    if parts > 3:
        kinds["another programme's"] = range(1, 3)
    counts = {
        atom: int(random.gammavariate(0.5, 9))
        for atom in product(range(communes), QUARTERS, range(parts))
    }
    cells = tuple(
        Cell((area, period, kind), frozenset(product(areas[area], PERIODS[period], kinds[kind])))
        for area, period, kind in product(areas, PERIODS, kinds)
    )
    return Made(cells, counts, rule)


@pytest.fixture(scope="module")
def tables() -> list[Made]:
    return [table(*shape) for shape in SHAPES]


def test_nothing_hidden_is_recovered_and_nothing_is_bounded_narrowly(tables: list[Made]) -> None:
    tried = 0
    for made in tables:
        concluded = made.attacked(made.hidden())
        assert [one for one in concluded if one.is_recovered or one.is_narrow] == []
        tried += len(made.small())
    assert tried > 300


def test_without_hiding_neighbours_small_counts_come_back(tables: list[Made]) -> None:
    concluded = [one for made in tables[:6] for one in made.attacked(made.small())]
    assert sum(one.is_recovered for one in concluded) >= 5
    assert sum(one.is_narrow for one in concluded) >= 40


def test_without_rounding_small_counts_come_back(tables: list[Made]) -> None:
    unrounded = [replace(made, rule=replace(USUAL, round_to=1)) for made in tables[:6]]
    concluded = [
        one
        for made, bare in zip(tables, unrounded, strict=False)
        for one in bare.attacked(made.hidden())
    ]
    assert sum(one.is_recovered for one in concluded) >= 40


def test_with_neither_nearly_all_small_counts_come_back(tables: list[Made]) -> None:
    bare = replace(tables[0], rule=replace(USUAL, round_to=1))
    concluded = bare.attacked(bare.small())
    assert all(one.is_recovered for one in concluded)


def test_old_and_new_boundaries_published_together_give_back_nothing() -> None:
    """Pieces of land are counted; two old communes were cut and joined to three new ones."""
    pieces = {"old 1": (0, 1), "old 2": (2, 3, 4), "new 1": (0, 2), "new 2": (1, 3), "new 3": (4,)}
    areas = pieces | {"province": range(8), "old 3": (5, 6, 7), "new 4": (5, 6, 7)}
    for seed in range(30, 36):
        random = Random(seed)  # noqa: S311  a fixed seed is wanted
        counts = {atom: int(random.gammavariate(0.8, 8)) for atom in product(range(8), QUARTERS)}
        cells = tuple(
            Cell((area, period), frozenset(product(areas[area], PERIODS[period])))
            for area, period in product(areas, PERIODS)
        )
        made = Made(cells, counts, USUAL)
        concluded = made.attacked(made.hidden())
        assert [one for one in concluded if one.is_recovered or one.is_narrow] == []


def test_official_totals_that_everybody_knows_do_not_help() -> None:
    """The province's totals are exact in its own report; its communes stay hidden all the same."""
    for seed in range(40, 44):
        made = table(seed, 9, 1, USUAL)
        cells = tuple(
            replace(cell, settled=True) if cell.key[0] == "province" else cell
            for cell in made.cells
        )
        told = replace(made, cells=cells)
        concluded = told.attacked(told.hidden())
        assert [one for one in concluded if one.is_recovered or one.is_narrow] == []
