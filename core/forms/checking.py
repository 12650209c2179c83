"""Checks all answers of a form at once: asked, required, in bounds, consistent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.forms.asking import compute
from core.forms.errors import FieldError
from core.forms.evaluate import evaluate, fields_of, value_of
from core.forms.reading import COMMUNE, read
from core.forms.rosters import asked, read_rows
from core.forms.steps import CORE_STEPS
from core.kit.clock import local_date
from core.kit.language import Text
from core.kit.numbers import format_date, format_number
from core.plugin_api.rules import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.forms.context import FormContext
    from core.forms.reading import Reading
    from core.forms.rosters import Rows
    from core.forms.steps import FormStep
    from core.plugin_api.forms import Check, Field, Form, Roster

_TO_CHOOSE = frozenset({"choice", "choices", "yes_no", "commune", "hamlet"})
_ELSEWHERE = Text(
    vi="Khóm, ấp, thôn, bản này không thuộc xã, phường, thị trấn đã chọn.",
    en="This hamlet does not lie in the commune chosen.",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Typed answers by field, with those of ``compute`` if nothing is wrong; and the faults.

    What is not asked, left empty or at fault is ``None``. The rows of a roster stand under its
    name, each a dict of its answers; ``places`` tells where each of them was sent.
    """

    values: dict[str, Any]
    errors: tuple[FieldError, ...]
    places: dict[str, tuple[int, ...]]

    def sent_as(self, name: str) -> str:
        """The name in what was sent of a field in the values: empty rows count there, not here."""
        roster, _, rest = name.partition(".")
        number, _, field = rest.partition(".")
        places = self.places.get(roster, ())
        if not (number.isdigit() and int(number) < len(places)):
            return name
        return ".".join(filter(None, (roster, str(places[int(number)]), field)))


def check_answers(
    form: Form,
    raw: Mapping[str, Any],
    context: FormContext,
    *,
    steps: Mapping[str, FormStep] = CORE_STEPS,
) -> Checked:
    """Read and check what was typed on a page or sent as JSON.

    Whatever the form does not list is ignored, so nobody sets their own role, unit or tenant.
    """
    form = form.at(form.version)
    fields = asked(form.fields)
    readings = {field.name: read(field, raw, context) for field in fields}
    sent = {roster.name: read_rows(roster, raw, context) for roster in form.rosters}
    read_so_far = {name: [row.values() for row in rows.rows] for name, rows in sent.items()}
    values = asked_values(fields, readings, read_so_far, context.today)
    faults: dict[str, Text] = {}
    for roster in form.rosters:
        rows = sent[roster.name] if _holds(roster.relevant, values, context.today) else None
        values[roster.name], found = _check_rows(roster, rows, values, context)
        faults |= found
    of_form = [f for f in fields if is_asked(f, values, context.today)]
    faults |= _faults(of_form, readings, values, context, at_fault=_rosters_in(form, faults))
    step = steps.get(form.code)
    if step is not None and step.check is not None:
        for name, message in step.check(values, context.today):
            faults.setdefault(name, message)
    errors = tuple(FieldError(name, faults[name]) for name in _in_order(form, faults))
    if not errors:
        for field in form.fields:
            if field.value is not None:
                values[field.name] = value_of(field.value, values, context.today)
        values.update(compute(context.session, form, values))
    places = {name: tuple(row.place for row in rows.rows) for name, rows in sent.items()}
    return Checked(values, errors, places)


def _in_order(form: Form, faults: Mapping[str, Text]) -> Iterator[str]:
    """The names at fault as the page shows them: the form's fields, then row by row."""
    yield from (f.name for f in asked(form.fields) if f.name in faults)
    for roster in form.rosters:
        if roster.name in faults:
            yield roster.name
        places = {int(n.split(".")[1]) for n in faults if n.startswith(f"{roster.name}.")}
        for place in sorted(places):
            names = [row_name(roster, place), *(row_name(roster, place, f) for f in roster.fields)]
            yield from (name for name in names if name in faults)


def row_name(roster: Roster, place: int, field: Field | None = None) -> str:
    """How a row, or a field in it, is called in what is sent and in what is wrong."""
    row = f"{roster.name}.{place}"
    return row if field is None else f"{row}.{field.name}"


def _rosters_in(form: Form, faults: Mapping[str, Text]) -> frozenset[str]:
    wrong = {name.partition(".")[0] for name in faults}
    return frozenset(roster.name for roster in form.rosters if roster.name in wrong)


