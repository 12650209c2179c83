"""The browser follows a form's rules while somebody types, in rows of a list too; axe and size."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.forms.context import FormContext
from core.forms.errors import FieldError
from core.forms.view import form_view
from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Option, Part, Roster
from core.plugin_api.rules import answer, count_of, sum_of, total_of
from core.register.models import Child
from tests.core.web.test_ui_kit import AXE, _environment, _open, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]  # a fixture


def words(vi: str) -> Text:
    return Text(vi=vi, en=vi)


def number(name: str, label: str, **options: Any) -> Field:
    return Field(name=name, label=words(label), kind="integer", **options)


LEARNERS = Roster(
    name="learners",
    title=words("Danh sách trẻ em"),
    model=Child,
    parent="id",
    fields=(
        number("age", "Tuổi"),
        Field(
            name="stove",
            label=words("Được dùng bếp"),
            kind="yes_no",
            relevant=answer("age").at_least(10),
        ),
        number("hours", "Số giờ", relevant=answer("stove").equals(True)),
    ),
)
FORM = Form(
    code="test.live",
    number="F-1",
    title=words("Lớp học nấu ăn"),
    purpose=words("Ghi một lớp và các em tham gia."),
    model=Child,
    parts=(
        Part(
            words("Lớp học"),
            (
                number("girls", "Số em gái"),
                number("boys", "Số em trai"),
                number("all", "Tổng số", computed=True, value=total_of("girls", "boys")),
                number("ages", "Tổng số tuổi", computed=True, value=sum_of("learners", "age")),
                Field(
                    name="price",
                    label=words("Giá một suất"),
                    kind="decimal",
                    relevant=count_of("learners").at_least(2),
                ),
                Field(
                    name="payer",
                    label=words("Ai trả"),
                    kind="choice",
                    relevant=answer("price").above(1000),
                    options=(Option("school", words("Trường")), Option("home", words("Gia đình"))),
                ),
            ),
        ),
    ),
    columns=(),
    enters="x",
    sees="x",
    rosters=(LEARNERS,),
)


def _page(browser: Browser, width: int = 1280, errors: tuple[FieldError, ...] = ()) -> Page:
    context = FormContext(date(2018, 6, 1), {}, lambda _: None, lambda _: None)
    view = form_view(FORM, None, errors, "vi", context)
    template = (
        '<!doctype html><html lang="vi"><head><title>Lớp học</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/static/annhi.css"></head><body><main class="an-main">'
        '<div class="an-width"><h1>Lớp học nấu ăn</h1>{% include "form_body.html" %}'
        '{% import "ui/kit.html" as ui with context %}{{ ui.button("Lưu") }}{{ ui.form_end() }}'
        '</div></main><script src="/static/annhi.js"></script></body></html>'
    )
    html = (
        _environment("vi")
        .from_string(template)
        .render(form=view, action="/x", csrf_token="t", key="k")
    )
    page, complaints = _open(browser, html, (width, 900))
    assert complaints == []
    return page


@pytest.mark.browser
def test_sums_counts_and_relevance_follow_what_is_typed(browser: Browser) -> None:
    page = _page(browser)
    shown = {name: page.locator(f"[name='{name}']") for name in ("price", "learners.0.hours")}
    assert not shown["price"].is_visible()
    page.fill("[name=girls]", "1.200")
    page.fill("[name=boys]", "34")
    assert page.locator("#field-all").text_content() == "1.234"
    page.fill("[name='learners.0.age']", "9")
    assert not page.locator("[name='learners.0.stove']").first.is_visible()
    page.fill("[name='learners.0.age']", "12")
    assert not shown["learners.0.hours"].is_visible()
    page.locator("[name='learners.0.stove'][value=yes]").check()
    assert shown["learners.0.hours"].is_visible()
    assert not page.locator("[name='learners.1.hours']").is_visible()  # another row
    page.fill("[name='learners.1.age']", "8")
    assert page.locator("#field-ages").text_content() == "20"
    assert shown["price"].is_visible()
    page.fill("[name=price]", "1.000,5")
    assert page.locator("[name=payer]").first.is_visible()
    page.fill("[name=price]", "999,5")
    assert not page.locator("[name=payer]").first.is_visible()
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_form_with_rows_is_accessible_and_fits(browser: Browser, width: int) -> None:
    errors = (
        FieldError("learners.1.age", words("Hãy ghi «Tuổi».")),
        FieldError("learners", words("Danh sách có nhiều nhất 50 dòng.")),
    )
    page = _page(browser, width, errors)
    assert "Dòng 2, Tuổi: Hãy ghi «Tuổi»." in page.locator(".govuk-error-summary").inner_text()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("ANNHI_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/rows-{width}.png", full_page=True)
    page.context.close()
