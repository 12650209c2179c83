"""Checks many rows of answers to one form as ``check_answers`` does, and remembers what it met.

A list of children holds a few hundred different cells in most columns, so a cell is read once and
the rules are asked once for each combination of the answers that they look at. A row with anything
wrong goes to ``check_answers`` itself: sentences and their order come from there alone. That both
agree on every row is held by a property test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.forms.asking import compute
from core.forms.checking import Checked, asked_values, check_answers, is_asked, own_fault
from core.forms.evaluate import fields_of, names_in, value_of
from core.forms.reading import read
from core.forms.rosters import asked
from core.forms.steps import CORE_STEPS, FormStep
from core.plugin_api.rules import Term

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from core.forms.context import FormContext
    from core.plugin_api.forms import Field, Form
    from core.plugin_api.rules import Compared, Rule

_CLOSED_KINDS: Final = frozenset({"choice", "yes_no"})
_NO_STEP: Final = FormStep()
_SOME: Final = "some"


class ManyChecker:
    """Checks rows of one form in one context; made for one stretch of work, not kept.

    A form with rosters, rules between fields or hamlets has no shorter way and is checked row by
    row.
    """

    def __init__(
        self, form: Form, context: FormContext, *, steps: Mapping[str, FormStep] = CORE_STEPS
    ) -> None:
        """Nothing is read yet."""
        self._form = form.at(form.version)
        self._context = context
        self._steps = steps
        self._fields = asked(self._form.fields)
        self._by_name = {one.name: one for one in self._fields}
        self._cells: dict[str, dict[Hashable, _Cell]] = {one.name: {} for one in self._fields}
        self._named = _named_in_relevance(self._fields)
        self._left_out: dict[tuple[Hashable, ...], frozenset[str]] = {}
        self._check = _StepCheck(steps.get(form.code, _NO_STEP), context)
        self._is_short = not self._form.rosters and all(map(_is_plain, self._fields))
        self._is_short = self._is_short and _by_few(self._fields, self._named)

    def check(self, raw: Mapping[str, Any]) -> Checked:
        """What ``check_answers`` makes of these answers; each is a text, or missing."""
        values = self._values(raw) if self._is_short else None
        if values is None:
            return check_answers(self._form, raw, self._context, steps=self._steps)
        form, today = self._form, self._context.today
        for one in form.fields:
            if one.value is not None:
                values[one.name] = value_of(one.value, values, today)
        values.update(compute(self._context.session, form, values))
        return Checked(values, (), {})

    def value(self, name: str, typed: str | None) -> Any:
        """What one answer is read as, whatever stands beside it; ``None`` if it cannot be read."""
        return self._cell(self._by_name[name], typed).value

    def _values(self, raw: Mapping[str, Any]) -> dict[str, Any] | None:
        """The answers of a row in which nothing is wrong; ``None`` when something may be."""
        cells = {one.name: self._cell(one, raw.get(one.name)) for one in self._fields}
        left_out = self._not_asked(cells)
        values: dict[str, Any] = {}
        for name, cell in cells.items():
            if name in left_out:
                values[name] = None
            elif cell.is_wrong:
                return None
            else:
                values[name] = cell.value
        return None if self._check.finds(values) else values

    def _cell(self, one: Field, typed: Any) -> _Cell:
        known = self._cells[one.name]
        try:
            return known[typed]
        except KeyError:
            pass
        except TypeError:  # a list: several values were sent for one field
            return _read(one, typed, self._context)
        cell = known[typed] = _read(one, typed, self._context)
        return cell

    def _not_asked(self, cells: Mapping[str, _Cell]) -> frozenset[str]:
        key = tuple(
            cells[name].value if closed else (None if cells[name].value is None else _SOME)
            for name, closed in self._named.items()
        )
        found = self._left_out.get(key)
        if found is None:
            today = self._context.today
            readings = {name: cell.reading for name, cell in cells.items()}
            values = asked_values(self._fields, readings, {}, today)
            found = frozenset(f.name for f in self._fields if not is_asked(f, values, today))
            self._left_out[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Cell:
    """One answer as it was read, and whether something is wrong with it by itself."""

    reading: Any
    value: Any
    is_wrong: bool


def _read(one: Field, typed: Any, context: FormContext) -> _Cell:
    reading = read(one, {one.name: typed}, context)
    wrong = reading.error is not None
    wrong = wrong or own_fault(one, {one.name: reading.value}, context) is not None
    return _Cell(reading, reading.value, wrong)


@dataclass(slots=True)
class _StepCheck:
    """The check in code, asked once for each combination of the answers that it looks at."""

    step: FormStep
    context: FormContext
    names: tuple[str, ...] = ()
    known: dict[tuple[Hashable, ...], bool] = field(default_factory=dict)

    def finds(self, values: Mapping[str, Any]) -> bool:
        """Whether it finds anything wrong."""
        if self.step.check is None:
            return False
        key = tuple(values[name] for name in self.names)
        known = self.known.get(key) if self.names else None
        if known is None:
            watched = _Watched(values)
            known = bool(self.step.check(watched, self.context.today))
            if watched.seen - set(self.names):
                # it looks at more than was known: what is remembered told too little
                self.names = tuple(sorted(watched.seen | set(self.names)))
                self.known.clear()
            self.known[tuple(values[name] for name in self.names)] = known
        return known


class _Watched(Mapping[str, Any]):
    """Answers that note which of them were looked at; whoever goes through them looks at all."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        if name in self._values:
            self.seen.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self.seen.update(self._values)
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _is_plain(one: Field) -> bool:
    """Whether what is wrong with the answer depends on nothing but the answer."""
    bounds = isinstance(one.least, Term) or isinstance(one.most, Term)
    return isinstance(one.required, bool) and not one.checks and not bounds and one.kind != "hamlet"


def _named_in_relevance(fields: Sequence[Field]) -> dict[str, bool]:
    """The fields that decide whether others are asked; true where their values themselves do."""
    closed = {one.name for one in fields if one.kind in _CLOSED_KINDS}
    rules = [one.relevant for one in fields if one.relevant is not None]
    return {name: name in closed for rule in rules for name in fields_of(rule)}


def _by_few(fields: Sequence[Field], named: Mapping[str, bool]) -> bool:
    """Whether those that are not closed are only asked to be there or not."""
    known = {one.name for one in fields}
    return set(named) <= known and all(
        one.relevant is None or _only_answered(one.relevant, named) for one in fields
    )


def _only_answered(rule: Rule, named: Mapping[str, bool]) -> bool:
    if rule.compared is not None:
        return _is_closed(rule.compared, named)
    return all(_only_answered(part, named) for part in rule.parts)


def _is_closed(compared: Compared, named: Mapping[str, bool]) -> bool:
    sides = (compared.left, compared.right)
    asks = any((term.kind, term.value) == ("constant", None) for term in sides)
    plain = all(term.kind in {"answer", "constant"} for term in sides)
    return plain and (asks or all(named[name] for term in sides for name in names_in(term)))
