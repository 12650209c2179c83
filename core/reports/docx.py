"""A report as an office file, for officers to finish in their word processor."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt, RGBColor

from core.reports.chart import to_png
from core.reports.docx_marks import (
    add_page_number,
    frame,
    keep_row,
    rule_under,
    set_grid,
    steady,
    use_font,
)
from core.reports.laid_out import lay_out, listed
from core.reports.layout import LAYOUT
from core.reports.paper import paper_head, paper_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

    from core.kit.language import Language
    from core.reports.chart import LaidChart
    from core.reports.document import ReportDocument
    from core.reports.laid_cell import LaidCell
    from core.reports.laid_out import LaidOut, LaidPart
    from core.reports.paper import PaperTable

_LANGUAGES: Final[dict[Language, str]] = {"vi": "vi-VN", "en": "en-GB"}
_LEVELS: Final = {"clause": 2, "point": 3}
_POINT_LEVEL: Final = 3
_RULE_PT: Final = 4  # the height of the empty paragraph that carries a rule


def to_docx(document: ReportDocument, language: Language = "vi") -> bytes:
    """The report with real headings and tables that repeat their head; the same bytes each time."""
    report = lay_out(document, language)
    file = docx.Document()
    _set_up(file, report)
    _describe(file, report, document)
    _write_head(file, report)
    for section in report.sections:
        file.add_heading(section.title, 1)
        for part in section.parts:
            _write_part(file, part, report)
    _write_end(file, report)
    _write_closing(file, report)
    made = BytesIO()
    file.save(made)
    return steady(made.getvalue())


def _set_up(file: Document, report: LaidOut) -> None:
    language = _LANGUAGES[report.language]
    styles: Any = file.styles
    normal = styles["Normal"]
    use_font(normal, language)
    normal.font.size = Pt(LAYOUT.body_pt)
    for level in (1, 2, 3):
        style = styles[f"Heading {level}"]
        use_font(style, language)
        style.font.size = Pt(LAYOUT.body_pt)
        style.font.bold = True
        style.font.italic = level == _POINT_LEVEL
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.first_line_indent = Mm(LAYOUT.first_line_mm)
        style.paragraph_format.space_before = Pt(LAYOUT.between_paragraphs_pt * 1.3)
        style.paragraph_format.space_after = Pt(LAYOUT.between_paragraphs_pt)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(LAYOUT.page_width_mm), Mm(LAYOUT.page_height_mm)
    section.top_margin, section.bottom_margin = Mm(LAYOUT.top_mm), Mm(LAYOUT.bottom_mm)
    section.left_margin, section.right_margin = Mm(LAYOUT.left_mm), Mm(LAYOUT.right_mm)
    section.header_distance = section.footer_distance = Mm(LAYOUT.page_number_from_top_mm)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    _tighten(number, ALIGN.CENTER)
    add_page_number(number)
    for run in number.runs:
        run.font.size = Pt(LAYOUT.page_number_pt)
    if report.notice:
        footer = section.footer.paragraphs[0]
        _tighten(footer, ALIGN.CENTER)
        _run(footer, report.notice, LAYOUT.recipients_pt - 1, italic=True)


def _describe(file: Document, report: LaidOut, document: ReportDocument) -> None:
    """What the file says of itself; its day is the letter's or the last counted."""
    about = file.core_properties
    day = datetime.combine(document.dated or document.cut_off, time(), UTC)
    about.title, about.author, about.language = report.title, report.agency, report.language
    about.comments, about.keywords = report.notice, document.period_code
    about.created = about.modified = day
    about.last_modified_by, about.revision = "", 1


