"""A table as a workbook of one sheet, written row by row."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from core.exports.cells import CellWriter, open_workbook
from core.exports.table import Exported, as_shown
from core.kit.errors import ConflictError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exports.table import ExportTable, Value

MOST_ROWS: Final = 1_048_000  # a sheet has 1,048,576
_WIDTH: Final = 22  # of a column, in digits; the rows are not known before they are written
# A sheet keeps fifteen digits, and no day before this year as a day.
_EXACT_BELOW: Final = 10**15
_FIRST_YEAR: Final = 1901


class TooLongError(ConflictError):
    """More rows than a sheet can hold."""

    code = "exports.too_long"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            Text(
                vi="Danh sách dài quá một trang tính. Hãy xuất ở định dạng csv.",
                en="The list is longer than a sheet. Export it as csv.",
            )
        )


def to_xlsx(table: ExportTable) -> Exported:
    """The file; rows go to the disk as they come, in a folder of our own that is removed.

    Raises:
        TooLongError: the sheet is full.
    """
    with ExitStack() as on_failure:
        made = on_failure.enter_context(TemporaryFile())
        with TemporaryDirectory() as folder:
            book = open_workbook(made, constant_memory=True, tmpdir=folder)
            try:
                count = _write(book, table)
            finally:
                book.close()
        made.seek(0)
        on_failure.pop_all()
    return Exported(made, "xlsx", count)


def _write(book: Any, table: ExportTable) -> int:
    cells = CellWriter(book)
    sheet = book.add_worksheet()
    sheet.set_column(0, len(table.columns) - 1, _WIDTH)
    for number, line in enumerate((table.title, *table.notes)):
        cells.text(sheet, number, 0, line, bold=number == 0)
    head = len(table.notes) + 1
    for column, label in enumerate(table.columns):
        cells.text(sheet, head, column, label, bold=True, border=1, text_wrap=True)
    sheet.freeze_panes(head + 1, 0)
    count = 0
    for row in table.rows:
        count += 1
        if count > MOST_ROWS:
            raise TooLongError
        _write_row(cells, sheet, head + count, row)
    return count


def _write_row(cells: CellWriter, sheet: Any, number: int, row: Sequence[Value]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            cells.day(sheet, number, column, as_shown(value))
        elif isinstance(value, int | Decimal) and -_EXACT_BELOW < value < _EXACT_BELOW:
            cells.number(sheet, number, column, value)
        else:
            cells.text(sheet, number, column, "" if value is None else str(value))
