"""The program that reads a workbook, in a process of its own with bounds on memory and time.

A cell at the far end of an otherwise empty sheet makes the reading library ask for half a
terabyte, which ends its process: here it ends nothing but itself. It gets no settings, no keys and
no address of a database, only the bytes on standard input, and knows nothing of An Nhi: the file
is run by its path.

What it writes: blocks of MessagePack, each led by its length in four bytes: a text begins a sheet
(its name), a list of ``[row number, [cells]]`` goes on with it. All cells are texts as somebody
would type them, so that one form of every value is checked. At the end comes ``null``.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMORY_BYTES: Final = 2 << 30
MOST_SECONDS: Final = 240
OUT_OF_MEMORY: Final = 3  # the code with which the process ends
ROWS_IN_A_BLOCK: Final = 1000
# What a person can have typed for one answer; a longer cell is cut and then refused as too long.
LONGEST_CELL: Final = 5000
_WIDEST: Final = 120  # columns that are looked at; a heading further right is not found
_MIDNIGHT: Final = (0, 0, 0)


def as_typed(value: Any) -> str:
    """A cell as a person types it: "05/02/2018", "12", "1,5", "có"."""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        day = f"{value.day:02}/{value.month:02}/{value.year:04}"
        clock = (value.hour, value.minute, value.second)
        return day if clock == _MIDNIGHT else f"{day} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return str(value)


def blocks(content: bytes) -> Iterator[Any]:
    """What is written, block by block; empty rows and hidden sheets are left out."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
            continue
        yield sheet.name[:100]
        yield from _rows(book.get_sheet_by_index(number))
    yield None


def _rows(sheet: Any) -> Iterator[Any]:
    """The filled rows of a sheet with their numbers as the program shows them, from 1."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    block: list[Any] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell if type(cell) is str else as_typed(cell) for cell in row[:_WIDEST]]
        if any(cells):
            block.append([number, [*before, *(cell[:LONGEST_CELL] for cell in cells)]])
            if len(block) == ROWS_IN_A_BLOCK:
                yield block
                block = []
    if block:
        yield block


def _bound_itself() -> None:
    """Memory and time, where the system knows such bounds."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read all of the one and write blocks to the other."""
    _bound_itself()
    encoder = msgspec.msgpack.Encoder()
    for block in blocks(source.read()):
        written = encoder.encode(block)
        target.write(len(written).to_bytes(4, "big"))
        target.write(written)
    target.flush()


if __name__ == "__main__":
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
