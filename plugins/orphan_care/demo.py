"""Generated records of children in need of care: seeded, plausible, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 6

# how often each is drawn; mother, father, carer, group, sub-group, needs
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
_EVENTS = {"deceased": "death", "missing": "missing", "detained": "imprisoned"}
_DISASTERS = {
    "an_giang": ("Ngập lụt mùa nước nổi", "flood", 9),
    "lao_cai": ("Lũ quét, sạt lở đất", "flash_flood", 8),
}
_CENTRE = "Trung tâm Bảo trợ xã hội tỉnh (dữ liệu minh họa)"
_HOSPITAL = "Bệnh viện đa khoa tỉnh (dữ liệu minh họa)"


def records(world: DemoWorld) -> Iterator[Submission]:
    """About six detections for each thousand children, and what follows from them."""
    born = [child for child in world.children if child.born < date(world.year, 1, 1)]
    if not born:
        return
    wanted = max(1, round(len(world.children) * PER_THOUSAND / 1000))
    for number, child in enumerate(world.random.sample(born, min(wanted, len(born)))):
        yield from _followed(world, child, whole=number == 0)
    yield from _centre(world)
    yield from _disaster(world)
    yield _hiv(world, world.random.choice(born))


def _followed(world: DemoWorld, child: DemoChild, *, whole: bool) -> Iterator[Submission]:
    """A child with what follows; the first one with everything, so that every form has some."""
    chance = world.random
    day = date(world.year, chance.randint(1, 12), chance.randint(1, 28))
    drawn = chance.choices(_STORIES, [story[0] for story in _STORIES])[0]
    story = _STORIES[0] if whole else drawn
    yield _detection(world, child, day, story)
    lost = {"mother": story[1], "father": story[2]}
    for parent, status in lost.items():
        if status in _EVENTS:
            happened = day - timedelta(days=chance.randint(5, 300))
            answers = {"parent": parent, "event": _EVENTS[status], "happened_on": _say(happened)}
            yield _about(world, child, "parent_change", day, answers)
    if story[3] in {"kin", "foster", "facility"}:
        yield _arrangement(world, child, day, story[3])
    if story[3] != "facility" and (chance.random() < 9 / 10 or whole):
        yield _entitlement(world, child, day, story[4])
    if chance.random() < 1 / 2 or whole:
        yield _sponsorship(world, child, day)


def _detection(world: DemoWorld, child: DemoChild, day: date, story: Any) -> Submission:
    chance = world.random
    _, mother, father, carer, group, sub_group, needs = story
    answers = {
        "detected_on": _say(day),
        "sex": child.sex,
        "age_at_detection": str(min(17, _age(child, day))),
        "detected_by": chance.choice(("collaborator", "collaborator", "commune", "school")),
        "mother_status": mother,
        "father_status": father,
        "has_siblings": chance.choice(("yes", "no")),
        "current_carer": carer,
        "group_code": group,
        "needs": list(needs),
    }
    if sub_group is not None:
        answers["sub_group"] = sub_group
    if carer != "facility" and chance.random() < 9 / 10:
        answers["supported_from"] = _say(day)
    return _about(world, child, "detection", day, answers)


def _arrangement(world: DemoWorld, child: DemoChild, day: date, carer: str) -> Submission:
    in_facility = carer == "facility"
    answers = {
        "care_type": carer,
        "carer_name": _CENTRE if in_facility else "Người nhận chăm sóc (dữ liệu minh họa)",
        "is_relative": "yes" if carer == "kin" else "no",
        "capacity": "60" if in_facility else str(world.random.randint(1, 3)),
        "assessed_on": _say(day),
        "assessment_result": world.random.choice(("suitable", "suitable", "conditional")),
        "starts_on": _say(day),
        "agreement_no": f"{world.random.randint(10, 99)}/QĐ-UBND",
        "moved_from_facility": "no"
        if in_facility
        else world.random.choice(("yes", "no", "no", "no")),
        "siblings": world.random.choice(("none", "together")),
        "next_review_on": _say(day + timedelta(days=90)),
    }
    if not in_facility:
        answers["background_checked_on"] = _say(day)
    return _about(world, child, "arrangement", day, answers)


def _entitlement(world: DemoWorld, child: DemoChild, day: date, group: str) -> Submission:
    orphan = group in {"a", "b", "c"}
    category = "orphan" if orphan else "severe_disability"
    answers = {
        "born_on": _say(child.born),
        "category": category,
        "studying": "no" if _age(child, day) < 6 else "yes",  # noqa: PLR2004  school begins at six
        "decision_no": f"{world.random.randint(100, 999)}/QĐ-UBND",
        "decided_on": _say(day),
        "starts_on": _say(day.replace(day=1)),
        "payment_method": world.random.choice(("cash", "post", "carer")),
    }
    if not orphan:
        answers["stated_tenths"] = "20"
    return _about(world, child, "entitlement", day, answers)


def _sponsorship(world: DemoWorld, child: DemoChild, day: date) -> Submission:
    answers = {
        "donor": "Nhà hảo tâm (dữ liệu minh họa)",
        "kind": world.random.choice(("cash", "scholarship")),
        "amount_vnd": str(world.random.choice((1_200_000, 2_400_000, 3_600_000))),
        "starts_on": _say(day),
        "ends_on": _say(day + timedelta(days=364)),
        "has_other_sponsor": "no",
    }
    return _about(world, child, "sponsorship", day, answers)


def _centre(world: DemoWorld) -> Iterator[Submission]:
    """Twice a year the general hospital comes to the centre."""
    for month in (4, 10):
        day = date(world.year, month, world.random.randint(1, 28))
        answers = {
            "commune_id": str(world.communes[0]),
            "facility": _CENTRE,
            "service": "general" if month == 4 else "dental",  # noqa: PLR2004  April
            "given_on": _say(day),
            "children_served": str(world.random.randint(30, 55)),
            "provider": _HOSPITAL,
        }
        yield Submission("orphan_care.health_service", answers, day)


def _disaster(world: DemoWorld) -> Iterator[Submission]:
    name, kind, month = _DISASTERS.get(world.tenant_slug, ("Lốc xoáy", "storm", 6))
    day = date(world.year, month, world.random.randint(1, 28))
    for commune in world.random.sample(world.communes, min(2, len(world.communes))):
        affected = world.random.randint(8, 60)
        answers = {
            "name": f"{name} năm {world.year}",
            "kind": kind,
            "happened_on": _say(day),
            "commune_id": str(commune),
            "children_affected": str(affected),
            "households_affected": str(affected // 2 + 1),
            "children_supported": str(affected - world.random.randint(0, 5)),
        }
        yield Submission("orphan_care.disaster", answers, day)


def _hiv(world: DemoWorld, child: DemoChild) -> Submission:
    """Only commune and sex are drawn on; no child of the register is named."""
    day = date(world.year, world.random.randint(1, 12), world.random.randint(1, 28))
    answers = {
        "known_on": _say(day),
        "commune_id": str(child.commune_id),
        "sex": child.sex,
        "managed_from": _say(day),
    }
    return Submission("orphan_care.hiv_care", answers, day)


def _about(
    world: DemoWorld, child: DemoChild, form: str, day: date, answers: dict[str, Any]
) -> Submission:
    """A record about a child, entered within days of what it tells."""
    entered = min(day + timedelta(days=world.random.randint(0, 9)), date(world.year, 12, 31))
    whose = {"commune_id": str(child.commune_id), "child_id": str(child.id)}
    return Submission(f"orphan_care.{form}", whose | answers, entered)


def _say(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _age(child: DemoChild, day: date) -> int:
    """Completed years."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
