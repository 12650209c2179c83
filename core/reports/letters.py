"""Which letters the fonts we ship can show; the rest is shown as an empty box, as printers do."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS: Final = Path(__file__).parent / "fonts"
BOX: Final = "□"
_UNICODE_OF_WINDOWS: Final = (3, 1)


def showable(text: str) -> str:
    """The text with a box for each letter that our fonts lack: no PDF is refused for one sign."""
    known = known_letters()
    if known.issuperset(text):
        return text
    return "".join(each if each in known or each.isspace() else BOX for each in text)


@cache
def known_letters() -> frozenset[str]:
    """The letters that each of our fonts has."""
    fonts = [frozenset(_letters(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*fonts)


def _letters(font: bytes) -> Iterator[str]:
    """The letters of one font by its character map.

    Source: OpenType specification 1.9, table "cmap", subtable format 4.
    """
    at = _map_at(font)
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    numbers = f">{count}H"
    ends = struct.unpack_from(numbers, font, at + 14)
    starts = struct.unpack_from(numbers, font, at + 16 + 2 * count)
    deltas = struct.unpack_from(numbers, font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(numbers, font, offsets_at)
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                place = offsets_at + 2 * index + offsets[index] + 2 * (code - starts[index])
                glyph = struct.unpack_from(">H", font, place)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) % 0x10000:
                yield chr(code)


def _map_at(font: bytes) -> int:
    """Where the map of the plane of common letters begins."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        name, _, table, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == b"cmap":
            for each in range(struct.unpack_from(">H", font, table + 2)[0]):
                platform, encoding, offset = struct.unpack_from(">HHL", font, table + 4 + 8 * each)
                if (platform, encoding) == _UNICODE_OF_WINDOWS:
                    return int(table + offset)
    raise ValueError("the font has no map of Unicode letters")
