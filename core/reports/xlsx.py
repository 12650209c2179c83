"""A report's tables as a workbook: one sheet each after a sheet of text, numbers as numbers."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from core.exports.cells import CellWriter, open_workbook
from core.reports.laid_out import lay_out
from core.reports.layout import LAYOUT, WORD_FONT, least_width_mm, width_mm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.kit.language import Language
    from core.reports.chart import LaidChart
    from core.reports.document import ReportDocument
    from core.reports.laid_cell import LaidCell
    from core.reports.laid_out import LaidOut, LaidTable

_A4: Final = 9
# Without a scheme, for a theme's own font would take the place of the named one.
_FONT: Final = {"font_name": WORD_FONT, "font_size": LAYOUT.table_pt, "font_scheme": ""}
_MM_PER_CHARACTER: Final = 2.12
_MM_PER_INCH: Final = 25.4
_TEXT_MM: Final = 175
_WIDEST_MM: Final = 80
_LINE: Final = 1.35  # of the size of letters
_WHOLE: Final = "#,##0"
_TENTHS: Final = "#,##0.0"
_SIGNED: Final = "+#,##0;-#,##0;0"
# A sheet keeps fifteen digits; a longer number goes in as text rather than wrong.
_EXACT_BELOW: Final = 10**15


def to_xlsx(document: ReportDocument, language: Language = "vi") -> bytes:
    """The workbook; a cell of text is never a formula or a link. The same bytes each time."""
    report = lay_out(document, language)
    made = BytesIO()
    # widths of columns are counted in this font's digits
    book = open_workbook(made, in_memory=True, default_format_properties=_FONT)
    day = document.dated or document.cut_off
    book.set_properties(
        {
            "title": report.title,
            "author": report.agency,
            "comments": report.notice,
            "created": datetime.combine(day, time()),
        }
    )
    sheets = _Sheets(book)
    sheets.write_text(report)
    for section in report.sections:
        for part in section.parts:
            if part.table is not None:
                sheets.write_table(part.table, report)
    book.close()
    return made.getvalue()


class _Sheets:
    """Writes sheets of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells = CellWriter(book, _FONT)

    def write_text(self, report: LaidOut) -> None:
        """Everything that is said, line by line; a table is named where it stands."""
        sheet = self._sheet(report.words["contents"])
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, _TEXT_MM / _MM_PER_CHARACTER)
        for row, (line, is_bold) in enumerate(_lines(report)):
            sheet.set_row(row, _height_pt((line,), (_TEXT_MM,)))
            self._cells.text(sheet, row, 0, line, bold=is_bold, text_wrap=True, valign="top")

    def write_table(self, table: LaidTable, report: LaidOut) -> None:
        """One table: notice and title above, the head frozen and repeated, the note below."""
        sheet = self._sheet(table.label)
        top = 0
        if report.notice:
            self._cells.text(sheet, top, 0, report.notice, italic=True)
            top += 1
        self._cells.text(sheet, top, 0, f"{table.label}. {table.caption}", bold=True)
        top += 2
        widths = _widths_mm(table)
        head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        for column, heading in enumerate((report.words["row_number"], *table.columns)):
            self._cells.text(sheet, top, column, heading, border=1, **head)
        sheet.set_row(top, _height_pt(("", *table.columns), widths))
        for number, cells in enumerate(table.rows, start=1):
            sheet.set_row(top + number, _height_pt(("", *(c.text for c in cells)), widths))
            form = {"border": 1, "align": "center", "valign": "top"}
            self._cells.number(sheet, top + number, 0, number, **form)
            for column, cell in enumerate(cells, start=1):
                self._write_cell(sheet, top + number, column, cell)
        if table.note:
            note = f"{report.words['note']}: {table.note}"
            self._cells.text(sheet, top + len(table.rows) + 1, 0, note, italic=True)
        if table.chart is not None:
            self._draw(sheet, table.chart, top, len(table.rows))
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        _set_widths(sheet, widths)

    def _draw(self, sheet: Any, chart: LaidChart, top: int, count: int) -> None:
        """The bars as a chart of the sheet's own cells, under the table."""
        drawn = self._book.add_chart({"type": "bar"})
        first, last, name = top + 1, top + count, sheet.get_name()
        drawn.add_series(
            {
                "categories": [name, first, 1, last, 1],
                "values": [name, first, chart.column + 1, last, chart.column + 1],
                "data_labels": {"value": True},
            }
        )
        drawn.set_title({"name": chart.title, "name_font": {"size": LAYOUT.table_pt}})
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True})
        drawn.set_size({"width": 640, "height": 80 + 28 * count})
        sheet.insert_chart(top + count + 3, 1, drawn, {"description": chart.described})

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_margins(
            left=LAYOUT.right_mm / _MM_PER_INCH,
            right=LAYOUT.right_mm / _MM_PER_INCH,
            top=LAYOUT.top_mm / _MM_PER_INCH,
            bottom=LAYOUT.bottom_mm / _MM_PER_INCH,
        )
        sheet.set_footer("&C&P/&N")
        return sheet

    def _write_cell(self, sheet: Any, row: int, column: int, cell: LaidCell) -> None:
        value = cell.value
        if value is not None and abs(value) < _EXACT_BELOW:
            whole = _SIGNED if cell.kind == "difference" and cell.text[0] in "+-−" else _WHOLE
            shown = whole if value == value.to_integral_value() else _TENTHS
            number = {"valign": "top", "align": "right", "num_format": shown}
            self._cells.number(sheet, row, column, value, border=1, **number)
            return
        align = "right" if cell.is_number else "center" if cell.kind == "none" else "left"
        form = {"italic": cell.kind == "none", "text_wrap": True}
        self._cells.text(sheet, row, column, cell.text, border=1, valign="top", align=align, **form)


