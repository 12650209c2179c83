"""How people type a name that they look for: without accents, in another order, begun only."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS: Final = "aeiouy"
_LEAST_LETTERS: Final = 2


def without_accents(name: str) -> str:
    """No accent, no đ."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def family_last(name: str) -> str:
    """The family name behind the given name, as foreigners' forms have it."""
    family, *rest = name.split()
    return " ".join([*rest, family])


def tones_misplaced(name: str) -> str:
    """Each tone on the next vowel of its word, or on the one before: "Hoà" for "Hòa"."""
    return " ".join(_tone_moved(word) for word in name.split())


def _tone_moved(word: str) -> str:
    letters: list[str] = []  # each with its marks but the tone
    tone, at = "", -1
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone, at = char, len(letters) - 1
        elif unicodedata.combining(char) and letters:
            letters[-1] += char
        else:
            letters.append(char)
    vowels = [place for place, letter in enumerate(letters) if letter[0].lower() in _VOWELS]
    if tone and len(vowels) > 1 and at in vowels:
        beside = vowels.index(at) + 1
        at = vowels[beside] if beside < len(vowels) else vowels[beside - 2]
    if tone:
        letters[at] += tone
    return unicodedata.normalize("NFC", "".join(letters))


TYPED: Final[Mapping[str, Callable[[str], str]]] = {
    "as written": str,
    "without accents": without_accents,
    "family name last": family_last,
    "both": lambda name: family_last(without_accents(name)),
    "tones misplaced": tones_misplaced,
    "tones misplaced, family name last": lambda name: family_last(tones_misplaced(name)),
    "decomposed capitals": lambda name: unicodedata.normalize("NFD", name).upper(),
}


def beginning_of(name: str, draw: Random) -> str:
    """What has been typed of a name when the search is asked: two letters up to the whole."""
    words = without_accents(name).lower().split()
    kept = draw.choice((words, words[-1:], [words[0], words[-1]], words[-2:]))
    text = " ".join(kept)
    return text[: draw.randint(_LEAST_LETTERS, max(_LEAST_LETTERS, len(text)))]
