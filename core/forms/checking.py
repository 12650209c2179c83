"""Checks all answers of a form at once: asked, required, in bounds, consistent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.forms.errors import FieldError
from core.forms.evaluate import evaluate, fields_of, value_of
from core.forms.reading import read
from core.forms.steps import CORE_STEPS
from core.kit.clock import local_date
from core.kit.language import Text
from core.kit.numbers import format_date, format_number
from core.plugin_api.rules import Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.forms.context import FormContext
    from core.forms.reading import Reading
    from core.forms.steps import FormStep
    from core.plugin_api.forms import Field, Form

_TO_CHOOSE = frozenset({"choice", "choices", "yes_no", "commune"})


@dataclass(frozen=True, slots=True)
class Checked:
    """Typed answers by field, with those of ``compute`` if nothing is wrong; and the faults.

    What is not asked, left empty or at fault is ``None``.
    """

    values: dict[str, Any]
    errors: tuple[FieldError, ...]


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
    fields = tuple(field for field in form.fields if not field.computed)
    readings = {field.name: read(field, raw, context) for field in fields}
    values = _asked_values(fields, readings, context.today)
    asked = [f for f in fields if _is_asked(f, values, context.today)]
    faults = _faults(asked, readings, values, context.today)
    step = steps.get(form.code)
    if step is not None and step.check is not None:
        for name, message in step.check(values, context.today):
            faults.setdefault(name, message)
    errors = tuple(FieldError(f.name, faults[f.name]) for f in fields if f.name in faults)
    if not errors and form.compute is not None:
        values.update(form.compute(values))
    return Checked(values, errors)


def _asked_values(
    fields: Sequence[Field], readings: Mapping[str, Reading], today: date
) -> dict[str, Any]:
    """The answers with those not asked taken out, until taking out changes nothing more."""
    values = {field.name: readings[field.name].value for field in fields}
    for _ in fields:
        left = {
            field.name: readings[field.name].value if _is_asked(field, values, today) else None
            for field in fields
        }
        if left == values:
            break
        values = left
    return values


def _is_asked(field: Field, values: Mapping[str, Any], today: date) -> bool:
    return field.relevant is None or evaluate(field.relevant, values, today)


def _faults(
    asked: Sequence[Field],
    readings: Mapping[str, Reading],
    values: Mapping[str, Any],
    today: date,
) -> dict[str, Text]:
    """The first fault of each field; rules between fields wait until their fields are right."""
    faults: dict[str, Text] = {}
    for field in asked:
        fault = readings[field.name].error or _own_fault(field, values, today)
        if fault is not None:
            faults[field.name] = fault
    wrong = frozenset(faults)
    for field in asked:
        if field.name not in wrong and values[field.name] is not None:
            fault = _broken_check(field, values, today, wrong)
            if fault is not None:
                faults[field.name] = fault
    return faults


def _own_fault(field: Field, values: Mapping[str, Any], today: date) -> Text | None:
    value = values[field.name]
    if value is None:
        return _missing(field) if _is_required(field, values, today) else None
    if field.not_future and _day(value) > today:
        return Text(
            vi=f"Ngày này ở tương lai. Hãy ghi ngày không sau hôm nay ({format_date(today)}).",
            en=f"This day is in the future. Enter a day up to today ({format_date(today)}).",
        )
    if field.least is not None or field.most is not None:
        return _out_of_bounds(field, values, today)
    return None


def _is_required(field: Field, values: Mapping[str, Any], today: date) -> bool:
    if isinstance(field.required, bool):
        return field.required
    return evaluate(field.required, values, today)


def _broken_check(
    field: Field, values: Mapping[str, Any], today: date, wrong: frozenset[str]
) -> Text | None:
    for check in field.checks:
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
