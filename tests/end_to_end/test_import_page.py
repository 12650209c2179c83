"""A list of children at a real browser, with and without scripts: tried, corrected, taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.imports.books import GOOD, HOME, HOME_HEADINGS, book
from tests.core.imports.test_pages import in_register, work_off
from tests.end_to_end.form_pages import lead_on
from tests.end_to_end.test_browser import site
from tests.end_to_end.test_register_pages import look_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.end_to_end.test_browser import Site

__all__ = ["site"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def send_list(page: Page, content: bytes, *, trial: bool) -> None:
    """Choose a file, say whether it is a trial, and send it."""
    page.goto("/children/import")
    file = {"name": "danh-sach.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("[name=file]").set_input_files([file])  # type: ignore[list-item]
    page.locator(f"[name=dry_run][value={'yes' if trial else 'no'}] + label").click()
    lead_on(page.get_by_role("button", name="Gửi danh sách"))
    assert page.get_by_text("Đang chờ").is_visible()


def told(page: Page) -> list[list[str]]:
    """Row and reason of every row that was not taken in."""
    lines = page.locator("main table tbody tr")
    return [line.locator("td, th").all_inner_texts() for line in lines.all()]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_list_is_tried_corrected_and_taken_in(site: Site, *, scripts: bool) -> None:
    page = site.as_role("commune_worker", scripts=scripts, size="phone")
    names = [f"Đỗ Thị {'Một' if scripts else 'Hai'} {n}" for n in ("Xuân", "Hạ", "Thu")]
    home = HOME | {"relation_to_head": "Con", "address": f"Tổ {'một' if scripts else 'hai'}"}
    rows = [GOOD | home | {"full_name": name} for name in names]
    wrong = [rows[0], rows[1] | {"sex": "?"}, rows[2] | {"date_of_birth": "31/02/2015"}]
    send_list(page, book(wrong, headings=HOME_HEADINGS), trial=True)
    work_off(site.world)
    page.reload()
    assert page.get_by_text("không có gì được ghi vào sổ").is_visible()
    assert page.get_by_text("Hộ mới sẽ được lập").is_visible()
    assert [line[0] for line in told(page)] == ["3", "4"]
    reasons = [line[1] for line in told(page)]
    assert reasons[0].startswith("Giới tính: Lựa chọn này không có")
    assert reasons[1].startswith("Ngày sinh: Không có ngày này trong lịch")
    if scripts:
        look_at(page, "import", "phone")
    assert [in_register(site.world, name) for name in names] == [0, 0, 0]
    send_list(page, book(rows, headings=HOME_HEADINGS), trial=False)
    work_off(site.world)
    page.reload()
    assert page.get_by_text("Mọi dòng đều đúng").is_visible()
    assert page.get_by_text("Hộ mới được lập").is_visible()
    for name in names:
        page.goto(f"/children?q={name}")
        assert page.locator("main").get_by_text(name).first.is_visible()
    page.context.close()
