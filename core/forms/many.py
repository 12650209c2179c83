"""Checks many rows of answers to one form as ``check_answers`` does, and remembers what it met.

A list of children holds a few hundred different cells in most columns, so a cell is read once and
the rules are asked once for each combination of the answers that they look at. Work goes by column,
because a step for each cell costs more than the rules. A row with anything wrong goes to
``check_answers`` itself: sentences and their order come from there alone. That both agree on every
row is held by a property test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.forms.asking import compute
from core.forms.checking import asked_values, check_answers, is_asked, own_fault
from core.forms.evaluate import fields_of, names_in, value_of
from core.forms.reading import Reading, longest, read
from core.forms.rosters import asked
from core.forms.steps import CORE_STEPS, FormStep
from core.kit.text import nfc
from core.plugin_api.rules import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from core.forms.context import FormContext
    from core.forms.errors import FieldError
    from core.plugin_api.forms import Field, Form
    from core.plugin_api.rules import Compared, Rule

    Typed = Sequence[Hashable]
    Reader = Callable[[Any], tuple[Any, bool]]

_CLOSED_KINDS: Final = frozenset({"choice", "yes_no"})
_NO_STEP: Final = FormStep()


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """The answers of many rows, by field and in the order of the rows, and what is wrong.

    ``errors`` names the rows at fault by their place; their answers are not to be used.
    """

    values: Mapping[str, Sequence[Any]]
    errors: Mapping[int, tuple[FieldError, ...]]


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
        self._cells = {one.name: _Cells(_reader_of(one, context)) for one in self._fields}
        self._named = _named_in_relevance(self._fields)
        self._left_out: dict[tuple[Hashable, ...], frozenset[str]] = {}
        self._check = _StepCheck(steps.get(form.code, _NO_STEP), context)
        self._is_short = not self._form.rosters and all(map(_is_plain, self._fields))
        self._is_short = self._is_short and _by_few(self._fields, self._named)

    def check(self, typed: Mapping[str, Typed], count: int) -> CheckedRows:
        """What ``check_answers`` makes of each of ``count`` rows.

        ``typed`` holds what was sent for each field, row by row: a text, a tuple of texts for
        several choices, ``None`` for nothing.
        """
        if not self._is_short:
            return self._one_by_one(typed, range(count), {}, count)
        columns = {one.name: typed.get(one.name, (None,) * count) for one in self._fields}
        values, wrong = self._values(columns, count)
        wrong |= self._check.finds(values, count)
        self._complete(values, [place for place in range(count) if place not in wrong], count)
        return self._one_by_one(typed, sorted(wrong), values, count)

    def value(self, name: str, typed: str | None) -> Any:
        """What one answer is read as, whatever stands beside it; ``None`` if it cannot be read."""
        return self.values(name, (typed,))[0]

    def values(self, name: str, typed: Typed) -> list[Any]:
        """The same for one field of many rows."""
        return self._cells[name].values(typed)

    def _values(
        self, columns: Mapping[str, Typed], count: int
    ) -> tuple[dict[str, list[Any]], set[int]]:
        """The answers with those not asked taken out, and the rows in which one is wrong."""
        values = {name: self._cells[name].values(column) for name, column in columns.items()}
        left_out = self._not_asked(values, count)
        wrong: set[int] = set()
        for name, column in columns.items():
            places = self._cells[name].wrong_places(column)
            if name in left_out:
                places = places - left_out[name]
                for place in left_out[name]:
                    values[name][place] = None
            wrong |= places
        return values, wrong

    def _not_asked(self, values: Mapping[str, Sequence[Any]], count: int) -> dict[str, set[int]]:
        """The places at which a field is not asked, for fields that are not asked everywhere."""
        keys = _side_by_side(
            (
                values[name] if closed else [value is not None for value in values[name]]
                for name, closed in self._named.items()
            ),
            count,
        )
        left_out: dict[str, set[int]] = {}
        for key, places in _places_of(keys).items():
            if key not in self._left_out:
                self._left_out[key] = self._left_out_beside(_row(values, places[0]))
            for name in self._left_out[key]:
                left_out.setdefault(name, set()).update(places)
        return left_out

    def _left_out_beside(self, row: Mapping[str, Any]) -> frozenset[str]:
        today = self._context.today
        readings = {name: Reading(value) for name, value in row.items()}
        values = asked_values(self._fields, readings, {}, today)
        return frozenset(f.name for f in self._fields if not is_asked(f, values, today))

    def _complete(self, values: dict[str, list[Any]], right: Sequence[int], count: int) -> None:
        """Add what follows from right answers, at their places."""
        session, form, today = self._context.session, self._form, self._context.today
        terms = [(one.name, one.value) for one in form.fields if one.value is not None]
        made: list[dict[str, Any]] = []
        for row in _rows(values, right):
            follows = {}
            for name, term in terms:
                row[name] = follows[name] = value_of(term, row, today)
            made.append(follows | compute(session, form, row))
        for name in made[0] if made else ():
            _put(values, name, [row[name] for row in made], right, count)

    def _one_by_one(
        self,
        typed: Mapping[str, Typed],
        places: Iterable[int],
        values: dict[str, list[Any]],
        count: int,
    ) -> CheckedRows:
        """Have the rows at these places checked alone."""
        errors: dict[int, tuple[FieldError, ...]] = {}
        for place in places:
            raw = {name: texts[place] for name, texts in typed.items() if texts[place] is not None}
            checked = check_answers(self._form, raw, self._context, steps=self._steps)
            if checked.errors:
                errors[place] = checked.errors
            for name, value in checked.values.items():
                _put(values, name, [value], [place], count)
        return CheckedRows(values, errors)


class _Cells:
    """The different cells of one column, each read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[Hashable, Any] = {}
        self._wrong: set[Hashable] = set()

    def values(self, column: Typed) -> list[Any]:
        """What the cells are read as; ``None`` where one cannot be read."""
        known = self._known
        for cell in set(column).difference(known):
            known[cell], is_wrong = self._reader(cell)
            if is_wrong:
                self._wrong.add(cell)
        return [known[cell] for cell in column]

    def wrong_places(self, column: Typed) -> set[int]:
        """Where something is wrong with a cell by itself."""
        if self._wrong.isdisjoint(column):
            return set()
        return {place for place, cell in enumerate(column) if cell in self._wrong}


