"""What people write beside a report: one form of Vietnamese letters, no control characters."""

from __future__ import annotations

import unicodedata
from typing import Final

from core.kit.errors import MalformedError
from core.kit.language import Text

LONGEST: Final = 2_000


def tidied(words: str) -> str:
    """The words in NFC, lines kept, without outer blanks and signs that nobody can see.

    Raises:
        MalformedError: they are longer than anybody reads.
    """
    lines = unicodedata.normalize("NFC", words).replace("\r\n", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c)[0] != "C").strip()
    if len(kept) > LONGEST:
        raise MalformedError(
            Text(
                vi=f"Nội dung dài quá {LONGEST} ký tự. Hãy viết ngắn hơn.",
                en=f"The text is longer than {LONGEST} characters. Shorten it.",
            )
        )
    return kept
