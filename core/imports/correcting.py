"""Rows of known children: what differs is corrected as by hand, with its history and audit entry.

An empty cell leaves what is there. A child changes its commune by a move and its status by a form
of its own, so a list that says otherwise is refused at that row.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from core.areas.repository import area_names
from core.forms import correcting as forms
from core.forms.errors import AnswersRefusedError
from core.forms.many import ManyChecker
from core.imports import findings as found
from core.imports.cells import AMBIGUOUS, Words
from core.imports.columns import ASKED, BORN, CODE, COMMUNE, PRECISION, STATUS
from core.imports.entering import Taken, answers_of, cell_of, precision_of
from core.imports.families import HOUSEHOLD, code_of
from core.kit.text import fold
from core.register import bulk, repository
from core.register.counting.service import keep_in_step
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.forms.context import FormContext
    from core.identity.principal import Principal
    from core.imports.findings import Said
    from core.imports.kept import KeptRow
    from core.tenancy.session import TenantSession

_READ: Final = ("id", STATUS, *(field.name for field in ASKED))


def _by_list() -> Any:
    """The child's form as a list may correct it."""
    parts = tuple(
        replace(
            part,
            fields=tuple(
                replace(field, fixed=True) if field.name == COMMUNE else field
                for field in part.fields
            ),
        )
        for part in CHILD_FORM.parts
    )
    return replace(CHILD_FORM, parts=parts, editable=True)


CORRECTED_FORM: Final = _by_list()


class _TakenBackError(Exception):
    """A trial was made whole and is taken back."""


@dataclass(frozen=True, slots=True)
class KnownChildren:
    """Takes in rows of children who are in the register."""

    session: TenantSession
    principal: Principal
    context: FormContext
    words: Words
    columns: Sequence[str]
    now: datetime
    dry_run: bool

    def take(self, rows: Sequence[KeptRow]) -> Taken:
        """Correct what differs; in a dry run it is done and taken back, so that both tell the same.

        What differs nowhere costs one comparison; what does is opened and locked by itself.
        """
        typed = [answers_of(self.words, self.columns, row.cells) for row in rows]
        codes = {code_of(one[CODE]) for one in typed if CODE in one}
        there = bulk.children_with_codes(self.session, _READ, codes) if codes else {}
        homes = {child[HOUSEHOLD] for child in there.values() if child[HOUSEHOLD]}
        homes_by_id = repository.household_codes(self.session, homes) if homes else {}
        names = area_names(self.session, {child[COMMUNE] for child in there.values()})
        checker = ManyChecker(CHILD_FORM, self.context)
        taken = Taken()
        for row, answers in zip(rows, typed, strict=True):
            child = there.get(code_of(answers.pop(CODE, "")))
            if child is None:
                blank = not cell_of(CODE, self.columns, row.cells).strip()
                sentence = found.NO_CODE if blank else found.NO_SUCH_CODE
                taken.refuse(row, [found.said(CODE, sentence)])
                continue
            if row.twin is not None:
                taken.refuse(row, [found.said(CODE, found.SAME_CODE, row=row.twin)])
                continue
            said = self._not_by_list(row, answers, child, names)
            if BORN in answers and not _is_same(BORN, answers[BORN], child, homes_by_id, checker):
                said += precision_of(answers, self.columns, row.cells)
            differing = {
                name: value
                for name, value in answers.items()
                if not _is_same(name, value, child, homes_by_id, checker)
            }
            self._take(row, differing, child["id"], said, taken)
        return taken

    def _take(
        self,
        row: KeptRow,
        differing: dict[str, str],
        child_id: UUID,
        said: list[Said],
        taken: Taken,
    ) -> None:
        if said:
            taken.refuse(row, said)
        elif not differing:
            taken.same += 1
        else:
            try:
                changed = self._correct(child_id, differing)
            except AnswersRefusedError as refused:
                taken.refuse(row, found.of_form(refused.errors))
            else:
                if changed:
                    taken.ids.append(child_id)
                else:
                    taken.same += 1

    def _correct(self, child_id: UUID, differing: Mapping[str, str]) -> bool:
        session, changed = self.session, True
        with suppress(_TakenBackError), session.begin_nested():
            opened = forms.open_to_correct(session, CORRECTED_FORM, child_id, self.principal)
            changed = forms.correct(
                session,
                CORRECTED_FORM,
                child_id,
                {**opened.raw, **differing},
                version=opened.version,
                principal=self.principal,
                context=self._where_it_lives(opened.row.commune_id),
                now=self.now,
            )
            if changed:
                keep_in_step(session, child_id)
            if self.dry_run:
                raise _TakenBackError
        return changed

    def _where_it_lives(self, commune: int) -> FormContext:
        """A child may live in a commune that has ended since; it is kept and not chosen anew."""
        return replace(self.context, communes={commune: str(commune), **self.context.communes})

    def _not_by_list(
        self,
        row: KeptRow,
        answers: dict[str, str],
        child: Mapping[str, Any],
        names: Mapping[int, str],
    ) -> list[Said]:
        """Take commune and status out of the answers, and say where they differ."""
        said: list[Said] = []
        if answers.pop(STATUS, child[STATUS]) != child[STATUS]:
            said.append(found.said(STATUS, found.NOT_BY_LIST))
        if answers.pop(COMMUNE, None) is not None:
            written = fold(cell_of(COMMUNE, self.columns, row.cells))
            commune = child[COMMUNE]
            named = (names.get(commune, ""), self.context.communes.get(commune, ""))
            if written not in {str(commune), *map(fold, named)}:
                ambiguous = self.words.is_ambiguous(written)
                said.append(found.said(COMMUNE, AMBIGUOUS if ambiguous else found.NOT_BY_LIST))
        return said


def _is_same(
    name: str,
    typed: str,
    child: Mapping[str, Any],
    homes: Mapping[UUID, str],
    checker: ManyChecker,
) -> bool:
    """Whether the cell says what is there; one that cannot be read says something else."""
    if name == HOUSEHOLD:
        return homes.get(child[HOUSEHOLD], "") == code_of(typed)
    if name == PRECISION and child[PRECISION] == typed:
        return True
    value = checker.value(name, typed)
    return value is not None and bool(value == child[name])