def _write_head(file: Document, report: LaidOut) -> None:
    if report.notice:
        notice = _paragraph(file, report.notice, align=ALIGN.CENTER, indent=False)
        frame(notice)
        notice.paragraph_format.space_after = Pt(10)
    head = paper_head(report)
    left = LAYOUT.text_width_mm * LAYOUT.left_share
    right = LAYOUT.text_width_mm - left
    table = file.add_table(rows=2, cols=2)
    set_grid(table, (left, right), borders=False)
    issuer, nation = table.rows[0].cells
    _lines(issuer, head.parent_agency, LAYOUT.agency_pt)
    _lines(issuer, head.agency, LAYOUT.agency_pt, bold=True)
    _rule(issuer.add_paragraph(), head.agency_rule_mm, left)
    _lines(nation, (report.words["nation"],), LAYOUT.country_pt, bold=True)
    _lines(nation, (report.words["motto"],), LAYOUT.motto_pt, bold=True)
    _rule(nation.add_paragraph(), head.motto_rule_mm, right)
    number, dated = table.rows[1].cells
    _lines(number, (report.number,), LAYOUT.number_pt)
    _lines(dated, (report.place_and_date,), LAYOUT.number_pt, italic=True)
    _write_titles(file, report, head.subject_rule_mm)
    _write_addressees(file, report)
    _paragraph(file, report.opening)


def _write_titles(file: Document, report: LaidOut, rule_mm: float) -> None:
    title = file.add_paragraph()
    _tighten(title, ALIGN.CENTER)
    title.paragraph_format.space_before = Pt(16)
    _run(title, report.words["type"], LAYOUT.title_pt, bold=True)
    subject = file.add_paragraph()
    _tighten(subject, ALIGN.CENTER)
    _run(subject, report.subject, LAYOUT.subject_pt, bold=True)
    rule = file.add_paragraph()
    _rule(rule, rule_mm, LAYOUT.text_width_mm)
    rule.paragraph_format.space_after = Pt(8)


def _write_addressees(file: Document, report: LaidOut) -> None:
    to = report.words["to"]
    if len(report.addressees) == 1:
        text = f"{to}: {report.addressees[0]}."
        _paragraph(file, text, align=ALIGN.CENTER, indent=False)
    elif report.addressees:
        _paragraph(file, f"{to}:", indent=False).paragraph_format.left_indent = Mm(35)
        for line in listed(report.addressees):
            each = _paragraph(file, line, align=ALIGN.LEFT, indent=False)
            each.paragraph_format.left_indent = Mm(50)
            each.paragraph_format.space_after = Pt(2)
        file.paragraphs[-1].paragraph_format.space_after = Pt(LAYOUT.between_paragraphs_pt)


def _write_part(file: Document, part: LaidPart, report: LaidOut) -> None:
    if part.table is not None:
        for piece in paper_tables(part.table, report.words["row_number"]):
            _write_table(file, piece, report.words["note"])
        if part.table.chart is not None:
            _write_chart(file, part.table.chart, report.words["chart"])
    elif part.kind in _LEVELS:
        file.add_heading(part.text, _LEVELS[part.kind])
    else:
        _paragraph(file, part.text)


def _write_chart(file: Document, chart: LaidChart, word: str) -> None:
    """The bars as a picture, with their words for those who do not see it."""
    title = _paragraph(file, "", align=ALIGN.CENTER, indent=False)
    _run(title, f"{word}. {chart.title}", LAYOUT.table_pt, bold=True)
    _keep_with_next([title])
    shown = _paragraph(file, "", align=ALIGN.CENTER, indent=False)
    picture = shown.add_run().add_picture(BytesIO(to_png(chart)), width=Mm(LAYOUT.chart_mm))
    picture._inline.docPr.set("descr", chart.described)  # noqa: SLF001  the library has no other way


