"""A commune worker at a real browser, with and without scripts; every page without a barrier."""

from __future__ import annotations

import gzip
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from core.demo.accounts import PROVINCE_LOGINS
from tests.core.web.filled_forms import filled, register_family
from tests.core.web.signing import App, password_of, role_of
from tests.end_to_end.form_pages import FormPage, lead_on
from tests.end_to_end.serving import over, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

    from tests.core.web.filling import Family
    from tests.isolation.web_world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parents[2] / "frontend/vendor/axe.min.js"
PROGRAMMES = ("drowning_prevention", "child_labour", "sexual_abuse", "orphan_care")
LOGINS = {role: login for login, role in PROVINCE_LOGINS}
FIRST_VISIT_BYTES = 60 * 1024
SIZES = {"phone": (360, 740), "desk": (1280, 900)}


@dataclass
class Site:
    """The running web, a browser, and what it complained of."""

    address: str
    browser: Browser
    world: World
    family: Family
    complaints: list[str] = field(default_factory=list)

    def context(self, *, scripts: bool = True, size: str = "phone") -> BrowserContext:
        """A browser that has never been here."""
        width, height = SIZES[size]
        return self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="vi-VN",
        )

    def signed_in(
        self, login: str, tenant: str = "an_giang", *, scripts: bool = True, size: str = "phone"
    ) -> Page:
        """A browser with a full sign-in; the way through the pages has a test of its own."""
        return self.as_role(role_of(self.world, login, tenant), tenant, scripts=scripts, size=size)

    def as_role(
        self, role: str, tenant: str = "an_giang", *, scripts: bool = True, size: str = "phone"
    ) -> Page:
        """The same for the account that has a role."""
        token = self.world.fresh_token(tenant, role)
        page = self.listening(scripts=scripts, size=size)
        page.context.add_cookies([{"name": "annhi", "value": token, "url": self.address}])
        page.goto("/")
        return page

    def half_signed_in(self, login: str, *, scripts: bool = True, size: str = "phone") -> Page:
        """Name and password on the page, as a person gives them."""
        page = self.listening(scripts=scripts, size=size)
        page.goto("/sign-in")
        FormPage(page).fill({"tenant": "an_giang"})
        page.locator("[name=login]").fill(login)
        page.locator("[name=password]").fill(password_of(self.world, login))
        _send(page)
        return page

    def listening(self, *, scripts: bool, size: str) -> Page:
        """A page whose complaints are kept."""
        page = self.context(scripts=scripts, size=size).new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


