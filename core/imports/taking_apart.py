"""Takes a workbook apart: finds the list in it, and keeps its rows by the chunk."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import msgspec

from core.forms.many import ManyChecker
from core.imports.columns import BORN, CODE, COMMUNE, LISTED, LOOKED_AT, NAME, NOTE, find_layout
from core.imports.entering import cells_by_field
from core.imports.families import Families
from core.imports.findings import packed
from core.imports.kept import KeptRow
from core.imports.reading import SheetBegins, open_book
from core.imports.rules import MOST_ROWS, BookRefusedError, BookRule
from core.kit.text import fold, nfc, vi_sort_key
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

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

    def of(self, numbers: Sequence[int], rows: Sequence[list[str]]) -> list[int | None]:
        """For each row the earlier row of the same child."""
        cells = cells_by_field(self.columns, rows)
        answers = {name: self.words.typed_all(name, column) for name, column in cells.items()}
        keys = self._codes(answers) if self.updates else self._likenesses(answers, len(rows))
        found: list[int | None] = []
        for number, key in zip(numbers, keys, strict=True):
            first = number if key is None else self.first.setdefault(key, number)
            found.append(None if first == number else first)
        return found

    def _codes(self, answers: Mapping[str, Sequence[Any]]) -> Iterator[Hashable]:
        for code in answers[CODE]:
            yield nfc(code or "").replace(" ", "").upper() or None

    def _likenesses(self, answers: Mapping[str, Sequence[Any]], count: int) -> Iterator[Hashable]:
        unknown = (None,) * count
        names = map(vi_sort_key, [name or "" for name in answers.get(NAME, unknown)])
        born = self.checker.values(BORN, answers.get(BORN, unknown))
        communes = self.checker.values(COMMUNE, answers.get(COMMUNE, unknown))
        if len(self.words.communes) == 1:
            (one,) = self.words.communes
            communes = [one if commune is None else commune for commune in communes]
        for commune, name, day in zip(communes, names, born, strict=True):
            yield None if name == "" or None in (day, commune) else (commune, name, day)


def chunks_of(
    content: bytes,
    words: Words,
    context: FormContext,
    *,
    updates: bool,
    size: int = CHUNK,
    others: bool = False,
) -> Iterator[KeptChunk]:
    """The rows of the first sheet that holds a list, by the chunk, read as they come.

    ``others`` where each row is said to be of a child of its own.

    Raises:
        BookRefusedError: there is no such sheet, a column is unknown or missing, there are no or
            too many rows, or the file cannot be read to its end; nothing of it is to be kept then.
    """
    one_commune = len(words.communes) == 1
    families: Families | None = None
    with open_book(content) as blocks:
        layout, listed = _list_in(blocks, updates=updates, one_commune=one_commune)
        columns = tuple(name or "" for name in layout.columns)
        twins = _Twins(words, ManyChecker(CHILD_FORM, context), _only_keys(columns), updates)
        if not layout.brings_households:
            rows = _rows_to_take(layout, columns, listed)
            yield from _chunks(columns, rows, twins, None, size, others=others)
            return
        families = Families(words, columns)
        families.gather(_rows_to_take(layout, columns, listed))
    # once more: what is told of a household may stand in rows that come long after its first
    with open_book(content) as blocks:
        layout, listed = _list_in(blocks, updates=updates, one_commune=one_commune)
        rows = _rows_to_take(layout, columns, listed)
        yield from _chunks(columns, rows, twins, families, size, others=others)


def _rows_to_take(
    layout: Layout, columns: tuple[str, ...], listed: Iterator[list[Row]]
) -> Iterator[list[Row]]:
    """The rows below the headings that hold something, block by block."""
    count = 0
    for block in listed:
        rows = [row for row in block if row[0] > layout.row and _is_to_take(columns, row[1])]
        count += len(rows)
        if count > MOST_ROWS:
            raise BookRefusedError(BookRule.TOO_MANY_ROWS)
        yield rows
    if not count:
        raise BookRefusedError(BookRule.NO_ROWS)


def _chunks(
    columns: tuple[str, ...],
    blocks: Iterator[list[Row]],
    twins: _Twins,
    families: Families | None,
    size: int,
    *,
    others: bool,
) -> Iterator[KeptChunk]:
    kept: list[KeptRow] = []
    for rows in blocks:
        numbers = [number for number, _ in rows]
        cells = [row[: len(columns)] for _, row in rows]
        found = twins.of(numbers, cells)
        homes = repeat(None) if families is None else map(families.of, cells)
        kept += map(KeptRow, numbers, cells, found, repeat(others), homes)
        while len(kept) >= size:
            yield KeptChunk(columns, size, packed(kept[:size]))
            del kept[:size]
    if kept:
        yield KeptChunk(columns, len(kept), packed(kept))


def rows_of(content: bytes) -> list[KeptRow]:
    """The rows of a chunk."""
    return msgspec.msgpack.decode(zlib.decompress(content), type=list[KeptRow])


def _list_in(
    blocks: Iterator[SheetBegins | list[Row]], *, updates: bool, one_commune: bool
) -> tuple[Layout, Iterator[list[Row]]]:
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


def _rest_of_sheet(
    looked: list[Row], blocks: Iterator[SheetBegins | list[Row]]
) -> Iterator[list[Row]]:
    yield looked
    for block in blocks:
        if isinstance(block, SheetBegins):
            return
        yield block


def _is_to_take(columns: tuple[str, ...], cells: list[str]) -> bool:
    """Whether something stands in the row beside notes and numbers, and it is not the sample."""
    if NOTE in columns:
        for name, cell in zip(columns, cells, strict=False):
            if name == NOTE and cell and fold(cell).startswith((SAMPLE_MARK, _SAMPLE_MARK_EN)):
                return False
    return any(
        cell and name in LISTED and not cell.isspace()
        for name, cell in zip(columns, cells, strict=False)
    )


def _only_keys(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns by which rows are compared; the others are not looked at."""
    return tuple(name if name in {NAME, BORN, COMMUNE, CODE} else "" for name in columns)
