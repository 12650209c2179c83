"""Generated records of the project: seeded, in the communes of its agreement, of nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Made, Submission
from ngo_enhance import codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

KEY = "ngo_enhance"
MOST_CHILDREN = 24
YOUNGEST, OLDEST = 10, 16
_SINCE = 2018  # the plan of An Giang that names the project is of this year
_SPENT = 600_000


def records(world: DemoWorld) -> Iterator[Submission]:
    """What a year of the project brings; nothing where there is no agreement."""
    communes = world.agreed.get(KEY, ())
    if not communes or world.year < _SINCE:
        return
    yield from _project(world, communes)
    for number, child in enumerate(_chosen(world, communes)):
        yield from _served(world, child, number)
    yield from _around(world, communes)


def _chosen(world: DemoWorld, communes: tuple[int, ...]) -> list[DemoChild]:
    """The same number from each commune, as far as there are children of the age."""
    most = -(-MOST_CHILDREN // len(communes))
    chosen: list[DemoChild] = []
    for commune in communes:
        there = [
            child
            for child in world.children
            if child.commune_id == commune
            and _age(child, date(world.year, 2, 1)) >= YOUNGEST
            and _age(child, date(world.year, 12, 31)) <= OLDEST
        ]
        chosen += world.random.sample(there, min(most, len(there)))
    return chosen[:MOST_CHILDREN]


def _project(world: DemoWorld, communes: tuple[int, ...]) -> Iterator[Submission]:
    on = date(world.year, 1, 5)
    project = {
        "code": "ENHANCE",
        "name": "Dự án ENHANCE (dữ liệu minh họa)",
        "donor": "Bộ Lao động Hoa Kỳ",
        "implementing": "ILO, Sở Lao động – Thương binh và Xã hội",
        "starts_on": "20/11/2015",
        "ends_on": "31/12/2019",
        "currency": "USD",
        "agreement_no": "01/TT-MH",
    }
    yield Submission("ngo_enhance.project", project, on, "enhance project")
    for commune in communes:
        site = {
            "project_id": Made("enhance project"),
            "commune_id": str(commune),
            "from_day": _said(date(world.year, 1, 1)),
        }
        yield Submission("ngo_enhance.project_site", site, on)
    for number, indicator in enumerate(codes.INDICATORS):
        line = {
            "indicator": indicator.value,
            "year": str(world.year),
            "baseline": "0",
            "target": str(len(communes) if indicator.value == "ENH-07" else 20),
            "means": codes.MEANS[number % len(codes.MEANS)].value,
        }
        yield Submission("ngo_enhance.log_frame_line", line, on)


def _served(world: DemoWorld, child: DemoChild, number: int) -> Iterator[Submission]:
    """A case of child labour, consent, the baseline, services, for some the endline and exit."""
    chance = world.random
    on = date(world.year, chance.randint(2, 4), chance.randint(1, 28))
    here = {"commune_id": str(child.commune_id)}
    case = f"enhance case {number}"
    opened = {
        "child_id": str(child.id),
        "opened_on": _said(on),
        "category": chance.choice(("child_labour", "at_risk")),
        "support_plan": "Hỗ trợ học tập và sinh kế cùng dự án (minh họa).",
    }
    yield Submission("child_labour.case", here | opened, on, case)
    answers: dict[str, Any] = {
        "selected_on": _said(on),
        "child_id": str(child.id),
        "sex": child.sex,
        "age": str(_age(child, on)),
        "labour_case_id": Made(case),
        "criteria": ["child_labour", "poor"],
        "consented": "yes",
        "guardian_consent_on": _said(on),
        "child_assent_on": _said(on),
    }
    if child.household_id is not None:
        answers["household_id"] = str(child.household_id)
    yield Submission("ngo_enhance.beneficiary", here | answers, on)
    mine = here | {"child_id": str(child.id)}
    hours = chance.randint(8, 30)
    yield _state(mine, "baseline", on, hours, ["heavy_load", "heat"])
    for step, kind in enumerate(("school_material", "direct_education", "livelihood")):
        if kind == "livelihood" and number % 2:
            continue
        yield _service(mine, kind, on + timedelta(days=20 * (step + 1)), number)
    if number == 1 and child.household_id is not None:
        given = {
            "household_id": str(child.household_id),
            "kind": "tools",
            "given_on": _said(on + timedelta(days=60)),
            "value_vnd": "2000000",
        }
        yield Submission("ngo_enhance.household", mine | given, on + timedelta(days=60))
    if number % 3 == 0:
        yield _state(mine, "endline", on + timedelta(days=200), 0, [])
    if number % 8 == 7:  # noqa: PLR2004  about one in eight leaves
        left = {"left_on": _said(on + timedelta(days=210)), "reason": "graduated"}
        yield Submission("ngo_enhance.exit", mine | left, on + timedelta(days=210))


def _state(
    mine: dict[str, Any], stage: str, on: date, hours: int, hazards: list[str]
) -> Submission:
    answers = {
        "stage": stage,
        "seen_on": _said(on),
        "hours_per_week": str(hours),
        "hazards": hazards,
        "in_school": "yes",
        "household_income_vnd": "3500000",
    }
    return Submission("ngo_enhance.state", mine | answers, on)


def _service(mine: dict[str, Any], kind: str, on: date, number: int) -> Submission:
    answers = {
        "kind": kind,
        "given_on": _said(on),
        "provider": "Dự án ENHANCE",
        "cost_vnd": str(_SPENT + 10_000 * number),
    }
    if kind == codes.LIVELIHOOD:
        answers["livelihood_kind"] = "livestock"
    return Submission("ngo_enhance.service", mine | answers, on)


def _around(world: DemoWorld, communes: tuple[int, ...]) -> Iterator[Submission]:
    """A class, billboards and posters, a round of monitoring in each commune."""
    for number, commune in enumerate(communes):
        here = {"commune_id": str(commune)}
        held = date(world.year, 3 + number % 6, 10)
        training = {
            "held_on": _said(held),
            "place": "Hội trường xã",
            "audience": "commune_cadre",
            "days": "2",
            "participants": str(world.random.randint(12, 30)),
            "women": "6",
        }
        yield Submission("ngo_enhance.training", here | training, held)
        material = {
            "put_up_on": _said(held),
            "kind": "billboard" if number % 2 else "poster",
            "quantity": str(world.random.randint(2, 12)),
            "place": "Trục đường chính",
        }
        yield Submission("ngo_enhance.material", here | material, held)
        round_of = {
            "held_on": _said(date(world.year, 10, 10)),
            "sample": "5",
            "findings": "Trẻ đi học đều; cần theo dõi thêm (minh họa).",
        }
        yield Submission("ngo_enhance.monitoring_round", here | round_of, date(world.year, 10, 10))


def _age(child: DemoChild, on: date) -> int:
    born = child.born
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
