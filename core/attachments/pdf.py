"""Looks through a PDF for what acts: scripts, programs, files inside, forms that fetch and send.

The file stays as it is, for making it anew would break the digital signature of a decision. It is
not parsed but searched, all of it, as no two readers parse alike: every name in clear, and every
name in every compressed stream, whether anything points to it or not. A parser of our own or of
others would be one more reader that hostile files are written for.
Source: ISO 32000-1, 7.3.5 (names), 7.5.7 (object streams), 12.6.4 (actions).
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from core.attachments.rules import MOST_UNPACKED_BYTES, FileRefusedError, FileRule

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF_MARK: Final = b"%PDF-"
_END: Final = b"%%EOF"
_BLANKS: Final = b"\x00\t\n\x0c\r "
_GIVEN: Final = 1 << 16
_PIECE: Final = 1 << 20
_LONGEST_NAME: Final = 64
_MOST_STREAMS: Final = 20_000

_FORBIDDEN: Final = (
    (re.compile(rb"/Encrypt(?![A-Za-z])"), FileRule.LOCKED_PDF),
    (re.compile(rb"/JavaScript"), FileRule.PDF_SCRIPT),
    (re.compile(rb"/(Launch|SubmitForm|ImportData|GoToR|GoToE)(?![A-Za-z])"), FileRule.PDF_ACTION),
    (re.compile(rb"/(EmbeddedFile|FileAttachment)"), FileRule.PDF_FILES),
    (re.compile(rb"/XFA(?![A-Za-z])"), FileRule.PDF_FORM),
    (re.compile(rb"/(RichMedia|Movie|Sound|Rendition)(?![A-Za-z])"), FileRule.PDF_MEDIA),
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)?")
_DICTIONARY_BYTES: Final = 4096
# Objects may only be packed in the one way that is unpacked here, or a name could hide from us.
_HOLDS_OBJECTS = re.compile(rb"/(First|ObjStm)(?![A-Za-z])")
_PACKED_PLAINLY = re.compile(
    rb"/Filter[\s\x00]*(/FlateDecode(?![A-Za-z])|\[[\s\x00]*/FlateDecode[\s\x00]*\])"
)
_OTHER_PACKING = re.compile(
    rb"/(LZW|ASCIIHex|ASCII85|RunLength)Decode|/Crypt|/Predictor|/DecodeParms"
)


def judge_pdf(content: bytes) -> None:
    """Refuse a PDF that could act.

    Raises:
        FileRefusedError: it holds what is forbidden, or cannot be searched.
    """
    if not content.rstrip(_BLANKS).endswith(_END):
        raise FileRefusedError(FileRule.BROKEN_PDF)
    _search(content)
    left = MOST_UNPACKED_BYTES
    streams = list(_STREAM.finditer(content))
    if len(streams) > _MOST_STREAMS:
        raise FileRefusedError(FileRule.TOO_LARGE_UNPACKED)
    for stream in streams:
        before = content[max(0, stream.start() - _DICTIONARY_BYTES) : stream.start()]
        _require_plain_packing(_named(before.rpartition(b"obj")[2]))
        left -= _search_packed(content, stream.end(), left)


def _search_packed(content: bytes, start: int, most: int) -> int:
    """Search what a stream unpacks to, piece by piece; how many bytes that were."""
    total, tail = 0, b""
    for piece in _unpacked(content, start):
        total += len(piece)
        if total > most:
            raise FileRefusedError(FileRule.TOO_LARGE_UNPACKED)
        _search(tail + piece)
        tail = piece[-_LONGEST_NAME:]
    return total


def _unpacked(content: bytes, start: int) -> Iterator[bytes]:
    """What can be unpacked from here, as far as it goes; readers are as forgiving."""
    unpacker = zlib.decompressobj()
    try:
        for at in range(start, len(content), _GIVEN):
            given = content[at : at + _GIVEN]
            while given and not unpacker.eof:  # at its end it would hand back what follows for ever
                yield unpacker.decompress(given, _PIECE)
                given = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return


def _search(part: bytes) -> None:
    named = _named(part)
    for pattern, rule in _FORBIDDEN:
        if pattern.search(named):
            raise FileRefusedError(rule)


def _named(part: bytes) -> bytes:
    """With the letters of names in clear: ``/J#61vaScript`` is ``/JavaScript``."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), part)


def _require_plain_packing(dictionary: bytes) -> None:
    if not _HOLDS_OBJECTS.search(dictionary):
        return
    filters = dictionary.count(b"/Filter")
    plain = filters == 0 or (filters == 1 and _PACKED_PLAINLY.search(dictionary))
    if not plain or _OTHER_PACKING.search(dictionary):
        raise FileRefusedError(FileRule.BROKEN_PDF)
