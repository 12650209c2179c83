"""The households of a list: rows of one commune with one number are of one household.

What is told of it may stand in one of its rows, as in merged cells, or in each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

import msgspec

from core.imports.columns import COMMUNE
from core.imports.household_columns import ADDRESS, HEAD, HOME_NUMBER, TOLD
from core.kit.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.imports.cells import Words
    from core.imports.reading import Row

HOUSEHOLD: Final = "household_id"
# Longer than any answer may be; each row of a household carries the whole of it.
_LONGEST: Final = 300


class KeptFamily(msgspec.Struct, array_like=True, gc=False):
    """A household as the rows of a list tell of it together.

    Within its list it is known by the ``row`` that is the first of it. ``cells`` are by column;
    those that stand in another row than the first have it in ``stands``. ``clashes`` are the
    columns in which two rows differ, with both; ``twin`` is the first row of another household that
    looks the same. There may be half a million of them, so what is not there is ``None``.
    """

    row: int
    commune: str
    cells: dict[str, str]
    stands: dict[str, int] | None = None
    clashes: dict[str, tuple[int, int]] | None = None
    twin: int | None = None

    def __repr__(self) -> str:
        return f"<household of row {self.row}>"

    @property
    def code(self) -> str:
        """The code of the household of the register that some row names; empty if none does."""
        return self.cells.get(HOUSEHOLD, "")

    def row_of(self, column: str) -> int:
        """The row in which the cell of a column stands."""
        return self.row if self.stands is None else self.stands.get(column, self.row)

    def id_in(self, import_id: UUID) -> UUID:
        """The id that it has or will have: the same for every chunk and attempt of its list.

        Nobody can guess it who does not know the random id of the list.
        """
        return uuid5(import_id, f"household {self.row}")

    def add(self, column: str, cell: str, number: int) -> None:
        """Take in a cell that no row has told before."""
        self.cells[column] = cell
        if number != self.row:
            self.stands = (self.stands or {}) | {column: number}

    def clash(self, column: str, number: int) -> None:
        """A row says something else than another before; the first two that differ are kept."""
        rows = (self.row_of(column), number)
        self.clashes = {column: rows} | (self.clashes or {})


class Families:
    """The households that the rows of one list tell of, gone through once before they are kept."""

    def __init__(self, words: Words, columns: Sequence[str]) -> None:
        """Nothing is known yet."""
        self._words = words
        self._places = {name: place for place, name in enumerate(columns) if name}
        self._told = [(name, place) for name, place in self._places.items() if name in TOLD]
        self._words_met: dict[str, str] = {}
        self._kept: dict[tuple[str, str], KeptFamily] = {}

    def gather(self, blocks: Iterable[Sequence[Row]]) -> None:
        """Put the rows of the whole list together."""
        for block in blocks:
            for number, cells in block:
                key = self._key(cells)
                if key is None:
                    continue
                known = self._kept.get(key)
                if known is None:
                    known = self._kept[key] = KeptFamily(number, key[0], {})
                self._add(known, number, cells)
        alike: dict[tuple[str, str, str], int] = {}
        for one in self._kept.values():
            likeness = _likeness(one)
            first = one.row if likeness is None else alike.setdefault(likeness, one.row)
            one.twin = None if first == one.row else first

    def of(self, cells: Sequence[str]) -> KeptFamily | None:
        """The household of a row; ``None`` for a row without a number."""
        key = self._key(cells)
        return None if key is None else self._kept[key]

    def _key(self, cells: Sequence[str]) -> tuple[str, str] | None:
        label = self._cell(HOME_NUMBER, cells)
        if not label:
            return None
        typed = self._words.typed(COMMUNE, self._cell(COMMUNE, cells))
        if typed is None and len(self._words.communes) == 1:
            typed = str(next(iter(self._words.communes)))
        return str(typed or ""), _plain(label).lstrip("0")

    def _add(self, known: KeptFamily, number: int, cells: Sequence[str]) -> None:
        for name, place in self._told:
            cell = cells[place][:_LONGEST] if place < len(cells) else ""
            told = known.cells.get(name)
            if not cell or told == cell or not nfc(cell):
                continue
            if told is None:
                known.add(name, self._once(name, cell), number)
            elif not self._is_same(name, told, cell):
                known.clash(name, number)
        code = code_of(self._cell(HOUSEHOLD, cells)[:_LONGEST])
        if code and not known.code:
            known.add(HOUSEHOLD, code, number)
        elif code and code != known.code:
            known.clash(HOUSEHOLD, number)

    def _once(self, name: str, cell: str) -> str:
        """One text for all cells that say the same, where few different ones are to be expected."""
        return cell if TOLD[name].kind == "text" else self._words_met.setdefault(cell, cell)

    def _is_same(self, name: str, one: str, other: str) -> bool:
        """Accents and case may differ between two rows, and the words for one answer."""
        return _plain(one) == _plain(other) or (
            TOLD[name].kind != "text"
            and self._words.typed(name, one) == self._words.typed(name, other)
        )

    def _cell(self, name: str, cells: Sequence[str]) -> str:
        place = self._places.get(name, len(cells))
        return nfc(cells[place]) if place < len(cells) else ""


def code_of(text: str) -> str:
    """A code as the register stores it."""
    return nfc(text).replace(" ", "").upper()


def _plain(text: str) -> str:
    return fold(text) or nfc(text)


def _likeness(one: KeptFamily) -> tuple[str, str, str] | None:
    """By what two households are likely one; one with a code is of the register and like none."""
    head, address = (fold(one.cells.get(name, "")) for name in (HEAD, ADDRESS))
    return (one.commune, head, address) if head and address and not one.code else None
