"""The measures of an official document on paper, in one place for every output.

Source: Decree 30/2020/NĐ-CP, Annex I, as gathered from a secondary copy; sizes are its pair 12/13.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POINTS_PER_MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Lengths in millimetres (``_mm``), sizes of letters and gaps in points (``_pt``).

    ``left_share`` of the text's width is the issuing agency's column: with 44 : 56 and the sizes
    12/13 the national name stays on one line (88.3 mm of 92.4), and so do the names of the
    committees of provinces with short names. ``row_name_mm`` is kept for the names of rows
    when a table's columns are set in several pieces; one of ``whole_up_to_rows`` rows or fewer is
    not broken over two pages.
    """

    page_width_mm: float = 210
    page_height_mm: float = 297
    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 15
    page_number_from_top_mm: float = 10
    left_share: float = 0.44
    country_pt: float = 12
    motto_pt: float = 13
    agency_pt: float = 12
    number_pt: float = 13
    title_pt: float = 14
    subject_pt: float = 14
    body_pt: float = 13
    table_pt: float = 12
    page_number_pt: float = 13
    recipients_label_pt: float = 12
    recipients_pt: float = 11
    first_line_mm: float = 12.7
    between_paragraphs_pt: float = 6
    line_spacing: float = 1.15
    agency_rule_share: float = 0.4
    subject_rule_share: float = 0.4
    signature_mm: float = 32
    row_number_mm: float = 12.5
    chart_mm: float = 140
    row_name_mm: float = 40
    whole_up_to_rows: int = 8
    cell_side_mm: float = 1.6
    cell_above_pt: float = 3

    @property
    def text_width_mm(self) -> float:
        """Between the margins."""
        return self.page_width_mm - self.left_mm - self.right_mm


LAYOUT: Final = Layout()
WORD_FONT: Final = "Times New Roman"
PDF_FONT: Final = "Tinos"

# Widths of bold letters in thousandths of the size; marks above and below add nothing.
_CLASSES: Final[Mapping[int, str]] = {
    250: " .,",
    278: "ijl/",
    333: "f-t:;()I!",
    389: "s",
    444: "cerzđ",
    500: "agovxy0123456789J",
    556: "bdhknpquS",
    611: "FPZ",
    667: "BELT",
    722: "wACDĐNRUVXY",
    778: "GHKOQ",
    833: "m",
    944: "M",
    1000: "W%…",
}
_WIDTHS: Final = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_OTHER_LETTER: Final = 556
_GOOD_STARTS: Final = ("TỈNH ", "THÀNH PHỐ ", "(")
_LONGEST_LINES_MM: Final = (20, 30, 45, 60, 80, 110, 150)
_EDGE_MM: Final = 1.5  # Times New Roman is a little wider than we reckon
_UPRIGHT_SHARE: Final = 0.965  # of the width of bold capitals


def width_mm(text: str, size_pt: float, *, bold: bool = True) -> float:
    """How wide a line is; for the length of rules, broken lines and the widths of columns."""
    bare = (each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    units = sum(_WIDTHS.get(each, _OTHER_LETTER) for each in bare)
    share = 1 if bold else _UPRIGHT_SHARE
    return share * units / 1000 * size_pt / POINTS_PER_MM


def head_lines(text: str, width: float, size_pt: float, *, bold: bool = True) -> tuple[str, ...]:
    """A line of the head broken in two where it reads best, when it is wider than its column.

    Between the kind of an agency and its province, or after a dash or a comma; else in the middle.
    """
    words = text.split()
    width -= _EDGE_MM
    if width_mm(text, size_pt, bold=bold) <= width:
        return (" ".join(words),)
    pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in pairs if _widest(pair, size_pt) <= width]
    if not fitting:
        return (" ".join(words),)
    return min(fitting, key=lambda pair: (not _good_break(*pair), _widest(pair, size_pt)))


def _good_break(before: str, after: str) -> bool:
    return before.endswith(("-", ",")) or after.startswith(_GOOD_STARTS)


def _widest(lines: Sequence[str], size_pt: float) -> float:
    return max(width_mm(line, size_pt) for line in lines)


def column_widths_mm(columns: Sequence[Sequence[str]], available_mm: float) -> tuple[float, ...]:
    """The widths of a table's columns, each given as its texts with the heading first.

    No column is narrower than its longest word, as far as there is room; what is left is shared
    out so that the table takes the fewest lines.
    """
    least = [least_width_mm(texts) for texts in columns]
    spare = available_mm - sum(least)
    if spare <= 0:
        return _stretched(least, available_mm)
    tries = []
    for longest in _LONGEST_LINES_MM:
        wanted = [wanted_width_mm(texts, longest) for texts in columns]
        wishes = [max(0, want - low) for want, low in zip(wanted, least, strict=True)]
        wide = [low + more for low, more in zip(least, _shared(wishes, spare), strict=True)]
        tries.append(_stretched(wide, available_mm))
    return min(tries, key=lambda widths: _lines(columns, widths))


def _stretched(widths: Sequence[float], available_mm: float) -> tuple[float, ...]:
    return tuple(width * available_mm / sum(widths) for width in widths)


def _shared(wishes: Sequence[float], spare: float) -> tuple[float, ...]:
    """All wishes in full, or the same part of each."""
    part = min(1, spare / (sum(wishes) or 1))
    return tuple(wish * part for wish in wishes)


def _lines(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    """How many lines all rows take together."""
    rooms = [width - _sides_mm() for width in widths]
    rows = zip(*columns, strict=False)
    return sum(max(map(_lines_of, row, rooms)) for row in rows)


def _lines_of(text: str, room_mm: float) -> int:
    # lines end before a word that does not fit, so they are never quite full
    return ceil(width_mm(text, LAYOUT.table_pt) * 1.05 / room_mm)


def least_width_mm(texts: Sequence[str]) -> float:
    """The narrowest a column of these texts can be without breaking a word."""
    # a blank that holds its neighbours together makes one word of them
    words = (word for text in texts for word in re.split(r"[ \n]+", text))
    return _sides_mm() + max((width_mm(word, LAYOUT.table_pt) for word in words), default=0)


def wanted_width_mm(texts: Sequence[str], longest_line_mm: float) -> float:
    """Wide enough for the longest text, up to a length of line; the heading may take three."""
    heading, *cells = texts
    longest = max((width_mm(text, LAYOUT.table_pt) for text in cells), default=0)
    return _sides_mm() + max(width_mm(heading, LAYOUT.table_pt) / 3, min(longest, longest_line_mm))


def _sides_mm() -> float:
    # a little more than the two sides, so that a word never breaks by rounding
    return 2 * LAYOUT.cell_side_mm + 1
