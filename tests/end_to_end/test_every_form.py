"""Every form at a real browser, with and without scripts: two mistakes, then the saved record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from core.forms.evaluate import evaluate
from core.forms.rosters import asked
from tests.core.web.filled_forms import FORMS, filled, with_records
from tests.end_to_end.form_pages import FormPage, lead_on
from tests.end_to_end.test_browser import Site, site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from core.plugin_api.forms import Form
    from tests.core.web.filling import Filled

__all__ = ["site"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.slow]
_ID = re.compile(r"[0-9a-f-]{36}")
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@dataclass
class Desk:
    """One browser in which each role is signed in once, with scripts and without."""

    site: Site
    pages: dict[tuple[str, bool], Page] = field(default_factory=dict)

    def page(self, role: str, *, scripts: bool) -> Page:
        """The page of somebody who has the role; a new one takes longer than the form."""
        if (role, scripts) not in self.pages:
            self.pages[role, scripts] = self.site.as_role(role, scripts=scripts)
        return self.pages[role, scripts]


@pytest.fixture(scope="module")
def desk(site: Site) -> Iterator[Desk]:
    """A desk over the module's server and browser."""
    made = Desk(site)
    yield made
    for page in made.pages.values():
        page.context.close()


def declared(site: Site, one: Filled) -> Form:
    """The form at an address."""
    code = one.address.replace("/", ".").replace("-", "_")
    return site.world.platform.registry.catalogue.forms[code]


def asked_at_first(site: Site, form: Form, *, scripts: bool) -> set[str]:
    """The fields that somebody sees who has answered nothing; without scripts these are all."""
    today = site.world.platform.clock.today()
    return {
        one.name
        for one in asked(form.at(form.version).fields)
        if not scripts or one.relevant is None or evaluate(one.relevant, {}, today)
    }


@SCRIPTS
@pytest.mark.parametrize("name", FORMS)
def test_two_mistakes_are_explained_and_corrected_and_the_record_is_found(
    desk: Desk, name: str, *, scripts: bool
) -> None:
    one = filled(with_records(desk.site.world, desk.site.family, name))[name]
    one = one if scripts else one.second()
    declaration = declared(desk.site, one)
    page = desk.page(one.role, scripts=scripts)
    page.goto(f"/forms/{one.address}", wait_until="domcontentloaded")
    form = FormPage(page)
    seen = {name for name, each in form.questions().items() if each.seen and "." not in name}
    assert seen == asked_at_first(desk.site, declaration, scripts=scripts)
    typed = one.answers | one.mistakes
    form.fill(typed)
    form.save()
    _mistakes_are_explained(form, one)
    _nothing_is_lost(form, typed)
    form.fill({name: value for name, value in one.answers.items() if name in one.mistakes})
    form.save()
    assert form.summary() == []
    assert page.get_by_text("Đã lưu").first.is_visible()
    _is_found(desk, page, one, declaration)


def _mistakes_are_explained(form: FormPage, one: Filled) -> None:
    """At each field, in the list above, and the list leads to the fields."""
    summary = form.summary()
    assert tuple(name for name, _ in summary) == one.at_fault
    told = form.told_at_fields()
    for name, sentence in summary:
        assert told[name]
        assert sentence.endswith(told[name])
        assert form.led_to(name) == f"field-{name}"


def _nothing_is_lost(form: FormPage, typed: dict[str, str | list[str]]) -> None:
    """Every question that was answered is still seen, and holds what was typed, by its name."""
    questions = form.questions()
    for name, value in typed.items():
        several = value if isinstance(value, list) else [value]
        assert [one for one in questions[name].holds if one] == [one for one in several if one]
        assert questions[name].seen, name
        if questions[name].kind == "lookup":
            assert not _ID.fullmatch(questions[name].shows), name


def _is_found(desk: Desk, page: Page, one: Filled, declaration: Form) -> None:
    """Its page shows the words and days that were typed, and it stands first in the list."""
    stored = page.url.partition("?")[0].removeprefix(desk.site.address)
    if one.reader:
        page = desk.page(one.reader, scripts=False)
        page.goto(f"/records/{one.address}", wait_until="domcontentloaded")
        lead_on(page.locator("main table a").first)
    shown = page.locator("main").inner_text()
    for each in declaration.fields:
        if each.kind in {"text", "textarea", "date"} and each.name in one.answers:
            assert one.answers[each.name] in shown, each.name
    if not one.reader:
        page.goto(f"/records/{one.address}", wait_until="domcontentloaded")
        assert page.locator("main table a").first.get_attribute("href") == stored
