"""The units of a province on a day, and in which of them a commune counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.areas.models import COMMUNE, AreaSuccession
from core.areas.repository import communes_of, districts_of
from core.profiles.repository import province_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.plugin_api.figures import UnitLevel
    from core.tenancy.session import TenantSession


class UnitsOfDay:
    """The communes and districts of the tenant's province on one day; none without a profile.

    Records of a commune that had ended by then count in the one that took it, or its larger part.
    """

    def __init__(self, session: TenantSession, day: date) -> None:
        """Two queries."""
        self._session = session
        self._heirs: dict[int, int] = {}
        self._asked: set[int] = set()
        province = province_of(session, day)
        communes = [] if province is None else communes_of(session, province, day)
        districts = [] if province is None else districts_of(session, province, day)
        there = {district.id for district in districts}
        self.province = province
        self.views = (*districts, *communes)
        self._communes = {one.id: one.id for one in communes}
        self._districts = {one.id: one.parent_id for one in communes if one.parent_id in there}

    def of(self, level: UnitLevel, communes: frozenset[int] | None) -> Mapping[int, int]:
        """Each commune of the day, or those of ``communes``, with its unit of a level."""
        units = self._communes if level == COMMUNE else self._districts
        return {c: u for c, u in units.items() if u is not None and _lies_in(c, communes)}

    def heirs(self, communes: Iterable[int]) -> Mapping[int, int]:
        """For communes that ended before the day, the one of the day that they count in."""
        link = AreaSuccession
        at = {commune: commune for commune in communes if commune not in self._communes}
        found = {old: self._heirs[old] for old in at if old in self._heirs}
        at = {old: last for old, last in at.items() if old not in self._asked}
        self._asked |= at.keys()
        while at:
            rows = self._session.execute(
                select(link.predecessor_id, link.successor_id).where(
                    link.predecessor_id.in_(sorted(set(at.values()))), link.is_default
                )
            )
            step = {row.predecessor_id: row.successor_id for row in rows}
            at = {old: step[last] for old, last in at.items() if last in step}
            found |= {old: now for old, now in at.items() if now in self._communes}
            at = {old: last for old, last in at.items() if last not in self._communes}
        self._heirs |= found
        return found

    def members(
        self, level: UnitLevel, counted: Iterable[int], communes: frozenset[int] | None
    ) -> Mapping[int, frozenset[int]]:
        """By unit of a level: its communes, and those of ``counted`` that ended and count in it.

        Of ``communes`` alone, if given.
        """
        unit_of, found = self.of(level, communes), defaultdict[int, set[int]](set)
        for commune, unit in unit_of.items():
            found[unit].add(commune)
        for old, now in self.heirs(counted).items():
            if now in unit_of:
                found[unit_of[now]].add(old)
        return {unit: frozenset(members) for unit, members in found.items()}


def _lies_in(commune: int, communes: frozenset[int] | None) -> bool:
    return communes is None or commune in communes
