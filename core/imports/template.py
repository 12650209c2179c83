"""The workbook that officers fill in: headings, a sample that never comes in, the words to use."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from core.exports.cells import CellWriter, open_workbook
from core.imports.columns import COMMUNE, NOTE_HEADING, columns_to_fill, heading_of, letter_of
from core.imports.columns import PRECISION as PRECISION_FIELD
from core.imports.families import HOUSEHOLD
from core.imports.household_columns import HOME_COLUMNS, HOME_NEEDS, LED_BY
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.kit.language import Language
    from core.plugin_api.forms import Field

SHEET: Final = Text(vi="Trẻ em", en="Children")
WORDS_SHEET: Final = Text(vi="Danh mục", en="Words")
HELP_SHEET: Final = Text(vi="Hướng dẫn", en="How to")
SAMPLE: Final = Text(vi="Dòng mẫu – không được nhập", en="Sample row – not taken in")
_SAMPLE_ANSWERS: Final = {
    "full_name": "Nguyễn Văn Mẫu",
    "sex": "Nam",
    "date_of_birth": "05/02/2018",
    "ethnicity": "Kinh",
    "birth_registration": "Đã đăng ký đúng hạn",
    "relation_to_head": "Con",
    f"{LED_BY}number": "1",
    f"{LED_BY}address": "Tổ 3, ấp Bình Phú",
    f"{LED_BY}head_name": "Nguyễn Văn Chủ",
    f"{LED_BY}head_ethnicity": "Kinh",
    f"{LED_BY}residence_status": "Thường trú",
    f"{LED_BY}poverty_status": "Hộ cận nghèo",
    f"{LED_BY}poverty_year": "2026",
    "residence_status": "Thường trú",
    "schooling": "Mẫu giáo",
    "source": "Rà soát, khảo sát",
}
# The form's own help has a new household entered first, which a list brings along.
_HELP: Final = {
    HOUSEHOLD: Text(
        vi="Ghi mã hộ đã có trong sổ, ví dụ HO-7KM3Q9XA. Hộ chưa có thì để trống.",
        en="The code of a household of the register, such as HO-7KM3Q9XA. Empty for a new one.",
    )
}
_WIDTH: Final = 24
_LIST_ROWS: Final = 5000  # so many rows offer the words of a list to choose from

_LINES: Final = (
    Text(
        vi="Mỗi trẻ một dòng ở trang «Trẻ em». Tiêu đề có thể gõ không dấu, chữ hoa hay chữ "
        "thường, theo bất kỳ thứ tự nào; cột không cần thì xóa được nếu không bắt buộc.",
        en="One child on each row of the sheet “Children”. Headings may be without accents, in any "
        "case and any order; columns that are not required may be deleted.",
    ),
    Text(
        vi="Cột có dấu * ở bảng dưới là bắt buộc, cột có dấu ** bắt buộc với hộ mới. Mã trẻ em do "
        "hệ thống cấp: tệp trẻ mới không có cột này.",
        en="Columns with a * in the table below are required, those with ** for a new household. "
        "Codes of children are given by the system: a list of new children has no such column.",
    ),
    Text(
        vi="Ngày ghi dạng ngày/tháng/năm, ví dụ 05/02/2018. Ngày sinh có thể chỉ ghi tháng và năm "
        "(02/2018) hoặc năm (2018); mức chính xác được ghi theo đó.",
        en="Days are written as day/month/year, as 05/02/2018. A birth may be written as month and "
        "year (02/2018) or as a year (2018); how exact it is follows from that.",
    ),
    Text(
        vi="Với các cột có danh mục, ghi đúng một dòng của trang «Danh mục», có dấu hay không dấu.",
        en="Where a column has words of its own, write one line of the sheet “Words”.",
    ),
    Text(
        vi="Hộ đã có trong sổ: ghi mã hộ ở cột «Hộ gia đình», bỏ trống các cột khác của hộ. Hộ "
        "chưa có: để trống mã hộ, ghi «Số thứ tự hộ» và các cột của hộ; hệ thống lập hộ và cấp mã.",
        en="A household of the register: write its code under “Household” and leave its other "
        "columns empty. A new one: leave the code empty, write a “Household number” and what is "
        "asked of the household; the system enters it and gives the code.",
    ),
    Text(
        vi="Các trẻ cùng hộ và cùng xã ghi cùng một số thứ tự hộ ở từng dòng, không gộp ô; chủ hộ, "
        "địa chỉ … ghi ở một dòng là đủ. Hộ được lập khi có ít nhất một trẻ của hộ được nhập.",
        en="Children of one household in one commune have one household number, each in its own "
        "row; head, address and the rest may stand in one of them. A household is entered with its "
        "first child.",
    ),
    Text(
        vi="Trẻ cùng họ tên, ngày sinh và xã với một trẻ đã có không được nhập mà được báo lại.",
        en="A child of the same name, birth date and commune as one who is there is not taken in "
        "but told back.",
    ),
    Text(
        vi="Khi cập nhật: thêm cột «Mã trẻ em», xóa các cột của hộ; ô trống giữ nguyên điều đã "
        "ghi trong sổ. Xã và tình trạng quản lý không đổi bằng tệp.",
        en="To update: add the column “Child code” and delete those of the household; an empty "
        "cell leaves what is there. Commune and status are not changed by a file.",
    ),
)


def template(communes: Mapping[int, str], language: Language) -> BinaryIO:
    """The workbook as a file without a name; its words name the communes that may be entered."""
    made = TemporaryFile()  # noqa: SIM115  handed on to be sent and closed
    book = open_workbook(made)
    try:
        cells = CellWriter(book)
        _list_sheet(book, cells, communes, language)
        _help_sheet(book, cells, language)
        _words_sheet(book, cells, communes, language)
    finally:
        book.close()
    made.seek(0)
    return made


def _list_sheet(
    book: Any, cells: CellWriter, communes: Mapping[int, str], language: Language
) -> None:
    sheet = book.add_worksheet(SHEET.read(language))
    sheet.freeze_panes(1, 1)
    columns = columns_to_fill()
    sheet.set_column(0, len(columns), _WIDTH)
    cells.text(sheet, 0, 0, NOTE_HEADING.read(language), bold=True, border=1)
    cells.text(sheet, 1, 0, SAMPLE.read(language), italic=True)
    sample = _SAMPLE_ANSWERS | {COMMUNE: next(iter(communes.values()), "")}
    for column, (name, field) in enumerate(columns.items(), start=1):
        label = heading_of(field).read(language)
        cells.text(sheet, 0, column, label, bold=True, border=1, text_wrap=True)
        cells.text(sheet, 1, column, sample.get(name, ""), italic=True)
        words = _words_of(field, communes, language)
        if words:
            letter_rows = f"$A$2:$A${len(words) + 1}".replace("A", letter_of(column - 1))
            source = f"='{WORDS_SHEET.read(language)}'!{letter_rows}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(1, column, _LIST_ROWS, column, rule)


def _help_sheet(book: Any, cells: CellWriter, language: Language) -> None:
    sheet = book.add_worksheet(HELP_SHEET.read(language))
    sheet.set_column(0, 0, _WIDTH * 2)
    sheet.set_column(1, 1, _WIDTH * 4)
    row = 0
    for line in _LINES:
        sheet.set_row(row, 32)
        cells.text(sheet, row, 1, line.read(language), text_wrap=True)
        row += 1
    for name, field in columns_to_fill().items():
        star = _star(name, field)
        cells.text(sheet, row, 0, f"{heading_of(field).read(language)}{star}", bold=True)
        said = _HELP.get(name, field.help)
        cells.text(sheet, row, 1, "" if said is None else said.read(language))
        row += 1


def _words_sheet(
    book: Any, cells: CellWriter, communes: Mapping[int, str], language: Language
) -> None:
    """One column for each field of the list, at the same place, so that the list finds it."""
    sheet = book.add_worksheet(WORDS_SHEET.read(language))
    columns = columns_to_fill().values()
    sheet.set_column(0, len(columns), _WIDTH)
    for column, field in enumerate(columns):
        words = _words_of(field, communes, language)
        if words:
            cells.text(sheet, 0, column, heading_of(field).read(language), bold=True)
        for row, word in enumerate(words, start=1):
            cells.text(sheet, row, column, word)


def _words_of(field: Field, communes: Mapping[int, str], language: Language) -> list[str]:
    if field.kind == "yes_no":
        return ["Có", "Không"] if language == "vi" else ["Yes", "No"]
    if field.kind == "commune":
        return list(communes.values())
    return [option.label.read(language) for option in field.options]


def _star(name: str, field: Field) -> str:
    """One for what no row goes without, two for what no new household does."""
    if name in HOME_COLUMNS:
        return " **" if name in HOME_NEEDS or field.required is True else ""
    starred = field.required is True and field.name not in {PRECISION_FIELD, "source"}
    return " *" if starred else ""