def _check_rows(
    roster: Roster, sent: Rows | None, values: Mapping[str, Any], context: FormContext
) -> tuple[list[dict[str, Any]], dict[str, Text]]:
    """The typed rows, and what is wrong with them by row and field."""
    if sent is None:
        return [], {}
    if sent.error is not None:
        return [], {roster.name: sent.error}
    fields = asked(roster.fields)
    rows: list[dict[str, Any]] = []
    faults: dict[str, Text] = {}
    for row in sent.rows:
        answers = asked_values(fields, row.readings, values, context.today)
        there = [field for field in fields if is_asked(field, answers, context.today)]
        found = _faults(there, row.readings, answers, context)
        faults |= {f"{row_name(roster, row.place)}.{name}": text for name, text in found.items()}
        message = None if found else _broken(roster.checks, answers, context.today)
        if message is not None:
            faults[row_name(roster, row.place)] = message
        rows.append({field.name: answers[field.name] for field in fields})
    if len(rows) < roster.least:
        faults[roster.name] = Text(
            vi=f"Hãy ghi ít nhất {roster.least} dòng.", en=f"Enter at least {roster.least} rows."
        )
    return rows, faults


def asked_values(
    fields: Sequence[Field],
    readings: Mapping[str, Reading],
    around: Mapping[str, Any],
    today: date,
) -> dict[str, Any]:
    """The answers with those not asked taken out, until taking out changes nothing more."""
    values = {**around, **{field.name: readings[field.name].value for field in fields}}
    for _ in fields:
        left = {**around} | {
            field.name: readings[field.name].value if is_asked(field, values, today) else None
            for field in fields
        }
        if left == values:
            break
        values = left
    return values


def is_asked(field: Field, values: Mapping[str, Any], today: date) -> bool:
    """Whether the field is asked beside these answers."""
    return _holds(field.relevant, values, today)


def _holds(rule: Any, values: Mapping[str, Any], today: date) -> bool:
    return rule is None or evaluate(rule, values, today)


def _faults(
    there: Sequence[Field],
    readings: Mapping[str, Reading],
    values: Mapping[str, Any],
    context: FormContext,
    *,
    at_fault: frozenset[str] = frozenset(),
) -> dict[str, Text]:
    """The first fault of each field; rules between fields wait until their fields are right."""
    faults: dict[str, Text] = {}
    for field in there:
        fault = readings[field.name].error or own_fault(field, values, context)
        if fault is not None:
            faults[field.name] = fault
    wrong = at_fault | frozenset(faults)
    for field in there:
        if field.name not in wrong and values[field.name] is not None:
            fault = _broken(field.checks, values, context.today, wrong)
            if fault is not None:
                faults[field.name] = fault
    return faults


def own_fault(field: Field, values: Mapping[str, Any], context: FormContext) -> Text | None:
    """What is wrong with one answer that could be read, but for the rules between fields."""
    value, today = values[field.name], context.today
    if value is None:
        return _missing(field) if _is_required(field, values, today) else None
    if field.not_future and _day(value) > today:
        return Text(
            vi=f"Ngày này ở tương lai. Hãy ghi ngày không sau hôm nay ({format_date(today)}).",
            en=f"This day is in the future. Enter a day up to today ({format_date(today)}).",
        )
    if field.least is not None or field.most is not None:
        return _out_of_bounds(field, values, today)
    if field.kind == "hamlet" and values.get(COMMUNE) is not None:
        lies_in = context.lookups.commune_of(value)
        return _ELSEWHERE if lies_in != values[COMMUNE] else None
    return None


def _is_required(field: Field, values: Mapping[str, Any], today: date) -> bool:
    if isinstance(field.required, bool):
        return field.required
    return evaluate(field.required, values, today)


def _broken(
    checks: Sequence[Check],
    values: Mapping[str, Any],
    today: date,
    wrong: frozenset[str] = frozenset(),
) -> Text | None:
    for check in checks:
        if wrong.isdisjoint(fields_of(check.rule)) and not evaluate(check.rule, values, today):
            return check.message
    return None


def _out_of_bounds(field: Field, values: Mapping[str, Any], today: date) -> Text | None:
    value = values[field.name]
    least, most = (
        value_of(bound, values, today) if isinstance(bound, Term) else bound
        for bound in (field.least, field.most)
    )
    if not ((least is not None and value < least) or (most is not None and value > most)):
        return None
    if least is None:
        return _bound("không quá", "at most", most)
    if most is None:
        return _bound("từ", "at least", least, " trở lên")
    vi, en = (f"{_shown(least)} {to} {_shown(most)}" for to in ("đến", "to"))
    return Text(vi=f"Giá trị phải từ {vi}.", en=f"The value must be from {en}.")


def _bound(vi: str, en: str, value: Any, vi_after: str = "") -> Text:
    shown = _shown(value)
    return Text(vi=f"Giá trị phải {vi} {shown}{vi_after}.", en=f"The value must be {en} {shown}.")


def _shown(value: Any) -> str:
    return format_date(value) if isinstance(value, date) else format_number(value)


def _missing(field: Field) -> Text:
    if field.kind in _TO_CHOOSE:
        return Text(vi=f"Hãy chọn «{field.label.vi}».", en=f"Choose “{field.label.en}”.")
    return Text(vi=f"Hãy ghi «{field.label.vi}».", en=f"Enter “{field.label.en}”.")


def _day(value: date | datetime) -> date:
    return local_date(value) if isinstance(value, datetime) else value
