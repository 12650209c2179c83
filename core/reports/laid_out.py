"""A report in one language: numbered parts and finished texts, the one base of every output."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from core.kit.language import Language, Text
from core.kit.numbers import format_number
from core.kit.periods import official_date
from core.plugin_api.documents import Block, Figure, FigureState, Heading, Paragraph, Table
from core.reports.chart import LaidChart, chart_of
from core.reports.laid_cell import LaidCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.plugin_api.documents import Cell
    from core.reports.document import DocumentSection, ReportDocument

# The Vietnamese alphabet, by which points are numbered.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CLAUSE_LEVEL = 2
# "+3", "-1.204", "0", "95%", "2/34": a text that stands for a number, as a difference does.
# Digits that are not grouped are no such text: "2018" is a year.
_NUMBER_LIKE: Final[dict[Language, re.Pattern[str]]] = {
    "vi": re.compile(r"(?:[≥≤><] )?[+\-−]?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?|\d+/\d+"),
    "en": re.compile(r"(?:[≥≤><] )?[+\-−]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?|\d+/\d+"),
}
# Controls, invisible marks (some turn the direction of writing), halves of letters, no letters.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
END_MARK: Final = "./."

STATES = {
    FigureState.NOT_ENABLED: Text(vi="Chưa triển khai", en="Not in operation"),
    FigureState.NOT_REPORTED: Text(vi="Chưa có số liệu", en="Not reported"),
    FigureState.NIL_RETURN: Text(vi="Không phát sinh", en="None occurred"),
    FigureState.SUPPRESSED: Text(vi="Không công bố", en="Not disclosed"),
    FigureState.NOT_AVAILABLE: Text(vi="Tạm thời chưa có số liệu", en="Not available now"),
}
WORDS = {
    "nation": Text(vi="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", en="SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": Text(vi="Độc lập - Tự do - Hạnh phúc", en="Independence - Freedom - Happiness"),
    "type": Text(vi="BÁO CÁO", en="REPORT"),
    "number": Text(vi="Số", en="No."),
    "to": Text(vi="Kính gửi", en="To"),
    "recipients": Text(vi="Nơi nhận", en="Recipients"),
    "table": Text(vi="Bảng", en="Table"),
    "row_number": Text(vi="STT", en="No."),
    "note": Text(vi="Ghi chú", en="Note"),
    "contents": Text(vi="Lời văn", en="Text"),
    "chart": Text(vi="Biểu đồ", en="Chart"),
    "opens": Text(vi="Xem số liệu", en="See the figures"),
}
PartKind = Literal["clause", "point", "paragraph", "words", "table"]


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table with its number in the document; the column of row numbers is the output's."""

    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[LaidCell, ...], ...]
    note: str = ""
    chart: LaidChart | None = None

    def texts_by_column(self) -> tuple[tuple[str, ...], ...]:
        """Column by column, the heading first."""
        return tuple(
            (heading, *(row[at].text for row in self.rows if at < len(row)))
            for at, heading in enumerate(self.columns)
        )


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A heading, a paragraph or a table; ``codes`` are those of the figures a paragraph states."""

    kind: PartKind
    text: str = ""
    codes: str = ""
    table: LaidTable | None = None


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A numbered section."""

    code: str
    title: str
    parts: tuple[LaidPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """The whole report as it is read; ``end_mark`` is empty when the last sentence carries it."""

    language: Language
    words: dict[str, str]
    parent_agency: str
    agency: str
    number: str
    place_and_date: str
    subject: str
    addressees: tuple[str, ...]
    opening: str
    notice: str
    sections: tuple[LaidSection, ...]
    end_mark: str
    recipients: tuple[str, ...]
    signer: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name of the document in a list of files."""
        return f"{self.words['type']} - {self.subject}"


def lay_out(document: ReportDocument, language: Language = "vi") -> LaidOut:
    """The report in one language; number and day are the clerk's and left open when not given."""
    head = document.letterhead
    words = {name: text.read(language) for name, text in WORDS.items()}
    sections, end_mark = _ended(tuple(_sections(document, language)))
    parent = _read(head.parent_agency, language)
    return LaidOut(
        language=language,
        words=words,
        parent_agency=parent.upper(),
        agency=_read(head.agency, language).upper(),
        number=_clean(f"{words['number']}: ……/{head.number_symbol}"),
        place_and_date=_clean(_place_and_date(document, language)),
        subject=_read(document.subject, language),
        addressees=_read_all(head.addressees, language),
        opening=_read(document.opening, language),
        notice=_read(document.notice, language),
        sections=sections,
        end_mark=end_mark,
        recipients=_read_all(head.recipients, language),
        signer=tuple(line.upper() for line in _read_all(head.signer, language)),
    )


def figure_text(figure: Figure, language: Language = "vi") -> str:
    """A figure as people read it: grouped digits, one decimal in a ratio, or why there is none."""
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return STATES.get(figure.state, STATES[FigureState.NOT_REPORTED]).read(language)
    return format_number(figure.value, _decimals(figure), language)


def roman(number: int) -> str:
    """I, II, III, … for the parts of a document."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def listed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a list as official documents write it: a dash, semicolons, a stop at the end."""
    last = len(texts) - 1
    return tuple(f"- {text}{'.' if at == last else ';'}" for at, text in enumerate(texts))


def _sections(document: ReportDocument, language: Language) -> Iterator[LaidSection]:
    tables = 0
    for number, section in enumerate(document.sections, start=1):
        parts, tables = _parts(section, tables, language)
        title = f"{roman(number)}. {_read(section.title, language).upper()}"
        yield LaidSection(section.code, title, parts)


def _parts(
    section: DocumentSection, tables: int, language: Language
) -> tuple[tuple[LaidPart, ...], int]:
    parts: list[LaidPart] = []
    clause, point = 0, 0
    for block in section.blocks:
        if isinstance(block, Heading):
            is_clause = block.level <= _CLAUSE_LEVEL
            clause, point = (clause + 1, 0) if is_clause else (clause, point + 1)
            label = f"{clause}." if is_clause else f"{_LETTERS[(point - 1) % len(_LETTERS)]})"
            kind: PartKind = "clause" if is_clause else "point"
            parts.append(LaidPart(kind, f"{label} {_read(block.text, language)}"))
        else:
            tables += isinstance(block, Table)
            parts.append(_block(block, tables, language))
    lines = (_clean(line).strip() for line in (section.words or "").split("\n"))
    parts.extend(LaidPart("words", line) for line in lines if line)
    return tuple(parts), tables


def _block(block: Block, tables: int, language: Language) -> LaidPart:
    if isinstance(block, Paragraph):
        codes = dict.fromkeys(figure.code for figure in block.figures)
        return LaidPart("paragraph", _read(block.text, language), " ".join(codes))
    assert isinstance(block, Table)
    rows = tuple(
        tuple(_cell(cell, language, is_first=at == 0) for at, cell in enumerate(row))
        for row in block.rows
    )
    chart = None
    if block.drawn is not None:
        heading = _read(block.columns[block.drawn], language)
        chart = chart_of(f"{_read(block.caption, language)}: {heading}", block.drawn, rows)
    table = LaidTable(
        label=f"{WORDS['table'].read(language)} {tables}",
        caption=_read(block.caption, language),
        columns=_read_all(block.columns, language),
        rows=rows,
        note=_read(block.note, language),
        chart=chart,
    )
    return LaidPart("table", table=table)


def _cell(cell: Cell, language: Language, *, is_first: bool) -> LaidCell:
    if isinstance(cell, Figure):
        text, state = figure_text(cell, language), cell.state.value
        if cell.state is not FigureState.NUMBER or cell.value is None:
            return LaidCell(text, "none", cell.code, state)
        return LaidCell(text, "number", cell.code, state, _plain(text, language))
    text = _read(cell, language) if isinstance(cell, Text) else _clean(cell or "")
    if is_first or _NUMBER_LIKE[language].fullmatch(text) is None:
        return LaidCell(text)
    # a sign is never parted from its number
    return LaidCell(
        text.replace(" ", "\N{NO-BREAK SPACE}"), "difference", value=_plain(text, language)
    )


def _plain(text: str, language: Language) -> Decimal | None:
    """The number that a text states in digits, none with a sign like ≥ or %."""
    group, point = (".", ",") if language == "vi" else (",", ".")
    digits = text.replace(group, "").replace(point, ".").replace("−", "-")
    return Decimal(digits) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", digits) else None


def _decimals(figure: Figure) -> int:
    is_whole = figure.denominator is None or figure.value is None or figure.value % 1 == 0
    return 0 if is_whole else 1


def _ended(sections: tuple[LaidSection, ...]) -> tuple[tuple[LaidSection, ...], str]:
    """The closing mark after the last sentence, or by itself when the text ends with a table."""
    last = sections[-1].parts[-1] if sections and sections[-1].parts else None
    if last is None or last.kind not in {"paragraph", "words"}:
        return sections, END_MARK
    ended = replace(last, text=last.text.rstrip(". ") + END_MARK)
    section = replace(sections[-1], parts=(*sections[-1].parts[:-1], ended))
    return (*sections[:-1], section), ""


def _place_and_date(document: ReportDocument, language: Language) -> str:
    place = document.letterhead.place
    if language == "vi":
        if document.dated is not None:
            return official_date(document.dated, place)
        return f"{place}, ngày …… tháng …… năm {document.cut_off.year}"
    if document.dated is not None:
        return f"{place}, {document.dated.isoformat()}"
    return f"{place}, …… / …… / {document.cut_off.year}"


def _read(text: Text | None, language: Language) -> str:
    return _clean(text.read(language)) if text is not None else ""


def _read_all(texts: Iterable[Text], language: Language) -> tuple[str, ...]:
    return tuple(_read(text, language) for text in texts)


def _clean(text: str) -> str:
    """Composed letters, without the signs nobody sees: office files refuse some, others deceive."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        each for each in composed if each in "\t\n" or unicodedata.category(each) not in _UNSEEN
    )
