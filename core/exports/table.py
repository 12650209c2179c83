"""A table to be written to a file, and the file; no knowledge of where the rows come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, get_args

from core.kit.clock import VIETNAM_TIME
from core.kit.errors import MalformedError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Value = str | int | Decimal | date | None
Format = Literal["csv", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTable:
    """What is written, in this order: title, notes, header row, rows.

    ``notes`` say whose it is, from when, and whether the data are generated. ``rows`` is read
    once and may be longer than the memory.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Pages:
    """The rows of a long table as they come: page by page, and of each page the columns."""

    pages: Iterable[Sequence[Sequence[Value]]]

    def __iter__(self) -> Iterator[Sequence[Value]]:
        """Row by row, for whoever writes so."""
        for columns in self.pages:
            yield from zip(*columns, strict=True)


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished file, at its beginning; it has no name on the disk and is gone when closed."""

    file: BinaryIO
    format: Format
    row_count: int


class UnknownFormatError(MalformedError):
    """No list is exported in such a format."""

    code = "exports.unknown_format"

    def __init__(self) -> None:
        """Name the formats there are."""
        known = ", ".join(FORMATS)
        super().__init__(
            Text(
                vi=f"Danh sách chỉ xuất được ở các định dạng: {known}.",
                en=f"A list can be exported as: {known}.",
            )
        )


def parse_format(text: str) -> Format:
    """Read a format's name.

    Raises:
        UnknownFormatError: there is none of this name.
    """
    for known in FORMATS:
        if text == known:
            return known
    raise UnknownFormatError


def as_shown(value: date) -> date:
    """A day as it is; a moment as clocks in Viet Nam show it, without its zone."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM_TIME).replace(tzinfo=None)
    return value
