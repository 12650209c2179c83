"""A column of a table as bars, the same in the page, the PDF and the office file.

The picture is made from the laid-out table itself, so that it can say nothing else. No meaning
rests on colour: every bar has its name and its number beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import typst
from markupsafe import Markup

from core.reports.layout import LAYOUT
from core.reports.letters import FONTS, showable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.laid_cell import LaidCell

_TEMPLATES: Final = Path(__file__).parent / "templates"
_WIDTH: Final = 600
_ROOM: Final = Decimal(480)  # of the longest bar; its number stands beside it
_LETTERS: Final = 80  # in a line of a name
_LINE: Final = 17
_BAR: Final = 30
_HIGHEST: Final = 960  # as wide as a page of text lets it be, it is then as high as one
_FILL: Final = "#4a4a4a"
_PIXELS_PER_INCH: Final = 160


@dataclass(frozen=True, slots=True)
class LaidBar:
    """A row's name, its number as it reads, and its length; no length: no number."""

    name: str
    text: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class LaidChart:
    """Bars under a title; ``column`` is the one of the table that they show."""

    title: str
    column: int
    bars: tuple[LaidBar, ...]

    @property
    def described(self) -> str:
        """The picture in words, for those who do not see it."""
        return f"{self.title}. " + "; ".join(f"{bar.name}: {bar.text}" for bar in self.bars)

    @property
    def height(self) -> int:
        """Of the picture, in the units in which it is 600 wide."""
        return sum(_LINE * len(_lines_of(bar)) + _BAR for bar in self.bars) + 4

    @property
    def svg(self) -> Markup:
        """The picture."""
        longest = max((bar.value for bar in self.bars if bar.value is not None), default=None)
        parts, top = [], 0
        for bar in self.bars:
            length = _ROOM * (bar.value or 0) / longest if longest else Decimal(0)
            lines = _lines_of(bar)
            parts.append(_bar(bar, lines, top, length))
            top += _LINE * len(lines) + _BAR
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" '
            'font-family="Tinos, Times New Roman, serif" font-size="15">'
            "<title>{2}</title><desc>{3}</desc>{4}</svg>"
        ).format(_WIDTH, self.height, self.title, self.described, Markup("").join(parts))


def chart_of(title: str, column: int, rows: Sequence[Sequence[LaidCell]]) -> LaidChart | None:
    """The bars of a column; none where fewer than two rows or half of them have a number.

    Nor of a table so long that its picture would not stand on one page.
    """
    bars = tuple(LaidBar(row[0].text, row[column].text, row[column].value) for row in rows)
    values = [bar.value for bar in bars if bar.value is not None]
    if len(values) < max(2, len(bars) / 2) or min(values) < 0:
        return None
    chart = LaidChart(title, column, bars)
    return chart if chart.height <= _HIGHEST else None


def to_png(chart: LaidChart) -> bytes:
    """The picture for office files, which do not all read the drawing itself."""
    made = typst.compile(
        _TEMPLATES / "chart.typ",
        root=_TEMPLATES,
        format="png",
        ppi=_PIXELS_PER_INCH,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"svg": showable(str(chart.svg)), "width": str(LAYOUT.chart_mm)},
    )
    assert isinstance(made, bytes)
    return made


def _lines_of(bar: LaidBar) -> list[str]:
    return wrap(bar.name, _LETTERS) or [""]


def _bar(bar: LaidBar, lines: Sequence[str], top: int, length: Decimal) -> Markup:
    """The whole name, line by line, and under it the bar with its number."""
    parts = [_text(0, top + _LINE * number, line) for number, line in enumerate(lines, start=1)]
    under, reach = top + _LINE * len(lines), max(length, Decimal(1))
    if bar.value is None:
        return Markup("").join([*parts, _text(0, under + 18, bar.text)])
    drawn = Markup('<rect x="0" y="{0}" width="{1}" height="13" fill="{2}"/>').format(
        under + 7, f"{reach:.1f}", _FILL
    )
    return Markup("").join([*parts, drawn, _text(reach + 8, under + 18, bar.text)])


def _text(x: Decimal | int, y: int, text: str) -> Markup:
    return Markup('<text x="{0}" y="{1}">{2}</text>').format(f"{x:.1f}", y, text)
