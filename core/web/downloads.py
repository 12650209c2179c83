"""Files that people take away: always a download, never shown, never sniffed, in a sandbox."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from litestar import Response
from litestar.response import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

SANDBOX: Final = "default-src 'none'; sandbox"
_CHUNK_BYTES: Final = 256 * 1024
_NAME = re.compile(r"[a-z0-9_-]+")


def download(content: bytes, media_type: str, *, name: str, extension: str) -> Response[bytes]:
    """A file that is in memory; its name is of code, never of a person."""
    return Response(content, media_type=media_type, headers=_headers(name, extension))


def streamed_download(
    file: BinaryIO, media_type: str, *, name: str, extension: str
) -> Response[Any]:
    """A file from the disk, bit by bit; closed at its end."""
    return Stream(_chunks(file), media_type=media_type, headers=_headers(name, extension))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _headers(name: str, extension: str) -> dict[str, str]:
    """The headers of a download.

    Raises:
        ValueError: the name is more than a word of code and a date.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("the name of a file is made of code and a date")
    return {
        "Content-Disposition": f'attachment; filename="{name}.{extension}"',
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
