"""Charts as SVG made on the server: bars, lines, progress to a target.

The same SVG goes into pages and documents, so that it carries its own colours (as attributes,
never as a style) and scales with its width. No meaning rests on colour alone: every value is
written out, every line has its own dash and mark. A value of ``None`` is a figure that is not a
number; its note says why.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from core.kit.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.kit.language import Language

Number = int | float | Decimal

INK: Final = "#1d2b2a"
INK_SOFT: Final = "#4f5d5b"
GRID: Final = "#dfd8cc"
TRACK: Final = "#dcecea"
# Each reaches 3:1 on white; the dash and the mark tell them apart without colour.
COLOURS: Final = ("#0f5f5b", "#b45309", "#3b5b92", "#8a2f5c")
DASHES: Final = ("", "7 4", "2 3", "10 3 2 3")

_WIDTH = 320
_BAR_STEP = 46
_LABEL_LIMIT = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; without a value its note is written in place of the number ("Chưa báo cáo")."""

    label: str
    value: Number | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line over the chart's labels; a missing value leaves a gap and is never drawn as zero."""

    name: str
    values: Sequence[Number | None]


def bar_chart(
    items: Iterable[Bar],
    unit: str,
    title: str,
    *,
    language: Language = "vi",
) -> Markup:
    """Bars lying down, one under the other, each with its name above and its number beside it."""
    bars = tuple(items)
    values = [float(bar.value) for bar in bars if bar.value is not None]
    if any(value < 0 for value in values):
        raise ValueError("A bar chart shows counts and shares; it has no room below zero.")
    longest = max(values, default=0) or 1
    parts = [_one_bar(bar, 4 + at * _BAR_STEP, longest, language) for at, bar in enumerate(bars)]
    described = "; ".join(f"{bar.label}: {_said(bar.value, bar.note, language)}" for bar in bars)
    return _svg(title, f"{unit}. {described}", _BAR_STEP * len(bars) + 6, parts)


def line_chart(
    series: Sequence[Line],
    labels: Sequence[str],
    unit: str,
    title: str,
    *,
    language: Language = "vi",
) -> Markup:
    """Lines over the same periods, from zero to a round number, with a key below.

    Raises:
        ValueError: a line's values do not fit the labels, or there are too many lines.
    """
    if len(series) > len(COLOURS) or any(len(line.values) != len(labels) for line in series):
        raise ValueError(f"At most {len(COLOURS)} lines, each with {len(labels)} values.")
    known = [float(v) for line in series for v in line.values if v is not None]
    plot = _Plot(count=len(labels), top_value=_round_up(max(known, default=1)))
    parts = [*_grid(plot, labels, unit, language)]
    for at, line in enumerate(series):
        parts.extend(_one_line(line, at, plot))
        parts.append(_key(line.name, at))
    described = "; ".join(
        f"{line.name}: "
        + ", ".join(
            f"{label} {_said(v, '–', language)}"
            for label, v in zip(labels, line.values, strict=True)
        )
        for line in series
    )
    return _svg(title, f"{unit}. {described}", 236 + 26 * len(series), parts)


def progress_bullet(
    value: Number | None,
    target: Number,
    unit: str,
    title: str,
    *,
    note: str = "",
    language: Language = "vi",
) -> Markup:
    """One bar against a mark at the target; both numbers are written."""
    longest = max(float(value or 0), float(target)) or 1
    end = _WIDTH * 0.94 * float(target) / longest
    said = _said(value, note, language)
    goal = format_number(target, language=language)
    parts = [
        _text(0, 16, f"{said} / {goal} {unit}", weight=600),
        _rect(0, 26, _WIDTH * 0.94, 18, TRACK),
    ]
    if value is not None:
        parts.append(_rect(0, 29, _WIDTH * 0.94 * float(value) / longest, 12, COLOURS[0]))
    parts.append(_rect(max(end - 2, 0), 22, 4, 26, INK))
    return _svg(title, f"{said} / {goal} {unit}", 52, parts)


