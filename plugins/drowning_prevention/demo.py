"""Generated records of every form: seeded, plausible in number, and of no real child or place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Submission
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.demo_injuries import injuries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

HOMES_PER_THOUSAND = 30
SITES_PER_THOUSAND = 10
EQUIPMENT_PER_THOUSAND = 5
FACILITIES_PER_THOUSAND = 4
POINTS_PER_THOUSAND = 2

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
    for number in range(_share(world, POINTS_PER_THOUSAND)):
        yield _point(world, number)
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
    answers: dict[str, Any] = {
        code: codes.FAIL if code in weak else codes.PASS for code in ITEM_CODES
    }
    answers |= {
        "household_id": str(child.household_id),
        "commune_id": str(child.commune_id),
        "assessed_on": _said(day),
        "mandatory_passed": "15" if safe else str(chance.randint(8, 14)),
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


def _point(world: DemoWorld, number: int) -> Submission:
    opened = date(world.year, 8, world.random.randint(1, 28))
    answers = {
        "name": f"Điểm giữ trẻ {number + 1}/{world.year}",
        "commune_id": _commune(world),
        "host_place": "Trường mẫu giáo",
        "capacity": "30",
        "carers": "3",
        "status": "closed",
        "opened_on": _said(opened),
        "closed_on": _said(opened + timedelta(days=60)),
        "water_level_event": "Nước trên báo động 2",
    }
    on = opened + timedelta(days=60)
    return Submission("drowning_prevention.flood_care_point", answers, on)


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


def _commune(world: DemoWorld) -> str:
    return str(world.random.choice(world.communes))


def _some_day(world: DemoWorld) -> date:
    return date(world.year, world.random.randint(1, 9), world.random.randint(1, 28))


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
