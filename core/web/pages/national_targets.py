"""The ministry's targets with what the nation has reached."""

from __future__ import annotations

from typing import Any

from litestar import Response

from core.aggregate.targets import NationalTarget
from core.kit.language import Text
from core.kit.numbers import format_number
from core.reports.assessment import CHANGE, Assessment
from core.reports.html import figure_text
from core.web.actions.national import READ, read_targets
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

ASSESSMENTS = {
    Assessment.MET: (Text("Đạt", "Met"), "good"),
    Assessment.EXCEEDED: (Text("Vượt", "Exceeded"), "good"),
    Assessment.NOT_MET: (Text("Chưa đạt", "Not met"), "danger"),
    Assessment.NOT_ASSESSABLE: (Text("Chưa đánh giá được", "Not assessable"), "neutral"),
}
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
_UNITS = {
    "percent": Text("%", "%"),
    "per_100000": Text("/100.000 trẻ em", "per 100,000 children"),
}


@reading("/national/targets", permission=READ, writes=True)
def targets_page(work: Work) -> Response[str]:
    """Every national target, the latest year first."""
    rows = [_row(work, held) for held in read_targets(work)]
    return page(work, "national_targets.html", path="/national", rows=rows)


def _row(work: Work, held: NationalTarget) -> dict[str, Any]:
    target, indicator = held.target, held.indicator
    name, tone = ASSESSMENTS[held.progress.assessment]
    figure = None if held.figure is None else figure_text(held.figure.figure, work.language)
    return {
        "name": target.indicator if indicator is None else work.tell(indicator.name),
        "year": str(target.year),
        "goal": work.tell(goal(held)),
        "reached": _reached(work, held) or figure,
        "contributing": f"{held.figure.contributing}/{held.provinces}" if held.figure else None,
        "assessment": work.tell(name),
        "tone": tone,
    }


def goal(held: NationalTarget) -> Text:
    """The target in words: operator, value, unit."""
    target = held.target
    unit = _UNITS.get(target.unit, Text(target.unit, target.unit))
    value = target.value.normalize()
    if target.operator == CHANGE:
        much = abs(value)
        return Text(
            vi=f"{_verb(value).vi} {format_number(much)}% so với {target.baseline_year}",
            en=f"{_verb(value).en} {format_number(much, language='en')}% on {target.baseline_year}",
        )
    sign = _SIGNS.get(target.operator, "")
    if target.operator == "maintain":
        return Text(
            vi=f"Duy trì {format_number(value)} {unit.vi}",
            en=f"Maintain {format_number(value, language='en')} {unit.en}",
        )
    return Text(
        vi=f"{sign}{format_number(value)} {unit.vi}",
        en=f"{sign}{format_number(value, language='en')} {unit.en}",
    )


def _verb(value: Any) -> Text:
    return Text("Giảm", "Down") if value < 0 else Text("Tăng", "Up")


def _reached(work: Work, held: NationalTarget) -> str | None:
    """What was reached in the target's own unit, if the figure is in it."""
    reached = held.progress.reached
    if reached is None:
        return None
    unit = work.tell(_UNITS.get(held.target.unit, Text(held.target.unit, held.target.unit)))
    return f"{format_number(round(reached, 1).normalize(), language=work.language)} {unit}"


handlers = [targets_page]
