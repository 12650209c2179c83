"""A report as one stand-alone page that prints on A4 as an official document.

Source: Decree 30/2020/NĐ-CP, Annex I (layout), as gathered in the page on official documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from core.kit.language import Language, Text
from core.kit.numbers import format_number
from core.kit.periods import official_date
from core.plugin_api.documents import Block, Figure, FigureState, Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api.documents import Cell
    from core.reports.document import DocumentSection, ReportDocument

# The Vietnamese alphabet, by which points are numbered.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

STATES = {
    FigureState.NOT_ENABLED: Text(vi="Chưa triển khai", en="Not in operation"),
    FigureState.NOT_REPORTED: Text(vi="Chưa có số liệu", en="Not reported"),
    FigureState.NIL_RETURN: Text(vi="Không phát sinh", en="None occurred"),
    FigureState.SUPPRESSED: Text(vi="Không công bố", en="Not disclosed"),
}
_WORDS = {
    "nation": Text(vi="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", en="SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": Text(vi="Độc lập - Tự do - Hạnh phúc", en="Independence - Freedom - Happiness"),
    "type": Text(vi="BÁO CÁO", en="REPORT"),
    "number": Text(vi="Số", en="No."),
    "to": Text(vi="Kính gửi", en="To"),
    "recipients": Text(vi="Nơi nhận", en="Recipients"),
    "table": Text(vi="Bảng", en="Table"),
    "row_number": Text(vi="STT", en="No."),
    "note": Text(vi="Ghi chú", en="Note"),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as text; ``code`` and ``state`` when it is a figure."""

    text: str
    code: str = ""
    state: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[_Cell, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading, a paragraph or a table with its number in the document."""

    kind: str
    text: str = ""
    codes: str = ""
    table: _Table | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    code: str
    title: str
    parts: tuple[_Part, ...]


def to_html(document: ReportDocument, language: Language = "vi") -> str:
    """The page, with its style inside; every figure carries its code in ``data-code``.

    Number and day are the clerk's and left open, the signer's name likewise.
    """
    head = document.letterhead
    template = _environment().get_template("report.html.jinja")
    return template.render(
        language=language,
        words={name: text.read(language) for name, text in _WORDS.items()},
        parent_agency=head.parent_agency.read(language).upper(),
        agency=head.agency.read(language).upper(),
        symbol=head.number_symbol,
        place_and_date=_place_and_date(document, language),
        subject=document.subject.read(language),
        addressees=[text.read(language) for text in head.addressees],
        opening=document.opening.read(language),
        notice=document.notice.read(language) if document.notice else "",
        sections=list(_sections(document, language)),
        recipients=[text.read(language) for text in head.recipients],
        signer=[text.read(language).upper() for text in head.signer],
    )


def figure_text(figure: Figure, language: Language = "vi") -> str:
    """A figure as people read it: grouped digits, one decimal in a ratio, or why there is none."""
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return STATES.get(figure.state, STATES[FigureState.NOT_REPORTED]).read(language)
    decimals = 0 if figure.denominator is None or figure.value % 1 == 0 else 1
    return format_number(figure.value, decimals, language)


def roman(number: int) -> str:
    """I, II, III, … for the parts of a document."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("core.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _place_and_date(document: ReportDocument, language: Language) -> str:
    place = document.letterhead.place
    if language == "vi":
        if document.dated is not None:
            return official_date(document.dated, place)
        return f"{place}, ngày …… tháng …… năm {document.cut_off.year}"
    if document.dated is not None:
        return f"{place}, {document.dated.isoformat()}"
    return f"{place}, …… / …… / {document.cut_off.year}"


def _sections(document: ReportDocument, language: Language) -> Iterator[_Section]:
    tables = 0
    for number, section in enumerate(document.sections, start=1):
        parts, tables = _parts(section, tables, language)
        title = f"{roman(number)}. {section.title.read(language).upper()}"
        yield _Section(section.code, title, parts)


def _parts(
    section: DocumentSection, tables: int, language: Language
) -> tuple[tuple[_Part, ...], int]:
    parts: list[_Part] = []
    clause, point = 0, 0
    for block in section.blocks:
        if isinstance(block, Heading):
            clause, point = (clause + 1, 0) if block.level <= 2 else (clause, point + 1)  # noqa: PLR2004  the level of clauses
            label = f"{clause}." if point == 0 else f"{_LETTERS[(point - 1) % len(_LETTERS)]})"
            kind = "clause" if point == 0 else "point"
            parts.append(_Part(kind, f"{label} {block.text.read(language)}"))
        else:
            tables += isinstance(block, Table)
            parts.append(_block(block, tables, language))
    lines = (line.strip() for line in (section.words or "").split("\n"))
    parts.extend(_Part("words", line) for line in lines if line)
    return tuple(parts), tables


def _block(block: Block, tables: int, language: Language) -> _Part:
    if isinstance(block, Paragraph):
        codes = dict.fromkeys(figure.code for figure in block.figures)
        return _Part("paragraph", block.text.read(language), " ".join(codes))
    assert isinstance(block, Table)
    table = _Table(
        label=f"{_WORDS['table'].read(language)} {tables}",
        caption=block.caption.read(language),
        columns=tuple(column.read(language) for column in block.columns),
        rows=tuple(tuple(_cell(cell, language) for cell in row) for row in block.rows),
        note=block.note.read(language) if block.note else "",
    )
    return _Part("table", table=table)


def _cell(cell: Cell, language: Language) -> _Cell:
    if isinstance(cell, Figure):
        is_number = cell.state is FigureState.NUMBER
        return _Cell(figure_text(cell, language), cell.code, cell.state.value, is_number)
    if isinstance(cell, Text):
        return _Cell(cell.read(language))
    return _Cell(cell or "")
