"""Generated notices of injuries: seeded, plausible in season and age, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 8
DROWNED_PER_THOUSAND = 2
CHILD_BELOW = 16

# Children drown most when school is out and rivers are full: April to August.
_DROWNING_MONTHS = (1, 1, 3, 6, 8, 9, 9, 7, 3, 2, 1, 1)
_CAUSES = ("road_traffic", "fall", "burn", "animal_bite", "sharp_object", "electric", "poisoning")
_CAUSE_WEIGHTS = (30, 34, 10, 12, 8, 3, 3)
_PLACES = {
    "road_traffic": ("road",),
    "fall": ("home", "school"),
    "burn": ("home",),
    "animal_bite": ("home", "road"),
    "sharp_object": ("home", "school"),
    "electric": ("home",),
    "poisoning": ("home", "school"),
}
_WATERS = (
    ("river", "river_canal", "bathing"),
    ("canal", "river_canal", "playing"),
    ("pond", "pond_lake", "playing"),
    ("flood_water", "flooded_field", "crossing"),
    ("tank_jar", "well_tank", "playing"),
)


def injuries(world: DemoWorld) -> Iterator[Submission]:
    """About eight notices for each thousand children, one of them a death by drowning."""
    children = [child for child in world.children if _age(child, date(world.year, 1, 1)) >= 0]
    if not children:
        return
    drowned = max(1, round(len(children) * DROWNED_PER_THOUSAND / 1000))
    others = max(1, round(len(children) * PER_THOUSAND / 1000) - drowned)
    for position in range(drowned):
        died = position % DROWNED_PER_THOUSAND == 0
        yield _drowning(world, _pick(world, children), died=died)
    for _ in range(others):
        yield _injury(world, _pick(world, children))


def _drowning(world: DemoWorld, child: DemoChild, *, died: bool) -> Submission:
    chance = world.random
    month = chance.choices(range(1, 13), _DROWNING_MONTHS)[0]
    water, place, activity = chance.choice(_WATERS)
    answers = {
        "cause": "drowning",
        "outcome": "died" if died else "recovered",
        "place_type": place,
        "water_type": water,
        "activity": activity,
        "supervision": chance.choice(("child_alone", "with_children", "with_children")),
        "can_swim": chance.choices(("no", "yes", "unknown"), (7, 2, 1))[0],
        "rescue_attempted": chance.choice(("yes", "no")),
    }
    return _notice(world, child, _day(world, month), answers)


def _injury(world: DemoWorld, child: DemoChild) -> Submission:
    chance = world.random
    cause = chance.choices(_CAUSES, _CAUSE_WEIGHTS)[0]
    answers = {
        "cause": cause,
        "outcome": chance.choices(("recovered", "hospitalised", "disabled"), (60, 36, 4))[0],
        "place_type": chance.choice(_PLACES[cause]),
    }
    return _notice(world, child, _day(world, chance.randint(1, 12)), answers)


def _notice(world: DemoWorld, child: DemoChild, day: date, answers: dict[str, Any]) -> Submission:
    entered = min(day + timedelta(days=world.random.randint(0, 4)), date(world.year, 12, 31))
    common = {
        "occurred_on": f"{day:%d/%m/%Y}",
        "commune_id": str(child.commune_id),
        "child_id": str(child.id),
        "sex": child.sex,
        "age_at_event": str(_age(child, day)),
    }
    return Submission("drowning_prevention.injury_notice", common | answers, entered)


def _pick(world: DemoWorld, children: list[DemoChild]) -> DemoChild:
    """A child who is under 16 all year, or any child where there is none."""
    young = [c for c in children if _age(c, date(world.year, 12, 31)) < CHILD_BELOW]
    return world.random.choice(young or children)


def _day(world: DemoWorld, month: int) -> date:
    return date(world.year, month, world.random.randint(1, 28))


def _age(child: DemoChild, day: date) -> int:
    """Completed years; below zero before birth."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
