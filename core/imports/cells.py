"""What officers write into cells, in the words of the form: codes, days, communes.

Nothing is judged here: a cell that is not understood is handed on as it stands, and the form says
what is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.forms.reading import NO, YES
from core.imports.columns import ASKED, BORN, COMMUNE, PRECISION, STATUS
from core.imports.household_columns import ADDRESS, HEAD, HOME_NUMBER, HOME_WORDS, TOLD
from core.kit.language import Text
from core.kit.text import fold, nfc
from core.register.options import CHILD_STATUS
from core.register.options import PRECISION as PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.plugin_api.forms import Field, Option

_YES_WORDS: Final = frozenset({"co", "x", "yes", "true", "dung", "1", "v"})
_NO_WORDS: Final = frozenset({"khong", "no", "false", "sai", "0"})
# What a cell is for the form: a text, or the codes of several choices.
Typed = str | tuple[str, ...]
_SEVERAL: Final = re.compile(r"[;\n]")
_YEAR: Final = re.compile(r"[0-9]{4}")
_MONTH: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
_DOTTED: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
# What officers write for the same, beside the form's own words.
_ALSO: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "sex": {"male": ("trai", "m"), "female": ("gái", "f"), "unknown": ("không rõ", "chưa rõ")},
    "schooling": {
        "lower_secondary": ("THCS", "cấp 2"),
        "upper_secondary": ("THPT", "cấp 3"),
        "primary": ("cấp 1",),
        "dropped_out": ("bỏ học",),
        "never": ("chưa đi học",),
    },
    "ethnicity": {"hmong": ("H'Mông", "Hmông", "Mèo")},
    "residence_status": {"migrant": ("di cư",)},
}
_PLACES: Final = {code: place for place, code in enumerate(PRECISIONS.codes)}

AMBIGUOUS: Final = Text(
    vi="Có nhiều xã, phường, thị trấn tên này. Hãy ghi kèm tên huyện, ví dụ «Xã A, Huyện B».",
    en="Several communes have this name. Add the district: “Xã A, Huyện B”.",
)
FINER: Final = Text(
    vi="Ngày sinh không ghi đủ ngày, tháng, năm nên mức chính xác không thể như vậy. Hãy xem lại.",
    en="The date of birth is not written in full, so it cannot be known so exactly. Check it.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """How the cells of one list are read; ``communes`` are those that may be entered, by id.

    Each word is looked up once and remembered for as long as the list is worked on.
    """

    communes: Mapping[int, str]
    known: dict[str, dict[str, Typed | None]] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know the communes by their folded names, with the district and without."""
        for commune, name in self.communes.items():
            for said in {fold(name), fold(name.partition(",")[0])}:
                self.by_name.setdefault(said, []).append(commune)

    def typed(self, name: str, cell: str) -> Typed | None:
        """The answer as the form reads it; ``None`` for an empty cell."""
        return self.typed_all(name, (cell,))[0]

    def typed_all(self, name: str, cells: Sequence[str]) -> list[Typed | None]:
        """The same for the cells of one column."""
        if name in _AS_IT_STANDS:
            return [None if not cell or cell.isspace() else cell for cell in cells]
        known = self.known.setdefault(name, {"": None})
        for cell in set(cells).difference(known):
            known[cell] = self._read(name, cell)
        return [known[cell] for cell in cells]

    def is_ambiguous(self, cell: str) -> bool:
        """Whether several communes have this name."""
        return len(self.by_name.get(fold(cell), ())) > 1

    def _read(self, name: str, cell: str) -> Typed | None:
        if not cell.isprintable() and not nfc(cell):
            return None
        if cell.isspace():
            return None
        if name == COMMUNE:
            named = self.by_name.get(fold(cell), [])
            return str(named[0]) if len(named) == 1 else cell
        if _KINDS.get(name) == "choices":
            parts = (part for part in _SEVERAL.split(cell) if nfc(part))
            return tuple(_OPTIONS[name].get(fold(part), part) for part in parts)
        if name in _OPTIONS:
            return _OPTIONS[name].get(fold(cell), cell)
        change = _BY_KIND.get(_KINDS.get(name, ""))
        return cell if change is None else change(cell)


def born_with_precision(cell: str) -> str | None:
    """How exactly a cell tells a birth: ``day``, ``month``, ``year``; ``None`` for no such cell."""
    tidy = nfc(cell)
    if not tidy:
        return None
    if _YEAR.fullmatch(tidy):
        return "year"
    return "month" if _MONTH.fullmatch(tidy) else "day"


def is_finer(one: str, other: str) -> bool:
    """Whether a precision says more than another; an estimate says least."""
    return _PLACES.get(one, len(_PLACES)) < _PLACES.get(other, len(_PLACES))


def _yes_no(cell: str) -> str:
    word = fold(cell)
    return YES if word in _YES_WORDS else NO if word in _NO_WORDS else cell


def _day(cell: str) -> str:
    """A day with dots as one with slashes; the first day of a month or a year that is all."""
    tidy = nfc(cell)
    if _DOTTED.fullmatch(tidy):
        return tidy.replace(".", "/")
    return tidy


def _birth(cell: str) -> str:
    tidy = nfc(cell)
    if _YEAR.fullmatch(tidy):
        return f"01/01/{tidy}"
    month = _MONTH.fullmatch(tidy)
    return f"01/{month[1]}/{month[2]}" if month is not None else _day(tidy)


def _options_of(options: Iterable[Option], also: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known: dict[str, str] = {}
    listed = tuple(options)
    for option in listed:
        known.setdefault(fold(option.value), option.value)
        known.setdefault(fold(option.label.vi), option.value)
    for option in listed:
        known.setdefault(fold(option.label.en), option.value)
        for word in also.get(option.value, ()):
            known.setdefault(fold(word), option.value)
    return known


def _choices(
    fields: Mapping[str, Field], also: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> dict[str, dict[str, str]]:
    return {
        name: _options_of(one.options, also.get(name, {}))
        for name, one in fields.items()
        if one.options
    }


_OF_CHILD: Final = {one.name: one for one in ASKED}
_OPTIONS: Final = (
    _choices(_OF_CHILD, _ALSO)
    | {STATUS: _options_of(CHILD_STATUS.options, {})}
    | _choices(TOLD, HOME_WORDS)
)
_KINDS: Final = {name: one.kind for name, one in (_OF_CHILD | TOLD).items()} | {BORN: "birth"}
# The form itself reads these however they are written; no two cells are alike, so none is kept.
_AS_IT_STANDS: Final = frozenset(
    {"full_name", "health_insurance_card", "household_id", HOME_NUMBER, HEAD, ADDRESS}
)
_BY_KIND: Final = {"yes_no": _yes_no, "date": _day, "birth": _birth}
__all__ = ["AMBIGUOUS", "FINER", "PRECISION", "Words", "born_with_precision", "is_finer"]
