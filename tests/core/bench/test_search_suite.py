"""The bench of search runs whole on two small provinces and measures what it promises."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from core.bench.mistyping import beginning_of, family_last, tones_misplaced, without_accents
from core.bench.search_suite import run_search
from core.kit.text import fold

if TYPE_CHECKING:
    from core.settings import Settings


@pytest.mark.slow
def test_a_small_run_measures_searches_their_growth_and_their_recall(settings: Settings) -> None:
    said: list[str] = []
    ratios = {ratio.name: ratio for ratio in run_search(settings, "small", say=said.append)}
    assert {name: ratio.goal for name, ratio in ratios.items()} == {
        "search_commune": 20.0,
        "search_commune_p95": 20.0,
        "search_commune_beside_another": 1.2,
        "search_province": 20.0,
        "search_province_p95": 20.0,
        "search_province_beside_another": 1.2,
        "search_commune_recall": 0.98,
        "search_province_recall": 0.98,
    }
    # these two are no times: they hold on any machine
    assert ratios["search_commune_recall"].meets_goal
    assert ratios["search_province_recall"].meets_goal
    assert "child_name_token" in ratios["search_province"].plans[0]


@pytest.mark.parametrize(
    ("written", "typed"), [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Lan", "Lan"), ("Bé", "Bé")]
)
def test_a_tone_moves_to_the_vowel_beside(written: str, typed: str) -> None:
    assert tones_misplaced(written) == typed
    assert fold(typed) == fold(written)


def test_a_name_is_typed_in_other_ways() -> None:
    assert without_accents("Đỗ Ngọc Châu") == "Do Ngoc Chau"
    assert family_last("Đỗ Ngọc Châu") == "Ngọc Châu Đỗ"


def test_what_is_begun_has_two_letters_at_least() -> None:
    draw = random.Random(1)  # noqa: S311  no secret
    begun = {beginning_of("Đỗ Ngọc Châu", draw) for _ in range(100)}
    assert {len(text) >= 2 for text in begun} == {True}
    assert {"do ngoc chau", "chau"} & begun
