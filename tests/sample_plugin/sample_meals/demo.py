"""Generated meal rounds: seeded, and of nobody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.plugin_api import Submission
from sample_meals.services import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoWorld

_SHORT_ONE_IN = 5


def records(world: DemoWorld) -> Iterator[Submission]:
    """One meal round in each commune and month; about one in five is short of meals."""
    for commune in world.communes:
        for month in range(1, 13):
            day = date(world.year, month, world.random.randint(1, 28))
            children = world.random.randint(15, 60)
            short = world.random.randrange(_SHORT_ONE_IN) == 0
            answers = {
                "held_on": f"{day:%d/%m/%Y}",
                "commune_id": str(commune),
                "place": world.random.choice(("kindergarten", "school", "community")),
                "children": str(children),
                "meals": str(children - 3 if short else children),
            }
            reason = {"shortage": "supplies"} if short else {}
            yield Submission(FORM, answers | reason, day)