def _one_bar(bar: Bar, top: float, longest: float, language: Language) -> Markup:
    """Name, bar and number; the number stands right of the bar, with room kept for it."""
    label = bar.label if len(bar.label) <= _LABEL_LIMIT else bar.label[: _LABEL_LIMIT - 1] + "…"
    parts = _text(0, top + 13, label)
    if bar.value is None:
        return parts + _text(0, top + 33, bar.note or "–", colour=INK_SOFT, italic=True)
    said = format_number(bar.value, language=language)
    length = (_WIDTH - 78) * float(bar.value) / longest
    number = said if not bar.note else f"{said} {bar.note}"
    return (
        parts
        + _rect(0, top + 19, max(length, 2), 16, COLOURS[0])
        + _text(max(length, 2) + 7, top + 32, number, weight=600)
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """The drawing area of a line chart, in the units of the view box."""

    count: int
    top_value: float
    left: float = 44
    right: float = 312
    top: float = 30
    bottom: float = 200

    def x(self, at: int) -> float:
        """Where the period ``at`` stands; a single period stands in the middle."""
        if self.count <= 1:
            return (self.left + self.right) / 2
        return self.left + 10 + (self.right - self.left - 20) * at / (self.count - 1)

    def y(self, value: float) -> float:
        """Where a value lies."""
        return self.bottom - (self.bottom - self.top) * value / self.top_value


def _grid(plot: _Plot, labels: Sequence[str], unit: str, language: Language) -> Iterator[Markup]:
    """The unit, three ruled lines with their numbers, and as many period names as have room."""
    yield _text(0, 14, unit, colour=INK_SOFT, size=12)
    for share in (0.0, 0.5, 1.0):
        value = plot.top_value * share
        y = plot.y(value)
        yield _shape("line", x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=GRID)
        number = format_number(int(value) if value.is_integer() else value, language=language)
        yield _text(plot.left - 6, y + 4, number, colour=INK_SOFT, size=12, anchor="end")
    every = ceil(len(labels) / 6) or 1
    for at, label in enumerate(labels):
        if at % every == 0:
            yield _text(
                plot.x(at), plot.bottom + 20, label, colour=INK_SOFT, size=12, anchor="middle"
            )


def _one_line(line: Line, at: int, plot: _Plot) -> Iterator[Markup]:
    """The line in pieces, broken where a value is missing, and a mark on every value."""
    points = [
        None if value is None else (plot.x(where), plot.y(float(value)))
        for where, value in enumerate(line.values)
    ]
    for before, after in itertools.pairwise(points):
        if before and after:
            yield _stroke(before, after, at)
    for point in points:
        if point:
            yield _mark(point, at)


def _key(name: str, at: int) -> Markup:
    """A line's entry in the key, drawn as the line is."""
    y = 242.0 + 26 * at
    return _stroke((0, y), (34, y), at) + _mark((17, y), at) + _text(44, y + 5, name)


def _stroke(start: tuple[float, float], end: tuple[float, float], at: int) -> Markup:
    """A piece of the line number ``at``."""
    return _shape(
        "line",
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        stroke=COLOURS[at],
        stroke_width=2.5,
        stroke_dasharray=DASHES[at] or "none",
    )


def _mark(point: tuple[float, float], at: int) -> Markup:
    """Circle, square, diamond or triangle, by the line's number."""
    x, y = point
    if at == 0:
        return _shape("circle", cx=x, cy=y, r=4.5, fill=COLOURS[at])
    corners = {
        1: ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        2: ((0, -6), (6, 0), (0, 6), (-6, 0)),
        3: ((0, -6), (6, 5), (-6, 5)),
    }[at]
    outline = " ".join(f"{x + dx:.4g},{y + dy:.4g}" for dx, dy in corners)
    return _shape("polygon", points=outline, fill=COLOURS[at])


def _round_up(value: float) -> float:
    """The next number that reads well at the top of a scale, and whose half does too."""
    if value <= 0:
        return 2
    power = 10.0 ** floor(log10(value))
    steps = (2, 4, 6, 8, 10) if power == 1 else (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10)
    # rounded, because three times a tenth would be written with sixteen digits
    return next(top for step in steps if (top := round(step * power, 9)) >= value)


def _said(value: Number | None, note: str, language: Language) -> str:
    """A value as it is read out; what is not a number is said by its note."""
    return note or "–" if value is None else format_number(value, language=language)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    """A filled bar with slightly rounded corners."""
    return _shape("rect", x=x, y=y, width=width, height=height, rx=2, fill=fill)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    colour: str = INK,
    size: int = 13,
    weight: int = 400,
    anchor: str = "start",
    italic: bool = False,
) -> Markup:
    """A piece of text; whatever it holds stays text."""
    return _shape(
        "text",
        text,
        x=x,
        y=y,
        fill=colour,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        font_style="italic" if italic else "normal",
    )


def _shape(tag: str, content: str = "", /, **attributes: float | str) -> Markup:
    """One element; attribute names take a hyphen for an underscore, all values are escaped."""
    written = Markup(" ").join(
        Markup('{0}="{1}"').format(
            name.replace("_", "-"), f"{value:.4g}" if isinstance(value, float) else value
        )
        for name, value in attributes.items()
    )
    return Markup("<{0} {1}>{2}</{0}>").format(tag, written, content)


def _svg(title: str, description: str, height: int, parts: Iterable[Markup]) -> Markup:
    """The picture with its name and its description for those who do not see it."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}">'
        "<title>{2}</title><desc>{3}</desc>{4}</svg>"
    ).format(_WIDTH, height, title, description, Markup("").join(escape(part) for part in parts))
