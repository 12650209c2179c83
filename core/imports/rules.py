"""Why a workbook is refused as a whole; each rule has a sentence that says what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.kit.errors import MalformedError
from core.kit.language import Text

MOST_BYTES: Final = 60_000_000
MOST_UNPACKED_BYTES: Final = 1_000_000_000
MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 500_000


class BookRule(StrEnum):
    """What is wrong with a workbook."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LARGE_UNPACKED = "too_large_unpacked"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_A_WORKBOOK = "not_a_workbook"
    OLD_WORKBOOK = "old_workbook"
    LOCKED = "locked"
    MACROS = "macros"
    BROKEN = "broken"
    NO_HEADINGS = "no_headings"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    MISSING_COLUMNS = "missing_columns"
    HOUSEHOLD_COLUMNS = "household_columns"
    HOUSEHOLD_IN_UPDATE = "household_in_update"
    NO_ROWS = "no_rows"


_SENTENCES: Final[dict[BookRule, Text]] = {
    BookRule.EMPTY: Text(
        vi="Chưa chọn tệp, hoặc tệp không có nội dung.",
        en="No file was chosen, or the file is empty.",
    ),
    BookRule.TOO_LARGE: Text(
        vi="Tệp lớn hơn 60 MB. Hãy chia thành nhiều tệp, mỗi tệp vài xã.",
        en="The file is larger than 60 MB. Divide it into several, a few communes each.",
    ),
    BookRule.TOO_LARGE_UNPACKED: Text(
        vi="Tệp bung ra quá lớn nên bị từ chối. Hãy chép danh sách sang tệp mẫu rồi gửi lại.",
        en="The file unpacks to too much and was refused. Copy the list into the template.",
    ),
    BookRule.TOO_MANY_ROWS: Text(
        vi="Danh sách có hơn 500.000 dòng. Hãy chia thành nhiều tệp.",
        en="The list has more than 500,000 rows. Divide it into several files.",
    ),
    BookRule.NOT_A_WORKBOOK: Text(
        vi="Tệp này không phải sổ tính Excel (XLSX). Hãy mở bằng Excel, chọn «Lưu thành» loại "
        "«Excel Workbook (*.xlsx)» rồi gửi lại.",
        en="This is not an Excel workbook (XLSX). Open it in Excel, save it as "
        "“Excel Workbook (*.xlsx)” and send it again.",
    ),
    BookRule.OLD_WORKBOOK: Text(
        vi="Đây là tệp Office kiểu cũ (như .xls). Hãy mở bằng Excel, chọn «Lưu thành» loại "
        "«Excel Workbook (*.xlsx)» rồi gửi lại.",
        en="This is an old Office file (such as .xls). Open it in Excel, save it as "
        "“Excel Workbook (*.xlsx)” and send it again.",
    ),
    BookRule.LOCKED: Text(
        vi="Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại.",
        en="The file has a password and cannot be read. Take the password off and send it again.",
    ),
    BookRule.MACROS: Text(
        vi="Tệp chứa macro nên bị từ chối. Hãy chép danh sách sang tệp mẫu rồi gửi lại.",
        en="The file holds macros and was refused. Copy the list into the template and send that.",
    ),
    BookRule.BROKEN: Text(
        vi="Tệp bị hỏng hoặc không đọc hết được. Hãy mở bằng Excel, lưu lại rồi gửi lại.",
        en="The file is damaged or cannot be read whole. Open it in Excel, save it, send it again.",
    ),
    BookRule.NO_HEADINGS: Text(
        vi="Không trang tính nào có dòng tiêu đề của danh sách trẻ em. Hãy dùng tệp mẫu, hoặc ghi "
        "tiêu đề như trong tệp mẫu ở một trong 30 dòng đầu.",
        en="No sheet has the headings of a list of children. Use the template, or write headings "
        "as in the template within the first 30 rows.",
    ),
    BookRule.UNKNOWN_COLUMN: Text(
        vi="Cột {column} có tiêu đề «{heading}», không có trong danh sách trẻ em. Hãy đổi tiêu đề "
        "như trong tệp mẫu, hoặc xóa cột này.",
        en="Column {column} is headed “{heading}”, which a list of children does not have. Name it "
        "as in the template, or delete the column.",
    ),
    BookRule.COLUMN_TWICE: Text(
        vi="Cột {column} có cùng tiêu đề «{heading}» với một cột trước đó. Hãy xóa một cột.",
        en="Column {column} has the heading “{heading}” of an earlier column. Delete one of them.",
    ),
    BookRule.MISSING_COLUMNS: Text(
        vi="Thiếu cột bắt buộc: {missing}. Hãy thêm cột như trong tệp mẫu.",
        en="Required columns are missing: {missing}. Add them as in the template.",
    ),
    BookRule.HOUSEHOLD_COLUMNS: Text(
        vi="Tệp có cột của hộ gia đình nhưng chưa đủ để lập hộ mới; còn thiếu: {missing}. Hãy thêm "
        "như trong tệp mẫu, hoặc xóa các cột của hộ nếu các hộ đã có trong sổ.",
        en="The file has columns of households, but not all that a new one needs; missing: "
        "{missing}. Add them as in the template, or delete the columns of households if these are "
        "in the register.",
    ),
    BookRule.HOUSEHOLD_IN_UPDATE: Text(
        vi="Cột {column} («{heading}») là của hộ gia đình. Khi cập nhật trẻ, hộ không được lập hay "
        "sửa bằng tệp: hãy xóa các cột của hộ; muốn đổi hộ của trẻ thì ghi mã hộ.",
        en="Column {column} (“{heading}”) is of the household. A list that updates children "
        "neither enters nor corrects households: delete such columns; write a household code to "
        "give a child another household.",
    ),
    BookRule.NO_ROWS: Text(
        vi="Dưới dòng tiêu đề không có dòng nào để nhập (dòng mẫu không được nhập).",
        en="There is no row to take in below the headings (the sample row is not taken in).",
    ),
}


class BookRefusedError(MalformedError):
    """A workbook is not taken; nothing of it is stored."""

    code = "imports.refused"

    def __init__(self, rule: BookRule, **values: Text | str) -> None:
        """Say the sentence of the rule, filled in."""
        sentence = _SENTENCES[rule]
        said = {name: _both(value) for name, value in values.items()}
        super().__init__(
            Text(
                vi=sentence.vi.format(**{name: value.vi for name, value in said.items()}),
                en=sentence.en.format(**{name: value.en for name, value in said.items()}),
            )
        )
        self.rule = rule


def _both(value: Text | str) -> Text:
    return value if isinstance(value, Text) else Text(vi=value, en=value)
