"""Writes a declared section: sentences with their figures, and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.kit.language import Text
from core.kit.numbers import format_number
from core.plugin_api.documents import Paragraph, Table
from core.plugin_api.figures import Average, Change, Ratio
from core.plugin_api.wording import counted, no_figure, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.declared.file import SectionRow, SentenceRow, TableRow
    from core.plugin_api.documents import Block, Cell, Figure
    from core.plugin_api.figures import Indicator
    from core.plugin_api.forms import Option
    from core.plugin_api.values import SectionContext

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class SectionWriter:
    """One section; every number comes from the context, so that it can be opened where it stands.

    ``details`` are the options by which each measure, by its code, is counted.
    """

    key: str
    row: SectionRow
    indicators: Mapping[str, Indicator]
    details: Mapping[str, tuple[Option, ...]]

    def write(self, context: SectionContext) -> Sequence[Block]:
        """The blocks of the section for one report."""
        return (
            *(self._sentence(row, context) for row in self.row.sentences),
            *(self._table(row, context) for row in self.row.tables),
        )

    def _sentence(self, row: SentenceRow, context: SectionContext) -> Paragraph:
        figures = {name: context.indicator(code) for name, code in row.figures.items()}
        said: dict[str, Text] = {}
        for name, figure in figures.items():
            words = self._words(row.figures[name], figure)
            if words is None:
                return Paragraph(no_figure(figure, row.about.text), (figure,))
            said[name] = words
        filled = Text(
            vi=row.vi.format(**{name: words.vi for name, words in said.items()}),
            en=row.en.format(**{name: words.en for name, words in said.items()}),
        )
        return Paragraph(filled, tuple(figures.values()))

    def _words(self, code: str, figure: Figure) -> Text | None:
        """A figure inside a sentence; ``None`` where there is none or it must not be shown."""
        formula = self.indicators[code].formula
        if isinstance(formula, Ratio | Change) and formula.per == _PERCENT:
            return percent(figure)
        if isinstance(formula, Ratio | Change | Average):
            return _exact(figure)
        count = counted(figure)
        return None if count is None else number(count)

    def _table(self, row: TableRow, context: SectionContext) -> Table:
        note = None if row.note is None else row.note.text
        if row.by_detail is not None:
            return Table(
                row.caption.text,
                (Text(vi="Phân loại", en="Group"), Text(vi="Số lượng", en="Number")),
                tuple(self._by_detail(f"{self.key}.{row.by_detail}", context)),
                note,
            )
        columns = (
            Text(vi="Chỉ tiêu", en="Indicator"),
            Text(vi="Đơn vị tính", en="Unit"),
            Text(vi="Trong kỳ", en="In the period"),
            Text(vi=f"Cùng kỳ năm {context.year - 1}", en=f"Same period of {context.year - 1}"),
        )
        rows = tuple(self._line(code, context) for code in row.indicators)
        return Table(row.caption.text, columns, rows, note)

    def _line(self, code: str, context: SectionContext) -> tuple[Cell, ...]:
        known = self.indicators[code]
        last_year = context.indicator(code, last_year=True)
        return (known.name, known.unit, context.indicator(code), last_year)

    def _by_detail(self, code: str, context: SectionContext) -> Iterator[tuple[Cell, ...]]:
        figures = context.by(code, "detail")
        for option in self.details[code]:
            yield (option.label, figures.get(option.value))


def _exact(figure: Figure) -> Text | None:
    """An average or a rate, with one digit behind the comma."""
    if counted(figure) is None or figure.value is None:
        return None
    return Text(
        vi=format_number(figure.value, 1),
        en=format_number(figure.value, 1, language="en"),
    )
