"""A table as CSV, the way Excel opens it in Viet Nam.

UTF-8 with a byte-order mark, or Excel shows "Trß║╗ em". Separated by semicolons, because with the
Vietnamese settings of Windows the comma parts decimals and the semicolon parts lists. No line
``sep=;``: with it Excel forgets the mark. LibreOffice asks, and shows the right answer.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final, cast

from core.exports.guard import disarmed
from core.exports.table import Exported, as_shown
from core.kit.numbers import format_date

if TYPE_CHECKING:
    from typing import BinaryIO

    from core.exports.table import ExportTable, Value

SEPARATOR: Final = ";"
_IN_MEMORY_BYTES: Final = 1_000_000
_DAYS: Final = 8192  # as many as twenty years have, kept as they are written


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
    count = 0
    for row in table.rows:
        lines.writerow([_cell(value) for value in row])
        count += 1
    return count


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
