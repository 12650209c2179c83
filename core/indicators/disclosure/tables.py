"""A table made fit to be shown: small counts and their neighbours hidden, others rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.indicators.disclosure.cells import Bounds
from core.indicators.disclosure.freedom import Tables

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from core.indicators.disclosure.cells import Cell, Counts, Rule


def protect(cells: Sequence[Cell], counts: Counts, rule: Rule) -> dict[Hashable, int | None]:
    """What of each cell is shown; ``None`` is hidden.

    All that is ever shown together must be asked together: quarters with halves, parts with
    totals, one programme's figure with another's that is a part of it. The same counts give the
    same answer, in whatever order the cells come.
    """
    ordered = sorted(cells, key=lambda cell: (len(cell.atoms), repr(cell.key)))
    hidden = frozenset(
        number
        for number, cell in enumerate(ordered)
        if not cell.settled and rule.is_small(cell.count(counts))
    )
    unproved = hidden
    while unproved := _not_open(ordered, counts, rule, hidden, unproved):
        more = _neighbours(ordered, counts, hidden, unproved)
        if not more:
            break
        hidden |= more
        unproved |= more
    return {
        cell.key: None if number in hidden else _shown(cell, counts, rule)
        for number, cell in enumerate(ordered)
    }


def known(
    cells: Sequence[Cell],
    counts: Counts,
    rule: Rule,
    hidden: frozenset[int],
) -> list[Bounds]:
    """What readers know of each cell; a hidden one is at least 1, for zeros are always shown.

    A hidden cell without another hidden cell inside it can be recognised as small where all its
    neighbours are shown; its bounds say so, which gives the reader more than he is told.
    """
    inner = _smallest(cells, hidden)
    found = []
    for number, cell in enumerate(cells):
        count = cell.count(counts)
        if number not in hidden:
            bounds = Bounds(count, count) if cell.settled else rule.bounds(count)
        elif number in inner and rule.is_small(count):
            bounds = Bounds(1, rule.hide_up_to)
        else:
            bounds = Bounds(1, None)
        found.append(bounds)
    return found


def _shown(cell: Cell, counts: Counts, rule: Rule) -> int:
    count = cell.count(counts)
    return count if cell.settled else rule.rounded(count)


def _not_open(
    cells: Sequence[Cell],
    counts: Counts,
    rule: Rule,
    hidden: frozenset[int],
    unproved: frozenset[int],
) -> frozenset[int]:
    """Those of the hidden cells that are not proved open; a proof stands when more is hidden."""
    tables = Tables(cells, known(cells, counts, rule, hidden), counts)
    return frozenset(number for number in unproved if not tables.leaves_open(number))


def _neighbours(
    cells: Sequence[Cell],
    counts: Counts,
    hidden: frozenset[int],
    unproved: frozenset[int],
) -> frozenset[int]:
    """One more cell to hide for each that is not proved open."""
    more: set[int] = set()
    for number in sorted(unproved):
        beside = _beside(cells, counts, hidden | more, number)
        if beside is not None:
            more.add(beside)
    return frozenset(more)


def _beside(cells: Sequence[Cell], counts: Counts, hidden: frozenset[int], of: int) -> int | None:
    """What to hide for the sake of a cell: the least of its neighbours, else what holds them all.

    A neighbour shares the narrowest total that has one. Zeros stay shown: they tell of nobody, and
    hiding them would turn a counted nothing into a secret.
    """
    atoms = cells[of].atoms
    able = [
        number
        for number, cell in enumerate(cells)
        if number not in hidden and not cell.settled and cell.count(counts)
    ]
    around = [number for number, cell in enumerate(cells) if cell.atoms > atoms]
    for total in sorted(around, key=lambda number: len(cells[number].atoms)):
        within = [
            number
            for number in able
            if cells[number].atoms < cells[total].atoms and not cells[number].atoms & atoms
        ]
        if within:
            return min(within, key=lambda number: (cells[number].count(counts), number))
        if total in able:
            return total
    return able[0] if able else None


def _smallest(cells: Sequence[Cell], hidden: frozenset[int]) -> frozenset[int]:
    """The hidden cells with no hidden cell inside."""
    return frozenset(
        number
        for number in hidden
        if not any(cells[other].atoms < cells[number].atoms for other in hidden)
    )
