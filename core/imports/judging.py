"""Says by its content alone whether a file may be read as a workbook; nothing of it is parsed.

The name and the type that the sender gives are not even looked at. What a packed part claims of
its size may be a lie; the process that reads it has bounds of its own (``reader``).
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from core.imports.rules import (
    MOST_BYTES,
    MOST_PARTS,
    MOST_UNPACKED_BYTES,
    BookRefusedError,
    BookRule,
)

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How a locked workbook names its one part, in the UTF-16 of such containers.
_LOCKED_PARTS: Final = tuple(
    name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo")
)
_BOOK: Final = "xl/workbook.xml"
_TYPES: Final = "[Content_Types].xml"
_MOST_TYPES_BYTES: Final = 1_000_000
_MACRO_PARTS: Final = ("vbaproject.bin", "xl/macrosheets/", "vbadata.xml")
_MACRO_TYPE: Final = b"macroenabled"
_ENCRYPTED_FLAG: Final = 0x1


def judge_workbook(content: bytes) -> None:
    """Let a workbook pass.

    Raises:
        BookRefusedError: a rule forbids it; the sentence says which.
    """
    if not content:
        raise BookRefusedError(BookRule.EMPTY)
    if len(content) > MOST_BYTES:
        raise BookRefusedError(BookRule.TOO_LARGE)
    if content.startswith(_OLD_OFFICE):
        locked = any(name in content for name in _LOCKED_PARTS)
        raise BookRefusedError(BookRule.LOCKED if locked else BookRule.OLD_WORKBOOK)
    if not content.startswith(_ZIP):
        raise BookRefusedError(BookRule.NOT_A_WORKBOOK)
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _judge_parts(packed)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise BookRefusedError(BookRule.BROKEN) from None


def _judge_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if _BOOK not in names or _TYPES not in names:
        raise BookRefusedError(BookRule.NOT_A_WORKBOOK)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise BookRefusedError(BookRule.LOCKED)
    if any(mark in name.lower() for name in names for mark in _MACRO_PARTS):
        raise BookRefusedError(BookRule.MACROS)
    too_much = sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES
    if too_much or len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise BookRefusedError(BookRule.TOO_LARGE_UNPACKED)
    with packed.open(_TYPES) as types:
        said = types.read(_MOST_TYPES_BYTES)
    if _MACRO_TYPE in said.lower():
        raise BookRefusedError(BookRule.MACROS)