def _lines(report: LaidOut) -> Iterator[tuple[str, bool]]:
    """The text of the document, each line with whether it is bold."""
    if report.notice:
        yield report.notice, False
    for line in (report.agency, report.words["type"], report.subject):
        yield line, True
    yield report.opening, False
    for section in report.sections:
        yield section.title, True
        for part in section.parts:
            if part.table is not None:
                yield f"{part.table.label}. {part.table.caption}", False
            else:
                yield part.text, part.kind in {"clause", "point"}


def _widths_mm(table: LaidTable) -> tuple[float, ...]:
    """Of the columns with the row numbers first: a cell on one line if it is not long."""
    return (LAYOUT.row_number_mm, *(_width_mm(texts) for texts in table.texts_by_column()))


def _width_mm(texts: tuple[str, ...]) -> float:
    heading, *cells = texts
    longest = max((width_mm(cell, LAYOUT.table_pt) for cell in cells), default=0)
    shown = max(width_mm(heading, LAYOUT.table_pt) / 2, min(longest, _WIDEST_MM))
    return max(least_width_mm(texts), shown + 2 * LAYOUT.cell_side_mm)


def _set_widths(sheet: Any, widths_mm: tuple[float, ...]) -> None:
    """A table wider than the text of a page is printed across, one much wider on several pages."""
    for column, width in enumerate(widths_mm):
        sheet.set_column(column, column, width / _MM_PER_CHARACTER + 1)
    if sum(widths_mm) > LAYOUT.text_width_mm:
        sheet.set_landscape()
    if sum(widths_mm) > 2 * LAYOUT.text_width_mm:
        sheet.repeat_columns(0, 1)
    else:
        sheet.fit_to_pages(1, 0)


def _height_pt(texts: Iterable[str], widths_mm: Iterable[float]) -> float:
    """As many lines as the longest text takes; only Excel would find out by itself."""
    pairs = zip(texts, widths_mm, strict=False)
    lines = (ceil(width_mm(text, LAYOUT.table_pt) * 1.05 / width) for text, width in pairs)
    return max(1, *lines) * LAYOUT.table_pt * _LINE
