"""F-DRW-4 hazard sites, places where children learn to swim, F-DRW-6 swim cages handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Check, Field, Form, Part, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.forms.asked import CHILDREN, COMMUNE, HAMLET, count, day, words
from plugins.drowning_prevention.models import SwimCageHandover, SwimFacility, WaterHazardSite
from plugins.drowning_prevention.permissions import ENTER_PLACE, READ_PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import Records

_MITIGATED = answer("mitigation").differs(codes.NO_MITIGATION)
_THERE = answer("status").differs(codes.PLANNED)

HAZARD_SITE = Form(
    code="drowning_prevention.hazard_site",
    number="F-DRW-4",
    title=Text(vi="Phiếu điểm nguy cơ đuối nước", en="Drowning hazard site"),
    purpose=Text(
        vi="Ghi nhận nơi trẻ em có thể bị đuối nước, biện pháp đã làm và người phụ trách, để không "
        "bỏ sót điểm nào và kiểm tra lại hằng năm.",
        en="Records places where children may drown, what was done and who looks after them, so "
        "that none is forgotten and each is checked every year.",
    ),
    model=WaterHazardSite,
    parts=(
        Part(
            Text(vi="Điểm nguy cơ", en="The place"),
            (
                words("name", "Tên, vị trí điểm nguy cơ", "Name and position of the place"),
                COMMUNE,
                HAMLET,
                Field(
                    name="type",
                    label=Text(vi="Loại nguồn nước", en="Kind of water"),
                    kind="choice",
                    options=codes.WATER_TYPES,
                    required=True,
                ),
                Field(
                    name="risk_level",
                    label=Text(vi="Mức độ nguy cơ", en="Level of risk"),
                    kind="choice",
                    options=codes.RISK_LEVELS,
                    required=True,
                ),
                day("surveyed_on", "Ngày khảo sát", "Surveyed on"),
                Field(
                    name="last_checked_on",
                    label=Text(vi="Ngày kiểm tra gần nhất", en="Last checked on"),
                    kind="date",
                    required=True,
                    not_future=True,
                    help=Text(
                        vi="Mỗi điểm được kiểm tra lại ít nhất một năm một lần.",
                        en="Each place is checked again at least once a year.",
                    ),
                    checks=(
                        Check(
                            answer("last_checked_on").at_least(answer("surveyed_on")),
                            Text(
                                vi="Ngày kiểm tra không được trước ngày khảo sát.",
                                en="It cannot be checked before it was surveyed.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        Part(
            Text(vi="Biện pháp", en="What was done"),
            (
                Field(
                    name="mitigation",
                    label=Text(vi="Biện pháp đã thực hiện", en="Measure taken"),
                    kind="choice",
                    options=codes.MITIGATIONS,
                    required=True,
                ),
                Field(
                    name="mitigated_on",
                    label=Text(vi="Ngày thực hiện biện pháp", en="Made safe on"),
                    kind="date",
                    required=_MITIGATED,
                    relevant=_MITIGATED,
                    not_future=True,
                    help=Text(
                        vi="Nếu đã có biện pháp từ trước, ghi ngày khảo sát.",
                        en="If it was safe before, give the day of the survey.",
                    ),
                    checks=(
                        Check(
                            answer("mitigated_on").at_least(answer("surveyed_on")),
                            Text(
                                vi="Ngày thực hiện không được trước ngày khảo sát.",
                                en="It cannot be made safe before it was surveyed.",
                            ),
                        ),
                    ),
                ),
                words("responsible", "Đơn vị, người phụ trách", "Who is responsible"),
            ),
        ),
    ),
    columns=("name", "commune_id", "type", "risk_level", "mitigation"),
    editable=True,
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    source="Domain page of the programmes, §3.3 F-DRW-4",
)

SWIM_FACILITY = Form(
    code="drowning_prevention.swim_facility",
    number="F-DRW-3a",
    title=Text(vi="Phiếu nơi dạy bơi", en="Place for swimming lessons"),
    purpose=Text(
        vi="Ghi nhận bể bơi, lồng bơi, khu vực bơi an toàn để mở lớp dạy bơi cho trẻ em.",
        en="Records pools, swim cages and safe bathing places in which children learn to swim.",
    ),
    model=SwimFacility,
    parts=(
        Part(
            Text(vi="Nơi dạy bơi", en="The place"),
            (
                words("name", "Tên nơi dạy bơi", "Name of the place"),
                COMMUNE,
                Field(
                    name="kind",
                    label=Text(vi="Loại", en="Kind"),
                    kind="choice",
                    options=codes.FACILITY_KINDS,
                    required=True,
                ),
                Field(
                    name="capacity",
                    label=Text(vi="Sức chứa một lượt", en="Children at a time"),
                    kind="integer",
                    least=1,
                    most=1000,
                    suffix=CHILDREN,
                ),
                Field(
                    name="status",
                    label=Text(vi="Tình trạng", en="Status"),
                    kind="choice",
                    options=codes.FACILITY_STATUS,
                    required=True,
                ),
                Field(
                    name="allocated_on",
                    label=Text(vi="Ngày được cấp, đưa vào sử dụng", en="Handed over on"),
                    kind="date",
                    required=_THERE,
                    relevant=_THERE,
                    not_future=True,
                ),
                words("funding_source", "Nguồn kinh phí", "Source of the money", required=False),
                words("caretaker", "Người, đơn vị quản lý", "Who keeps it", required=False),
            ),
        ),
    ),
    columns=("name", "commune_id", "kind", "status"),
    editable=True,
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    source="Domain page of the programmes, §3.2 swim_facility",
)


def cages(_records: Records, row: SwimCageHandover) -> Iterator[SwimFacility]:
    """Each swim cage of the hand-over, as a place for lessons of its own."""
    for number in range(1, row.quantity + 1):
        yield SwimFacility(
            name=f"Lồng bơi {number}/{row.quantity}, QĐ {row.decision_no}",
            kind=codes.SWIM_CAGE,
            status=codes.DELIVERED,
            allocated_on=row.delivered_on,
            funding_source=row.funding_source,
            caretaker=row.recipient_unit,
            handover_id=row.id,
        )


CAGE_HANDOVER = Form(
    code="drowning_prevention.cage_handover",
    number="F-DRW-6",
    title=Text(vi="Phiếu bàn giao lồng bơi", en="Hand-over of swim cages"),
    purpose=Text(
        vi="Ghi nhận lồng bơi được cấp theo quyết định, đơn vị nhận và nguồn kinh phí, để đối "
        "chiếu với kế hoạch năm.",
        en="Records swim cages given by a decision, who received them and who paid, to set "
        "against the plan of the year.",
    ),
    model=SwimCageHandover,
    parts=(
        Part(
            Text(vi="Quyết định và đơn vị nhận", en="Decision and recipient"),
            (
                words("decision_no", "Số quyết định", "Number of the decision", most=40),
                words("recipient_unit", "Đơn vị nhận", "Unit that received them"),
                COMMUNE,
            ),
        ),
        Part(
            Text(vi="Bàn giao", en="Hand-over"),
            (
                count(
                    "quantity",
                    "Số lượng lồng bơi",
                    "Number of swim cages",
                    least=1,
                    most=50,
                    suffix=Text(vi="lồng bơi", en="swim cages"),
                ),
                day("delivered_on", "Ngày giao", "Handed over on"),
                Field(
                    name="condition",
                    label=Text(vi="Tình trạng khi giao", en="Condition"),
                    kind="choice",
                    options=codes.CONDITIONS,
                    required=True,
                ),
                words("funding_source", "Nguồn kinh phí", "Source of the money"),
            ),
        ),
    ),
    columns=("decision_no", "commune_id", "quantity", "delivered_on"),
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    makes=cages,
    source="Domain page of the programmes, §3.3 F-DRW-6",
)
