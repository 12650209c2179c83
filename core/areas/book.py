"""The units by place and name, without a database: for checking declarations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.areas.models import PROVINCE
from core.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.areas.editions import Unit, UnitKey


class AreaBook:
    """Looks units up by code or name on a day."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Index the units by parent."""
        self._provinces: list[Unit] = []
        self._children: dict[UnitKey, list[Unit]] = defaultdict(list)
        for unit in units:
            if unit.parent is None:
                self._provinces.append(unit)
            else:
                self._children[unit.parent].append(unit)

    def province(self, code: str, on_date: date) -> Unit | None:
        """The province that had a code on a day."""
        matching = (u for u in self._provinces if u.key.code == code and u.exists_on(on_date))
        return next(matching, None)

    def provinces(self, on_date: date) -> list[Unit]:
        """All provinces of a day."""
        return [unit for unit in self._provinces if unit.exists_on(on_date)]

    def inside(self, parent: Unit, on_date: date, *, level: str | None = None) -> list[Unit]:
        """All units below one, at any depth, on a day."""
        found: list[Unit] = []
        waiting = [parent]
        while waiting:
            children = [u for u in self._children[waiting.pop().key] if u.exists_on(on_date)]
            waiting.extend(children)
            found.extend(u for u in children if level is None or u.key.level == level)
        return found

    def named(self, parent: Unit, level: str, name: str, on_date: date) -> list[Unit]:
        """The units of a level below a parent that a name can mean.

        The full name decides; where none has it (units were raised from district to town), the
        name without its kind does. Several answers mean that the name does not decide.
        """
        if level == PROVINCE:
            raise ValueError("a province is looked up by code")
        units = self.inside(parent, on_date, level=level)
        exact = [unit for unit in units if fold(unit.name) == fold(name)]
        return exact or [unit for unit in units if fold(unit.bare_name) == _bare(name)]


def _bare(name: str) -> str:
    from core.areas.editions import split_name

    return fold(split_name(name)[1])
