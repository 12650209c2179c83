"""Reads areas; works in a tenant's session, a reference session or on a bare connection."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import aliased

from core.areas.memory import recalled
from core.areas.models import COMMUNE, DISTRICT, PROVINCE, Area, AreaSuccession

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


class Reader(Protocol):
    """What a session and a connection have in common."""

    def execute(self, statement: Any, /) -> Any:
        """Run a statement."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """One unit as other packages see it; both days are inclusive, empty means not known or open."""

    id: int
    level: str
    code: str
    name: str
    kind: str
    parent_id: int | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessorView:
    """A unit that took another one, ``whole`` or in ``part``."""

    area: AreaView
    on_date: date
    share: str
    is_default: bool


_FIELDS = (
    Area.id,
    Area.level,
    Area.code,
    Area.name,
    Area.kind,
    Area.parent_id,
    Area.valid_from,
    Area.valid_to,
)


def exists_on(day: date, area: Any = Area) -> ColumnElement[bool]:
    """The condition that a unit is there on a day; a bound that is not known does not exclude."""
    return and_(
        or_(area.valid_from.is_(None), area.valid_from <= day),
        or_(area.valid_to.is_(None), area.valid_to >= day),
    )


def find_area(reader: Reader, area_id: int) -> AreaView | None:
    """The unit with an id."""
    return _first(reader, select(*_FIELDS).where(Area.id == area_id))


def find_unit(reader: Reader, level: str, code: str, on_date: date) -> AreaView | None:
    """The unit that had a code on a day."""
    statement = select(*_FIELDS).where(Area.level == level, Area.code == code, exists_on(on_date))
    return _first(reader, statement)


def find_province(reader: Reader, code: str, on_date: date) -> AreaView | None:
    """The province that had a code on a day: 89 is An Giang until 30 June 2025 only."""
    return find_unit(reader, PROVINCE, code, on_date)


def provinces(reader: Reader, on_date: date) -> list[AreaView]:
    """All provinces of a day, in Vietnamese order."""
    return _all(reader, select(*_FIELDS).where(Area.level == PROVINCE, exists_on(on_date)))


def districts_of(reader: Reader, province_id: int, on_date: date) -> list[AreaView]:
    """The districts of a province on a day, in Vietnamese order; none from 1 July 2025."""
    statement = select(*_FIELDS).where(
        Area.level == DISTRICT, Area.parent_id == province_id, exists_on(on_date)
    )
    return _all(reader, statement)


def communes_of(reader: Reader, area_id: int, on_date: date) -> list[AreaView]:
    """The communes of a province or of a district on a day, in Vietnamese order."""
    between = aliased(Area)
    below = select(between.id).where(between.parent_id == area_id, between.level == DISTRICT)
    statement = select(*_FIELDS).where(
        Area.level == COMMUNE,
        or_(Area.parent_id == area_id, Area.parent_id.in_(below)),
        exists_on(on_date),
    )
    return _all(reader, statement)


def ancestors(reader: Reader, area_id: int) -> list[AreaView]:
    """The units a unit lies in, nearest first; a commune has at most two."""
    found: list[AreaView] = []
    area = find_area(reader, area_id)
    while area is not None and area.parent_id is not None:
        area = find_area(reader, area.parent_id)
        if area is not None:
            found.append(area)
    return found


def successors(reader: Reader, area_id: int) -> list[SuccessorView]:
    """The units that took one, the one with the larger share first."""
    statement = (
        select(*_FIELDS, AreaSuccession.on_date, AreaSuccession.share, AreaSuccession.is_default)
        .join(AreaSuccession, AreaSuccession.successor_id == Area.id)
        .where(AreaSuccession.predecessor_id == area_id)
        .order_by(AreaSuccession.is_default.desc(), Area.name_sort, Area.id)
    )
    return [_successor(row) for row in reader.execute(statement)]


def predecessors(reader: Reader, area_id: int) -> list[SuccessorView]:
    """The units that went into one, wholly or in part."""
    statement = (
        select(*_FIELDS, AreaSuccession.on_date, AreaSuccession.share, AreaSuccession.is_default)
        .join(AreaSuccession, AreaSuccession.predecessor_id == Area.id)
        .where(AreaSuccession.successor_id == area_id)
        .order_by(Area.name_sort, Area.id)
    )
    return [_successor(row) for row in reader.execute(statement)]


def without_successor(
    session: Session, province_ids: Sequence[int], before: date
) -> list[AreaView]:
    """Communes that ended before a day and lead to no unit, or to several and to none first."""
    followed = select(AreaSuccession.predecessor_id).where(
        AreaSuccession.predecessor_id == Area.id,
        or_(AreaSuccession.is_default, AreaSuccession.share == "whole"),
    )
    statement = select(*_FIELDS).where(
        Area.id.in_(sorted(communes_within(session, province_ids))),
        Area.valid_to < before,
        ~followed.exists(),
    )
    return _all(session, statement)


def _successor(row: Any) -> SuccessorView:
    *area, on_date, share, is_default = row
    return SuccessorView(AreaView(*area), on_date, share, is_default)


def _first(reader: Reader, statement: Select[*tuple[Any, ...]]) -> AreaView | None:
    row = reader.execute(statement).first()
    return AreaView(*row) if row is not None else None


def _all(reader: Reader, statement: Select[*tuple[Any, ...]]) -> list[AreaView]:
    ordered = statement.order_by(Area.name_sort, Area.id)
    return [AreaView(*row) for row in reader.execute(ordered)]


def communes_within(session: Session, area_ids: Sequence[int]) -> frozenset[int]:
    """The ids of the communes in some areas, of all times; a commune stands for itself."""
    if not area_ids:
        return frozenset()
    question = ("communes within", *area_ids)
    return recalled(session, question, partial(_communes_within, session, area_ids))


def _communes_within(session: Session, area_ids: Sequence[int]) -> frozenset[int]:
    itself, below, deeper, district = (aliased(Area) for _ in range(4))
    # each way by its own index: asked for with OR, every unit of the country would be looked at
    found = union_all(
        select(itself.id).where(itself.id.in_(area_ids)),
        select(below.id).where(below.parent_id.in_(area_ids)),
        select(deeper.id)
        .join(district, district.id == deeper.parent_id)
        .where(district.parent_id.in_(area_ids)),
    )
    rows = session.execute(select(Area.id).where(Area.level == COMMUNE, Area.id.in_(found)))
    return frozenset(row.id for row in rows)


def area_names(reader: Reader, area_ids: Collection[int]) -> dict[int, str]:
    """The full names of some units, by id."""
    if not area_ids:
        return {}
    rows = reader.execute(select(Area.id, Area.name).where(Area.id.in_(area_ids)))
    return {row.id: row.name for row in rows}


def distinct_names(reader: Reader, area_ids: Collection[int]) -> dict[int, str]:
    """The full names of some units, by id; of two alike each with the unit that it lies in."""
    names = area_names(reader, area_ids)
    alike = Counter(names.values())
    return {
        place: name if alike[name] == 1 else f"{name}, {ancestors(reader, place)[0].name}"
        for place, name in names.items()
    }
