"""Generated screenings: seeded, plausible in number and mix, and of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 25
YOUNGEST, OLDEST = 5, 17

_WORK = (
    ("agriculture", "phụ thu hoạch lúa"),
    ("agriculture", "hái rau, chăn gia súc"),
    ("fishery", "phân loại cá"),
    ("trade", "phụ bán hàng ở chợ"),
    ("services", "rửa bát, phục vụ quán ăn"),
    ("street_vending", "bán vé số"),
    ("craft_village", "đan lát"),
    ("construction", "phụ hồ"),
)
_HARD = {"construction": "heavy_load", "fishery": "water", "agriculture": "chemicals"}


def screenings(world: DemoWorld) -> Iterator[Submission]:
    """About twenty-five screenings for each thousand children, over the whole year."""
    children = [
        child
        for child in world.children
        if _age(child, date(world.year, 1, 1)) >= YOUNGEST
        and _age(child, date(world.year, 12, 31)) <= OLDEST
    ]
    if not children:
        return
    for _ in range(max(1, round(len(world.children) * PER_THOUSAND / 1000))):
        yield _screening(world, world.random.choice(children))


def at_work(world: DemoWorld, child: DemoChild, day: date) -> dict[str, Any]:
    """The answers of a child who left school and works for somebody longer than the law allows."""
    age = _age(child, day)
    left = {
        "school_attending": "no",
        "last_grade": str(min(12, max(0, age - 8))),
        "left_school_reason": "works",
        "risk_factors": ["dropout"],
        "works": "yes",
    }
    long = {"hours_per_day_max": "9", "hours_per_week": "54"}
    return _about(child, day) | left | _work(world.random, age, at_home=False) | long


def _screening(world: DemoWorld, child: DemoChild) -> Submission:
    chance = world.random
    day = date(world.year, chance.randint(1, 12), chance.randint(1, 28))
    answers = _about(child, day) | _school_and_work(chance, _age(child, day))
    entered = min(day + timedelta(days=chance.randint(0, 6)), date(world.year, 12, 31))
    return Submission("child_labour.screening", answers, entered)


def _about(child: DemoChild, day: date) -> dict[str, Any]:
    return {
        "screened_on": f"{day:%d/%m/%Y}",
        "commune_id": str(child.commune_id),
        "child_id": str(child.id),
        "sex": child.sex,
        "age_at_screening": str(_age(child, day)),
    }


def _school_and_work(chance: Random, age: int) -> dict[str, Any]:
    """One of four stories: at school, left school, helps at home, works for pay."""
    story = chance.choices(("school", "left", "helps", "works"), (50, 12, 16, 22))[0]
    if story == "school":
        return {"school_attending": "yes", "works": "no", "risk_factors": _factors(chance, 1)}
    left_school = story == "left" or (story == "works" and chance.random() < 1 / 2)
    factors = _factors(chance, 1)
    answers: dict[str, Any] = {"school_attending": "no" if left_school else "yes"}
    if left_school:
        answers["last_grade"] = str(min(12, max(0, age - 8)))
        answers["left_school_reason"] = "works" if story == "works" else "poverty"
        factors = ["dropout", *factors]
    if story == "helps":
        answers["chores_hours_per_week"] = str(min(20, age))
    answers |= {"risk_factors": factors, "works": "no" if story == "left" else "yes"}
    return answers if story == "left" else answers | _work(chance, age, at_home=story == "helps")


def _work(chance: Random, age: int, *, at_home: bool) -> dict[str, Any]:
    sector, occupation = _WORK[chance.randint(0, 1)] if at_home else chance.choice(_WORK)
    a_day = chance.randint(1, 3) if at_home else chance.randint(2, 9)
    a_week = a_day * chance.randint(2, 6)
    for_whom = "own_family" if at_home else chance.choice(("relative", "employer"))
    answers: dict[str, Any] = {
        "relation_to_employer": for_whom,
        "sector": sector,
        "occupation": occupation,
        "hours_per_day_max": str(a_day),
        "hours_per_week": str(a_week),
        "night_work": "no" if at_home or chance.random() < 9 / 10 else "yes",
        "hazards": [_HARD[sector]] if not at_home and sector in _HARD else [],
    }
    if for_whom == "employer":
        answers["workplace_name"] = "Cơ sở tư nhân"
    if age in {13, 14}:
        answers["on_light_work_list"] = chance.choice(("yes", "no"))
    if not at_home:
        answers["pay_vnd_month"] = str(chance.randint(5, 30) * 100_000)
    return answers


def _factors(chance: Random, most: int) -> list[str]:
    every = ("poverty", "parent_absent", "migrant", "debt")
    return chance.sample(every, chance.randint(0, most))


def _age(child: DemoChild, day: date) -> int:
    """Completed years; below zero before birth."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
