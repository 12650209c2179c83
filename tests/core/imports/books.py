"""Workbooks for tests: good ones, and those that must not come in."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HEADINGS = {
    "child_code": "Mã trẻ em",
    "full_name": "Họ và tên trẻ",
    "name_unknown": "Chưa biết họ tên của trẻ",
    "sex": "Giới tính",
    "date_of_birth": "Ngày sinh",
    "dob_precision": "Mức chính xác của ngày sinh",
    "ethnicity": "Dân tộc",
    "birth_registration": "Đăng ký khai sinh",
    "not_registered_reason": "Lý do chưa đăng ký khai sinh",
    "commune_id": "Xã, phường, thị trấn",
    "relation_to_head": "Quan hệ với chủ hộ",
    "household_id": "Hộ gia đình",
    "residence_status": "Tình trạng cư trú",
    "schooling": "Tình trạng học tập",
    "health_insurance_card": "Số thẻ bảo hiểm y tế",
    "health_insurance_until": "Thẻ có giá trị đến ngày",
    "disability_types": "Dạng khuyết tật",
    "disability_severity": "Mức độ khuyết tật",
    "source": "Nguồn thông tin",
    "status": "Tình trạng quản lý",
}
# A row that the form takes; the commune is the id of the test's own.
GOOD: dict[str, Any] = {
    "full_name": "Nguyễn Văn An",
    "sex": "Nam",
    "date_of_birth": date(2010, 2, 5),
    "ethnicity": "Kinh",
    "birth_registration": "Đã đăng ký đúng hạn",
    "relation_to_head": "Không thuộc hộ gia đình nào",
    "residence_status": "Thường trú",
    "schooling": "Tiểu học",
}

HOME_HEADINGS = HEADINGS | {
    "number": "Số thứ tự hộ",
    "head": "Họ tên chủ hộ",
    "address": "Địa chỉ",
    "poverty": "Diện hộ (nghèo/cận nghèo)",
    "year": "Năm phân loại",
    "residence": "Tình trạng cư trú của hộ",
    "ethnicity_of_head": "Dân tộc của chủ hộ",
    "policy": "Gia đình chính sách",
    "hamlet": "Khóm, ấp, thôn, bản",
}
# What a row tells of a household that is not in the register.
HOME: dict[str, Any] = {
    "number": 1,
    "head": "Trần Văn Chủ",
    "address": "Tổ 3, ấp Bình Phú",
    "poverty": "Cận nghèo",
    "year": 2018,
    "residence": "Thường trú",
}


def book(
    rows: Sequence[Mapping[str, Any]],
    *,
    headings: Mapping[str, str] = HEADINGS,
    above: Sequence[str] = (),
    sheet: str = "Trẻ em",
    before: Callable[[Any], None] = lambda _book: None,
    names: Sequence[str] | None = None,
) -> bytes:
    """A workbook with the columns that some row has, or those ``names``."""
    used = names or [name for name in headings if any(name in row for row in rows)]
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as written:
        before(written)
        page = written.add_worksheet(sheet)
        day = written.add_format({"num_format": "dd/mm/yyyy"})
        for number, line in enumerate(above):
            page.write_string(number, 0, line)
        for column, name in enumerate(used):
            page.write_string(len(above), column, headings[name])
        for number, row in enumerate(rows, start=len(above) + 1):
            for column, name in enumerate(used):
                value = row.get(name)
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write(number, column, value)
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one more part."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.infolist():
            new.writestr(each, old.read(each))
        new.writestr(name, part)
    return made.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.infolist():
            part = old.read(each)
            new.writestr(each, change(part) if each.filename == name else part)
    return made.getvalue()
