"""Reads the lists of units that ship with the program; pure, no database."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core.areas.models import COMMUNE, DISTRICT, PROVINCE
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

DATA = Path(__file__).parent / "data"
KINDS = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
_DISTRICT_MARK = "district:"
_OLD_UNITS = {"province_code", "province_name", "commune_code", "commune_name", "commune_kind"}
_SUCCESSION = {
    "old_province_code",
    "old_commune_code",
    "new_province_code",
    "new_commune_code",
    "share",
    "note",
}


class UnitKey(NamedTuple):
    """What a unit is known by: a code alone is reused over time."""

    level: str
    code: str
    valid_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One administrative unit as a list names it; both days are inclusive."""

    key: UnitKey
    name: str
    parent: UnitKey | None
    valid_to: date | None
    area_km2: float | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def kind(self) -> str:
        """What the unit is, such as Tỉnh or Huyện."""
        return split_name(self.name)[0]

    @property
    def bare_name(self) -> str:
        """The name without its kind: Châu Đốc."""
        return split_name(self.name)[1]

    def exists_on(self, day: date) -> bool:
        """Whether the unit is there on a day; a bound that is not known does not exclude it."""
        began = self.key.valid_from is None or self.key.valid_from <= day
        return began and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """An old unit went into a new one, ``whole`` or in ``part``."""

    predecessor: UnitKey
    successor: UnitKey
    on_date: date
    share: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Editions:
    """Every unit of every edition, parents before children, and the successions between them."""

    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    valid_from: date | None
    valid_to: date | None
    units: Path
    succession: Path | None


def split_name(name: str) -> tuple[str, str]:
    """The kind and the bare name: ``Thị Xã Việt Yên`` gives ``("Thị xã", "Việt Yên")``."""
    for kind in KINDS:
        if name.casefold().startswith(kind.casefold() + " "):
            return kind, name[len(kind) + 1 :]
    return "", name


def read_editions(directory: Path = DATA) -> Editions:
    """All editions that ``editions.toml`` of a directory names.

    Raises:
        ConfigurationError: a file is missing, a column is missing, or a row names a unit that is
            not there; names file and line.
    """
    units: list[Unit] = []
    successions: list[Succession] = []
    before: _Edition | None = None
    for edition in _editions(directory):
        units.extend(_units(edition))
        if edition.succession is not None:
            if before is None or edition.valid_from is None:
                raise ConfigurationError(
                    f"{directory / 'editions.toml'}: a succession needs an edition before it "
                    "and the day (from) on which it takes effect."
                )
            known = {unit.key for unit in units}
            successions.extend(_successions(edition.succession, before, edition.valid_from, known))
        before = edition
    return Editions(units=tuple(units), successions=tuple(successions))


def _editions(directory: Path) -> Iterator[_Edition]:
    path = directory / "editions.toml"
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["edition"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise ConfigurationError(f"{path}: cannot read the list of editions ({error}).") from None
    for entry in listed:
        succession = entry.get("succession")
        yield _Edition(
            valid_from=entry.get("from"),
            valid_to=entry.get("to"),
            units=directory / entry["units"],
            succession=directory / succession if succession else None,
        )


def _rows(path: Path, columns: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            if missing:
                raise ConfigurationError(
                    f"{path}:1: missing columns: {', '.join(sorted(missing))}."
                )
            for row in reader:
                yield reader.line_num, row
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot read it ({error.strerror}).") from None


def _units(edition: _Edition) -> list[Unit]:
    """Provinces first, then districts, then communes, each once."""
    found: dict[str, dict[UnitKey, Unit]] = {PROVINCE: {}, DISTRICT: {}, COMMUNE: {}}

    def add(
        level: str, code: str, name: str, parent: UnitKey | None, **place: float | None
    ) -> UnitKey:
        key = UnitKey(level, code, edition.valid_from)
        if key not in found[level]:
            found[level][key] = Unit(
                key=key, name=name, parent=parent, valid_to=edition.valid_to, **place
            )
        return key

    for line, row in _rows(edition.units, _OLD_UNITS):
        parent = add(PROVINCE, row["province_code"], row["province_name"], None)
        if row.get("district_code"):
            parent = add(DISTRICT, row["district_code"], row["district_name"], parent)
        if not row["commune_code"]:
            continue  # an island district without communes
        if UnitKey(COMMUNE, row["commune_code"], edition.valid_from) in found[COMMUNE]:
            raise ConfigurationError(
                f"{edition.units}:{line}: commune {row['commune_code']} is listed twice."
            )
        place = {name: _number(row.get(name)) for name in ("area_km2", "latitude", "longitude")}
        add(COMMUNE, row["commune_code"], row["commune_name"], parent, **place)
    return [unit for level in found.values() for unit in level.values()]


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _successions(
    path: Path, before: _Edition, on_date: date, known: Iterable[UnitKey]
) -> Iterator[Succession]:
    for line, row in _rows(path, _SUCCESSION):
        code = row["old_commune_code"]
        level = DISTRICT if code.startswith(_DISTRICT_MARK) else COMMUNE
        old = UnitKey(level, code.removeprefix(_DISTRICT_MARK), before.valid_from)
        new = UnitKey(COMMUNE, row["new_commune_code"], on_date)
        for key in (old, new):
            if key not in known:
                raise ConfigurationError(f"{path}:{line}: no {key.level} {key.code} in the lists.")
        yield Succession(
            predecessor=old,
            successor=new,
            on_date=on_date,
            share=row["share"],
            is_default=row["share"] == "whole" or row["note"] == "default",
        )
