"""The one way into a workbook's cells: text stays text, numbers and days keep their type."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import xlsxwriter  # type: ignore[import-untyped]  # the package does not say that it is typed

from core.exports.guard import could_be_formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

_DAY: Final = "dd/mm/yyyy"
_MOMENT: Final = "dd/mm/yyyy hh:mm"
LONGEST_TEXT: Final = 32_767  # of a cell; xlsxwriter would leave out a longer one without a word


def open_workbook(target: BinaryIO, **options: Any) -> Any:
    """A workbook that never guesses what a text might be."""
    return xlsxwriter.Workbook(
        target,
        {
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            **options,
        },
    )


class CellWriter:
    """Writes cells of one workbook; a form of cells is made once."""

    def __init__(self, book: Any, base: Mapping[str, Any] | None = None) -> None:
        """``base`` is the form that every cell has."""
        self._book = book
        self._base = dict(base or {})
        self._forms: dict[tuple[tuple[str, Any], ...], Any] = {}

    def text(self, sheet: Any, row: int, column: int, text: str, **form: Any) -> None:
        """A text, never a formula or a link.

        One that looks like a formula is marked as typed with an apostrophe, which is not shown:
        it stays a text when somebody edits the cell.
        """
        if not text:
            sheet.write_blank(row, column, None, self._form(form))
            return
        guard = {"quote_prefix": True} if could_be_formula(text) else {}
        sheet.write_string(row, column, text[:LONGEST_TEXT], self._form(form | guard))

    def number(
        self, sheet: Any, row: int, column: int, value: Decimal | float, **form: Any
    ) -> None:
        """A number."""
        sheet.write_number(row, column, value, self._form(form))

    def day(self, sheet: Any, row: int, column: int, value: date, **form: Any) -> None:
        """A day, or a moment in local time without its zone."""
        shown = _MOMENT if isinstance(value, datetime) else _DAY
        sheet.write_datetime(row, column, value, self._form(form | {"num_format": shown}))

    def _form(self, properties: dict[str, Any]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._forms:
            self._forms[key] = self._book.add_format({**self._base, **properties})
        return self._forms[key]
