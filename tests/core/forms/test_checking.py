"""Answers are read and checked all at once, each fault at its field."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from core.forms.checking import check_answers
from core.forms.steps import FormStep
from core.kit.language import Text

if TYPE_CHECKING:
    from core.forms.context import FormContext
    from core.plugin_api.forms import Form

Answers = dict[str, object]
NO_OPTION = "Lựa chọn này không có trong phiếu. Hãy chọn lại."
NO_CHILD = "Không tìm thấy trẻ em này"
NO_COMMUNE = "Hãy chọn một xã, phường, thị trấn trong địa bàn của bạn."


def faults(form: Form, raw: dict[str, Any], context: FormContext) -> dict[str, str]:
    checked = check_answers(form, raw, context)
    return {error.field: error.message.vi for error in checked.errors}


@pytest.mark.parametrize(
    ("field", "sent", "begins"),
    [
        ("title", "", "Hãy ghi «Tiêu đề»."),
        ("title", None, "Hãy ghi «Tiêu đề»."),
        ("title", " \N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE} ", "Hãy ghi «Tiêu đề»."),
        ("title", 12, "Câu trả lời này không đọc được."),
        ("title", ["a", "b"], "Câu trả lời này không đọc được."),
        ("title", {"a": 1}, "Câu trả lời này không đọc được."),
        ("title", "x" * 21, "Hãy ghi ngắn lại: nhiều nhất 20 ký tự, hiện có 21."),
        ("story", "x" * 4001, "Hãy ghi ngắn lại: nhiều nhất 4.000 ký tự, hiện có 4.001."),
        ("count", "mười", "Số không đúng dạng."),
        ("count", "1,5", "Hãy ghi một số nguyên"),
        ("count", 1.5, "Hãy ghi một số nguyên"),
        ("count", True, "Hãy ghi một số nguyên"),
        ("count", "-1", "Giá trị phải từ 0 đến 100."),
        ("count", "101", "Giá trị phải từ 0 đến 100."),
        ("count", "9" * 30, "Số này quá lớn."),
        ("count", "9" * 5000, "Số không đúng dạng."),
        ("on", "31/02/2018", "Không có ngày này trong lịch."),
        ("on", "05/31/2018", "Không có ngày này trong lịch."),
        ("on", "hôm qua", "Ngày không đúng dạng."),
        ("on", "02/06/2018", "Ngày này ở tương lai."),
        ("on", 20180531, "Câu trả lời này không đọc được."),
        ("until", "30/05/2018", "Giá trị phải từ 31/05/2018 đến 01/06/2018."),
        ("at", "31/05/2018", "Hãy ghi cả ngày và giờ"),
        ("at", "31/05/2018 25:00", "Hãy ghi cả ngày và giờ"),
        ("at", "0001-01-01T00:00:00+00:00", "Hãy ghi cả ngày và giờ"),
        ("at", "2018-06-01T17:30:00Z", "Ngày này ở tương lai."),
        ("cause", "", "Hãy chọn «Nguyên nhân»."),
        ("cause", "poison", NO_OPTION),
        ("cause", "Fall", NO_OPTION),
        ("needs", ["food", "drink"], NO_OPTION),
        ("needs", [["food"]], "Câu trả lời này không đọc được."),
        ("safe", "perhaps", NO_OPTION),
        ("safe", 1, "Câu trả lời này không đọc được."),
        ("commune_id", "103", NO_COMMUNE),
        ("commune_id", "101 OR 1=1", NO_COMMUNE),
        ("commune_id", True, NO_COMMUNE),
        ("child_id", "TE-BBBBBBBB", NO_CHILD),
        ("child_id", "33333333-3333-4333-8333-333333333333", NO_CHILD),
        ("child_id", 7, NO_CHILD),
        ("household_id", "HO-BBBBBBBB", "Không tìm thấy hộ này"),
    ],
)
def test_a_wrong_answer_is_named_at_its_field(
    form: Form, context: FormContext, right: Answers, *, field: str, sent: object, begins: str
) -> None:
    found = faults(form, {**right, field: sent}, context)
    assert list(found) == [field]
    assert found[field].startswith(begins)


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        ("title", "  Đuối   nước ", "Đuối nước"),
        ("title", ["một"], "một"),
        ("story", "một\r\n\r\nhai  ba\x00\n", "một\n\nhai ba"),
        ("count", "1", 1),
        ("count", " 100 ", 100),
        ("count", 0, 0),
        ("count", "-0", 0),
        ("on", "2018-05-31", date(2018, 5, 31)),
        ("on", date(2018, 5, 31), date(2018, 5, 31)),
        ("at", "31/05/2018 14:30", datetime(2018, 5, 31, 7, 30, tzinfo=UTC)),
        ("at", "2018-05-31T14:30", datetime(2018, 5, 31, 7, 30, tzinfo=UTC)),
        ("at", "31/05/2018 14h30", datetime(2018, 5, 31, 7, 30, tzinfo=UTC)),
        ("at", "2018-05-31T07:30:00Z", datetime(2018, 5, 31, 7, 30, tzinfo=UTC)),
        ("needs", "school", ["school"]),
        ("needs", ["school", "food", "school"], ["food", "school"]),
        ("needs", [], None),
        ("safe", "no", False),
        ("safe", True, True),
        ("commune_id", 102, 102),
        ("child_id", "TE-AAAAAAAA", UUID("11111111-1111-4111-8111-111111111111")),
    ],
)
def test_an_answer_gets_the_type_of_its_kind(
    form: Form, context: FormContext, right: Answers, *, field: str, sent: object, value: object
) -> None:
    checked = check_answers(form, {**right, field: sent}, context)
    assert checked.errors == ()
    assert checked.values[field] == value
    assert type(checked.values[field]) is type(value)


def test_every_fault_is_told_at_once_in_the_order_of_the_page(
    form: Form, context: FormContext
) -> None:
    found = faults(form, {"count": "x", "cause": "drowning", "commune_id": "5"}, context)
    assert list(found) == ["title", "count", "on", "water", "commune_id"]


def test_decomposed_letters_are_stored_composed(
    form: Form, context: FormContext, right: Answers
) -> None:
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Được")
    assert check_answers(form, {**right, "title": typed}, context).values["title"] == (
        "Nguyễn Thị Được"
    )


def test_markup_stays_text(form: Form, context: FormContext, right: Answers) -> None:
    typed = "<b>x</b>&amp;"
    assert check_answers(form, {**right, "title": typed}, context).values["title"] == typed


def test_what_is_not_asked_is_null_though_it_was_sent(
    form: Form, context: FormContext, right: Answers
) -> None:
    checked = check_answers(form, {**right, "water": "sea", "depth": "deep"}, context)
    assert checked.errors == ()
    assert checked.values["water"] is None


def test_a_question_under_a_question_that_is_not_asked_is_not_asked(
    form: Form, context: FormContext, right: Answers
) -> None:
    sent = {**right, "cause": "fall", "water": "river", "depth": "3"}
    assert check_answers(form, sent, context).values["depth"] is None
    sent["cause"] = "drowning"
    assert check_answers(form, sent, context).values["depth"] == 3


def test_required_may_depend_on_another_answer(
    form: Form, context: FormContext, right: Answers
) -> None:
    sent = {**right, "cause": "drowning", "water": "river"}
    assert faults(form, sent, context) == {"depth": "Hãy ghi «Độ sâu»."}
    assert faults(form, {**sent, "water": "pond"}, context) == {}


def test_a_check_between_fields_waits_until_both_are_right(
    form: Form, context: FormContext, right: Answers
) -> None:
    field = next(f for f in form.fields if f.name == "girls")
    part = replace(form.parts[0], fields=(*form.parts[0].fields[:3], replace(field, most=None)))
    form = replace(form, parts=(part, form.parts[1]))
    sent = {**right, "count": "2", "girls": "3"}
    assert faults(form, sent, context) == {"girls": "Nữ nhiều hơn tổng số."}
    assert list(faults(form, {**sent, "count": "x"}, context)) == ["count"]
    assert faults(form, {**sent, "girls": ""}, context) == {}


def test_answers_that_the_form_does_not_list_are_ignored(
    form: Form, context: FormContext, right: Answers
) -> None:
    sent = {**right, "tenant_id": "2", "created_by": "me", "score": "99"}
    values = check_answers(form, sent, context).values
    assert "tenant_id" not in values
    assert "created_by" not in values
    assert values["score"] == 1


def test_nothing_is_computed_from_wrong_answers(
    form: Form, context: FormContext, right: Answers
) -> None:
    assert "score" not in check_answers(form, {**right, "on": ""}, context).values


def test_a_step_in_code_may_find_fault(form: Form, context: FormContext, right: Answers) -> None:
    step = FormStep(check=lambda _values, _today: (("title", Text(vi="Không.", en="No.")),))
    checked = check_answers(form, right, context, steps={form.code: step})
    assert [(e.field, e.message.vi) for e in checked.errors] == [("title", "Không.")]


def test_no_message_repeats_an_answer(form: Form, context: FormContext) -> None:
    secret = "Nguyễn Thị Bí Mật Rất Dài Hơn Hai Mươi"
    sent = dict.fromkeys((field.name for field in form.fields), secret)
    for error in check_answers(form, sent, context).errors:
        assert secret not in error.message.vi
        assert secret not in error.message.en
