"""What the page of a form and the page of a record are given."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

from core.forms.checking import check_answers
from core.forms.errors import FieldError
from core.forms.lookups import NoLookups
from core.forms.shown import shown_record
from core.forms.view import FieldView, FormView, form_view
from core.plugin_api.forms import Field, Part
from tests.core.forms.conftest import CHILD, words

if TYPE_CHECKING:
    from core.forms.context import FormContext
    from core.kit.language import Language
    from core.plugin_api.forms import Form


def fields(view: FormView) -> dict[str, FieldView]:
    return {field.name: field for part in view.parts for field in part.fields}


def test_nothing_typed_is_lost_however_wrong(form: Form, context: FormContext) -> None:
    raw = {"title": "x" * 30, "count": "mười", "needs": ["food", "?"], "safe": "no", "on": "31/2"}
    errors = check_answers(form, raw, context).errors
    view = form_view(form, raw, errors, "vi", context)
    shown = fields(view)
    assert shown["title"].value == "x" * 30
    assert shown["count"].value == "mười"
    assert shown["needs"].value == ("food", "?")
    assert shown["safe"].value == "no"
    assert shown["on"].value == "31/2"
    assert shown["count"].error == "".join(e.message.vi for e in errors if e.field == "count")


def test_errors_lead_to_their_fields(form: Form, context: FormContext) -> None:
    errors = check_answers(form, {}, context).errors
    view = form_view(form, {}, errors, "vi", context)
    ids = {field.id for field in fields(view).values()}
    assert [place for place, _ in view.errors] == [f"field-{error.field}" for error in errors]
    assert {place for place, _ in view.errors} <= ids


def test_the_list_of_mistakes_names_each_field_once(form: Form, context: FormContext) -> None:
    errors = (
        FieldError("count", words("Giá trị phải từ 0 đến 100.")),
        FieldError("on", words("Hãy ghi «Ngày».")),
    )
    view = form_view(form, {}, errors, "vi", context)
    assert [sentence for _, sentence in view.errors] == [
        "Số lượng: Giá trị phải từ 0 đến 100.",
        "Hãy ghi «Ngày».",
    ]
    assert fields(view)["count"].error == "Giá trị phải từ 0 đến 100."


def test_what_was_looked_up_is_called_by_its_name(form: Form, context: FormContext) -> None:
    class Many(NoLookups):
        def choices(self, _field: Field, _language: Language) -> None:
            return None

        def called(self, _field: Field, text: str, _language: Language) -> str | None:
            return "Phòng ngừa · 2018" if text == str(CHILD) else None

    one = Field(name="activity", label=words("Hoạt động"), kind="record", of="core.plan_activity")
    asking = replace(form, parts=(Part(words("Phần"), (one,)),))
    there = replace(context, lookups=Many())
    for typed, options in ((str(CHILD), ((str(CHILD), "Phòng ngừa · 2018"),)), ("chữ", ())):
        shown = fields(form_view(asking, {"activity": typed}, (), "vi", there))["activity"]
        assert (shown.kind, shown.value, shown.options) == ("lookup", typed, options)


def test_computed_fields_are_not_asked(form: Form, context: FormContext) -> None:
    assert "score" not in fields(form_view(form, None, (), "vi", context))


def test_a_rule_travels_with_its_field(form: Form, context: FormContext) -> None:
    shown = fields(form_view(form, None, (), "vi", context))
    assert json.loads(shown["water"].relevant_rule_json or "") == {
        "is": [{"answer": "cause"}, "=", {"constant": "drowning"}]
    }
    assert shown["water"].required
    assert not shown["depth"].required
    assert shown["depth"].required_rule_json is not None


def test_communes_come_from_the_reach(form: Form, context: FormContext) -> None:
    shown = fields(form_view(form, None, (), "vi", context))
    assert shown["commune_id"].options == (("101", "Xã Một"), ("102", "Xã Hai"))
    assert shown["commune_id"].value == ""
    assert shown["safe"].options == (("yes", "Có"), ("no", "Không"))


def test_a_new_page_knows_the_only_commune(form: Form, context: FormContext) -> None:
    context = type(context)(date(2018, 6, 1), {101: "Xã Một"}, lambda _: None, lambda _: None)
    assert fields(form_view(form, None, (), "vi", context))["commune_id"].value == "101"
    assert not fields(form_view(form, {}, (), "vi", context))["commune_id"].value


def test_a_record_is_shown_as_people_read_it(form: Form) -> None:
    record = SimpleNamespace(
        title="Một việc",
        on=date(2018, 5, 31),
        at=datetime(2018, 5, 31, 18, 0, tzinfo=UTC),
        cause="fall",
        needs=["food", "school"],
        safe=False,
        commune_id=101,
        water=None,
        count=2018,
    )
    parts = shown_record(form, record, "vi", {101: "Xã Một"})
    shown = {answer.name: answer.text for part in parts for answer in part.answers}
    assert shown["on"] == "31/05/2018"
    assert shown["at"] == "01/06/2018 01:00"
    assert shown["cause"] == "Ngã"
    assert shown["needs"] == "Ăn; Học"
    assert shown["safe"] == "Không"
    assert shown["commune_id"] == "Xã Một"
    assert shown["water"] is None
    assert shown["count"] == "2018"
