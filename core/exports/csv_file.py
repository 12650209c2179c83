"""A table as CSV, the way Excel opens it in Viet Nam.

UTF-8 with a byte-order mark, or Excel shows "Trß║╗ em". Separated by semicolons, because with the
Vietnamese settings of Windows the comma parts decimals and the semicolon parts lists. No line
``sep=;``: with it Excel forgets the mark. LibreOffice asks, and shows the right answer.
"""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final, TypeGuard, cast

from core.exports.guard import are_plain, disarmed
from core.exports.table import Exported, Pages, as_shown
from core.kit.numbers import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from core.exports.table import ExportTable, Value

SEPARATOR: Final = ";"
_IN_MEMORY_BYTES: Final = 1_000_000
_DAYS: Final = 8192  # as many as twenty years have, kept as they are written
_KEPT: Final = 20_000  # values of a column
_EMPTY: Final = '""'
_QUOTED: Final = re.compile(r'[;"\r\n]')


def to_csv(table: ExportTable) -> Exported:
    """The file; only one row of the table is in memory at a time."""
    with ExitStack() as on_failure:
        made = on_failure.enter_context(SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES))
        text = TextIOWrapper(cast("BinaryIO", made), encoding="utf-8-sig", newline="")
        on_failure.callback(text.close)
        count = _write(text, table)
        text.detach()
        made.seek(0)
        on_failure.pop_all()
    return Exported(cast("BinaryIO", made), "csv", count)


def _write(text: TextIOWrapper, table: ExportTable) -> int:
    lines = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    lines.writerows([disarmed(line)] for line in (table.title, *table.notes))
    lines.writerow([disarmed(label) for label in table.columns])
    if isinstance(table.rows, Pages):
        return sum(map(_Written(len(table.columns), text).add, table.rows.pages))
    count = 0
    for row in table.rows:
        lines.writerow([_cell(value) for value in row])
        count += 1
    return count


class _Written:
    """A long table on its way into a file, a page at a time and of each page by column."""

    def __init__(self, columns: int, text: TextIOWrapper) -> None:
        self._text = text
        self._known = [_Cells() for _ in range(columns)]

    def add(self, page: Sequence[Sequence[Value]]) -> int:
        """Write a page; how many rows it has."""
        written = [known.of(cells) for known, cells in zip(self._known, page, strict=True)]
        if len(written) == 1:
            written = [[cell or _EMPTY for cell in written[0]]]  # a line of nothing is no line
        lines = map(SEPARATOR.join, zip(*written, strict=True))
        self._text.write("\r\n".join([*lines, ""]))
        return len(page[0])


class _Cells(dict["Value", str]):
    """What is written for the values of one column, each worked out once."""

    _repeats: bool | None = None  # as far as the first page tells

    def of(self, values: Sequence[Value]) -> Sequence[str]:
        if len(self) > _KEPT:
            self.clear()
        if self._repeats is None:
            self._repeats = 2 * len({*values}) <= len(values)
        if not self._repeats and _are_texts(values) and _stand_as_they_are(values):
            return values
        return list(map(self.__getitem__, values))

    def __missing__(self, value: Value) -> str:
        cell = _cell(value)
        if _QUOTED.search(cell):
            cell = '"{}"'.format(cell.replace('"', '""'))
        if not isinstance(value, Decimal):  # 1 and 1.0 are the same key, and are not written alike
            self[value] = cell
        return cell


def _are_texts(values: Sequence[Value]) -> TypeGuard[Sequence[str]]:
    return set(map(type, values)) == {str}


def _stand_as_they_are(texts: Sequence[str]) -> bool:
    """Whether none needs a guard or quotes: so it is in nearly every column of texts.

    What is plain has neither a separator nor an end of a line in it.
    """
    return are_plain(texts) and '"' not in "".join(texts)


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return disarmed(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return _day(value) if isinstance(value, date) else str(value)


@lru_cache(maxsize=_DAYS)
def _day(value: date) -> str:
    shown = as_shown(value)
    time = f"{shown: %H:%M}" if isinstance(shown, datetime) else ""
    return f"{format_date(shown, 'vi')}{time}"
