"""Generated records of children in need of care: seeded, plausible, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Made, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 6
_BETWEEN_VISITS = 90
_SMALL = 4

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
    # each child in one of two years, so that nobody has two allowances at once
    half = world.year % 2
    born = [
        child
        for child in world.children
        if child.id.int % 2 == half and child.born < date(world.year, 1, 1)
    ]
    if not born:
        return
    wanted = max(1, round(len(world.children) * PER_THOUSAND / 1000))
    for number, child in enumerate(world.random.sample(born, min(wanted, len(born)))):
        yield from _followed(world, child, number)
    yield from _centre(world)
    yield from _disaster(world)
    yield from _hiv(world, world.random.choice(born))
    yield _family(world)


def _followed(world: DemoWorld, child: DemoChild, number: int) -> Iterator[Submission]:
    """A child with what follows; the first one with everything, so that every form has some."""
    chance, whole = world.random, number == 0
    day = date(world.year, chance.randint(1, 8 if whole else 12), chance.randint(1, 28))
    drawn = chance.choices(_STORIES, [story[0] for story in _STORIES])[0]
    story = _STORIES[0] if whole else drawn
    yield _detection(world, child, day, story, name=f"detection-{number}")
    yield _verification(world, child, day, f"detection-{number}")
    lost = {"mother": story[1], "father": story[2]}
    for parent, status in lost.items():
        if status in _EVENTS:
            happened = day - timedelta(days=chance.randint(5, 300))
            answers = {"parent": parent, "event": _EVENTS[status], "happened_on": _say(happened)}
            yield _about(world, child, "parent_change", day, answers)
    if story[3] in {"kin", "foster", "facility"}:
        yield _arrangement(world, child, day, story[3], name=f"care-{number}")
        due = day + timedelta(days=_BETWEEN_VISITS)
        if due <= _end(world):
            yield _visit(world, child, due, f"care-{number}")
    yield _dossier(world, child, day, decided=whole or chance.random() < 8 / 10)
    if _too_old(child, day):
        return
    if story[3] != "facility" and (chance.random() < 9 / 10 or whole):
        yield _entitlement(world, child, day, story[4], name=f"allowance-{number}")
        yield from _payments(world, child, day, story[4], f"allowance-{number}")
    if chance.random() < 1 / 2 or whole:
        yield _sponsorship(world, child, day)


def _detection(
    world: DemoWorld, child: DemoChild, day: date, story: Any, *, name: str
) -> Submission:
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
    return _about(world, child, "detection", day, answers, name=name)


def _arrangement(
    world: DemoWorld, child: DemoChild, day: date, carer: str, *, name: str
) -> Submission:
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
        "next_review_on": _say(day + timedelta(days=_BETWEEN_VISITS)),
    }
    if not in_facility:
        answers["background_checked_on"] = _say(day)
    return _about(world, child, "arrangement", day, answers, name=name)


def _entitlement(
    world: DemoWorld, child: DemoChild, day: date, group: str, *, name: str
) -> Submission:
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
        answers["stated_coefficient"] = "2"
    return _about(world, child, "entitlement", day, answers, name=name)


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
    day = date(world.year, 6, 30)
    residents = world.random.sample(world.children, min(3, len(world.children)))
    listed = {
        "commune_id": str(world.communes[0]),
        "facility": _CENTRE,
        "as_of": _say(day),
        "residents": [{"child_id": str(one.id), "needs": "foster"} for one in residents],
    }
    yield Submission("orphan_care.facility_list", listed, day)


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
            "children": [{"age": str(world.random.randint(0, 15)), "sex": "female"}],
            "relief": [
                {
                    "kind": "school",
                    "given_on": _say(day),
                    "children_helped": str(affected // 2),
                    "value_vnd": str(150_000 * (affected // 2)),
                    "given_by": "Hội Chữ thập đỏ tỉnh (dữ liệu minh họa)",
                }
            ],
        }
        yield Submission("orphan_care.disaster", answers, day)


def _hiv(world: DemoWorld, child: DemoChild) -> Iterator[Submission]:
    """Only commune and sex are drawn on; no child of the register is named."""
    day = date(world.year, world.random.randint(1, 12), world.random.randint(1, 28))
    answers = {
        "known_on": _say(day),
        "commune_id": str(child.commune_id),
        "sex": child.sex,
        "managed_from": _say(day),
    }
    yield Submission("orphan_care.hiv_care", answers, day, name="hiv")
    service = {
        "hiv_care_id": Made("hiv"),
        "commune_id": str(child.commune_id),
        "kind": "psychological",
        "given_on": _say(day),
        "provider": _HOSPITAL,
    }
    yield Submission("orphan_care.hiv_service", service, day)


def _verification(world: DemoWorld, child: DemoChild, day: date, detection: str) -> Submission:
    answers = {
        "detection_id": Made(detection),
        "commune_id": str(child.commune_id),
        "verified_on": _say(day),
        "confirmed": "yes",
    }
    return Submission("orphan_care.verification", answers, min(_later(day, 9), _end(world)))


def _visit(world: DemoWorld, child: DemoChild, due: date, care: str) -> Submission:
    last = _end(world)
    visited = min(_later(due, world.random.choice((-3, -1, 0, 6))), last)
    answers = {
        "arrangement_id": Made(care),
        "commune_id": str(child.commune_id),
        "due_on": _say(due),
        "visited_on": _say(visited),
        "wellbeing": world.random.choice(("good", "fair")),
        "school": world.random.choice(("good", "fair")),
        "health": "good",
        "concerns": ["none"],
        "still_in_care": "yes",
        "next_review_on": _say(_later(visited, _BETWEEN_VISITS)),
    }
    return Submission("orphan_care.visit", answers, visited)


def _dossier(world: DemoWorld, child: DemoChild, day: date, *, decided: bool) -> Submission:
    papers = ("application", "birth_certificate", "parents_paper")
    received = papers if decided else papers[:2]
    answers: dict[str, Any] = {
        "kind": "allowance",
        "opened_on": _say(day),
        "items": [{"item": item, "received_on": _say(day)} for item in received],
    }
    if decided:
        answers |= {
            "submitted_on": _say(day),
            "decided_on": _say(day),
            "decision_no": f"{world.random.randint(100, 999)}/QĐ-UBND",
            "result": "granted",
        }
    return _about(world, child, "dossier", day, answers)


def _payments(
    world: DemoWorld, child: DemoChild, day: date, group: str, allowance: str
) -> Iterator[Submission]:
    """The first three months, the last of which may be late."""
    small = _age(child, day.replace(day=1)) < _SMALL
    coefficient = 2 if group not in {"a", "b", "c"} else 2.5 if small else 1.5
    for month in range(day.month, min(day.month + 3, 13)):
        first = date(world.year, month, 1)
        paid = month < day.month + 2 or world.random.random() < 8 / 10
        answers = {
            "entitlement_id": Made(allowance),
            "commune_id": str(child.commune_id),
            "month": _say(first),
            "amount_vnd": str(int(270_000 * coefficient)),
            "status": "paid" if paid else "unpaid",
        }
        if paid:
            answers["paid_on"] = _say(first.replace(day=10))
        yield Submission("orphan_care.payment", answers, first.replace(day=28))


def _family(world: DemoWorld) -> Submission:
    day = date(world.year, world.random.randint(1, 12), world.random.randint(1, 28))
    answers = {
        "commune_id": str(world.random.choice(world.communes)),
        "carer_name": "Gia đình nhận chăm sóc (dữ liệu minh họa)",
        "capacity": "2",
        "children_now": "1",
        "assessed_on": _say(day),
        "assessment_result": "suitable",
    }
    return Submission("orphan_care.care_family", answers, day)


def _too_old(child: DemoChild, day: date) -> bool:
    """An allowance ends at sixteen, or at twenty-two while studying; these all study."""
    return _age(child, day) > 17  # noqa: PLR2004  years


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _end(world: DemoWorld) -> date:
    return date(world.year, 12, 31)


def _about(
    world: DemoWorld,
    child: DemoChild,
    form: str,
    day: date,
    answers: dict[str, Any],
    *,
    name: str | None = None,
) -> Submission:
    """A record about a child, entered within days of what it tells."""
    entered = min(day + timedelta(days=world.random.randint(0, 9)), date(world.year, 12, 31))
    whose = {"commune_id": str(child.commune_id), "child_id": str(child.id)}
    return Submission(f"orphan_care.{form}", whose | answers, entered, name=name)


def _say(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _age(child: DemoChild, day: date) -> int:
    """Completed years."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