def _write_table(file: Document, piece: PaperTable, note: str) -> None:
    caption = file.add_paragraph()
    _tighten(caption, ALIGN.CENTER)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(4)
    caption.paragraph_format.keep_with_next = True
    _run(caption, piece.title, LAYOUT.table_pt, bold=True)
    table = file.add_table(rows=len(piece.rows) + 1, cols=len(piece.headings))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_grid(table, piece.widths_mm, borders=True)
    top, *rows = table.rows
    keep_row(top, heading=True)
    for cell, heading in zip(top.cells, piece.headings, strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        _fill(cell, heading, ALIGN.CENTER, bold=True)
    for number, (row, cells) in enumerate(zip(rows, piece.rows, strict=True), start=1):
        keep_row(row)
        first, *others = row.cells
        _fill(first, str(number), ALIGN.CENTER)
        for cell, laid in zip(others, cells, strict=True):
            _fill(cell, laid.text, _align(laid), italic=laid.kind == "none")
    is_small = len(rows) <= LAYOUT.whole_up_to_rows
    kept = (top, *rows[:-1]) if is_small else (top,)
    for row in (*kept, *rows[-1:]) if piece.note else kept:
        _keep_with_next(_paragraphs_of(row))
    below = file.add_paragraph()
    _tighten(below, ALIGN.LEFT)
    below.paragraph_format.space_after = Pt(LAYOUT.between_paragraphs_pt)
    if piece.note:
        below.paragraph_format.space_before = Pt(LAYOUT.cell_above_pt)
        _run(below, f"{note}: {piece.note}", LAYOUT.table_pt, italic=True)
    else:
        below.paragraph_format.line_spacing = Pt(_RULE_PT)


def _write_end(file: Document, report: LaidOut) -> None:
    """The closing mark; what stands before it stays with it: no signature alone on a page."""
    kept = file.paragraphs[-1:]
    if report.end_mark:
        kept.append(_paragraph(file, report.end_mark, align=ALIGN.RIGHT, indent=False))
        if file.tables:
            kept.extend(_paragraphs_of(file.tables[-1].rows[-1]))
    _keep_with_next(kept)


def _paragraphs_of(row: _Row) -> Iterator[Paragraph]:
    return (paragraph for cell in row.cells for paragraph in cell.paragraphs)


def _keep_with_next(paragraphs: Iterable[Paragraph]) -> None:
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _align(cell: LaidCell) -> ALIGN:
    if cell.is_number:
        return ALIGN.RIGHT
    return ALIGN.CENTER if cell.kind == "none" else ALIGN.LEFT


def _write_closing(file: Document, report: LaidOut) -> None:
    half = LAYOUT.text_width_mm / 2
    table = file.add_table(rows=1, cols=2)
    set_grid(table, (half, half), borders=False)
    keep_row(table.rows[0])
    recipients, signature = table.rows[0].cells
    label = f"{report.words['recipients']}:"
    _lines(
        recipients,
        (label,),
        LAYOUT.recipients_label_pt,
        bold=True,
        italic=True,
        align=ALIGN.LEFT,
    )
    _lines(recipients, listed(report.recipients), LAYOUT.recipients_pt, align=ALIGN.LEFT)
    _lines(signature, report.signer, LAYOUT.body_pt, bold=True)
    signature.add_paragraph().paragraph_format.space_after = Mm(LAYOUT.signature_mm)


def _paragraph(
    file: Document, text: str, *, align: ALIGN = ALIGN.JUSTIFY, indent: bool = True
) -> Paragraph:
    paragraph = file.add_paragraph(text)
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before, form.space_after = Pt(0), Pt(LAYOUT.between_paragraphs_pt)
    form.line_spacing = LAYOUT.line_spacing
    if indent:
        form.first_line_indent = Mm(LAYOUT.first_line_mm)
    return paragraph


def _lines(
    cell: _Cell,
    lines: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.CENTER,
) -> None:
    """One paragraph for each line; the cell's own empty one is used first."""
    for line in lines:
        is_fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if is_fresh else cell.add_paragraph()
        _tighten(paragraph, align)
        _run(paragraph, line, size, bold=bold, italic=italic)


def _fill(
    cell: _Cell, text: str, align: ALIGN, *, bold: bool = False, italic: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    _tighten(paragraph, align)
    paragraph.paragraph_format.space_before = Pt(LAYOUT.cell_above_pt)
    paragraph.paragraph_format.space_after = Pt(LAYOUT.cell_above_pt)
    _run(paragraph, text, LAYOUT.table_pt, bold=bold, italic=italic)


def _run(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold or None
    run.italic = italic or None


def _rule(paragraph: Paragraph, length_mm: float, room_mm: float) -> None:
    _tighten(paragraph, ALIGN.CENTER)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(_RULE_PT)
    rule_under(paragraph, length_mm, room_mm)


def _tighten(paragraph: Paragraph, align: ALIGN) -> None:
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1
