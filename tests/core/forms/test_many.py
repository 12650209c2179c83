"""Checking many rows gives what checking each of them gives, whatever stands in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.contribution import core_contribution
from core.forms import many
from core.forms.checking import Checked, check_answers
from core.forms.context import FormContext
from core.forms.errors import FieldError
from core.forms.many import ManyChecker
from core.kit.language import Text
from core.register.forms import CHILD_FORM
from core.registry.catalogue import Catalogue

if TYPE_CHECKING:
    from core.plugin_api.forms import Field, Form

TODAY = date(2018, 6, 1)
HOUSEHOLD = UUID("6f1c2a52-5a0e-4a53-9a53-0a1b2c3d4e5f")
CONTEXT = FormContext(
    today=TODAY,
    communes={11: "Xã Một", 12: "Xã Hai"},
    find_child=lambda text: HOUSEHOLD if text == "TE-7KM3Q9XA" else None,
    find_household=lambda text: HOUSEHOLD if text == "HO-7KM3Q9XA" else None,
)
FORMS = Catalogue((core_contribution(),)).forms

GOOD = {
    "full_name": "Nguyễn Văn An",
    "sex": "male",
    "date_of_birth": "05/02/2010",
    "dob_precision": "day",
    "ethnicity": "kinh",
    "birth_registration": "registered",
    "commune_id": "11",
    "relation_to_head": "child",
    "household_id": "HO-7KM3Q9XA",
    "residence_status": "permanent",
    "schooling": "primary",
    "source": "survey",
}
DATES = ("05/02/2010", "2/6/2018", "02/06/2018", "01/06/2000", "31/12/1999", "31/02/2010", "2010")
WORDS = ("", " ", "x", "y" * 121, "z" * 251, "Nguyễn\u200b Văn  An", "Nguyễn Văn An", "12,5", "-3")


def cells(one: Field) -> st.SearchStrategy[str | None]:
    """What may stand in the cell of a field: often right, often not."""
    right = [option.value for option in one.options]
    if one.kind == "yes_no":
        right = ["yes", "no", "true", "0"]
    if one.kind in {"date", "datetime"}:
        right = list(DATES)
    if one.kind in {"commune", "child", "household"}:
        right = ["11", "12", "13", "TE-7KM3Q9XA", "HO-7KM3Q9XA"]
    if one.kind in {"integer", "decimal"}:
        right = ["0", "7", "2018", "99999999999999999999"]
    return st.sampled_from([None, *right, *right, *WORDS])


def rows(form: Form) -> st.SearchStrategy[list[dict[str, str | None]]]:
    """Several rows of one form, so that what was met in one is used for another."""
    one = st.fixed_dictionaries({field.name: cells(field) for field in form.fields})
    return st.lists(one, min_size=1, max_size=8)


def typed(raw: dict[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value is not None}


def check_together(
    checker: ManyChecker, form: Form, raw: list[dict[str, str | None]]
) -> list[tuple[Any, ...]]:
    """What comes of each row: its answers, or its faults."""
    names = [field.name for field in form.fields if any(field.name in row for row in raw)]
    columns = {name: [row.get(name) for row in raw] for name in names}
    checked = checker.check(columns, len(raw))
    return [
        (checked.errors[place], None)
        if place in checked.errors
        else ((), {name: column[place] for name, column in checked.values.items()})
        for place in range(len(raw))
    ]


def check_each(form: Form, raw: list[dict[str, str | None]]) -> list[tuple[Any, ...]]:
    """The same of each row by itself."""
    checked = [check_answers(form, typed(row), CONTEXT) for row in raw]
    return [(one.errors, None if one.errors else one.values) for one in checked]


@pytest.mark.parametrize("code", [code for code in FORMS if code.startswith("core.")])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_many_rows_are_checked_as_each_alone(code: str, data: st.DataObject) -> None:
    form = FORMS[code]
    checker = ManyChecker(form, CONTEXT)
    for _ in range(2):  # what was met in one stretch is used in the next
        raw = data.draw(rows(form))
        assert check_together(checker, form, raw) == check_each(form, raw)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_of_children_that_are_nearly_right_are_checked_as_each_alone(
    data: st.DataObject,
) -> None:
    checker = ManyChecker(CHILD_FORM, CONTEXT)
    names = [field.name for field in CHILD_FORM.fields if not field.computed]
    by_name = {field.name: field for field in CHILD_FORM.fields}
    several: list[dict[str, str | None]] = []
    for _ in range(data.draw(st.integers(1, 8))):
        raw: dict[str, str | None] = dict(GOOD)
        for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
            raw[name] = data.draw(cells(by_name[name]))
        several.append(raw)
    assert check_together(checker, CHILD_FORM, several) == check_each(CHILD_FORM, several)


def test_right_rows_of_children_go_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[Any] = []

    def note(_form: Form, raw: Any, _context: FormContext, **_: object) -> Checked:
        alone.append(raw)
        return Checked({}, (FieldError("sex", Text(vi="sai", en="wrong")),), {})

    checker = ManyChecker(CHILD_FORM, CONTEXT)
    monkeypatch.setattr(many, "check_answers", note)
    wrong = GOOD | {"date_of_birth": "01/06/2000"}
    right, refused, other = check_together(checker, CHILD_FORM, [GOOD, wrong, GOOD])
    assert (right[0], other[0]) == ((), ())
    assert right[1]["household_id"] == other[1]["household_id"] == HOUSEHOLD
    assert refused[0][0].field == "sex"
    assert alone == [wrong]
