"""Text in the two languages of the platform: Vietnamese first, English second, both complete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages; neither may be empty.

    Raises:
        ValueError: a language is missing, so that an untranslated text cannot be declared.
    """

    vi: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a text that lacks a language."""
        if not self.vi.strip() or not self.en.strip():
            raise ValueError(f"Text needs both languages: vi={self.vi!r}, en={self.en!r}")

    def read(self, language: Language) -> str:
        """The text in one language."""
        return self.vi if language == "vi" else self.en

    def fill(self, **values: object) -> Text:
        """Both languages with ``{name}`` fields filled in by ``str.format``."""
        return Text(vi=self.vi.format(**values), en=self.en.format(**values))
