"""The officers' own words in a report: kept, never written over unseen, shown in the document."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.isolation.web_world import Visitor, World

PERIOD = "2017-H2"
PATH = f"/reports/{PERIOD}/words"
OVERVIEW = "core-children_overview"


@pytest.fixture
def officer(world: World) -> Visitor:
    return world.visitor("an_giang", "province_officer")


def shown(text: str) -> dict[str, str]:
    """What a page would send back: the words and the marks of what was there."""
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    marks = re.findall(r'name="([^"]+_was)" value="([^"]+)"', text)
    return {name: unescape(value) for name, value in (*areas, *marks)}


def test_words_are_kept_and_stand_in_the_document(world: World, officer: Visitor) -> None:
    form = shown(world.get(officer, PATH).text)
    assert form[OVERVIEW] == ""
    words = "Nguyên nhân: lũ về sớm <b>.\nKiến nghị: hai lớp bơi."
    saved = world.post(officer, PATH, form | {OVERVIEW: words})
    assert (saved.status_code, saved.headers["location"]) == (303, f"/reports/{PERIOD}")
    assert shown(world.get(officer, PATH).text)[OVERVIEW] == words
    document = world.get(officer, f"/reports/{PERIOD}/document").text
    assert "Nguyên nhân: lũ về sớm &lt;b&gt;." in document
    assert "Kiến nghị: hai lớp bơi." in document
    assert PATH in world.get(officer, f"/reports/{PERIOD}").text


def test_what_somebody_else_saved_meanwhile_is_not_written_over_unseen(
    world: World, officer: Visitor
) -> None:
    mine = shown(world.get(officer, PATH).text)
    theirs = shown(world.get(officer, PATH).text) | {OVERVIEW: "Lời của người khác."}
    assert world.post(officer, PATH, theirs).status_code == 303
    refused = world.post(officer, PATH, mine | {OVERVIEW: "Lời của tôi."})
    assert refused.status_code == 422
    assert "Lời của người khác." in refused.text
    again = shown(refused.text)
    assert again[OVERVIEW] == "Lời của tôi."
    assert shown(world.get(officer, PATH).text)[OVERVIEW] == "Lời của người khác."
    assert world.post(officer, PATH, again).status_code == 303
    assert shown(world.get(officer, PATH).text)[OVERVIEW] == "Lời của tôi."


def test_words_that_are_too_long_are_told_at_their_section_and_nothing_is_lost(
    world: World, officer: Visitor
) -> None:
    form = shown(world.get(officer, PATH).text)
    other = next(name for name in form if name != OVERVIEW and not name.endswith("_was"))
    sent = form | {OVERVIEW: "dài " * 2600, other: "Lời ngắn."}
    refused = world.post(officer, PATH, sent)
    assert refused.status_code == 422
    assert "Nội dung dài quá 10000 ký tự" in refused.text
    assert f'href="#{OVERVIEW}"' in refused.text
    assert shown(refused.text)[other] == "Lời ngắn."
    assert shown(world.get(officer, PATH).text) == form


def test_a_report_that_waits_for_approval_takes_no_words_and_says_why(
    world: World, officer: Visitor
) -> None:
    form = shown(world.get(officer, PATH).text)
    for code in ("draft", "submit"):
        assert world.post(officer, f"/reports/{PERIOD}/steps/{code}", {}).status_code == 303
    refused = world.post(officer, PATH, form | {OVERVIEW: "Thêm một câu."})
    assert refused.status_code == 409
    assert shown(refused.text)[OVERVIEW] == "Thêm một câu."
    assert PATH not in world.get(officer, f"/reports/{PERIOD}").text
