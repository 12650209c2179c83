"""Brings the area tables in line with the lists that ship with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, select, text, update

from core.areas.editions import DATA, Editions, Succession, Unit, UnitKey, read_editions
from core.areas.models import Area, AreaSuccession
from core.kit.errors import ConfigurationError
from core.kit.text import fold, vi_sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Table

_COLUMNS = (
    "id",
    "level",
    "code",
    "name",
    "kind",
    "parent_id",
    "valid_from",
    "valid_to",
    "name_fold",
    "name_sort",
    "latitude",
    "longitude",
    "area_km2",
)
_SUCCESSION_COLUMNS = ("predecessor_id", "successor_id", "on_date", "share", "is_default")
_Row = dict[str, Any]
_AREA = cast("Table", Area.__table__)
_SUCCESSION = cast("Table", AreaSuccession.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load did; all zero but ``unchanged`` when there was nothing new."""

    areas_added: int = 0
    areas_changed: int = 0
    areas_unchanged: int = 0
    successions_added: int = 0
    successions_changed: int = 0
    only_in_database: int = 0

    @property
    def changed_nothing(self) -> bool:
        """Whether the tables already said what the lists say."""
        return not (
            self.areas_added
            or self.areas_changed
            or self.successions_added
            or self.successions_changed
        )


def load_areas(connection: Connection, directory: Path = DATA) -> LoadReport:
    """Load the lists of a directory, as the migration login; the caller commits.

    Rows are matched by level, code and first day: a corrected name or a newly known last day
    changes the row and keeps its id. Units that only the database knows are kept and counted.

    Raises:
        ConfigurationError: a list is wrong, or two units would hold one code at the same time.
    """
    editions = read_editions(directory)
    _refuse_overlaps(editions.units)
    connection.execute(text("LOCK TABLE core.area IN SHARE ROW EXCLUSIVE MODE"))
    stored = _stored_areas(connection)
    ids, wanted = _with_ids(editions.units, stored)
    added = [row for key, row in wanted.items() if key not in stored]
    changed = [row for key, row in wanted.items() if key in stored and stored[key] != row]
    _copy(connection, "core.area", _COLUMNS, added)
    _update_areas(connection, changed)
    successions_added, successions_changed = _load_successions(connection, editions, ids)
    return LoadReport(
        areas_added=len(added),
        areas_changed=len(changed),
        areas_unchanged=len(wanted) - len(added) - len(changed),
        successions_added=successions_added,
        successions_changed=successions_changed,
        only_in_database=len(stored.keys() - wanted.keys()),
    )


def _refuse_overlaps(units: Iterable[Unit]) -> None:
    """A code may come back, but never while another unit still holds it."""
    last: dict[tuple[str, str], Unit] = {}
    for unit in sorted(units, key=lambda u: (u.key.level, u.key.code, str(u.key.valid_from or ""))):
        before = last.get(unit.key[:2])
        began = unit.key.valid_from
        if before is not None and (
            before.valid_to is None or began is None or before.valid_to >= began
        ):
            raise ConfigurationError(
                f"{unit.key.level} {unit.key.code}: {before.name} and {unit.name} hold the code "
                "at the same time; end the earlier edition (to) before the later one begins (from)."
            )
        last[unit.key[:2]] = unit


def _stored_areas(connection: Connection) -> dict[UnitKey, _Row]:
    columns = [getattr(Area, name) for name in _COLUMNS]
    rows = connection.execute(select(*columns)).mappings()
    return {UnitKey(row["level"], row["code"], row["valid_from"]): dict(row) for row in rows}


def _with_ids(
    units: Iterable[Unit], stored: dict[UnitKey, _Row]
) -> tuple[dict[UnitKey, int], dict[UnitKey, _Row]]:
    """Rows as they shall be; new ones are numbered on in the order of the lists."""
    ids = {key: int(row["id"]) for key, row in stored.items()}
    following = max(ids.values(), default=0) + 1
    rows: dict[UnitKey, _Row] = {}
    for unit in units:
        if unit.key not in ids:
            ids[unit.key] = following
            following += 1
        rows[unit.key] = _row(unit, ids)
    return ids, rows


def _row(unit: Unit, ids: dict[UnitKey, int]) -> _Row:
    return {
        "id": ids[unit.key],
        "level": unit.key.level,
        "code": unit.key.code,
        "name": unit.name,
        "kind": unit.kind,
        "parent_id": ids[unit.parent] if unit.parent else None,
        "valid_from": unit.key.valid_from,
        "valid_to": unit.valid_to,
        "name_fold": fold(unit.bare_name),
        "name_sort": vi_sort_key(unit.bare_name),
        "latitude": unit.latitude,
        "longitude": unit.longitude,
        "area_km2": unit.area_km2,
    }


def _update_areas(connection: Connection, rows: Sequence[_Row]) -> None:
    if not rows:
        return
    changing = [name for name in _COLUMNS if name != "id"]
    statement = (
        update(_AREA)
        .where(_AREA.c.id == bindparam("key"))
        .values({name: bindparam(name) for name in changing})
    )
    connection.execute(statement, [{**row, "key": row["id"]} for row in rows])


def _load_successions(
    connection: Connection, editions: Editions, ids: dict[UnitKey, int]
) -> tuple[int, int]:
    columns = [getattr(AreaSuccession, name) for name in _SUCCESSION_COLUMNS]
    stored = {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(select(*columns))}
    wanted = {_pair(s, ids): (s.on_date, s.share, s.is_default) for s in editions.successions}
    changed = [pair for pair, said in wanted.items() if pair in stored and stored[pair] != said]
    for pair in changed:
        on_date, share, is_default = wanted[pair]
        connection.execute(
            update(_SUCCESSION)
            .where(_SUCCESSION.c.predecessor_id == pair[0], _SUCCESSION.c.successor_id == pair[1])
            .values(on_date=on_date, share=share, is_default=is_default)
        )
    added = [
        dict(zip(_SUCCESSION_COLUMNS, (*pair, *said), strict=True))
        for pair, said in wanted.items()
        if pair not in stored
    ]
    _copy(connection, "core.area_succession", _SUCCESSION_COLUMNS, added)
    return len(added), len(changed)


def _pair(succession: Succession, ids: dict[UnitKey, int]) -> tuple[int, int]:
    return ids[succession.predecessor], ids[succession.successor]


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[_Row]) -> None:
    """COPY: fourteen thousand rows in the time of a few dozen inserts."""
    raw = connection.connection.driver_connection
    if not rows or raw is None:
        return
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] for name in columns])
