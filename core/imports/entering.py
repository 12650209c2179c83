"""Rows of new children: from cells to checked answers, the likely twins told, the rest stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from core.forms.many import ManyChecker
from core.imports import findings as found
from core.imports.cells import AMBIGUOUS, FINER, Words, born_with_precision, is_finer
from core.imports.columns import (
    BORN,
    CODE,
    COMMUNE,
    FIELDS,
    LISTED,
    PRECISION,
    SOURCE,
    STATUS,
)
from core.imports.families import HOUSEHOLD, code_of
from core.imports.findings import Finding, Said
from core.imports.household_columns import HOME_NUMBER
from core.register import bulk
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.forms.context import FormContext
    from core.imports.households import Homes, NewHouseholds
    from core.imports.kept import KeptRow
    from core.tenancy.session import TenantSession

_RELATION: Final = "relation_to_head"
_ACTIVE: Final = "active"
_FROM_ELSEWHERE: Final = "import"
# By what two records are likely of one child; a name that is not known is like no other.
LIKENESS: Final = (COMMUNE, "name_sort", BORN)
_ORDER: Final = {name: place for place, name in enumerate(LISTED)}


@dataclass(slots=True)
class Taken:
    """What became of the rows of a chunk; ``ids`` are those of new or changed children.

    ``homes`` are the ids of new households by the first row of each, also in a dry run.
    """

    ids: list[UUID] = field(default_factory=list)
    new: bulk.ChildColumns | None = None
    same: int = 0
    findings: list[Finding] = field(default_factory=list)
    homes: dict[int, UUID] = field(default_factory=dict)

    @property
    def new_count(self) -> int:
        """How many children were stored, or would have been in a dry run."""
        return 0 if self.new is None else self.new.count

    def refuse(self, row: KeptRow, said: Sequence[Said]) -> None:
        """The row is wrong; its faults in the order of the form."""
        ordered = sorted(said, key=lambda one: _ORDER[one.field])
        self.findings.append(Finding(row.number, "refused", ordered, row.cells, row.family))

    def doubt(self, row: KeptRow, said: Said) -> None:
        """The row is likely there already."""
        self.findings.append(Finding(row.number, "doubled", [said], row.cells, row.family))


@dataclass(frozen=True, slots=True)
class NewChildren:
    """Takes in rows of children who are not in the register; ``columns`` name their cells.

    ``households`` where the list brings households along.
    """

    session: TenantSession
    context: FormContext
    words: Words
    columns: Sequence[str]
    shared: Mapping[str, Any]
    dry_run: bool
    households: NewHouseholds | None = None

    def take(self, rows: Sequence[KeptRow]) -> Taken:
        """Check all rows and store the right ones, in a few statements."""
        cells = cells_by_field(self.columns, [row.cells for row in rows])
        answers = {name: self.words.typed_all(name, column) for name, column in cells.items()}
        said = self._beyond_the_form(answers, cells, len(rows))
        homes = None if self.households is None else self.households.look(rows)
        if homes is not None:
            homes.fill(rows, answers)
            for place, faults in homes.faults(rows, answers[_RELATION]):
                said.setdefault(place, []).extend(faults)
        checker = ManyChecker(CHILD_FORM, self._knowing_households(answers, homes))
        checked = checker.check(answers, len(rows))
        taken = Taken()
        for place in sorted(said.keys() | checked.errors.keys()):
            at = {one.field for one in said.get(place, ())}
            more = found.of_form(checked.errors.get(place, ()))
            if homes is not None:
                more = homes.put_clearly(rows[place], answers[HOUSEHOLD][place], more)
            faults = [*said.get(place, ()), *(one for one in more if one.field not in at)]
            taken.refuse(rows[place], faults)
        right: list[int] = []
        for place, row in enumerate(rows):
            if place in said or place in checked.errors:
                continue
            if row.twin is None or row.other:
                right.append(place)
            else:
                taken.doubt(row, found.said("full_name", found.SAME_IN_FILE, row=row.twin))
        if right:
            self._store(rows, right, checked.values, taken, homes)
        taken.findings.sort(key=lambda one: one.row)
        return taken

    def _store(
        self,
        rows: Sequence[KeptRow],
        right: Sequence[int],
        values: Mapping[str, Sequence[Any]],
        taken: Taken,
        homes: Homes | None,
    ) -> None:
        named = list(zip(*(values[name] for name in LIKENESS), strict=True))
        asked = [place for place in right if named[place][1] and not rows[place].other]
        there = self._there([named[place] for place in asked])
        twins = {place for place in asked if named[place] in there}
        for place in twins:
            code = there[named[place]]
            taken.doubt(rows[place], found.said("full_name", found.SAME_IN_REGISTER, code=code))
        new = [place for place in right if place not in twins]
        if homes is not None:
            new = self._housed(rows, new, values[HOUSEHOLD], taken, homes)
        if new:
            taken.new = bulk.complete(values, new, self.shared)
            if not self.dry_run:
                taken.ids = bulk.store_children(self.session, taken.new)

    def _housed(
        self,
        rows: Sequence[KeptRow],
        new: Sequence[int],
        lives_in: Sequence[Any],
        taken: Taken,
        homes: Homes,
    ) -> list[int]:
        """Those of some places whose households are there or are stored now."""
        first_of = {place: homes.new_of(rows[place], lives_in[place]) for place in new}
        needed = {first for first in first_of.values() if first is not None}
        doubled = homes.doubles(needed)
        for place, first in first_of.items():
            if first in doubled:
                code = doubled[first]
                double = found.said(HOME_NUMBER, found.SAME_HOUSEHOLD_IN_REGISTER, code=code)
                taken.refuse(rows[place], [double])
        taken.homes = homes.store(needed - doubled.keys())
        return [place for place in new if first_of[place] not in doubled]

    def _there(self, named: Sequence[bulk.Likeness]) -> Mapping[bulk.Likeness, str]:
        return bulk.already_there(self.session, named) if named else {}

    def _beyond_the_form(
        self, answers: dict[str, list[Any]], cells: Mapping[str, Sequence[str]], count: int
    ) -> dict[int, list[Said]]:
        """Fill in what a list need not say, and find what no form could be asked, by row."""
        said: dict[int, list[Said]] = {}
        for place, code in enumerate(answers.pop(CODE, ())):
            if code is not None:
                said.setdefault(place, []).append(found.said(CODE, found.CODE_IS_GIVEN))
        for place, status in enumerate(answers.pop(STATUS, ())):
            if status not in {None, _ACTIVE}:
                said.setdefault(place, []).append(found.said(STATUS, found.ACTIVE_ALONE))
        _fill(answers, SOURCE, [_FROM_ELSEWHERE] * count)
        if len(self.words.communes) == 1:
            _fill(answers, COMMUNE, [str(next(iter(self.words.communes)))] * count)
        unclear = {cell for cell in set(cells.get(COMMUNE, ())) if self.words.is_ambiguous(cell)}
        for place, cell in enumerate(cells[COMMUNE] if unclear else ()):
            if cell in unclear:
                said.setdefault(place, []).append(found.said(COMMUNE, AMBIGUOUS))
        written = _precisions(cells.get(BORN, ("",) * count))
        _fill(answers, PRECISION, written)
        for place, (told, exact) in enumerate(zip(answers[PRECISION], written, strict=True)):
            if told != exact and told is not None and exact is not None and is_finer(told, exact):
                said.setdefault(place, []).append(found.said(PRECISION, FINER))
        return said

    def _knowing_households(
        self, answers: Mapping[str, Sequence[Any]], homes: Homes | None
    ) -> FormContext:
        """The households that the rows name, found by their codes in one statement."""
        codes = {code_of(one) for one in set(answers.get(HOUSEHOLD, ())) if one is not None}
        known = bulk.households_coded(self.session, codes) if codes else {}

        def find(text: str) -> UUID | None:
            return known.get(code_of(text))

        return replace(self.context, find_household=find if homes is None else homes.finding(find))


def cells_by_field(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """What stands in the column of each field, row by row; empty where a row ends before it."""
    wide = zip_longest(columns, *rows, fillvalue="")
    return {name: cells for name, *cells in wide if name in FIELDS}


def answers_of(words: Words, columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """The filled cells of a row in the words of the form, by field."""
    answers: dict[str, Any] = {}
    for name, cell in zip(columns, cells, strict=False):
        if cell and name in FIELDS:
            typed = words.typed(name, cell)
            if typed is not None:
                answers[name] = typed
    return answers


def precision_of(
    answers: dict[str, Any], columns: Sequence[str], cells: Sequence[str]
) -> list[Said]:
    """As exact as the cell was written, unless the list says itself how exact; never more exact."""
    written = born_with_precision(cell_of(BORN, columns, cells))
    if written is None:
        return []
    told = answers.setdefault(PRECISION, written)
    return [found.said(PRECISION, FINER)] if is_finer(told, written) else []


def cell_of(name: str, columns: Sequence[str], cells: Sequence[str]) -> str:
    """What stands in the column of a field; empty where there is none."""
    place = columns.index(name) if name in columns else len(cells)
    return cells[place] if place < len(cells) else ""


def _precisions(cells: Sequence[str]) -> list[str | None]:
    known = {cell: born_with_precision(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _fill(answers: dict[str, list[Any]], name: str, default: Sequence[str | None]) -> None:
    """Answer a field where it was left empty."""
    given = answers.get(name)
    if given is None:
        answers[name] = list(default)
    elif None in given:
        pairs = zip(given, default, strict=True)
        answers[name] = [other if one is None else one for one, other in pairs]


__all__ = ["NewChildren", "Taken", "answers_of", "cells_by_field"]
