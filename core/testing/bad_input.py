"""The table of bad inputs that every form must explain, made from its own declaration."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from core.forms.checking import check_answers, row_name
from core.forms.evaluate import evaluate, value_of
from core.forms.reading import longest
from core.forms.rosters import asked
from core.forms.typed import as_typed
from core.forms.view import form_view
from core.plugin_api.rules import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from core.forms.context import FormContext
    from core.forms.view import FormView
    from core.plugin_api.forms import Check, Field, Form
    from core.plugin_api.rules import Compared

HTML: Final = "<script>alert(1)</script>"
_NFC: Final = "Nguyễn Thị Ửng"
NFD: Final = unicodedata.normalize("NFD", _NFC)
_WRONG: Final[Mapping[str, Any]] = {
    "integer": "mười",
    "decimal": "1,2,3",
    "date": "31/02/2018",
    "datetime": "02/04/2018 25:70",
    "choice": "không có",
    "choices": ["không có"],
    "yes_no": "có lẽ",
    "commune": "xã",
    "child": "TE-00000000",
    "household": "HO-00000000",
    "hamlet": "không có",
    "record": "không có",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What lies beyond the person who enters: a commune, and a row of another tenant."""

    commune: int
    record: UUID


@dataclass(frozen=True, slots=True)
class BadInput:
    """One bad answer among right ones: what is wrong with it, at which field, and all answers."""

    what: str
    field: str
    typed: Any
    answers: Mapping[str, Any]


def bad_inputs(
    form: Form, right: Mapping[str, Any], context: FormContext, elsewhere: Elsewhere
) -> Iterator[BadInput]:
    """Every way to spoil one of the right answers, field by field and in each roster's first row.

    What the right answers leave unasked is not tried.
    """
    values = check_answers(form, right, context).values
    for field in asked(form.fields):
        for what, typed in _ways(field, values, context.today, elsewhere):
            yield BadInput(what, field.name, typed, _with(right, field.name, typed))
    for roster in form.rosters:
        sent = list(right.get(roster.name) or ())
        if not sent:
            continue
        around = values | values[roster.name][0]
        for field in asked(roster.fields):
            for what, typed in _ways(field, around, context.today, elsewhere):
                rows = [_with(sent[0], field.name, typed), *sent[1:]]
                yield BadInput(
                    what, row_name(roster, 0, field), typed, {**right, roster.name: rows}
                )


def why_not(form: Form, bad: BadInput, context: FormContext) -> str | None:
    """What is wrong with how the form takes a bad input; ``None`` when it explains it and keeps it.

    Text that is only unusual (HTML, decomposed letters) is taken, as it is or composed.
    """
    checked = check_answers(form, bad.answers, context)
    told = {error.field: error.message.vi for error in checked.errors}
    view = form_view(form, bad.answers, checked.errors, "vi", context)
    kept = _kept(view, bad.field)
    if bad.what in {"html", "nfd"}:
        if bad.field in told:
            return f"{bad.what} is refused: {told[bad.field]}"
        if bad.what == "nfd" and _NFC not in _texts(checked.values):
            return "decomposed letters were not composed"
    elif bad.field not in told:
        return f"{bad.what} is not explained at {bad.field}, only at {sorted(told)}"
    wanted = tuple(bad.typed) if isinstance(bad.typed, list) else bad.typed or ""
    if kept not in {wanted, ()} or (kept == () and wanted):
        return f"{bad.what}: {bad.typed!r} became {kept!r} on the page"
    return None


def _texts(values: Mapping[str, Any]) -> Iterator[Any]:
    for value in values.values():
        yield value
        if isinstance(value, list):
            for row in value:
                yield from row.values() if isinstance(row, dict) else ()


def _kept(view: FormView, name: str) -> Any:
    fields = [field for part in view.parts for field in part.fields]
    fields += [field for r in view.rosters for row in r.rows for field in row.fields]
    return next(field.value for field in fields if field.name == name)


def _with(answers: Mapping[str, Any], name: str, typed: Any) -> dict[str, Any]:
    left = {key: value for key, value in answers.items() if key != name}
    return left if typed is None else left | {name: typed}


def _ways(
    field: Field, values: Mapping[str, Any], today: date, elsewhere: Elsewhere
) -> Iterator[tuple[str, Any]]:
    if field.relevant is not None and not evaluate(field.relevant, values, today):
        return
    required = field.required
    if required is True or (required and evaluate(required, values, today)):
        yield "missing", None
    if field.kind in _WRONG:
        yield "wrong type", _WRONG[field.kind]
    if field.kind in {"text", "textarea"}:
        if _takes(field, "A", values, today):
            yield "html", HTML[: longest(field)]
            yield "nfd", NFD
        yield "too long", "ă" * ((longest(field) or 0) + 1)
    if field.kind == "commune":
        yield "wrong commune", str(elsewhere.commune)
    if field.kind in {"child", "household", "hamlet", "record"}:
        yield "another tenant's", str(elsewhere.record)
    if field.not_future:
        ahead = today + timedelta(days=2)
        yield "future", f"{ahead:%d/%m/%Y}{' 08:00' if field.kind == 'datetime' else ''}"
    if field.kind in {"integer", "decimal", "date"}:
        yield from _beyond(field, values, today)
        yield from _contradicting(field, field.checks, values, today)


def _takes(field: Field, text: str, values: Mapping[str, Any], today: date) -> bool:
    """Whether any text may stand there beside the right answers: not one of two, already given."""
    around = {**values, field.name: text}
    return all(evaluate(check.rule, around, today) for check in field.checks)


def _beyond(field: Field, values: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    for bound, by in ((field.least, -1), (field.most, 1)):
        value = value_of(bound, values, today) if isinstance(bound, Term) else bound
        if value is not None:
            yield "out of range", as_typed(_moved(value, by))


def _contradicting(
    field: Field, checks: Sequence[Check], values: Mapping[str, Any], today: date
) -> Iterator[tuple[str, str]]:
    """A value that breaks a plain comparison of the field with something answered."""
    for check in checks:
        compared = check.rule.compared
        if compared is None or compared.left.value != field.name:
            continue
        other = value_of(compared.right, values, today)
        by = _breaks(compared)
        if other is not None and not isinstance(other, bool | str) and by is not None:
            yield "contradicting", as_typed(_moved(other, by))


def _breaks(compared: Compared) -> int | None:
    return {"<": 0, "<=": 1, ">": 0, ">=": -1, "=": 1}.get(compared.operator)


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=by)
    return value + Decimal(by) if isinstance(value, Decimal) else value + by
