"""What somebody concludes who has everything published, and a solver.

The attacker knows the rule. Each shown number bounds a sum of unknown counts; a hidden one is at
least 1, because zeros are always shown; a small one with no hidden cell inside is taken as
recognised, which is more than is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.indicators.disclosure.cells import Bounds, Cell

# solvers answer to within this; an interval of 1.999999 is one of 2
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Concluded:
    """One hidden cell with its true count and what the attack says about it."""

    key: Any
    truth: int
    least: float
    greatest: float

    @property
    def width(self) -> float:
        """How far apart the bounds are; infinite where there is none above."""
        return self.greatest - self.least

    @property
    def is_recovered(self) -> bool:
        """Whether one whole number alone is left."""
        return np.floor(self.greatest + TOLERANCE) - np.ceil(self.least - TOLERANCE) < 1

    @property
    def is_narrow(self) -> bool:
        """Whether it is bounded more narrowly than 2."""
        return self.width < 2 - TOLERANCE


def attack(
    cells: Sequence[Cell],
    bounds: Sequence[Bounds],
    counts: Mapping[Any, int],
    hidden: Sequence[int],
) -> Iterator[Concluded]:
    """Bound each hidden cell by linear programming over all that is known together."""
    atoms = sorted({atom for cell in cells for atom in cell.atoms}, key=repr)
    place = {atom: number for number, atom in enumerate(atoms)}
    matrix = lil_matrix((len(cells), len(atoms)))
    for number, cell in enumerate(cells):
        for atom in cell.atoms:
            matrix[number, place[atom]] = 1
    rows = matrix.tocsr()
    most = np.array([np.inf if bound.most is None else bound.most for bound in bounds], float)
    least = np.array([bound.least for bound in bounds], float)
    has_most = np.isfinite(most)
    above = rows[has_most]
    system: dict[str, Any] = {
        "A_ub": _stack(above, -rows),
        "b_ub": np.concatenate([most[has_most], -least]),
        "bounds": (0, None),
        "method": "highs",
    }
    for number in hidden:
        goal = rows[number].toarray().ravel()
        low = linprog(goal, **system)
        high = linprog(-goal, **system)
        assert low.status == 0, f"the truth must be possible: {low.message}"
        yield Concluded(
            cells[number].key,
            cells[number].count(counts),
            low.fun,
            -high.fun if high.status == 0 else np.inf,
        )


def _stack(*parts: Any) -> Any:
    from scipy.sparse import vstack

    return vstack(parts).tocsr()
