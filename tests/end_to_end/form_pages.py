"""A form at a real browser: filled in as people do, read as they see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, Page

# by name: how the question looks, what it holds and shows, and whether it is seen
_QUESTIONS = """
() => {
  const found = {};
  for (const field of document.querySelectorAll("form.an-form [name]")) {
    if (/^_|^$/.test(field.name)) continue;
    const ticked = /^(radio|checkbox)$/.test(field.type);
    const searched = field.nextElementSibling?.classList.contains("an-lookup");
    const kind = searched ? "lookup" : ticked ? field.type : field.tagName.toLowerCase();
    const box = searched ? field.nextElementSibling.querySelector("input") : field;
    const seen = box.getClientRects().length > 0;
    const one = (found[field.name] ??= { kind, seen, shows: box.value, holds: [] });
    if (!ticked || field.checked) one.holds.push(field.value.replaceAll("\\r\\n", "\\n"));
  }
  return found;
}
"""
_SUMMARY = """
() => [...document.querySelectorAll(".govuk-error-summary li a")]
  .map((link) => [link.hash.slice("#field-".length), link.textContent.trim()])
"""
_AT_FIELDS = """
() => [...document.querySelectorAll("form.an-form .govuk-error-message")]
  .filter((told) => told.getClientRects().length > 0)
  .map((told) => [
    told.id.slice("field-".length, -"-error".length), told.lastChild.textContent.trim(),
  ])
"""


def lead_on(pressed: Locator) -> None:
    """Press what leads to another page (or the same again), and wait for it.

    A click alone comes back when the next page has not arrived yet, on a busy machine.
    """
    with pressed.page.expect_navigation():
        pressed.click()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the page: its widget, whether it is seen, what it shows and would send."""

    kind: str
    seen: bool
    shows: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form that a page shows."""

    page: Page

    def questions(self) -> dict[str, Question]:
        """All of them, by name."""
        return {
            name: Question(one["kind"], one["seen"], one["shows"], tuple(one["holds"]))
            for name, one in self.page.evaluate(_QUESTIONS).items()
        }

    def fill(self, answers: Mapping[str, str | list[str]]) -> None:
        """Answer from top to bottom; an answer that is not seen then fails.

        An empty answer to radio buttons leaves them as they are, for none can be taken back.
        """
        known = self.questions()
        for name, value in answers.items():
            while name not in known:
                self._more_rows(name.partition(".")[0])
                known = self.questions()
            match known[name].kind:
                case "radio" | "checkbox":
                    for one in [value] if isinstance(value, str) else value:
                        self._tick(name, one)
                case "lookup":
                    self._look_up(name, str(value))
                case "select":
                    self._named(name).select_option(value)
                case _:
                    self._named(name).fill(str(value))

    def save(self) -> None:
        """Press the button that saves."""
        lead_on(self.page.locator("main form.an-form .an-button--primary"))

    def summary(self) -> list[tuple[str, str]]:
        """Field and sentence of every line of the list of mistakes."""
        return [(name, told) for name, told in self.page.evaluate(_SUMMARY)]

    def told_at_fields(self) -> dict[str, str]:
        """The sentence at each field at fault, where it is seen."""
        return dict(self.page.evaluate(_AT_FIELDS))

    def led_to(self, name: str) -> str | None:
        """Press the line of the list of mistakes; the id of what has the focus then."""
        self.page.locator(f'.govuk-error-summary a[href="#field-{name}"]').click()
        focused: str | None = self.page.evaluate("document.activeElement.id")
        return focused

    def _named(self, name: str) -> Locator:
        return self.page.locator(f'form.an-form [name="{name}"]')

    def _tick(self, name: str, value: str) -> None:
        if value:
            box = f'form.an-form input[name="{name}"][value="{value}"]'
            self.page.locator(f"{box} + label").click()

    def _more_rows(self, roster: str) -> None:
        lead_on(self.page.locator(f'button[name="_more"][value="{roster}"]'))

    def _look_up(self, name: str, text: str) -> None:
        """Type into the searching box and take what is found, or leave what was typed."""
        code = self._named(name)
        box = self.page.locator(f'[name="{name}"] + .an-lookup')
        if text and code.get_attribute("data-url"):
            with self.page.expect_response(lambda answer: "/lookup/" in answer.url):
                box.locator("input").fill(text)
        else:  # nothing is asked for, or the choices stand in the page
            box.locator("input").fill(text)
        found = box.get_by_role("option")
        if text and found.count() == 1:
            found.click()
        self.page.keyboard.press("Escape")
