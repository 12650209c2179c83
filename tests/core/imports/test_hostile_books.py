"""Files that must not come in: each with a plain sentence, and nothing of it is kept."""

from __future__ import annotations

import resource
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from core.imports import rules
from core.imports.judging import judge_workbook
from core.imports.models import ChildImport, ChildImportChunk, ChildImportFile
from core.imports.rules import BookRefusedError, BookRule
from tests.core.imports.books import GOOD, HEADINGS, book, changed, with_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.imports.conftest import Lists

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good() -> bytes:
    return book([GOOD])


def _locked_part(content: bytes) -> bytes:
    """A package whose parts claim to be encrypted."""
    flagged = bytearray(content)
    at = 0
    while (at := flagged.find(b"PK\x01\x02", at)) >= 0:
        flagged[at + 8] |= 1
        at += 4
    return bytes(flagged)


def _empty_package() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
    return made.getvalue()


def _with_many_parts() -> bytes:
    made = BytesIO(good())
    with zipfile.ZipFile(made, "a") as package:
        for number in range(rules.MOST_PARTS):
            package.writestr(f"xl/more/{number}.xml", b"")
    return made.getvalue()


AT_THE_DOOR: dict[str, tuple[BookRule, Callable[[], bytes]]] = {
    "nothing": (BookRule.EMPTY, lambda: b""),
    "a text": (BookRule.NOT_A_WORKBOOK, "Họ và tên;Giới tính\r\n".encode),
    "a page": (BookRule.NOT_A_WORKBOOK, lambda: b"<html><table><tr><td>x</td></tr></table>"),
    "a PDF": (BookRule.NOT_A_WORKBOOK, lambda: b"%PDF-1.7\n"),
    "another package": (
        BookRule.NOT_A_WORKBOOK,
        lambda: with_part(_empty_package(), "word/document.xml", b"<x/>"),
    ),
    "an old workbook": (BookRule.OLD_WORKBOOK, lambda: OLD_OFFICE + b"\x00" * 600),
    "a password": (
        BookRule.LOCKED,
        lambda: OLD_OFFICE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
    ),
    "a password of parts": (BookRule.LOCKED, lambda: _locked_part(good())),
    "macros": (BookRule.MACROS, lambda: with_part(good(), "xl/vbaProject.bin", b"x")),
    "old macros": (BookRule.MACROS, lambda: with_part(good(), "xl/macrosheets/sheet1.xml", b"x")),
    "a type with macros": (
        BookRule.MACROS,
        lambda: changed(
            good(),
            "[Content_Types].xml",
            lambda part: part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"),
        ),
    ),
    "cut off": (BookRule.BROKEN, lambda: good()[:-300]),
    "too many parts": (BookRule.TOO_LARGE_UNPACKED, _with_many_parts),
    "a part twice": (
        BookRule.TOO_LARGE_UNPACKED,
        lambda: with_part(good(), "xl/worksheets/sheet1.xml", b"<x/>"),
    ),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", AT_THE_DOOR)
def test_file_is_refused_at_the_door(lists: Lists, what: str) -> None:
    rule, make = AT_THE_DOOR[what]
    with pytest.raises(BookRefusedError) as refused:
        lists.ask(make())
    assert refused.value.rule is rule
    assert refused.value.message.vi != refused.value.message.en
    assert [lists.count(one) for one in (ChildImport, ChildImportFile)] == [0, 0]


def test_good_file_passes_the_door() -> None:
    judge_workbook(good())


def test_too_large_a_file_is_refused_at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.imports.judging.MOST_BYTES", 1000)
    with pytest.raises(BookRefusedError) as refused:
        judge_workbook(good())
    assert refused.value.rule is BookRule.TOO_LARGE


def test_file_that_says_it_unpacks_to_too_much_is_refused_at_the_door(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.imports.judging.MOST_UNPACKED_BYTES", 20_000_000)
    made = BytesIO(good())
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/x.bin", "w") as part,
    ):
        for _ in range(3):
            part.write(b"\x00" * 10_000_000)
    with pytest.raises(BookRefusedError) as refused:
        judge_workbook(made.getvalue())
    assert refused.value.rule is BookRule.TOO_LARGE_UNPACKED


def _far_cell() -> bytes:
    return changed(
        good(),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
            b"</sheetData>",
        ),
    )


