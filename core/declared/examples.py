"""Generated records of a declared plugin: the examples of its file, in every commune of a world."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.declared.mapped import COMMUNE
from core.plugin_api.values import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.declared.file import File, FormRow
    from core.plugin_api.values import DemoChild, DemoWorld

_LEAP_DAY = 29


def records(file: File, world: DemoWorld) -> Iterator[Submission]:
    """Each example once in each commune, in the year of the world.

    A child or household is one of the world's, of that commune; where there is none, no record.
    """
    for form in file.forms:
        for commune in world.communes:
            there = [child for child in world.children if child.commune_id == commune]
            for example in form.examples:
                people = _people(form, there, world)
                if people is None:
                    continue
                answers = {name: _answer(value, world.year) for name, value in example.items()}
                answers |= {COMMUNE: str(commune), **people}
                days = [value for value in answers.values() if isinstance(value, date)]
                on = max(days, default=date(world.year, 12, 31))
                yield Submission(f"{file.plugin.key}.{form.name}", answers, on)


def _people(form: FormRow, there: list[DemoChild], world: DemoWorld) -> Mapping[str, str] | None:
    asked = [row for row in form.fields if row.kind in {"child", "household"}]
    if not asked:
        return {}
    homes = [child for child in there if child.household_id is not None]
    if not homes:
        return None
    child = world.random.choice(homes)
    return {row.name: str(child.id if row.kind == "child" else child.household_id) for row in asked}


def _answer(value: Any, year: int) -> Any:
    """A day of an example is a day of the year that is made up; other answers stay."""
    if not isinstance(value, date):
        return value
    leap = (value.month, value.day) == (2, _LEAP_DAY)
    return value.replace(year=year, day=_LEAP_DAY - 1 if leap else value.day)
