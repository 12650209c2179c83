"""A list at a real browser: its likely doubles, taken in as other children, and one that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.imports import service
from tests.core.imports.test_pages import rows, sent, work_off
from tests.end_to_end.form_pages import lead_on
from tests.end_to_end.test_browser import SIZES, site
from tests.end_to_end.test_register_pages import look_at
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.end_to_end.test_browser import Site

__all__ = ["site", "world", "world_home", "world_template"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page: Page, label: str) -> None:
    """Press the button that says so; sentences around it may name it too."""
    lead_on(page.get_by_role("button", name=label))


def test_sender_goes_on_with_a_list_that_stands_still_and_takes_doubles_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    world, pages = site.world, {size: site.signed_in("can_bo_xa", size=size) for size in SIZES}
    who = world.visitor("an_giang", "commune_worker")
    names = ["Đỗ Nhìn Một", "Đỗ Nhìn Hai", "Đỗ Nhìn Ba"]
    sent(world, who, rows(*names))
    work_off(world)
    with monkeypatch.context() as failing:
        address = sent(world, who, rows(*names, sex="Nữ"))
        failing.setattr(service, "take_rows", broken)
        work_off(world)
    for size, page in pages.items():
        page.goto(address)
        look_at(page, "import-halted", size)
    press(pages["phone"], "Nhập tiếp")
    work_off(world)
    for size, page in pages.items():
        page.goto(address)
        look_at(page, "import-doubles", size)
    page = pages["phone"]
    page.locator('input[name="rows"][value="3"]').check(force=True)
    press(page, "Nhập các dòng đã chọn")
    work_off(world)
    page.goto(address)
    assert page.locator('input[name="rows"]').count() == 2
    press(page, "Tất cả là trẻ khác: nhập cả 2 dòng")
    work_off(world)
    page.goto(address)
    assert page.get_by_text("Mọi dòng đều đúng").is_visible()
