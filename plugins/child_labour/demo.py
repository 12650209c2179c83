"""Generated records of every form: seeded, plausible in number, and of no real child or place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Made, Submission
from plugins.child_labour import codes
from plugins.child_labour.demo_screenings import at_work, screenings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

CASES_PER_THOUSAND = 6
WORKPLACES_PER_THOUSAND = 3
CLASSES_PER_THOUSAND = 1
LEARNERS = 6
CONFIRMED_PER_THOUSAND = 2
SUPPORTED_OF_FIVE = 4
OLD_ENOUGH = 13

_PLACES = (
    ("Quán ăn", "venue", "services"),
    ("Cơ sở đan lát", "craft_village", "craft_village"),
    ("Vựa cá", "household_business", "fishery"),
)


def records(world: DemoWorld) -> Iterator[Submission]:
    """What a year brings: screenings, cases with support and visits, inspections, totals."""
    if not world.children:
        return
    yield from screenings(world)
    yield from _confirmed(world)
    for number in range(_share(world, CLASSES_PER_THOUSAND)):
        yield from _class(world, number)
    for number in range(_share(world, CASES_PER_THOUSAND)):
        yield from _case(world, number)
    for number in range(_share(world, WORKPLACES_PER_THOUSAND)):
        yield from _inspected(world, number)
    yield from _years(world)


def _share(world: DemoWorld, per_thousand: int) -> int:
    return max(1, round(len(world.children) * per_thousand / 1000))


def _old_enough(world: DemoWorld) -> list[DemoChild]:
    """Those of thirteen to seventeen all year."""
    born = range(world.year - 17, world.year - OLD_ENOUGH)
    return [child for child in world.children if child.born.year in born] or list(world.children)


def _confirmed(world: DemoWorld) -> Iterator[Submission]:
    """Screenings whose category an officer of the district confirms."""
    for number in range(_share(world, CONFIRMED_PER_THOUSAND)):
        child = world.random.choice(_old_enough(world))
        day = date(world.year, 5, world.random.randint(1, 20))
        name = f"screening {number}"
        at_school: dict[str, Any] = {
            "screened_on": _said(day),
            "commune_id": str(child.commune_id),
            "child_id": str(child.id),
            "sex": child.sex,
            "age_at_screening": str(max(5, min(17, world.year - 1 - child.born.year))),
            "school_attending": "yes",
            "works": "no",
        }
        yield Submission("child_labour.screening", at_school, day, name)
        answers = {
            "commune_id": str(child.commune_id),
            "screening_id": Made(name),
            "decided_on": _said(day + timedelta(days=3)),
            "category": codes.NOT_WORKING,
        }
        yield Submission("child_labour.classification", answers, day + timedelta(days=3))


def _class(world: DemoWorld, number: int) -> Iterator[Submission]:
    chance = world.random
    children = _old_enough(world)
    commune = chance.choice(children).commune_id
    there = [child for child in children if child.commune_id == commune]
    starts = date(world.year, 3, chance.randint(1, 28))
    answers: dict[str, Any] = {
        "trade": chance.choice(("May công nghiệp", "Sửa xe máy", "Cắt tóc")),
        "provider": "Trung tâm giáo dục nghề nghiệp",
        "place": "Hội trường xã",
        "commune_id": str(commune),
        "starts_on": _said(starts),
        "months": "3",
        "places": "20",
        "from_age": str(OLD_ENOUGH),
        "project": "no",
        "enrolments": [
            {
                "child_id": str(child.id),
                "entry_category": chance.choice(("dropout", "working", "at_risk")),
                "result": chance.choice(("completed", "completed", "left")),
            }
            for child in chance.sample(there, min(LEARNERS, len(there)))
        ],
    }
    on = starts + timedelta(days=95)
    yield Submission("child_labour.vocational_class", answers, on, f"class {number}")


def _case(world: DemoWorld, number: int) -> Iterator[Submission]:
    """A child found at work, its case, mostly a support, and the visit after three months."""
    chance = world.random
    child = chance.choice(_old_enough(world))
    found = date(world.year, chance.randint(1, 6), chance.randint(1, 23))
    opened = found + timedelta(days=5)
    here, name = {"commune_id": str(child.commune_id)}, f"case {number}"
    yield Submission("child_labour.screening", at_work(world, child, found), found, f"of {name}")
    case = {
        "child_id": str(child.id),
        "screening_id": Made(f"of {name}"),
        "opened_on": _said(opened),
        "category": codes.CHILD_LABOUR,
        "support_plan": "Vận động trẻ trở lại trường, hỗ trợ gia đình.",
    }
    yield Submission("child_labour.case", here | case, opened, name)
    starts = opened + timedelta(days=10)
    support: dict[str, Any] = {
        "labour_case_id": Made(name),
        "kind": "school_material",
        "provider": "UBND xã",
        "starts_on": _said(starts),
        "cost_vnd": str(chance.randint(3, 9) * 100_000),
        "source": "fund",
    }
    if number % 5 < SUPPORTED_OF_FIVE:
        yield Submission("child_labour.support", here | support, starts)
    if child.household_id is not None and number % 2 == 0:
        livelihood = {
            "household_id": str(child.household_id),
            "kind": "livestock",
            "given_on": _said(starts),
            "value_vnd": "5000000",
        }
        yield Submission("child_labour.livelihood", here | livelihood, starts)
    visited = opened + timedelta(days=chance.randint(80, 100))
    visit: dict[str, Any] = {
        "labour_case_id": Made(name),
        "visited_on": _said(visited),
        "still_working": "no",
        "in_school": "yes",
        "moved_away": "no",
        "status": chance.choice(("withdrawn", "supported")),
    }
    yield Submission("child_labour.follow_up", here | visit, visited)


def _inspected(world: DemoWorld, number: int) -> Iterator[Submission]:
    chance = world.random
    name, kind, sector = chance.choice(_PLACES)
    here = {"commune_id": str(chance.choice(world.communes))}
    day = date(world.year, chance.randint(2, 10), chance.randint(1, 28))
    place = {
        "name": f"{name} số {number + 1}/{world.year}",
        "kind": kind,
        "sector": sector,
        "workers": "8",
        "minors": "1",
    }
    yield Submission("child_labour.workplace", here | place, day, f"workplace {number}")
    minors = chance.randint(0, 2)
    answers: dict[str, Any] = {
        "workplace_id": Made(f"workplace {number}"),
        "inspected_on": _said(day),
        "decision_no": f"{chance.randint(10, 99)}/QĐ-TTr",
        "team": "Thanh tra lao động tỉnh",
        "minors_found": str(minors),
        "minors_5_12": "0",
        "minors_13_14": "0",
        "minors_15_17": str(minors),
    }
    if minors:
        answers |= {
            "findings": ["over_hours"],
            "sanction": "warning",
            "remedy_by": _said(day + timedelta(days=30)),
        }
    yield Submission("child_labour.inspection", here | answers, day)


def _years(world: DemoWorld) -> Iterator[Submission]:
    """What each commune in which a child lives reports of the year."""
    counts: dict[int, int] = {}
    for child in world.children:
        counts[child.commune_id] = counts.get(child.commune_id, 0) + 1
    on = date(world.year, 11, 15)
    for commune, children in sorted(counts.items()):
        businesses = world.random.randint(5, 30)
        answers = {
            "commune_id": str(commune),
            "year": str(world.year),
            "children": str(children),
            "informed_children": str(round(children * 4 / 5)),
            "businesses": str(businesses),
            "informed_businesses": str(round(businesses * 2 / 3)),
        }
        yield Submission("child_labour.commune_year", answers, on)


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
