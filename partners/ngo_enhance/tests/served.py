"""One child of the generated register, chosen, enrolled and served."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Made, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plugin_api import DemoChild, DemoWorld

ON = date(2018, 3, 15)
CASE, BENEFICIARY = "child_labour.case", "ngo_enhance.beneficiary"
SERVICE, STATE, EXIT = "ngo_enhance.service", "ngo_enhance.state", "ngo_enhance.exit"


def said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def children_of(world: DemoWorld, number: int) -> list[DemoChild]:
    """Some of eleven to fifteen, each of another household."""
    born = range(world.year - 15, world.year - 11)
    return [child for child in world.children if child.born.year in born][:number]


def found(child: DemoChild) -> Submission:
    """A screening that finds the child at work for longer than the law allows."""
    answers = {
        "commune_id": str(child.commune_id),
        "screened_on": said(ON),
        "child_id": str(child.id),
        "sex": child.sex,
        "age_at_screening": str(_age(child)),
        "school_attending": "yes",
        "works": "yes",
        "relation_to_employer": "relative",
        "sector": "trade",
        "occupation": "phụ bán hàng",
        "hours_per_day_max": "9",
        "hours_per_week": "54",
        "night_work": "no",
        "on_light_work_list": "no",
    }
    return Submission("child_labour.screening", answers, ON, "screening")


def case_of(child: DemoChild, name: str = "case", **more: Any) -> Submission:
    answers = {
        "commune_id": str(child.commune_id),
        "child_id": str(child.id),
        "opened_on": said(ON),
        "category": "child_labour",
        "support_plan": "Thử",
    }
    return Submission(CASE, answers | more, ON, name)


def chosen(child: DemoChild, case: Any = None, **changes: Any) -> Submission:
    answers: dict[str, Any] = {
        "commune_id": str(child.commune_id),
        "selected_on": said(ON),
        "child_id": str(child.id),
        "sex": child.sex,
        "age": str(_age(child)),
        "household_id": str(child.household_id),
        "labour_case_id": Made("case") if case is None else case,
        "criteria": ["child_labour"],
        "consented": "yes",
        "guardian_consent_on": said(ON),
        "child_assent_on": said(ON),
    }
    return Submission(BENEFICIARY, answers | changes, ON)


def service(child: DemoChild, kind: str, days: int = 10, **changes: Any) -> Submission:
    on = ON + timedelta(days=days)
    answers = of(child) | {"kind": kind, "given_on": said(on), "provider": "Dự án"}
    return Submission(SERVICE, answers | changes, on)


def livelihood(child: DemoChild, days: int = 10) -> Submission:
    return service(child, "livelihood", days, livelihood_kind="tools", cost_vnd="3000000")


def state(child: DemoChild, stage: str, days: int, hours: int, hazards: list[str]) -> Submission:
    on = ON + timedelta(days=days)
    answers = {
        "stage": stage,
        "seen_on": said(on),
        "hours_per_week": str(hours),
        "hazards": hazards,
        "in_school": "yes",
    }
    return Submission(STATE, of(child) | answers, on)


def left(child: DemoChild, days: int = 30) -> Submission:
    on = ON + timedelta(days=days)
    return Submission(EXIT, of(child) | {"left_on": said(on), "reason": "moved"}, on)


def of(child: DemoChild) -> Mapping[str, str]:
    return {"commune_id": str(child.commune_id), "child_id": str(child.id)}


def _age(child: DemoChild) -> int:
    born = child.born
    return ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))
