"""The one guard against text that a spreadsheet would run as a formula.

Whoever can type into a form could otherwise have a command run on the computer of the officer who
opens the list. Numbers are written as numbers and need no guard, so a real -5 stays -5.
Source: OWASP, CSV Injection (Formula Injection).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from core.kit.text import is_unseen

_SIGNS: Final = frozenset("=+-@−")
# The other programs' separators: a file read with the wrong one begins a cell at each of them.
_STARTS = re.compile(r"[;,|\t\r\n]")
APOSTROPHE: Final = "'"


def could_be_formula(text: str) -> bool:
    """Whether the first thing seen is a sign that begins a formula, full-width ones included."""
    for char in text:
        if not (char.isspace() or is_unseen(char)):
            return unicodedata.normalize("NFKC", char)[:1] in _SIGNS
    return False


def disarmed(text: str) -> str:
    """The text for a file without types: an apostrophe before whatever could begin a formula.

    That is how one types such a text into a spreadsheet by hand, so readers know what it means.
    """
    if text[:1].isalnum() and _STARTS.search(text) is None:
        return text  # as nearly all: no letter and no digit is a sign in another width
    starts = [0, *(found.end() for found in _STARTS.finditer(text))]
    ends = [*starts[1:], len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return "".join(APOSTROPHE + part if could_be_formula(part) else part for part in parts)
