"""What the forms of the plan hold against other records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.kit.periods import Period
from core.planning import options
from core.planning.models import EmulationScore, PlanActivity, PlanYear, SectorContribution
from core.plugin_api.forms import Fault
from core.plugin_api.rules import answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api.records import Records

_ONE_PLAN = Text(
    vi="Năm này đã có kế hoạch trong hệ thống.", en="There is a plan for this year already."
)
_ONE_CODE = Text(vi="Mã này đã có trong kế hoạch.", en="The plan has this code already.")
_NOT_OPEN = Text(
    vi="Hoạt động thuộc kế hoạch chưa được phê duyệt. Hãy chọn hoạt động của kế hoạch năm đang "
    "thực hiện.",
    en="The plan of this activity is not approved. Choose an activity of an open plan.",
)
_ELSEWHERE = Text(
    vi="Hoạt động này không giao cho địa bàn đã chọn.",
    en="This activity is not planned for the commune.",
)
_PEOPLE = Text(
    vi="Hoạt động này tính số người tham dự. Hãy ghi «Số người tham dự».",
    en="This activity counts people. Enter how many came.",
)
_OUTSIDE = Text(
    vi="Ngày thực hiện nằm ngoài kỳ báo cáo. Hãy ghi lý do.",
    en="The day lies outside the period. Say why.",
)
_NO_AGENCY = Text(
    vi="Không có cơ quan này trong danh sách của tỉnh. Hãy ghi đúng tên, ví dụ «Sở Y tế».",
    en="The province's list has no such agency. Write its name as it stands there.",
)
_TWICE = Text(
    vi="Cơ quan này đã gửi nội dung của kỳ này.",
    en="The agency has contributed to this period already.",
)
_ONE_SCORE = Text(
    vi="Đơn vị này đã được chấm điểm năm này.", en="The unit has a score of this year already."
)


def plan_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """One plan for each year."""
    if records.count(PlanYear, answer("year").equals(answers["year"])):
        yield Fault("year", _ONE_PLAN)


def activity_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """One activity for each code of a plan."""
    same = answer("plan_id").equals(answers["plan_id"]) & answer("code").equals(answers["code"])
    if records.count(PlanActivity, same):
        yield Fault("code", _ONE_CODE)


def result_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """An activity of an open plan and of this place; people where it counts them; the day."""
    activity = records.get(PlanActivity, answers["activity_id"])
    plan = activity and records.get(PlanYear, activity["plan_id"])
    if activity is None or plan is None or plan["status"] not in options.OPEN:
        yield Fault("activity_id", _NOT_OPEN)
        return
    there = activity["commune_ids"]
    if there and answers["commune_id"] not in there:
        yield Fault("commune_id", _ELSEWHERE)
    if activity["counts_people"] and answers["participants_total"] is None:
        yield Fault("participants_total", _PEOPLE)
    window = Period.parse(f"{plan['year']}-{answers['period']}").window
    inside = window.start <= answers["done_on"] <= window.end
    if not inside and answers["date_reason"] is None:
        yield Fault("date_reason", _OUTSIDE)


def contribution_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """An agency of the province, once for each period."""
    code = answers["agency_code"]
    if code is None:
        yield Fault("agency", _NO_AGENCY)
        return
    same = (
        answer("agency_code").equals(code)
        & answer("year").equals(answers["year"])
        & answer("period").equals(answers["period"])
    )
    if records.count(SectorContribution, same):
        yield Fault("period", _TWICE)


def score_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """One score for each unit and year."""
    same = answer("unit_id").equals(answers["unit_id"]) & answer("year").equals(answers["year"])
    if records.count(EmulationScore, same):
        yield Fault("year", _ONE_SCORE)