def _chromium() -> str:
    found = next(
        (p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None
    )
    if found is None:
        reason = "no Chromium on PATH; `make browser` installs one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def site(world: World, world_home: Path) -> Iterator[Site]:
    """The web in a process of its own, and a browser."""
    program = _chromium()
    family = register_family(world, world.visitor("an_giang", "commune_worker"))
    with served(over(world.database, world_home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
        )
        yield Site(address, browser, world, family)
        browser.close()


def _send(page: Page) -> None:
    lead_on(page.locator("main form.an-form button.an-button--primary"))


PAGES = {
    "sign-in": (None, "/sign-in"),
    "start": ("chuyen_vien", "/"),
    "forms": ("can_bo_xa", "/forms"),
    "form": ("can_bo_xa", "/forms/drowning-prevention/injury-notice"),
    "form of labour": ("can_bo_xa", "/forms/child-labour/screening"),
    "form of the register": ("can_bo_xa", "/forms/core/child"),
    "children": ("can_bo_xa", "/children"),
    "records": ("chuyen_vien", "/records/drowning-prevention/injury-notice"),
    "reports": ("chuyen_vien", "/reports"),
    "report": ("lanh_dao", "/reports/2018-H1"),
    "programmes": ("chuyen_vien", "/programmes"),
    "national": ("phan_tich", "/national"),
    "comparison": ("phan_tich", "/national/comparison?indicator=DRW-01&period=2018-H1"),
    "board": ("phan_tich", "/national/board"),
    "national targets": ("phan_tich", "/national/targets"),
    "own account": ("chuyen_vien", "/account"),
    "own sign-ins": ("chuyen_vien", "/account/sign-ins"),
    "own password": ("chuyen_vien", "/account/password"),
    "accounts": ("quan_tri", "/accounts"),
    "new account": ("quan_tri", "/accounts/new"),
    "not found": ("chuyen_vien", "/nowhere"),
}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_barrier_or_scrolls_sideways(site: Site, size: str) -> None:
    found = []
    pages: dict[str | None, Page] = {None: site.context(size=size).new_page()}
    for name, (login, path) in PAGES.items():
        if login not in pages:
            assert login is not None
            tenant = "ministry" if login == "phan_tich" else "an_giang"
            pages[login] = site.signed_in(login, tenant, size=size)
        page = pages[login]
        page.goto(path)
        found += _barriers(page, name, size)
    for page in pages.values():
        page.context.close()
    assert found == []


def _barriers(page: Page, name: str, size: str) -> list[tuple[str, str, str]]:
    """What axe finds on the page as it is, and whether it is too wide; perhaps a picture of it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # the policy binds the page alone
    violations = page.evaluate("async () => (await axe.run()).violations")
    found = [(name, v["id"], v["nodes"][0]["html"][:150]) for v in violations]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > SIZES[size][0]:
        found.append((name, "too wide", str(width)))
    if folder := os.environ.get("ANNHI_SCREENSHOTS"):
        file = f"{name.replace(' ', '-')}-{size}.png"
        page.screenshot(path=Path(folder) / file, full_page=True)
    return found


NEWCOMERS = {"phone": "kiem_toan", "desk": "lanh_dao"}


@pytest.mark.parametrize("size", SIZES)
def test_a_newcomer_sets_up_the_app_and_comes_in(site: Site, size: str) -> None:
    """Every page of the way is without a barrier, and the next time it works without scripts."""
    page = site.half_signed_in(NEWCOMERS[size], size=size)
    assert page.url.endswith("/sign-in/enrol")
    found = _barriers(page, "enrolment", size)
    secret = page.locator("main dd").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(App(secret).totp.now())
    _send(page)
    found += _barriers(page, "recovery codes", size)
    codes = page.locator("main code").all_inner_texts()
    lead_on(page.locator("main a.an-button"))
    page.wait_for_url(f"{site.address}/")
    page.goto("/account/second-factor")
    found += _barriers(page, "own factor", size)
    page.context.close()
    page = site.half_signed_in(NEWCOMERS[size], size=size)
    page.locator("[name=code]").fill("000000")
    _send(page)
    assert page.locator("#code-error").is_visible()
    found += _barriers(page, "code refused", size)
    page.context.close()
    page = site.half_signed_in(NEWCOMERS[size], scripts=False, size=size)
    assert page.url.endswith("/sign-in/code")
    page.locator("[name=code]").fill(codes[3])
    _send(page)
    page.wait_for_url(f"{site.address}/")
    page.context.close()
    assert found == []


@pytest.mark.parametrize("size", SIZES)
def test_an_administrator_invites_and_the_link_lets_in(site: Site, size: str) -> None:
    page = site.signed_in("quan_tri", size=size)
    page.goto("/accounts/new")
    page.locator("[name=login]").fill("có dấu")
    _send(page)
    found = _barriers(page, "invitation refused", size)
    page.locator("[name=login]").fill(f"moi.{size}")
    page.locator("[name=display_name]").fill("Người Mới")
    FormPage(page).fill({"role": "province_officer"})
    _send(page)
    found += _barriers(page, "invitation link", size)
    link = page.locator("main textarea").input_value()
    lead_on(page.locator("main a.an-button"))
    found += _barriers(page, "account", size)
    page.context.close()
    page = site.listening(scripts=True, size=size)
    page.goto(link)
    found += _barriers(page, "set password", size)
    for name in ("password", "repeated"):
        page.locator(f"[name={name}]").fill("con mèo nhỏ ngủ trên mái nhà")
    _send(page)
    assert page.url.endswith("/sign-in/enrol")
    page.context.close()
    assert found == []


def test_pages_give_the_browser_nothing_to_complain_of(site: Site) -> None:
    """No refused script or style, no fault in ours, on any page that was opened above."""
    page = site.signed_in("can_bo_xa")
    for path in ("/", "/forms", "/children", "/forms/orphan-care/detection"):
        page.goto(path)
    page.context.close()
    told = [line for line in site.complaints if "status of 4" not in line]
    assert told == []


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_first_visit_to_a_form_is_light(site: Site, programme: str) -> None:
    """A field worker's telephone: the page with all it loads, compressed."""
    worker = site.world.visitor("an_giang", "commune_worker")
    form = filled(site.family)[programme]
    with httpx.Client(base_url=site.address, cookies={"annhi": worker.token}) as client:
        page = client.get(f"/forms/{form.address}")
        parts = [part.split('"')[0] for part in page.text.split('="/static/')[1:]]
        bodies = [page.content, *(client.get(f"/static/{part}").content for part in parts)]
    assert len(parts) >= 3
    assert sum(len(gzip.compress(body)) for body in bodies) <= FIRST_VISIT_BYTES
