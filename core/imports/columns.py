"""The columns of a list of children: which headings mean which field of the child's form.

A heading is known by the field's name in either language, with accents or without, in any case;
the register's own export has the same headings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.imports.household_columns import HOME_ALSO, HOME_COLUMNS, HOME_NEEDS
from core.imports.rules import BookRefusedError, BookRule
from core.kit.language import Text
from core.kit.text import fold, nfc
from core.register.forms import CHILD_FORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.imports.reading import Row
    from core.plugin_api.forms import Field

LOOKED_AT: Final = 30  # rows at the beginning of a sheet in which the headings are looked for
CODE: Final = "child_code"
STATUS: Final = "status"
COMMUNE: Final = "commune_id"
NAME: Final = "full_name"
BORN: Final = "date_of_birth"
PRECISION: Final = "dob_precision"
SOURCE: Final = "source"
NOTE: Final = "note"
NUMBER: Final = "number"
_HEADINGS_AT_LEAST: Final = 2

FIELDS: Final = {field.name: field for field in CHILD_FORM.fields}
ASKED: Final = tuple(field for field in CHILD_FORM.fields if not field.computed)
# Every column that is read: of the child, and of its household where the list brings that along.
LISTED: Final = FIELDS | HOME_COLUMNS
_BEFORE_HOMES: Final = "household_id"
NOTE_HEADING: Final = Text(vi="Ghi chú", en="Note")
# What a sheet may hold beside the fields; nothing of it is read, but for the mark of the sample.
_BESIDE: Final = {
    NOTE: (NOTE_HEADING, Text(vi="Lý do không nhập", en="Why it was not taken in")),
    NUMBER: (
        Text(vi="STT", en="No"),
        Text(vi="Số thứ tự", en="Number"),
        Text(vi="Dòng", en="Row"),
    ),
}
# Other words that officers' own lists have for the same.
_ALSO: Final = {
    CODE: ("Mã", "Mã trẻ", "Code"),
    NAME: ("Họ và tên", "Họ tên", "Họ tên trẻ", "Name", "Full name"),
    "sex": ("Nam/Nữ", "Gender"),
    BORN: ("Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Năm sinh", "Birth date"),
    COMMUNE: ("Xã", "Xã/phường", "Xã, phường", "Xã/phường/thị trấn", "Phường"),
    "household_id": ("Mã hộ", "Mã hộ gia đình", "Household code"),
    "health_insurance_card": ("Số thẻ BHYT", "Thẻ BHYT", "BHYT"),
}
# A file that lacks one of these lacks something that no row can go without.
_NEVER_WITHOUT: Final = frozenset({NAME})
_DEFAULTED: Final = frozenset({PRECISION, SOURCE})


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings stand and what each column holds; ``None`` for one without a heading."""

    row: int
    columns: tuple[str | None, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(name for name in self.columns if name in LISTED)

    @property
    def brings_households(self) -> bool:
        """Whether rows may tell of households that are not in the register."""
        return not self.fields.isdisjoint(HOME_COLUMNS)


def heading_of(field: Field) -> Text:
    """What a column of the field is called."""
    return field.label


def columns_to_fill() -> dict[str, Field]:
    """The columns of the workbook that officers fill in: those of the household stand together."""
    found: dict[str, Field] = {}
    for field in ASKED:
        found[field.name] = field
        if field.name == _BEFORE_HOMES:
            found |= HOME_COLUMNS
    return found


def find_layout(rows: Sequence[Row], *, updates: bool, one_commune: bool) -> Layout | None:
    """The headings among the first rows of a sheet; ``None`` if the sheet has none.

    ``one_commune`` where the reader enters in one alone, so that no column needs to name it.

    Raises:
        BookRefusedError: the headings are there, but a column is unknown, there twice or missing.
    """
    best: tuple[int, Row] | None = None
    for row in rows[:LOOKED_AT]:
        known = sum(fold(cell) in _KNOWN for cell in row[1] if fold(cell))
        if known >= _HEADINGS_AT_LEAST and (best is None or known > best[0]):
            best = (known, row)
    if best is None:
        return None
    number, cells = best[1]
    layout = Layout(number, tuple(_columns(cells)))
    _require_all(layout, updates=updates, one_commune=one_commune)
    if layout.brings_households:
        _require_household(layout, cells, updates=updates)
    return layout


def letter_of(place: int) -> str:
    """How a program names a column, from zero: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _columns(cells: Sequence[str]) -> list[str | None]:
    found: list[str | None] = []
    for place, heading in enumerate(cells):
        if not fold(heading):
            found.append(None)
            continue
        name = _KNOWN.get(fold(heading))
        said = {"column": letter_of(place), "heading": nfc(heading)[:60]}
        if name is None:
            raise BookRefusedError(BookRule.UNKNOWN_COLUMN, **said)
        if name in found and name in LISTED:
            raise BookRefusedError(BookRule.COLUMN_TWICE, **said)
        found.append(name)
    return found


def _require_all(layout: Layout, *, updates: bool, one_commune: bool) -> None:
    needed = [FIELDS[CODE]] if updates else [one for one in ASKED if _is_needed(one)]
    missing = [one for one in needed if one.name not in layout.fields]
    if one_commune:
        missing = [one for one in missing if one.name != COMMUNE]
    if missing:
        raise BookRefusedError(BookRule.MISSING_COLUMNS, missing=_named(missing))


def _require_household(layout: Layout, cells: Sequence[str], *, updates: bool) -> None:
    """Columns of households are there together, and only in a list of new children."""
    if updates:
        place = next(n for n, name in enumerate(layout.columns) if name in HOME_COLUMNS)
        said = {"column": letter_of(place), "heading": nfc(cells[place])[:60]}
        raise BookRefusedError(BookRule.HOUSEHOLD_IN_UPDATE, **said)
    missing = [HOME_COLUMNS[name] for name in HOME_NEEDS if name not in layout.fields]
    if missing:
        raise BookRefusedError(BookRule.HOUSEHOLD_COLUMNS, missing=_named(missing))


def _named(fields: Sequence[Field]) -> Text:
    return Text(
        vi=", ".join(f"«{heading_of(one).vi}»" for one in fields),
        en=", ".join(f"“{heading_of(one).en}”" for one in fields),
    )


def _is_needed(field: Field) -> bool:
    always = field.required is True and field.relevant is None
    return (always or field.name in _NEVER_WITHOUT) and field.name not in _DEFAULTED


def _known_headings() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, field in FIELDS.items():
        for said in (field.label.vi, field.label.en, name, *_ALSO.get(name, ())):
            known.setdefault(fold(said), name)
    for name, field in HOME_COLUMNS.items():
        for said in (field.label.vi, field.label.en, *HOME_ALSO.get(name, ())):
            known.setdefault(fold(said), name)
    for name, headings in _BESIDE.items():
        for heading in headings:
            known.setdefault(fold(heading.vi), name)
            known.setdefault(fold(heading.en), name)
    return known


_KNOWN: Final = _known_headings()
