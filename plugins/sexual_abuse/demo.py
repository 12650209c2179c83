"""Generated intakes: seeded, few, without any name, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.plugin_api import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 1

_FORMS = ("molestation", "rape", "intercourse_with_child", "attempt", "unclassified")
_SETTINGS = ("family", "neighbourhood", "school", "online", "public_place", "unclassified")
_RELATIONS = {
    "family": ("step_parent", "other_relative"),
    "neighbourhood": ("neighbour", "peer"),
    "school": ("peer", "teacher_staff"),
    "online": ("acquaintance_online",),
    "public_place": ("stranger", "unknown"),
    "unclassified": ("unknown",),
}
_CHANNELS = ("family", "school", "police", "hotline_111", "community", "health")


def records(world: DemoWorld) -> Iterator[Submission]:
    """About one intake for each thousand children; only age, sex and commune are drawn on."""
    born = [child for child in world.children if _age(child, date(world.year, 1, 1)) >= 0]
    if not born:
        return
    for _ in range(max(1, round(len(born) * PER_THOUSAND / 1000))):
        yield _intake(world, world.random.choice(born))


def _intake(world: DemoWorld, child: DemoChild) -> Submission:
    chance = world.random
    day = date(world.year, chance.randint(1, 12), chance.randint(1, 28))
    setting = chance.choice(_SETTINGS)
    channel = chance.choice(_CHANNELS)
    answers = {
        "received_at": f"{day:%d/%m/%Y} {chance.randint(7, 16):02}:{chance.randint(0, 59):02}",
        "channel": channel,
        "commune_id": str(child.commune_id),
        "estimated_age": str(min(17, _age(child, day))),
        "sex": child.sex,
        "child_safe_now": chance.choice(("yes", "yes", "no")),
        "abuse_form": chance.choice(_FORMS),
        "setting": setting,
        "relation_to_child": chance.choice(_RELATIONS[setting]),
        "online": "yes" if setting == "online" else "no",
    }
    if chance.random() < 8 / 10:
        answers["police_informed_at"] = f"{day:%d/%m/%Y} {chance.randint(17, 22):02}:30"
    if channel == "hotline_111":
        answers["hotline_ref"] = f"GEN-{chance.randint(1000, 9999)}"
    entered = min(day + timedelta(days=1), date(world.year, 12, 31))
    return Submission("sexual_abuse.intake", answers, entered)


def _age(child: DemoChild, day: date) -> int:
    """Completed years; below zero before birth."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
