"""The proof that a hidden count stays open: other tables, with everything shown the same.

For each hidden cell two tables are looked for that agree with all that readers know and differ in
the cell by ``NEEDED`` or more. Both are there to be pointed at, so no reasoning over what is shown,
linear programming included, can bound the cell more narrowly. Not finding them proves nothing;
the caller then hides more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.indicators.disclosure.cells import Bounds, Cell, Counts

NEEDED = 2
# A search that goes on longer costs more than the neighbour that is hidden in its place.
_TRIES = 250
_WIDEST = 5
_Change = tuple[int, int]


class Tables:
    """All that readers know of a table: its cells, each with the bounds of its count."""

    def __init__(self, cells: Sequence[Cell], bounds: Sequence[Bounds], counts: Counts) -> None:
        """``bounds`` stand in the order of ``cells`` and hold for ``counts``, the truth."""
        atoms = sorted(frozenset[object]().union(*(cell.atoms for cell in cells)), key=repr)
        numbers = {atom: number for number, atom in enumerate(atoms)}
        self._atoms = [frozenset(numbers[atom] for atom in cell.atoms) for cell in cells]
        self._bounds = bounds
        self._counts = [counts.get(atom, 0) for atom in atoms]
        self._sums = [cell.count(counts) for cell in cells]
        self._cells_of: list[list[int]] = [[] for _ in atoms]
        for cell, inside in enumerate(self._atoms):
            for atom in inside:
                self._cells_of[atom].append(cell)
        self._tries = 0

    def leaves_open(self, target: int) -> bool:
        """Whether tables were found that differ by ``NEEDED`` in the cell of that number."""
        self._tries = _TRIES
        room = 0
        for direction in (1, -1):
            room += self._walk(target, direction, NEEDED - room)
            if room >= NEEDED:
                return True
        return False

    def _walk(self, target: int, direction: int, wanted: int) -> int:
        """How many steps the cell can go in one direction; the truth is restored afterwards."""
        taken: list[_Change] = []
        steps = 0
        while steps < wanted and (step := self._step(target, direction)):
            taken += step
            steps += 1
        for atom, change in taken:
            self._change(atom, -change)
        return steps

    def _step(self, target: int, direction: int) -> list[_Change] | None:
        """One more or less in the cell, and what must change elsewhere for it; made if possible."""
        inside = self._atoms[target]
        for atom in self._by_harm(inside, direction):
            done = [(atom, direction)]
            self._change(atom, direction)
            if self._mend(done, inside):
                return done
            self._change(atom, -direction)
        return None

    def _mend(self, done: list[_Change], kept: frozenset[int]) -> bool:
        """Bring every cell that the changes moved out of its bounds back, atom by atom."""
        broken = self._first_broken(done)
        if broken is None:
            return True
        cell, direction = broken
        used = {atom for atom, _ in done}
        for atom in self._by_harm(self._atoms[cell] - kept - used, direction):
            self._tries -= 1
            if self._tries < 0:
                return False
            self._change(atom, direction)
            done.append((atom, direction))
            if self._mend(done, kept):
                return True
            done.pop()
            self._change(atom, -direction)
        return False

    def _first_broken(self, done: Iterable[_Change]) -> tuple[int, int] | None:
        """A cell outside its bounds, and the direction that brings it back."""
        for atom, _ in done:
            for cell in self._cells_of[atom]:
                miss = self._bounds[cell].misses(self._sums[cell])
                if miss:
                    return cell, -1 if miss > 0 else 1
        return None

    def _by_harm(self, atoms: Iterable[int], direction: int) -> list[int]:
        """Some atoms that can change, those first that move the fewest cells out of bounds.

        A province has hundreds of atoms: looking ends with enough that do no harm at all.
        """
        found: list[tuple[int, int]] = []
        harmless = 0
        for atom in sorted(atoms):
            if self._counts[atom] + direction < 0:
                continue
            harm = self._harm(atom, direction)
            found.append((harm, atom))
            harmless += harm <= 0
            if harmless == _WIDEST:
                break
        return [atom for _, atom in sorted(found)[:_WIDEST]]

    def _harm(self, atom: int, direction: int) -> int:
        harm = 0
        for cell in self._cells_of[atom]:
            bounds, now = self._bounds[cell], self._sums[cell]
            harm += abs(bounds.misses(now + direction)) - abs(bounds.misses(now))
        return harm

    def _change(self, atom: int, change: int) -> None:
        self._counts[atom] += change
        for cell in self._cells_of[atom]:
            self._sums[cell] += change
