"""What was done of the plan, and how often somebody looked."""

from __future__ import annotations

from core.kit.language import Text
from core.planning.models import ActivityResult, InspectionVisit
from core.plugin_api.figures import Measure

DONE = Measure(
    code="core.activity_results",
    name=Text(vi="Số lượng thực hiện theo hoạt động", en="Quantity done, by activity"),
    model=ActivityResult,
    kind="flow",
    date="done_on",
    sums="done_quantity",
    detail="activity_code",
    source="programmes §2.6",
)
PARTICIPANTS = Measure(
    code="core.activity_participants",
    name=Text(vi="Số lượt người tham dự theo hoạt động", en="Participants, by activity"),
    model=ActivityResult,
    kind="flow",
    date="done_on",
    where=ActivityResult.participants_total.is_not(None),
    sums="participants_total",
    detail="activity_code",
)
VISITS = Measure(
    code="core.inspection_visits",
    name=Text(vi="Số cuộc kiểm tra, giám sát", en="Inspection visits"),
    model=InspectionVisit,
    kind="flow",
    date="visited_on",
)
UNITS_VISITED = Measure(
    code="core.units_inspected",
    name=Text(vi="Số lượt đơn vị được kiểm tra", en="Units inspected"),
    model=InspectionVisit,
    kind="flow",
    date="visited_on",
    sums="n_units",
)

MEASURES = (DONE, PARTICIPANTS, VISITS, UNITS_VISITED)
