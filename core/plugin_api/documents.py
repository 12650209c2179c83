"""The small document model: one section, every output, the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.kit.language import Text


class FigureState(StrEnum):
    """What a figure is; zero is only ever a counted zero.

    ``NOT_AVAILABLE`` is a figure that could not be counted: it passes, and is never frozen.
    """

    NUMBER = "number"
    NOT_ENABLED = "not_enabled"
    NOT_REPORTED = "not_reported"
    NIL_RETURN = "nil_return"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with where it comes from, or the reason why there is none.

    ``code`` is the indicator's or measure's; ``numerator`` and ``denominator`` stand behind a
    ratio, so that nothing ever averages percentages.
    """

    code: str
    state: FigureState
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    detail: str | None = None

    @property
    def count(self) -> int:
        """The value as a whole number; 0 when there is none."""
        return int(self.value) if self.value is not None else 0


Cell = Text | Figure | str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; level 2 stands under the section's own title."""

    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several; figures it states stand in ``figures`` so that each can be opened."""

    text: Text
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with headings, rows of cells; the number column STT is added by the output.

    ``drawn`` is the place of a column of numbers that is shown as bars too, under the table.
    """

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text | None = None
    drawn: int | None = None


Block = Heading | Paragraph | Table
