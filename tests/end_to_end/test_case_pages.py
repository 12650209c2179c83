"""A case at a real browser: filed with two mistakes and taken on; every page without barrier."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.form_pages import FormPage, lead_on
from tests.end_to_end.test_browser import AXE, SIZES, site

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.end_to_end.test_browser import Site

__all__ = ["site"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_worker_opens_a_case_after_two_mistakes_and_takes_its_first_step(
    site: Site, *, scripts: bool
) -> None:
    page = site.signed_in("can_bo_xa", scripts=scripts)
    page.goto("/cases/new")
    right = {
        "received_at": "02/04/2018 08:30",
        "channel": "school",
        "subject": "special_circumstance",
        "commune_id": site.family.commune,
        "child_name": "Nguyễn Thị Mẫu",
        "estimated_age": "9",
        "child_condition": "Trẻ ở một mình nhiều ngày.",
    }
    form = FormPage(page)
    form.fill(right | {"received_at": "02/04/2018 25:70", "estimated_age": "99"})
    form.save()
    shown = [link.get_attribute("href") for link in page.locator(".govuk-error-summary a").all()]
    assert shown == ["#field-received_at", "#field-estimated_age"]
    assert page.locator('[name="child_name"]').input_value() == "Nguyễn Thị Mẫu"
    form.fill({name: right[name] for name in ("received_at", "estimated_age")})
    form.save()
    assert "/cases/" in page.url
    lead_on(page.get_by_role("link", name="Đánh giá nguy cơ ban đầu"))
    answers = {
        "assessed_on": "02/04/2018",
        "confirmed": "confirmed",
        "current_harm": "medium",
        "offender_access": "low",
        "self_protection": "medium",
        "protecting_adult": "yes",
        "emergency_needed": "no",
    }
    form.fill(answers)
    form.save()
    assert page.get_by_text("Đã đánh giá ban đầu").first.is_visible()
    page.context.close()


def _pages(page: Page) -> dict[str, str]:
    """The pages that lead on from the list, by name."""
    page.goto("/cases")
    first = page.locator("main table a").first.get_attribute("href")
    assert first is not None
    return {
        "cases": "/cases",
        "tasks": "/tasks",
        "intake": "/cases/new",
        "case": first,
        "refer": f"{first}/refer",
        "step review": f"{first}/steps/review",
        "referrals": "/referrals",
    }


@pytest.mark.parametrize("size", SIZES)
def test_no_page_of_cases_has_a_barrier_or_scrolls_sideways(site: Site, size: str) -> None:
    worker = site.signed_in("can_bo_xa", size=size)
    pages = [(worker, name, path) for name, path in _pages(worker).items()]
    case = next(path for _, name, path in pages if name == "case")
    leader = site.signed_in("lanh_dao_xa", size=size)
    pages += [(leader, "team", f"{case}/team"), (leader, "handover", "/handover")]
    provider = site.signed_in("dich_vu", size=size)
    provider.goto("/referrals")
    inbox = [link.get_attribute("href") for link in provider.locator(".an-cards a").all()]
    pages += [(provider, f"referral {number}", path or "") for number, path in enumerate(inbox)]
    officer = site.signed_in("chuyen_vien", size=size)
    pages.append((officer, "case supervised", case))
    found = []
    for page, name, path in pages:
        page.goto(path)
        page.evaluate(AXE.read_text(encoding="utf-8"))  # the policy binds the page alone
        violations = page.evaluate("async () => (await axe.run()).violations")
        found += [(name, v["id"], v["nodes"][0]["html"][:150]) for v in violations]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES[size][0]:
            found.append((name, "too wide", str(width)))
        if folder := os.environ.get("ANNHI_SCREENSHOTS"):
            file = f"{name.replace(' ', '-')}-{size}.png"
            page.screenshot(path=Path(folder) / file, full_page=True)
    for page in (worker, leader, provider, officer):
        page.context.close()
    assert inbox
    assert found == []
