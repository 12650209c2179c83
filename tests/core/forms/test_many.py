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
from core.forms.checking import check_answers
from core.forms.context import FormContext
from core.forms.many import ManyChecker
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


@pytest.mark.parametrize("code", [code for code in FORMS if code.startswith("core.")])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_many_rows_are_checked_as_each_alone(code: str, data: st.DataObject) -> None:
    form = FORMS[code]
    checker = ManyChecker(form, CONTEXT)
    for raw in map(typed, data.draw(rows(form))):
        assert checker.check(raw) == check_answers(form, raw, CONTEXT)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_rows_of_children_that_are_nearly_right_are_checked_as_each_alone(
    data: st.DataObject,
) -> None:
    checker = ManyChecker(CHILD_FORM, CONTEXT)
    names = [field.name for field in CHILD_FORM.fields if not field.computed]
    by_name = {field.name: field for field in CHILD_FORM.fields}
    for _ in range(6):
        raw: dict[str, str | None] = dict(GOOD)
        for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
            raw[name] = data.draw(cells(by_name[name]))
        assert checker.check(typed(raw)) == check_answers(CHILD_FORM, typed(raw), CONTEXT)


def test_right_rows_of_children_go_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the long way")

    checker = ManyChecker(CHILD_FORM, CONTEXT)
    monkeypatch.setattr(many, "check_answers", refuse)
    checked = checker.check(GOOD)
    assert checked.errors == ()
    assert checked.values["household_id"] == HOUSEHOLD
    with pytest.raises(AssertionError, match="the long way"):
        checker.check(GOOD | {"date_of_birth": "01/06/2000"})
