"""Vietnamese text: one stored form, one search form, one sort key; all made here, never in SQL.

The database has no Vietnamese collation to lean on, and under row security only plain comparisons
of text may use an index. So what is searched or sorted is stored as ASCII made by this module.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Words met lately, without what stood around them: the same few thousand make up all names.
_KEPT = 8192

# Control (Cc), format (Cf) and surrogate (Cs) characters show nothing and hide much: a zero-width
# blank in a name makes a second child of the first, and a spreadsheet formula may hide behind one.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
# Drawn as nothing although Unicode does not call them format characters.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(chr(code) for code in range(0xFE00, 0xFE10))
    + "".join(chr(code) for code in range(0xE0100, 0xE01F0)),
)

# Đ has no decomposition. Old files and foreign keyboards write the look-alikes ð and ɖ for it.
_STROKED_D = frozenset("đðɖ")
# Written inside a word ("H'Mông"), typed or left out at will: they do not part words.
_APOSTROPHES = str.maketrans(dict.fromkeys("'`´‘’ʹʻʼˈ′＇"))

# After a letter these sort behind every letter and digit: "an" < "ă" because "n" < "{".
_SHAPES = {"\u0306": "{", "\u0302": "|", "\u031b": "}"}  # ă · â ê ô · ơ ư
_STROKE = "d}"
# Source: the order of tones in Vietnamese dictionaries: (ngang), huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(value: str) -> str:
    """One line of text as it is stored and shown: NFC, stripped, inner white space single.

    Control and invisible characters are removed, line breaks become blanks: not for text of
    several lines. The writer's tone placement ("hoà", "hòa") and letters stay as they are.
    """
    seen = value
    if not (value.isprintable() and _UNSEEN.isdisjoint(value)):
        seen = "".join(char for char in value if char.isspace() or not is_unseen(char))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing at all; a blank is seen as a gap."""
    return unicodedata.category(char) in _UNSEEN_CATEGORIES or char in _UNSEEN


def fold(value: str) -> str:
    """The search form: words of ``[a-z0-9]`` parted by single blanks; may be empty.

    Case, accents, tone placement and đ are levelled; anything else between letters parts words,
    only apostrophes do not ("H'Mông" is found as "hmong").
    """
    return " ".join(part for part in map(_folded_word, nfc(value).split()) if part)


@lru_cache(maxsize=_KEPT)
def _folded_word(word: str) -> str:
    """The folded words within what stands between two blanks."""
    folded = (
        "d" if char in _STROKED_D else char if _is_plain(char) else " "
        for char in _decomposed(word)
        if not unicodedata.category(char).startswith("M")
    )
    return " ".join("".join(folded).split())


def name_tokens(value: str) -> tuple[str, ...]:
    """The folded words of a name, in their order, for the table of search tokens."""
    return tuple(fold(value).split())


def vi_sort_key(value: str) -> str:
    """A printable ASCII key whose byte order (C collation) is Vietnamese dictionary order.

    Base letters decide first (a < ă < â < b … d < đ < e < ê … o < ô < ơ … u < ư), word by word, a
    shorter word first; tones only break a tie. Case, punctuation and tone placement do not count,
    so equal keys do not mean equal text: order by key, then id.
    """
    words = [word for written in nfc(value).split() for word in _sorted_words(written)]
    base = "-".join(letters for letters, _ in words)
    tie = "-".join(tones for _, tones in words).rstrip("-")
    # blank < "-" < digits < letters < shapes: a text is before its own continuations.
    return f"{base} {tie}" if tie else base


@lru_cache(maxsize=_KEPT)
def _sorted_words(written: str) -> tuple[tuple[str, str], ...]:
    """The letters and tones of each word within what stands between two blanks."""
    words: list[tuple[str, str]] = []
    letters = tones = ""
    for char in _decomposed(written) + " ":
        if char in _STROKED_D:
            letters += _STROKE
        elif _is_plain(char):
            letters += char
        elif unicodedata.category(char).startswith("M"):
            letters += _SHAPES.get(char, "") if letters else ""
            tones += _TONES.get(char, "") if letters else ""
        elif letters:
            words.append((letters, tones))
            letters = tones = ""
    return tuple(words)


def _is_plain(char: str) -> bool:
    """Whether it is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def _decomposed(value: str) -> str:
    """Lower case, compatibility forms resolved, marks apart; unseen characters, apostrophes out."""
    # Apostrophes first: "´" would decompose into a blank with an accent and part the word.
    plain = unicodedata.normalize("NFKD", nfc(value).translate(_APOSTROPHES))
    return unicodedata.normalize("NFKD", plain.casefold())
