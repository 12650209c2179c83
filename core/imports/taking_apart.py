"""Takes a workbook apart: finds the list in it, and keeps its rows by the chunk."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from core.forms.many import ManyChecker
from core.imports.columns import BORN, CODE, COMMUNE, LOOKED_AT, NAME, NOTE, find_layout
from core.imports.entering import KeptRow, answers_of
from core.imports.findings import packed
from core.imports.reading import SheetBegins, open_book
from core.imports.rules import MOST_ROWS, BookRefusedError, BookRule
from core.kit.text import fold, nfc, vi_sort_key
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from core.forms.context import FormContext
    from core.imports.cells import Words
    from core.imports.columns import Layout
    from core.imports.reading import Row

CHUNK: Final = 5_000
SAMPLE_MARK: Final = "dong mau"
_SAMPLE_MARK_EN: Final = "sample row"


@dataclass(frozen=True, slots=True)
class KeptChunk:
    """Rows that are taken in together, packed; ``columns`` say what their cells hold."""

    columns: tuple[str, ...]
    row_count: int
    content: bytes


@dataclass(slots=True)
class _Twins:
    """Rows of one file that are of one child: by code where the list corrects, else by likeness."""

    words: Words
    checker: ManyChecker
    columns: tuple[str, ...]
    updates: bool
    first: dict[Hashable, int] = field(default_factory=dict)

    def of(self, number: int, cells: list[str]) -> int | None:
        """The earlier row of the same child."""
        key = self._key(answers_of(self.words, self.columns, cells))
        if key is None:
            return None
        first = self.first.setdefault(key, number)
        return None if first == number else first

    def _key(self, answers: dict[str, str]) -> Hashable | None:
        if self.updates:
            return nfc(answers.get(CODE, "")).replace(" ", "").upper() or None
        name = vi_sort_key(answers.get(NAME, ""))
        born = self.checker.value(BORN, answers.get(BORN))
        commune = self.checker.value(COMMUNE, answers.get(COMMUNE))
        if commune is None and len(self.words.communes) == 1:
            commune = next(iter(self.words.communes))
        return None if name == "" or None in (born, commune) else (commune, name, born)


def chunks_of(
    content: bytes, words: Words, context: FormContext, *, updates: bool, size: int = CHUNK
) -> Iterator[KeptChunk]:
    """The rows of the first sheet that holds a list, by the chunk, read as they come.

    Raises:
        BookRefusedError: there is no such sheet, a column is unknown or missing, there are no or
            too many rows, or the file cannot be read to its end; nothing of it is to be kept then.
    """
    one_commune = len(words.communes) == 1
    with open_book(content) as blocks:
        layout, rows = _list_in(blocks, updates=updates, one_commune=one_commune)
        columns = tuple(name or "" for name in layout.columns)
        twins = _Twins(words, ManyChecker(CHILD_FORM, context), _only_keys(columns), updates)
        kept: list[Any] = []
        count = 0
        for number, cells in rows:
            if number <= layout.row or not _is_to_take(columns, cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise BookRefusedError(BookRule.TOO_MANY_ROWS)
            kept.append((number, cells[: len(columns)], twins.of(number, cells)))
            if len(kept) == size:
                yield KeptChunk(columns, len(kept), packed(kept))
                kept = []
        if kept:
            yield KeptChunk(columns, len(kept), packed(kept))
    if not count:
        raise BookRefusedError(BookRule.NO_ROWS)


def rows_of(content: bytes) -> list[KeptRow]:
    """The rows of a chunk."""
    unpacked: list[tuple[int, list[str], int | None]] = msgspec.msgpack.decode(
        zlib.decompress(content)
    )
    return [KeptRow(number, cells, twin) for number, cells, twin in unpacked]


def _list_in(
    blocks: Iterator[SheetBegins | list[Row]], *, updates: bool, one_commune: bool
) -> tuple[Layout, Iterator[Row]]:
    """The headings of the first sheet that has some, and the rows of that sheet."""
    looked: list[Row] | None = None
    for block in blocks:
        if isinstance(block, SheetBegins):
            looked = []
        elif looked is not None:
            looked += block
            layout = find_layout(looked[:LOOKED_AT], updates=updates, one_commune=one_commune)
            if layout is not None:
                return layout, _rest_of_sheet(looked, blocks)
            looked = None  # no list here: the next sheet
    raise BookRefusedError(BookRule.NO_HEADINGS)


def _rest_of_sheet(looked: list[Row], blocks: Iterator[SheetBegins | list[Row]]) -> Iterator[Row]:
    yield from looked
    for block in blocks:
        if isinstance(block, SheetBegins):
            return
        yield from block


def _is_to_take(columns: tuple[str, ...], cells: list[str]) -> bool:
    """Whether something stands in the row beside notes and numbers, and it is not the sample."""
    filled = False
    for name, cell in zip(columns, cells, strict=False):
        if name == NOTE and cell and fold(cell).startswith((SAMPLE_MARK, _SAMPLE_MARK_EN)):
            return False
        filled = filled or (name in _FIELDS and bool(cell) and not cell.isspace())
    return filled


def _only_keys(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns by which rows are compared; the others are not looked at."""
    return tuple(name if name in {NAME, BORN, COMMUNE, CODE} else "" for name in columns)


_FIELDS: Final = frozenset(one.name for one in CHILD_FORM.fields)
