"""A workbook of generated children for the bench: no two alike, in the communes of one province."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from core.demo.names import GeneratedNames
from core.exports.cells import CellWriter, open_workbook
from core.imports.columns import FIELDS, heading_of
from core.kit.text import vi_sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLUMNS: Final = (
    "full_name",
    "sex",
    "date_of_birth",
    "ethnicity",
    "birth_registration",
    "commune_id",
    "relation_to_head",
    "household_id",
    "residence_status",
    "schooling",
    "health_insurance_card",
    "source",
)
_NAMES: Final = 4_000
_YOUNGEST_DAYS: Final = 30
_DAYS: Final = 5_500  # fifteen years
IN_HOUSEHOLD: Final = 3


def write_book(
    path: Path, count: int, communes: Sequence[tuple[int, str]], households: Sequence[str], on: date
) -> None:
    """Children born within the fifteen years before a day; three live in each household.

    ``communes`` are ids and names; household number n lies in commune number n, round and round.
    """
    names = _names()
    with path.open("wb") as target:
        book = open_workbook(target, constant_memory=True)
        sheet = book.add_worksheet("Trẻ em")
        cells = CellWriter(book)
        for column, name in enumerate(COLUMNS):
            cells.text(sheet, 0, column, heading_of(FIELDS[name]).vi)
        at = {name: column for column, name in enumerate(COLUMNS)}
        for number in range(count):
            home = number // IN_HOUSEHOLD
            again, which = divmod(number, len(names))
            age = _YOUNGEST_DAYS + (again * 53 + which * 7) % _DAYS
            _write_row(
                cells,
                sheet,
                number + 1,
                at,
                {
                    "full_name": names[number % len(names)],
                    "sex": ("Nam", "Nữ")[number % 2],
                    "ethnicity": ("Kinh", "Tày", "Mông")[number % 3],
                    "birth_registration": "Đã đăng ký đúng hạn",
                    "commune_id": communes[home % len(communes)][1],
                    "relation_to_head": "Con",
                    "household_id": households[home],
                    "residence_status": "Thường trú",
                    "schooling": ("Tiểu học", "Mẫu giáo", "Trung học cơ sở")[number % 3],
                    "health_insurance_card": f"GD4{number:012}" if number % 3 else "",
                    "source": "Rà soát, khảo sát",
                },
            )
            born = on - timedelta(days=age)
            cells.day(sheet, number + 1, at["date_of_birth"], born)
        book.close()


def _write_row(
    cells: CellWriter, sheet: Any, row: int, at: dict[str, int], values: dict[str, str]
) -> None:
    for name, value in values.items():
        if value:
            cells.text(sheet, row, at[name], value)


def _names() -> list[str]:
    """Names of which no two sort alike; of each there are as many births as there are days."""
    drawn = GeneratedNames(random.Random("bench import"))  # noqa: S311  not a secret
    found: dict[str, str] = {}
    while len(found) < _NAMES:
        name = drawn.child("female", "kinh", family=drawn.family("kinh"))
        found.setdefault(vi_sort_key(name), name)
    return list(found.values())