def _reader_of(one: Field, context: FormContext) -> Reader:
    """What an answer is read as, and whether something is wrong with it by itself."""
    most = longest(one)
    is_free_text = one.kind == "text" and _is_plain(one) and one.least is one.most is None

    def any_kind(typed: Any) -> tuple[Any, bool]:
        reading = read(one, {one.name: typed}, context)
        fault = reading.error or own_fault(one, {one.name: reading.value}, context)
        return reading.value, fault is not None

    def free_text(typed: Any) -> tuple[Any, bool]:
        text = nfc(typed) if typed is not None and typed.strip() else ""
        if most is not None and len(text) > most:
            return None, True
        return text or None, not text and bool(one.required)

    return free_text if is_free_text else any_kind


@dataclass(slots=True)
class _StepCheck:
    """The check in code, asked once for each combination of the answers that it looks at."""

    step: FormStep
    context: FormContext
    names: tuple[str, ...] = ()
    known: dict[tuple[Hashable, ...], bool] = field(default_factory=dict)

    def finds(self, values: Mapping[str, Sequence[Any]], count: int) -> set[int]:
        """The places of the rows in which it finds anything wrong."""
        if self.step.check is None:
            return set()
        while True:
            keys = _side_by_side((values[name] for name in self.names), count)
            first = dict(zip(reversed(keys), range(count - 1, -1, -1), strict=True))
            if all(self._ask(key, _row(values, first[key])) for key in first.keys() - self.known):
                break
        if not any(self.known[key] for key in first):
            return set()
        return {place for place, key in enumerate(keys) if self.known[key]}

    def _ask(self, key: tuple[Hashable, ...], row: Mapping[str, Any]) -> bool:
        """Whether it looked at nothing new; else what is remembered tells too little."""
        assert self.step.check is not None
        watched = _Watched(row)
        self.known[key] = bool(self.step.check(watched, self.context.today))
        more = watched.seen.difference(self.names)
        if more:
            self.names = tuple(sorted(watched.seen.union(self.names)))
            self.known.clear()
        return not more


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


def _side_by_side(columns: Iterable[Sequence[Any]], count: int) -> list[tuple[Any, ...]]:
    """What stands in some columns at each place; nothing at each of them if there is no column."""
    return list(zip(*columns, strict=True)) or [()] * count


def _places_of(keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
    places: dict[tuple[Any, ...], list[int]] = {key: [] for key in keys}
    for place, key in enumerate(keys):
        places[key].append(place)
    return places


def _row(values: Mapping[str, Sequence[Any]], place: int) -> dict[str, Any]:
    return {name: column[place] for name, column in values.items()}


def _rows(values: Mapping[str, Sequence[Any]], places: Sequence[int]) -> list[dict[str, Any]]:
    names = tuple(values)
    listed = list(zip(*values.values(), strict=True))
    return [dict(zip(names, listed[place], strict=True)) for place in places]


def _put(
    values: dict[str, list[Any]], name: str, given: Sequence[Any], places: Sequence[int], count: int
) -> None:
    """Set a column at some places."""
    column = values.setdefault(name, [None] * count)
    for place, value in zip(places, given, strict=True):
        column[place] = value


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
