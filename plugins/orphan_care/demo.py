"""Generated records of children in need of care: seeded, plausible, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.plugin_api import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 6

# mother, father, carer, group, sub-group, needs; with how often each is drawn
_STORIES = (
    (30, "deceased", "deceased", "kin", "a", "a3_kin", ("monthly_allowance", "schooling")),
    (8, "deceased", "deceased", "facility", "a", "a2_facility", ("alternative_care",)),
    (4, "deceased", "deceased", "foster", "a", "a4_foster", ("monthly_allowance",)),
    (6, "unknown", "unknown", "facility", "b", "b2_in_care", ("birth_registration",)),
    (12, "missing", "deceased", "kin", "c", "c1_other_missing", ("monthly_allowance",)),
    (8, "deceased", "detained", "kin", "c", "c3_other_detained", ("counselling", "schooling")),
    (6, "incapable", "deceased", "kin", "c", "c2_other_incapable", ("health_insurance",)),
    (16, "alive_present", "alive_present", "parent", "severe_disability", None, ("health_care",)),
    (4, "alive_present", "alive_present", "parent", "toxic_chemical", None, ("health_care",)),
    (6, "alive_present", "alive_present", "parent", "disaster", None, ("housing", "schooling")),
)


def records(world: DemoWorld) -> Iterator[Submission]:
    """About six records for each thousand children, each child at most once a year."""
    born = [child for child in world.children if child.born < date(world.year, 1, 1)]
    if not born:
        return
    wanted = max(1, round(len(world.children) * PER_THOUSAND / 1000))
    for child in world.random.sample(born, min(wanted, len(born))):
        yield _detection(world, child)


def _detection(world: DemoWorld, child: DemoChild) -> Submission:
    chance = world.random
    day = date(world.year, chance.randint(1, 12), chance.randint(1, 28))
    story = chance.choices(_STORIES, [story[0] for story in _STORIES])[0]
    _, mother, father, carer, group, sub_group, needs = story
    answers = {
        "detected_on": f"{day:%d/%m/%Y}",
        "commune_id": str(child.commune_id),
        "child_id": str(child.id),
        "mother_status": mother,
        "father_status": father,
        "has_siblings": chance.choice(("yes", "no")),
        "current_carer": carer,
        "group_code": group,
        "needs": list(needs),
    }
    if sub_group is not None:
        answers["sub_group"] = sub_group
    entered = min(day + timedelta(days=chance.randint(0, 9)), date(world.year, 12, 31))
    return Submission("orphan_care.detection", answers, entered)
