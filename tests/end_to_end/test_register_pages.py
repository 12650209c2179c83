"""A commune worker with the register at a real browser: search, add, compare, merge, move."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.form_pages import lead_on
from tests.end_to_end.test_browser import AXE, SIZES, site
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.end_to_end.test_browser import Site

__all__ = ["site", "world", "world_home", "world_template"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def look_at(page: Page, name: str, size: str) -> None:
    """No barrier, nothing that scrolls sideways; a picture where one is wanted."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("async () => (await axe.run()).violations")
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in violations] == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name
    if folder := os.environ.get("ANNHI_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"register-{name}-{size}.png", full_page=True)


def choose(page: Page, **answers: str) -> None:
    """Choose from lists and radio buttons, or type."""
    for name, value in answers.items():
        if page.locator(f'input[name="{name}"][value="{value}"]').count():
            page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)
        elif page.locator(f'select[name="{name}"]').count():
            page.locator(f'select[name="{name}"]').select_option(value)
        else:
            page.locator(f'[name="{name}"]').fill(value)


def press(page: Page, label: str) -> None:
    """Press the first button or link of the page that says so."""
    lead_on(page.locator(f"main >> text={label}").first)


@pytest.mark.parametrize("size", SIZES)
def test_a_worker_searches_before_adding_and_merges_what_was_entered_twice(
    site: Site, size: str
) -> None:
    page = site.signed_in("can_bo_xa", size=size)
    page.goto("/children")
    # in a process of its own, where modules are imported in another order than in the tests
    places = {cell.inner_text() for cell in page.locator("main table td:last-child").all()}
    assert len(places) == 1
    look_at(page, "list", size)
    press(page, "Thêm trẻ em")
    look_at(page, "look", size)
    press(page, "Tìm trong sổ")
    shown = [a.get_attribute("href") for a in page.locator(".govuk-error-summary li a").all()]
    assert shown == ["#field-full_name", "#field-date_of_birth", "#field-sex"]
    choose(page, full_name="Nguyen Thi Mau", date_of_birth="05/02/2015", sex="female")
    press(page, "Tìm trong sổ")
    assert page.get_by_text("Nguyễn Thị Mẫu").first.is_visible()
    look_at(page, "found", size)
    choose(
        page,
        dob_precision="day",
        ethnicity="kinh",
        birth_registration="registered",
        relation_to_head="no_household",
        residence_status="permanent",
        schooling="preschool",
        source="survey",
        commune_id=site.family.commune,
    )
    lead_on(page.get_by_role("button", name="Lưu", exact=True))
    assert page.get_by_text("Đã lưu").first.is_visible()
    page.goto("/children/duplicates")
    look_at(page, "duplicates", size)
    found = page.locator("main table a", has_text="Mau").or_(
        page.locator("main table a", has_text="Mẫu")
    )
    lead_on(found.first)
    look_at(page, "compare", size)
    lead_on(page.locator("main form button", has_text="Giữ").first)
    assert page.get_by_text("Hồ sơ đã gộp vào đây").is_visible()
    look_at(page, "merged", size)
    press(page, "Tách ra lại")
    assert page.get_by_text("So sánh hai hồ sơ").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_worker_records_a_group_ends_it_and_moves_the_child(site: Site, size: str) -> None:
    page = site.signed_in("can_bo_xa", size=size)
    page.goto("/forms/core/special-circumstance?child=" + site.family.child)
    choose(page, group_code="csc_abandoned", sub_group_code="a3_kin", from_date="31/02/2018")
    lead_on(page.get_by_role("button", name="Lưu", exact=True))
    shown = [a.get_attribute("href") for a in page.locator(".govuk-error-summary li a").all()]
    assert shown == ["#field-sub_group_code", "#field-from_date"]
    look_at(page, "circumstance", size)
    choose(page, sub_group_code="b1_no_care", from_date="01/02/2018")
    lead_on(page.get_by_role("button", name="Lưu", exact=True))
    assert page.get_by_text("Đã lưu").first.is_visible()
    page.goto("/children?q=" + site.family.child)
    lead_on(page.locator("main table a").first)
    look_at(page, "child", size)
    lead_on(page.locator("main form button", has_text="Kết thúc").first)
    look_at(page, "end", size)
    choose(page, on="01/05/2018")
    lead_on(page.get_by_role("button", name="Lưu", exact=True))
    assert page.get_by_text("01/05/2018").first.is_visible()
    press(page, "Chuyển sang xã khác")
    lead_on(page.get_by_role("button", name="Lưu", exact=True))
    assert page.locator(".govuk-error-summary li a").count() == 4
    look_at(page, "move", size)
    page.goto("/review")
    look_at(page, "review", size)
    press(page, "Đã rà soát xong") if size == "phone" else None
    page.context.close()
