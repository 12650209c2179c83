"""A comparison with a year in which a programme was off is one note, not a column of notes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.kit.language import Text
from core.plugin_api.documents import Cell, Figure, FigureState, Paragraph, Table
from core.reports.idle_columns import without_idle_columns

OFF = Figure("X", FigureState.NOT_ENABLED)
SILENT = Figure("X", FigureState.NOT_REPORTED)


def n(value: int) -> Figure:
    return Figure("X", FigureState.NUMBER, Decimal(value))


def table(*rows: tuple[Cell, ...], note: Text | None = None, drawn: int | None = None) -> Table:
    heads = ("Nội dung", "Trong kỳ", "Cùng kỳ năm 2017", "Tăng, giảm", "Mới")
    columns = tuple(Text(vi=head, en=head) for head in heads[: len(rows[0])])
    return Table(Text(vi="Bảng", en="Table"), columns, tuple(rows), note=note, drawn=drawn)


def test_the_column_goes_with_the_one_that_compares_with_it() -> None:
    told = without_idle_columns(
        table(("a", n(1), OFF, None, n(5)), ("b", n(0), OFF, None, n(6)), drawn=4)
    )
    assert isinstance(told, Table)
    assert [column.vi for column in told.columns] == ["Nội dung", "Trong kỳ", "Mới"]
    assert told.rows == (("a", n(1), n(5)), ("b", n(0), n(6)))
    assert told.note == Text(
        vi="Cùng kỳ năm 2017: chưa triển khai.", en="Cùng kỳ năm 2017: not in operation."
    )
    assert told.drawn == 2


def test_the_note_that_was_there_stays() -> None:
    told = without_idle_columns(table(("a", n(1), OFF), note=Text(vi="Ghi.", en="Note.")))
    assert isinstance(told, Table)
    assert told.note is not None
    assert told.note.vi == "Ghi. Cùng kỳ năm 2017: chưa triển khai."


@pytest.mark.parametrize(
    "kept",
    [
        table(("a", n(1), n(2), None)),  # an empty column beside a number
        table(("a", n(1), OFF), ("b", n(1), n(0))),  # on in one row
        table(("a", n(1), SILENT)),  # not off: nobody reported
        table(("a", OFF, OFF)),  # nothing would be left
        table(("a", n(1), OFF), drawn=2),  # it is drawn as bars
        Paragraph(Text(vi="Câu.", en="Sentence.")),
    ],
)
def test_everything_else_stays_as_it_is(kept: Table | Paragraph) -> None:
    assert without_idle_columns(kept) is kept
