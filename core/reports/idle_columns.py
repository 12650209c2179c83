"""Columns that would say "not in operation" in every row: one note says it instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.kit.language import Text
from core.plugin_api.documents import Figure, FigureState, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api.documents import Block, Cell


def without_idle_columns(block: Block) -> Block:
    """A table without the columns whose programme was off all the time; other blocks as they are.

    A column that is empty because it compares with such a one goes with it. What is left must
    still hold a figure: a table of a programme that was off stays whole and says so in its cells.
    """
    if not isinstance(block, Table) or not block.rows:
        return block
    columns = list(zip(*block.rows, strict=True))
    idle = [_is_idle(cells) for cells in columns]
    gone = {
        at
        for at, cells in enumerate(columns)
        if idle[at] or (at and idle[at - 1] and _is_empty(cells))
    }
    kept = [at for at in range(len(columns)) if at not in gone]
    if not gone or block.drawn in gone or not any(_holds_figure(columns[at]) for at in kept):
        return block
    named = [block.columns[at] for at in range(len(columns)) if idle[at]]
    return replace(
        block,
        columns=tuple(block.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in block.rows),
        note=_note(block.note, named),
        drawn=None if block.drawn is None else kept.index(block.drawn),
    )


def _is_idle(cells: Sequence[Cell]) -> bool:
    states = {cell.state for cell in cells if isinstance(cell, Figure)}
    others = [cell for cell in cells if not isinstance(cell, Figure)]
    return states == {FigureState.NOT_ENABLED} and _is_empty(others)


def _is_empty(cells: Sequence[Cell]) -> bool:
    return all(cell is None or cell == "" for cell in cells)


def _holds_figure(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, Figure) for cell in cells)


def _note(note: Text | None, columns: Sequence[Text]) -> Text:
    vi = "; ".join(name.vi for name in columns)
    en = "; ".join(name.en for name in columns)
    said = Text(vi=f"{vi}: chưa triển khai.", en=f"{en}: not in operation.")
    if note is None:
        return said
    return Text(vi=f"{note.vi} {said.vi}", en=f"{note.en} {said.en}")
