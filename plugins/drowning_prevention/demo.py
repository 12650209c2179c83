"""Generated records of every form: seeded, plausible in number, and of no real child or place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Submission
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.demo_injuries import injuries
from plugins.drowning_prevention.safe_home_sets import SET_2011

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

HOMES_PER_THOUSAND = 30
SITES_PER_THOUSAND = 10
EQUIPMENT_PER_THOUSAND = 5
FACILITIES_PER_THOUSAND = 4
CLASSES_PER_THOUSAND = 3
DAYS_COUNTED = 3
LEARNERS = 8
POINTS_PER_THOUSAND = 2

SWIMMERS = (6, 15)

_SITES = (
    ("Bến sông", "river", "high"),
    ("Kênh nội đồng", "canal", "high"),
    ("Ao sau trường", "pond", "medium"),
    ("Hố lấy đất", "hole_pit", "high"),
    ("Hồ chứa nước", "lake", "medium"),
)
_FACILITIES = (
    ("Bể bơi trường học", "pool"),
    ("Bể bơi di động", "mobile_pool"),
    ("Khu bơi có phao", "natural_area"),
)


def records(world: DemoWorld) -> Iterator[Submission]:
    """What a year brings: injuries, homes judged, places made safe, equipment given."""
    if not world.children:
        return
    yield from injuries(world)
    yield from _homes(world)
    for number in range(_share(world, SITES_PER_THOUSAND)):
        yield _site(world, number)
    for number in range(_share(world, FACILITIES_PER_THOUSAND)):
        yield _facility(world, number)
    for number in range(_share(world, CLASSES_PER_THOUSAND)):
        yield from _lessons(world, number)
    for number in range(_share(world, POINTS_PER_THOUSAND)):
        yield from _flood(world, number)
    yield from _years(world)
    yield _handover(world)
    for _ in range(_share(world, EQUIPMENT_PER_THOUSAND)):
        yield _equipment(world)


def _share(world: DemoWorld, per_thousand: int) -> int:
    return max(1, round(len(world.children) * per_thousand / 1000))


def _homes(world: DemoWorld) -> Iterator[Submission]:
    """One for each household and year."""
    homes = {child.household_id: child for child in world.children if child.household_id}
    there = sorted(homes.values(), key=lambda child: child.id)
    some = min(len(there), _share(world, HOMES_PER_THOUSAND))
    for child in world.random.sample(there, some):
        yield _home(world, child)


def _home(world: DemoWorld, child: DemoChild) -> Submission:
    chance = world.random
    day = _some_day(world)
    safe = chance.random() < 3 / 5
    weak = () if safe else chance.sample(ITEM_CODES, chance.randint(6, 14))
    failed = sum(code in weak for code in SET_2011.known_mandatory)
    answers: dict[str, Any] = {
        code: codes.FAIL if code in weak else codes.PASS for code in ITEM_CODES
    }
    answers |= {
        "household_id": str(child.household_id),
        "commune_id": str(child.commune_id),
        "assessed_on": _said(day),
        "mandatory_passed": "15" if safe else str(chance.randint(8, 14 - failed)),
        "injury_at_home_in_year": "no",
    }
    if not safe:
        answers["advice"] = "Rào ao, đậy nắp lu nước, làm chấn song cửa sổ."
        answers["recheck_on"] = _said(day + timedelta(days=90))
    return Submission("drowning_prevention.safe_home", answers, day)


def _site(world: DemoWorld, number: int) -> Submission:
    chance = world.random
    name, kind, risk = chance.choice(_SITES)
    day = _some_day(world)
    mitigation = chance.choice(("none", "sign", "sign", "fence", "cover"))
    answers = {
        "name": f"{name} số {number + 1}",
        "commune_id": _commune(world),
        "type": kind,
        "risk_level": risk,
        "surveyed_on": _said(day),
        "last_checked_on": _said(day),
        "mitigation": mitigation,
        "responsible": "UBND xã",
    }
    if mitigation != codes.NO_MITIGATION:
        answers["mitigated_on"] = _said(day)
    return Submission("drowning_prevention.hazard_site", answers, day)


def _facility(world: DemoWorld, number: int) -> Submission:
    name, kind = world.random.choice(_FACILITIES)
    day = date(world.year, 1, world.random.randint(2, 28))
    answers = {
        "name": f"{name} {number + 1}/{world.year}",
        "commune_id": _commune(world),
        "kind": kind,
        "capacity": "25",
        "status": codes.OPERATING,
        "allocated_on": _said(day),
        "caretaker": "Đoàn Thanh niên",
    }
    return Submission("drowning_prevention.swim_facility", answers, day)


def _lessons(world: DemoWorld, number: int) -> Iterator[Submission]:
    """A pool, and a class in it with children of its commune who are old enough."""
    chance = world.random
    old_enough = [child for child in world.children if SWIMMERS[0] <= _age(child, world.year)]
    learners = [child for child in old_enough if _age(child, world.year) <= SWIMMERS[1]]
    if not learners:
        return
    commune = chance.choice(learners).commune_id
    there = [child for child in learners if child.commune_id == commune]
    place = {
        "name": f"Bể bơi lớp {number + 1}/{world.year}",
        "commune_id": str(commune),
        "kind": "pool",
        "capacity": "25",
        "status": codes.OPERATING,
        "allocated_on": f"02/01/{world.year}",
    }
    yield Submission("drowning_prevention.swim_facility", place, date(world.year, 1, 2))
    starts = date(world.year, 6, chance.randint(1, 20))
    ends = starts + timedelta(days=20)
    answers: dict[str, Any] = {
        "commune_id": str(commune),
        "facility_id": place["name"],
        "organiser": chance.choice(codes.ORGANISERS).value,
        "starts_on": _said(starts),
        "ends_on": _said(ends),
        "lessons_planned": "15",
        "places": "25",
        "instructor": "Đoàn Thanh niên xã",
        "enrolments": [
            _learner(world, child, ends)
            for child in chance.sample(there, min(LEARNERS, len(there)))
        ],
    }
    on = ends + timedelta(days=2)
    yield Submission("drowning_prevention.swim_class", answers, on)


def _learner(world: DemoWorld, child: DemoChild, tested: date) -> dict[str, str]:
    chance = world.random
    result = chance.choices((codes.SAFE_SWIMMER, "partial", "not_yet"), (5, 3, 2))[0]
    safe = result == codes.SAFE_SWIMMER
    return {
        "child_id": str(child.id),
        "sex": child.sex,
        "age": str(_age(child, world.year)),
        "attended": str(chance.randint(9, 15)),
        "result": result,
        "test_date": _said(tested),
        "distance_m": str(chance.randint(25, 50) if safe else chance.randint(0, 20)),
        "float_seconds": str(chance.randint(90, 180) if safe else chance.randint(0, 60)),
    }


def _flood(world: DemoWorld, number: int) -> Iterator[Submission]:
    """A point of the flood season and some of its days."""
    opened = date(world.year, 8, world.random.randint(1, 28))
    commune = _commune(world)
    answers = {
        "name": f"Điểm giữ trẻ {number + 1}/{world.year}",
        "commune_id": commune,
        "host_place": "Trường mẫu giáo",
        "capacity": "30",
        "carers": "3",
        "status": "closed",
        "opened_on": _said(opened),
        "closed_on": _said(opened + timedelta(days=60)),
        "water_level_event": "Nước trên báo động 2",
    }
    on = opened + timedelta(days=60)
    season = {
        "commune_id": commune,
        "opened_on": _said(opened),
        "alarm_level": "2",
        "water_level_cm": str(300 + opened.day),
        "closed_on": _said(on),
    }
    yield Submission("drowning_prevention.flood_season", season, on)
    yield Submission("drowning_prevention.flood_care_point", answers, on)
    for later in range(DAYS_COUNTED):
        boys, girls = world.random.randint(4, 12), world.random.randint(4, 12)
        day = {
            "commune_id": commune,
            "point_id": answers["name"],
            "day": _said(opened + timedelta(days=later)),
            "children_male": str(boys),
            "children_female": str(girls),
            "under_6": str(world.random.randint(0, boys + girls)),
        }
        yield Submission("drowning_prevention.flood_care_day", day, on)


def _years(world: DemoWorld) -> Iterator[Submission]:
    """What each commune in which a child lives reports of the year."""
    homes: dict[int, set[Any]] = {}
    for child in world.children:
        homes.setdefault(child.commune_id, set()).add(child.household_id or child.id)
    on = date(world.year, 11, 15)
    for commune, there in sorted(homes.items()):
        schools = world.random.randint(2, 5)
        answers = {
            "commune_id": str(commune),
            "year": str(world.year),
            "households": str(len(there)),
            "schools": str(schools),
            "safe_schools": str(world.random.randint(0, schools)),
            "safe_community": world.random.choice(("yes", "no", "no")),
        }
        yield Submission("drowning_prevention.commune_year", answers, on)


def _handover(world: DemoWorld) -> Submission:
    day = date(world.year, 4, world.random.randint(1, 28))
    answers = {
        "decision_no": f"{world.random.randint(100, 900)}/QĐ-UBND",
        "recipient_unit": "UBND xã",
        "commune_id": _commune(world),
        "quantity": str(world.random.randint(1, 3)),
        "delivered_on": _said(day),
        "condition": "new",
        "funding_source": "Ngân sách tỉnh",
    }
    return Submission("drowning_prevention.cage_handover", answers, day)


def _equipment(world: DemoWorld) -> Submission:
    chance = world.random
    child = chance.choice(world.children)
    day = max(_some_day(world), child.born)
    answers = {
        "kind": chance.choice((codes.LIFE_JACKET, codes.FLOAT_BACKPACK)),
        "quantity": "1",
        "delivered_on": _said(day),
        "commune_id": str(child.commune_id),
        "donor": "Quỹ Bảo trợ trẻ em",
    }
    if chance.random() < 1 / 2:
        answers["child_id"] = str(child.id)
    else:
        answers |= {"school_name": "Trường Tiểu học A", "quantity": str(chance.randint(10, 60))}
    return Submission("drowning_prevention.equipment_delivery", answers, day)


def _age(child: DemoChild, year: int) -> int:
    """Completed years at the end of May."""
    return year - child.born.year - ((child.born.month, child.born.day) > (5, 31))


def _commune(world: DemoWorld) -> str:
    return str(world.random.choice(world.communes))


def _some_day(world: DemoWorld) -> date:
    return date(world.year, world.random.randint(1, 9), world.random.randint(1, 28))


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
