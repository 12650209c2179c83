"""The households of a list: rows of one commune with one number are of one household.

What is told of it may stand in one of its rows, as in merged cells, or in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


class KeptFamily(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A household as the rows of a list tell of it together.

    Within its list it is known by the ``row`` that is the first of it. ``cells`` are by column,
    each with the row in which it stands; ``code`` where a row names a household of the register.
    ``clashes`` are the columns in which two rows differ, with both; ``twin`` is the first row of
    another household that looks the same.
    """

    row: int
    commune: str
    cells: dict[str, tuple[str, int]] = {}
    code: str = ""
    clashes: list[tuple[str, int, int]] = []
    twin: int | None = None

    def __repr__(self) -> str:
        return f"<household of row {self.row}>"

    def id_in(self, import_id: UUID) -> UUID:
        """The id that it has or will have: the same for every chunk and attempt of its list.

        Nobody can guess it who does not know the random id of the list.
        """
        return uuid5(import_id, f"household {self.row}")


@dataclass(slots=True)
class _Gathered:
    """A household while its rows are read."""

    row: int
    commune: str
    cells: dict[str, tuple[str, int]] = field(default_factory=dict)
    code: tuple[str, int] | None = None
    clashes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def kept(self, twin: int | None) -> KeptFamily:
        clashes = [(name, *rows) for name, rows in self.clashes.items()]
        code = self.code[0] if self.code else ""
        return KeptFamily(self.row, self.commune, self.cells, code, clashes, twin)


class Families:
    """The households that the rows of one list tell of, gone through once before they are kept."""

    def __init__(self, words: Words, columns: Sequence[str]) -> None:
        """Nothing is known yet."""
        self._words = words
        self._places = {name: place for place, name in enumerate(columns) if name}
        self._told = [(name, place) for name, place in self._places.items() if name in TOLD]
        self._kept: dict[tuple[str, str], KeptFamily] = {}

    def gather(self, blocks: Iterable[Sequence[Row]]) -> None:
        """Put the rows of the whole list together."""
        gathered: dict[tuple[str, str], _Gathered] = {}
        for block in blocks:
            for number, cells in block:
                key = self._key(cells)
                if key is not None:
                    known = gathered.setdefault(key, _Gathered(number, key[0]))
                    self._add(known, number, cells)
        alike: dict[tuple[str, str, str], int] = {}
        for key, one in gathered.items():
            likeness = _likeness(one)
            first = one.row if likeness is None else alike.setdefault(likeness, one.row)
            self._kept[key] = one.kept(None if first == one.row else first)

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

    def _add(self, known: _Gathered, number: int, cells: Sequence[str]) -> None:
        for name, place in self._told:
            cell = cells[place][:_LONGEST] if place < len(cells) else ""
            if not cell or not nfc(cell):
                continue
            told = known.cells.setdefault(name, (cell, number))
            if told[0] != cell and not self._is_same(name, told[0], cell):
                known.clashes.setdefault(name, (told[1], number))
        code = code_of(self._cell(HOUSEHOLD, cells)[:_LONGEST])
        if code:
            known.code = known.code or (code, number)
            if known.code[0] != code:
                known.clashes.setdefault(HOUSEHOLD, (known.code[1], number))

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


def _likeness(one: _Gathered) -> tuple[str, str, str] | None:
    """By what two households are likely one; one with a code is of the register and like none."""
    told = [one.cells.get(name) for name in (HEAD, ADDRESS)]
    if one.code is not None or None in told:
        return None
    head, address = (fold(cell[0]) for cell in told if cell is not None)
    return (one.commune, head, address) if head and address else None
