"""The one guard against text that a spreadsheet would run as a formula.

Whoever can type into a form could otherwise have a command run on the computer of the officer who
opens the list. Numbers are written as numbers and need no guard, so a real -5 stays -5.
Source: OWASP, CSV Injection (Formula Injection).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from core.kit.text import is_unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS: Final = frozenset("=+-@−")
# The other programs' separators: a file read with the wrong one begins a cell at each of them.
_SEPARATORS: Final = ";,|\t\r\n"
# Hangul has four letters that are not seen.
_UNSEEN_LETTERS: Final = "\u115f\u1160\u3164\uffa0"
_STARTS = re.compile(f"[{_SEPARATORS}]")
# As nearly all texts: no sign at which a cell begins, and first a letter or digit that is seen;
# none of these is a sign in another width.
_PLAIN = re.compile(rf"(?![{_UNSEEN_LETTERS}])\w[^{_SEPARATORS}]*")
APOSTROPHE: Final = "'"


def could_be_formula(text: str) -> bool:
    """Whether the first thing seen is a sign that begins a formula, full-width ones included."""
    for char in text:
        if not (char.isspace() or is_unseen(char)):
            return unicodedata.normalize("NFKC", char)[:1] in _SIGNS
    return False


def are_plain(texts: Sequence[str]) -> bool:
    """Whether ``disarmed`` would give all of many texts back as they are, told by them together.

    None of them has a separator then. It may say no where it would: a text without a first letter
    or digit is looked at by itself.
    """
    together, firsts = "".join(texts), "".join([text[:1] for text in texts])
    return (
        len(firsts) == len(texts)
        and firsts.isalnum()
        and not any(letter in firsts for letter in _UNSEEN_LETTERS)
        and not any(separator in together for separator in _SEPARATORS)
    )


def disarmed(text: str) -> str:
    """The text for a file without types: an apostrophe before whatever could begin a formula.

    That is how one types such a text into a spreadsheet by hand, so readers know what it means.
    """
    if _PLAIN.fullmatch(text):
        return text
    starts = [0, *(found.end() for found in _STARTS.finditer(text))]
    ends = [*starts[1:], len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return "".join(APOSTROPHE + part if could_be_formula(part) else part for part in parts)
