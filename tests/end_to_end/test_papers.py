"""A worker attaches a paper at a real browser, scripts or not; an officer takes a list away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.core.attachments.papers import picture, scan
from tests.core.web.filled_forms import filled
from tests.end_to_end.form_pages import lead_on
from tests.end_to_end.test_browser import AXE, SIZES, site

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.end_to_end.test_browser import Site

__all__ = ["site"]  # fixture
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PDF = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": scan()}
CUT = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 400))[:1500]}


def _record(site: Site, key: str) -> str:
    worker = site.world.visitor("an_giang", "commune_worker")
    answers = filled(site.family)["orphan_care"].answers
    path = "/records/orphan-care/detection"
    stored = site.world.api(worker, f"/api/v1{path}", answers, key=key)
    assert stored.status_code == 201, stored.text
    return f"{path}/{stored.json()['id']}"


def _barriers(page: Page, name: str, size: str) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("async () => (await axe.run()).violations")
    if folder := os.environ.get("ANNHI_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{size}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth") > SIZES[size][0]
    return [str((name, v["id"], v["nodes"][0]["html"][:150])) for v in violations] + (
        [f"{name} is too wide"] if wide else []
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", SIZES)
def test_a_paper_is_attached_after_a_mistake_and_downloaded(
    site: Site, size: str, *, scripts: bool
) -> None:
    page = site.signed_in("can_bo_xa", size=size, scripts=scripts)
    page.goto(_record(site, f"browser-{size}-{scripts}"))
    page.get_by_text("Đính kèm giấy tờ", exact=True).click()
    page.locator("[name=title]").fill("Quyết định trợ cấp số 12")
    page.locator("[name=file]").set_input_files(CUT)  # type: ignore[arg-type]
    lead_on(page.get_by_role("button", name="Đính kèm"))
    assert page.get_by_text("Ảnh bị hỏng").first.is_visible()
    assert page.locator("[name=title]").input_value() == "Quyết định trợ cấp số 12"
    found = _barriers(page, "attach", size) if scripts else []
    page.locator("[name=file]").set_input_files(PDF)  # type: ignore[arg-type]
    lead_on(page.get_by_role("button", name="Đính kèm"))
    assert page.get_by_text("Đã lưu").first.is_visible()
    for summary in page.locator("main details summary").all():
        summary.click()
    found += _barriers(page, "record-with-paper", size) if scripts else []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Quyết định trợ cấp số 12").click()
    assert Path(waiting.value.path()).read_bytes() == scan()
    page.context.close()
    assert found == []


@pytest.mark.parametrize("size", SIZES)
def test_an_officer_takes_a_list_away(site: Site, size: str) -> None:
    page = site.signed_in("chuyen_vien", size=size)
    found = []
    for name, path in (("list", "/records/core/household"), ("register", "/children")):
        page.goto(path)
        found += _barriers(page, name, size)
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải danh sách (CSV)").click()
        assert Path(waiting.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    page.context.close()
    assert found == []
