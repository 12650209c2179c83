"""A row of a list between its file and the register, as it is packed away."""

from __future__ import annotations

import msgspec

from core.imports.families import KeptFamily


class KeptRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A row on its way: its number, its cells, and the row of the file that it repeats.

    ``other`` where somebody says that it is another child than any who is like it. ``family`` is
    the household that the list tells of for it.
    """

    number: int
    cells: list[str]
    twin: int | None = None
    other: bool = False
    family: KeptFamily | None = None

    def __repr__(self) -> str:
        return f"<row {self.number}>"
