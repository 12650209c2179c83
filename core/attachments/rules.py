"""The rules by which a file is refused; each has a sentence that says what to do instead."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from core.kit.errors import MalformedError
from core.kit.language import Text

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED_BYTES: Final = 300_000_000
MOST_PIXELS: Final = 50_000_000


class FileRule(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    ARCHIVE = "archive"
    OFFICE = "office"
    MARKUP = "markup"
    PROGRAM = "program"
    TWO_KINDS = "two_kinds"
    BROKEN_PICTURE = "broken_picture"
    MOVING_PICTURE = "moving_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN_PDF = "broken_pdf"
    LOCKED_PDF = "locked_pdf"
    PDF_SCRIPT = "pdf_script"
    PDF_ACTION = "pdf_action"
    PDF_FILES = "pdf_files"
    PDF_FORM = "pdf_form"
    PDF_MEDIA = "pdf_media"
    TOO_LARGE_UNPACKED = "too_large_unpacked"


_SENTENCES: Final[dict[FileRule, Text]] = {
    FileRule.EMPTY: Text(
        vi="Chưa chọn tệp, hoặc tệp không có nội dung.",
        en="No file was chosen, or the file is empty.",
    ),
    FileRule.TOO_LARGE: Text(
        vi="Tệp lớn hơn 10 MB. Hãy quét lại với độ phân giải thấp hơn.",
        en="The file is larger than 10 MB. Scan it again at a lower resolution.",
    ),
    FileRule.UNKNOWN_KIND: Text(
        vi="Chỉ nhận tệp PDF và ảnh PNG, JPEG; nội dung tệp này không phải loại nào trong số đó.",
        en="Only PDF files and PNG or JPEG pictures are taken; this is none by its content.",
    ),
    FileRule.ARCHIVE: Text(
        vi="Không nhận tệp nén. Hãy gửi từng giấy tờ dưới dạng PDF hoặc ảnh.",
        en="Archives are not taken. Send each paper as a PDF or a picture.",
    ),
    FileRule.OFFICE: Text(
        vi="Không nhận tệp Word, Excel, PowerPoint. Hãy lưu thành PDF rồi gửi lại.",
        en="Word, Excel and PowerPoint files are not taken. Save as PDF and send again.",
    ),
    FileRule.MARKUP: Text(
        vi="Không nhận trang web, ảnh SVG hoặc tệp XML. Hãy in ra PDF rồi gửi lại.",
        en="Web pages, SVG pictures and XML files are not taken. Print to PDF and send again.",
    ),
    FileRule.PROGRAM: Text(
        vi="Tệp này là chương trình hoặc mã lệnh nên bị từ chối.",
        en="This file is a program or a script and was refused.",
    ),
    FileRule.TWO_KINDS: Text(
        vi="Tệp chứa nội dung của hai loại tệp cùng lúc nên bị từ chối. Hãy quét lại.",
        en="The file is of two kinds at once and was refused. Scan the paper again.",
    ),
    FileRule.BROKEN_PICTURE: Text(
        vi="Ảnh bị hỏng hoặc thiếu phần cuối. Hãy chụp hoặc quét lại.",
        en="The picture is damaged or cut off. Take it or scan it again.",
    ),
    FileRule.MOVING_PICTURE: Text(
        vi="Không nhận ảnh động. Hãy gửi ảnh tĩnh.",
        en="Moving pictures are not taken. Send a still one.",
    ),
    FileRule.TOO_MANY_PIXELS: Text(
        vi="Ảnh có quá 50 triệu điểm ảnh. Hãy chụp hoặc quét lại với độ phân giải thấp hơn.",
        en="The picture has more than 50 million pixels. Take it again at a lower resolution.",
    ),
    FileRule.BROKEN_PDF: Text(
        vi="Tệp PDF bị hỏng hoặc không đọc hết được. Hãy in ra PDF lại.",
        en="The PDF is damaged or cannot be read whole. Print it to PDF again.",
    ),
    FileRule.LOCKED_PDF: Text(
        vi="Tệp PDF có mật khẩu nên không kiểm tra được. Hãy bỏ mật khẩu rồi gửi lại.",
        en="The PDF is encrypted and cannot be judged. Take the password off and send again.",
    ),
    FileRule.PDF_SCRIPT: Text(
        vi="Tệp PDF chứa mã lệnh JavaScript nên bị từ chối. Hãy in ra PDF lại.",
        en="The PDF holds JavaScript and was refused. Print it to PDF again.",
    ),
    FileRule.PDF_ACTION: Text(
        vi="Tệp PDF có lệnh mở chương trình hoặc gửi dữ liệu nên bị từ chối. Hãy in ra PDF lại.",
        en="The PDF starts programs or sends data and was refused. Print it to PDF again.",
    ),
    FileRule.PDF_FILES: Text(
        vi="Tệp PDF chứa tệp khác bên trong nên bị từ chối. Hãy gửi từng giấy tờ riêng.",
        en="The PDF has other files inside and was refused. Send each paper by itself.",
    ),
    FileRule.PDF_FORM: Text(
        vi="Tệp PDF chứa biểu mẫu XFA nên bị từ chối. Hãy in ra PDF lại.",
        en="The PDF holds an XFA form and was refused. Print it to PDF again.",
    ),
    FileRule.PDF_MEDIA: Text(
        vi="Tệp PDF chứa phim hoặc âm thanh nên bị từ chối.",
        en="The PDF holds film or sound and was refused.",
    ),
    FileRule.TOO_LARGE_UNPACKED: Text(
        vi="Tệp PDF bung ra quá lớn nên bị từ chối. Hãy quét lại với độ phân giải thấp hơn.",
        en="The PDF unpacks to too much and was refused. Scan it again at a lower resolution.",
    ),
}


class FileRefusedError(MalformedError):
    """A file is not taken; nothing of it is stored."""

    code = "attachments.refused"

    def __init__(self, rule: FileRule) -> None:
        """Say the sentence of the rule."""
        super().__init__(_SENTENCES[rule])
        self.rule = rule
