"""The formats a report can be had in, and the one function that makes any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from core.kit.errors import MalformedError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.kit.language import Language
    from core.reports.document import ReportDocument

Format = Literal["html", "docx", "pdf", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "html": "text/html; charset=utf-8",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file: its bytes, its media type, and its extension without the dot."""

    content: bytes
    media_type: str
    extension: Format


class UnknownFormatError(MalformedError):
    """No report is made in such a format."""

    code = "reports.unknown_format"

    def __init__(self) -> None:
        """Name the formats there are."""
        known = ", ".join(FORMATS)
        super().__init__(
            Text(
                vi=f"Báo cáo chỉ có các định dạng: {known}.",
                en=f"A report can be had as: {known}.",
            )
        )


def parse_format(text: str) -> Format:
    """Read a format's name.

    Raises:
        UnknownFormatError: there is none of this name.
    """
    for known in FORMATS:
        if text == known:
            return known
    raise UnknownFormatError


def render(document: ReportDocument, format: Format, language: Language = "vi") -> Rendered:  # noqa: A002  the word of the command line and of the addresses
    """The report in one format; the numbers are the same in each."""
    return Rendered(_make(document, format, language), MEDIA_TYPES[format], format)


def _make(document: ReportDocument, chosen: Format, language: Language) -> bytes:
    # each library is loaded only when its format is asked for
    if chosen == "html":
        from core.reports.html import to_html

        return to_html(document, language).encode()
    if chosen == "docx":
        from core.reports.docx import to_docx

        return to_docx(document, language)
    if chosen == "pdf":
        from core.reports.pdf import to_pdf

        return to_pdf(document, language)
    from core.reports.xlsx import to_xlsx

    return to_xlsx(document, language)
