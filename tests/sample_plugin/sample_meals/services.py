"""What the plugin does when something happens: an event, a check, a job, a reading route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Job, Route, Text
from sample_meals.figures import MEALS
from sample_meals.permissions import READ

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from core.plugin_api import (
        EventContext,
        JobContext,
        RecordView,
        RouteContext,
        SwitchContext,
    )

FORM = "sample_meals.meal_round"
THANKS = "sample_meals.thanks"


def thank_later(context: EventContext, record: RecordView) -> None:
    """A stored meal round asks for one job; records of other forms do not matter here."""
    if record.form_code == FORM:
        context.enqueue(THANKS, str(record.record_id))


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = context.count(FORM)
    if kept == 0:
        return None
    return Text(
        vi="Còn {kept} phiếu ghi bữa ăn; dữ liệu được giữ nguyên và niêm phong.",
        en="Meal rounds kept unchanged and sealed: {kept}.",
    ).fill(kept=kept)


def thank(context: JobContext, record_id: str) -> None:
    """Leave a line in the job's record; the identifier is random and tells nothing."""
    context.note(f"meal round {record_id} was seen")


def meals_in(context: RouteContext) -> Mapping[str, Any]:
    """The meals of a period, as its state and its number."""
    figure = context.measure(MEALS, context.query.get("period", ""))
    return {"meals": figure.count, "state": figure.state.value}


JOBS = (Job(code=THANKS, run=thank),)
ROUTES = (Route(code="sample_meals.meals_route", path="meals", permission=READ, answer=meals_in),)
