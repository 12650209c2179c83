"""Rows of new children: from cells to checked answers, the likely twins told, the rest stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from core.forms.many import ManyChecker
from core.imports import findings as found
from core.imports.cells import AMBIGUOUS, FINER, Words, born_with_precision, is_finer
from core.imports.columns import (
    ASKED,
    BORN,
    CODE,
    COMMUNE,
    FIELDS,
    PRECISION,
    SOURCE,
    STATUS,
)
from core.imports.findings import Finding, Said
from core.kit.text import nfc
from core.register import bulk
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.forms.context import FormContext
    from core.tenancy.session import TenantSession

_HOUSEHOLD: Final = "household_id"
_ACTIVE: Final = "active"
_FROM_ELSEWHERE: Final = "import"
_ORDER: Final = {name: place for place, name in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row on its way: its number, its cells, and the row of the file that it repeats."""

    number: int
    cells: list[str]
    twin: int | None = None


@dataclass(slots=True)
class Taken:
    """What became of the rows of a chunk; ``ids`` are those of new or changed children."""

    ids: list[UUID] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, row: KeptRow, said: Sequence[Said]) -> None:
        """The row is wrong; its faults in the order of the form."""
        ordered = sorted(said, key=lambda one: _ORDER[one.field])
        self.findings.append(Finding(row.number, "refused", ordered, row.cells))

    def doubt(self, row: KeptRow, said: Said) -> None:
        """The row is likely there already."""
        self.findings.append(Finding(row.number, "doubled", [said], row.cells))


@dataclass(frozen=True, slots=True)
class NewChildren:
    """Takes in rows of children who are not in the register; ``columns`` name their cells."""

    session: TenantSession
    context: FormContext
    words: Words
    columns: Sequence[str]
    shared: Mapping[str, Any]
    dry_run: bool

    def take(self, rows: Sequence[KeptRow]) -> Taken:
        """Check all rows and store the right ones, in a few statements."""
        typed = [answers_of(self.words, self.columns, row.cells) for row in rows]
        checker = ManyChecker(CHILD_FORM, self._knowing_households(typed))
        taken = Taken()
        right: list[tuple[KeptRow, dict[str, Any]]] = []
        for row, answers in zip(rows, typed, strict=True):
            said = self._beyond_the_form(answers, row)
            checked = checker.check(answers)
            if said or checked.errors:
                at = {one.field for one in said}
                more = [one for one in found.of_form(checked.errors) if one.field not in at]
                taken.refuse(row, [*said, *more])
            elif row.twin is not None:
                said_twin = found.said("full_name", found.SAME_IN_FILE, row=row.twin)
                taken.doubt(row, said_twin)
            else:
                right.append((row, checked.values))
        self._store(right, taken)
        return taken

    def _store(self, right: Sequence[tuple[KeptRow, dict[str, Any]]], taken: Taken) -> None:
        there = self._there([values for _, values in right])
        for row, values in right:
            code = there.get(likeness(values))
            if code is None:
                taken.rows.append(bulk.complete(values, self.shared))
            else:
                taken.doubt(row, found.said("full_name", found.SAME_IN_REGISTER, code=code))
        if taken.rows and not self.dry_run:
            taken.ids = bulk.store_children(self.session, taken.rows)
        taken.findings.sort(key=lambda one: one.row)

    def _there(self, values: Sequence[Mapping[str, Any]]) -> Mapping[bulk.Likeness, str]:
        named = [likeness(one) for one in values if one["name_sort"]]
        return bulk.already_there(self.session, named) if named else {}

    def _beyond_the_form(self, answers: dict[str, str], row: KeptRow) -> list[Said]:
        """Fill in what a list need not say, and find what no form could be asked."""
        said: list[Said] = []
        if answers.pop(CODE, None) is not None:
            said.append(found.said(CODE, found.CODE_IS_GIVEN))
        if answers.pop(STATUS, _ACTIVE) != _ACTIVE:
            said.append(found.said(STATUS, found.ACTIVE_ALONE))
        answers.setdefault(SOURCE, _FROM_ELSEWHERE)
        said += place_of(answers, self.words, self.columns, row.cells)
        said += precision_of(answers, self.columns, row.cells)
        return said

    def _knowing_households(self, typed: Sequence[Mapping[str, str]]) -> FormContext:
        """The households that the rows name, found by their codes in one statement."""
        codes = {_code(one[_HOUSEHOLD]) for one in typed if _HOUSEHOLD in one}
        known = bulk.households_coded(self.session, codes) if codes else {}
        return replace(self.context, find_household=lambda text: known.get(_code(text)))


def answers_of(words: Words, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row in the words of the form, by field."""
    answers: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if cell and name in FIELDS:
            typed = words.typed(name, cell)
            if typed is not None:
                answers[name] = typed
    return answers


def place_of(
    answers: dict[str, str], words: Words, columns: Sequence[str], cells: Sequence[str]
) -> list[Said]:
    """The one commune of whoever enters in one alone; a fault where a name is several communes'."""
    if COMMUNE not in answers and len(words.communes) == 1:
        answers[COMMUNE] = str(next(iter(words.communes)))
    cell = cell_of(COMMUNE, columns, cells)
    return [found.said(COMMUNE, AMBIGUOUS)] if words.is_ambiguous(cell) else []


def precision_of(
    answers: dict[str, str], columns: Sequence[str], cells: Sequence[str]
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


def likeness(values: Mapping[str, Any]) -> bulk.Likeness:
    """By what two records are likely of one child; a name that is not known is like no other."""
    return values[COMMUNE], values["name_sort"], values["date_of_birth"]


def _code(text: str) -> str:
    """A code as the register stores it."""
    return nfc(text).replace(" ", "").upper()


__all__ = ["ASKED", "KeptRow", "NewChildren", "Taken", "answers_of", "likeness"]
