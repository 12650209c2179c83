"""Says what a file is by its content alone, and refuses what may not come in.

The name and the type that the browser sends are claims of the sender and are not even read.
Word and Excel files are not taken: unlike a picture they cannot be made anew, and a look through
them for macros and links would have to know every version of the format. They print to PDF.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from core.attachments.pdf import PDF_MARK, judge_pdf
from core.attachments.pictures import JPEG_MARK, PNG_MARK, made_anew
from core.attachments.rules import MOST_BYTES, FileRefusedError, FileRule

MEDIA_TYPES: Final = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
EXTENSIONS: Final = {media_type: extension for extension, media_type in MEDIA_TYPES.items()}

_ARCHIVES: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEW_OFFICE: Final = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa\xcf",
    b"@echo",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut
)
_TAR_MARK_AT: Final = slice(257, 262)
# What a browser would take for a page, wherever it begins to look.
_PAGE_MARKS: Final = (b"<script", b"<html", b"<!doctype", b"<svg ", b"<?php")
_SNIFFED: Final = 1024


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A file that was accepted, as it is stored: a picture made anew, a PDF untouched."""

    content: bytes
    media_type: str


def judge(content: bytes) -> JudgedFile:
    """The file as it may be stored.

    Raises:
        FileRefusedError: a rule forbids it; the sentence says which.
    """
    if not content:
        raise FileRefusedError(FileRule.EMPTY)
    if len(content) > MOST_BYTES:
        raise FileRefusedError(FileRule.TOO_LARGE)
    if content.startswith(PDF_MARK):
        _refuse_second_kind(content, content[len(PDF_MARK) : _SNIFFED])
        judge_pdf(content)
        return JudgedFile(content, MEDIA_TYPES["pdf"])
    for mark, extension in ((PNG_MARK, "png"), (JPEG_MARK, "jpg")):
        if content.startswith(mark):
            _refuse_second_kind(content, content)
            return JudgedFile(made_anew(content, extension), MEDIA_TYPES[extension])
    raise FileRefusedError(_kind_refused(content))


def _refuse_second_kind(content: bytes, searched: bytes) -> None:
    """A file that another program would take for something else has a second purpose."""
    lower = searched.lower()
    is_page = any(mark in lower for mark in _PAGE_MARKS)
    is_pdf = PDF_MARK in searched[:_SNIFFED]
    if is_page or is_pdf or zipfile.is_zipfile(BytesIO(content)):
        raise FileRefusedError(FileRule.TWO_KINDS)


def _kind_refused(content: bytes) -> FileRule:
    """Why a file is none of those that are taken."""
    if content.startswith(_OLD_OFFICE):
        return FileRule.OFFICE
    if content.startswith(_ARCHIVES) or content[_TAR_MARK_AT] == b"ustar":
        is_office = content[:1] == b"P" and any(mark in content for mark in _NEW_OFFICE)
        return FileRule.OFFICE if is_office else FileRule.ARCHIVE
    if content.startswith(_PROGRAMS):
        return FileRule.PROGRAM
    head = content[:_SNIFFED].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")
    plain = head.lstrip(b"\xff\xfe \t\r\n\x0c").lower()
    if plain.startswith(b"<") or any(mark in plain for mark in _PAGE_MARKS):
        return FileRule.MARKUP
    return FileRule.UNKNOWN_KIND