def _empty_rows_below(content: bytes) -> bytes:
    """A million rows with a look and without a word, below one good row."""
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
        for row in range(3, 1_000_003)
    )
    return changed(
        content,
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", empty + b"</sheetData>"),
    )


def _refused(lists: Lists, content: bytes) -> str:
    """The sentence with which a list is refused after the door; nothing of it stays."""
    outcome = lists.send(content)
    assert outcome.state == "refused"
    assert outcome.refusal is not None
    assert [lists.count(one) for one in (ChildImportFile, ChildImportChunk)] == [0, 0]
    assert lists.children() == []
    return outcome.refusal.vi


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="needs bounds on memory")
def test_cell_at_the_far_end_ends_nothing_but_its_reader(lists: Lists) -> None:
    assert _refused(lists, _far_cell()).startswith("Tệp bung ra quá lớn")


@pytest.mark.slow
def test_million_empty_rows_are_no_rows(lists: Lists) -> None:
    content = _empty_rows_below(book([GOOD | {"commune_id": str(lists.here)}]))
    counts = lists.send(content).counts
    assert (counts["rows"], counts["stored"]) == (1, 1)


def test_broken_sheet_is_refused_whole(lists: Lists) -> None:
    content = changed(good(), "xl/worksheets/sheet1.xml", lambda part: part[: len(part) // 2])
    assert "bị hỏng" in _refused(lists, content)


def test_book_breaking_off_in_its_middle_keeps_no_chunk(lists: Lists) -> None:
    rows = [GOOD | {"full_name": f"Trẻ {n}", "commune_id": str(lists.here)} for n in range(20)]
    content = book([*rows, GOOD | {"full_name": "Trẻ cuối", "commune_id": "1"}])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.imports.taking_apart.MOST_ROWS", 10)
        assert "hơn 500.000 dòng" in _refused(lists, content)


def test_wrong_sheet_is_told(lists: Lists) -> None:
    content = book([{"a": "12"}], headings={"a": "Kinh phí năm 2018"}, sheet="Dự toán")
    assert _refused(lists, content).startswith("Không trang tính nào có dòng tiêu đề")


def test_list_is_found_behind_other_sheets_and_below_a_title(lists: Lists) -> None:
    def another(written: Any) -> None:
        written.add_worksheet("Bìa").write_string(3, 3, "Ủy ban nhân dân xã")
        written.add_worksheet("Ẩn").hide()

    rows = [GOOD | {"commune_id": str(lists.here)}]
    content = book(rows, before=another, above=("ỦY BAN NHÂN DÂN", "Danh sách trẻ em", ""))
    assert lists.send(content).counts["stored"] == 1


def test_unknown_column_is_named_with_its_place(lists: Lists) -> None:
    rows = [GOOD | {"commune_id": "1", "hobby": "Bóng đá"}]
    names = [*GOOD, "commune_id", "hobby"]
    content = book(rows, headings=HEADINGS | {"hobby": "Sở thích"}, names=names)
    assert _refused(lists, content).startswith("Cột J có tiêu đề «Sở thích»")


def test_column_that_is_there_twice_is_named(lists: Lists) -> None:
    names = [*GOOD, "commune_id", "again"]
    content = book([GOOD], headings=HEADINGS | {"again": "HỌ TÊN"}, names=names)
    assert _refused(lists, content).startswith("Cột J có cùng tiêu đề «HỌ TÊN»")


def test_missing_columns_are_named_all_at_once(lists: Lists) -> None:
    content = book([{"full_name": "Nguyễn Văn An", "sex": "Nam", "ethnicity": "Kinh"}])
    assert _refused(lists, content) == (
        "Thiếu cột bắt buộc: «Ngày sinh», «Đăng ký khai sinh», «Xã, phường, thị trấn», "
        "«Quan hệ với chủ hộ», «Tình trạng cư trú», «Tình trạng học tập». "
        "Hãy thêm cột như trong tệp mẫu."
    )


def test_notes_and_numbers_beside_the_list_are_passed_over(lists: Lists) -> None:
    rows = [GOOD | {"commune_id": str(lists.here), "no": 1, "note": "đã rà soát"}]
    content = book(rows, headings={"no": "STT", **HEADINGS, "note": "Ghi chú"})
    assert lists.send(content).counts["stored"] == 1
