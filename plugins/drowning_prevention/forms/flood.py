"""Points where children are minded in the flood season, and F-DRW-5: how many on a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Offer, Part, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.forms.asked import CHILDREN, COMMUNE, HAMLET, count, day, words
from plugins.drowning_prevention.models import FloodCareDay, FloodCarePoint, FloodSeason
from plugins.drowning_prevention.permissions import ENTER_PLACE, READ_PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_POINT = "drowning_prevention.flood_care_point"
_OPENED = answer("status").differs(codes.PLANNED)
_CLOSED = answer("status").equals("closed")

FLOOD_CARE_POINT = Form(
    code=_POINT,
    number="F-DRW-5a",
    title=Text(vi="Phiếu điểm giữ trẻ mùa lũ", en="Flood-season child-minding point"),
    purpose=Text(
        vi="Ghi nhận điểm giữ trẻ trong mùa lũ: nơi đặt, sức chứa, số người trông trẻ, thời gian "
        "mở cửa.",
        en="Records where small children are minded while the water is high: place, room, carers "
        "and the time it is open.",
    ),
    model=FloodCarePoint,
    parts=(
        Part(
            Text(vi="Điểm giữ trẻ", en="The point"),
            (
                words("name", "Tên điểm giữ trẻ", "Name of the point"),
                replace(COMMUNE, fixed=True),  # the days at the point lie there
                HAMLET,
                words(
                    "host_place", "Nơi đặt điểm giữ trẻ (trường, trụ sở, nhà dân)", "Where it is in"
                ),
                count("capacity", "Sức chứa", "Room for", least=1, most=1000, suffix=CHILDREN),
                count(
                    "carers",
                    "Số người trông trẻ",
                    "Carers",
                    least=0,
                    most=200,
                    suffix=Text(vi="người", en="people"),
                ),
            ),
        ),
        Part(
            Text(vi="Thời gian hoạt động", en="When it is open"),
            (
                Field(
                    name="status",
                    label=Text(vi="Tình trạng", en="Status"),
                    kind="choice",
                    options=codes.POINT_STATUS,
                    required=True,
                ),
                Field(
                    name="opened_on",
                    label=Text(vi="Ngày mở", en="Opened on"),
                    kind="date",
                    required=_OPENED,
                    relevant=_OPENED,
                    not_future=True,
                ),
                Field(
                    name="closed_on",
                    label=Text(vi="Ngày đóng", en="Closed on"),
                    kind="date",
                    required=_CLOSED,
                    relevant=_CLOSED,
                    not_future=True,
                    checks=(
                        Check(
                            answer("closed_on").at_least(answer("opened_on")),
                            Text(
                                vi="Ngày đóng không được trước ngày mở.",
                                en="It cannot close before it opened.",
                            ),
                        ),
                    ),
                ),
                words(
                    "water_level_event", "Đợt lũ, mức nước", "Flood or water level", required=False
                ),
            ),
        ),
    ),
    columns=("name", "commune_id", "capacity", "status"),
    editable=True,
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    source="Domain page of the programmes, §3.2 flood_care_point",
)


FLOOD_SEASON = Form(
    code="drowning_prevention.flood_season",
    number="F-DRW-5b",
    title=Text(vi="Phiếu mùa lũ tại xã", en="Flood season of a commune"),
    purpose=Text(
        vi="Ghi khi nước tại xã lên đến một mức báo động lũ, để kịp mở điểm giữ trẻ.",
        en="Records that the water reached a level of alarm, so that a care point opens in time.",
    ),
    model=FloodSeason,
    parts=(
        Part(
            Text(vi="Mực nước", en="The water"),
            (
                COMMUNE,
                day("opened_on", "Từ ngày", "From"),
                count(
                    "alarm_level",
                    "Mức báo động lũ (1, 2 hoặc 3)",
                    "Level of alarm (1, 2 or 3)",
                    least=1,
                    most=3,
                    suffix=Text(vi="(mức)", en="(level)"),
                ),
                Field(
                    name="water_level_cm",
                    label=Text(vi="Mực nước tại trạm (cm)", en="Water at the gauge (cm)"),
                    kind="integer",
                    least=0,
                    most=3000,
                ),
                Field(
                    name="closed_on",
                    label=Text(vi="Hết lũ từ ngày", en="Over since"),
                    kind="date",
                    not_future=True,
                    checks=(
                        Check(
                            answer("closed_on").at_least(answer("opened_on")),
                            Text(
                                vi="Ngày hết lũ không được trước ngày nước lên.",
                                en="It cannot be over before it began.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("commune_id", "opened_on", "alarm_level", "closed_on"),
    editable=True,
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    offers=(
        Offer(
            form=_POINT,
            when=~answer("closed_on").answered(),
            label=Text(vi="Lập điểm giữ trẻ mùa lũ", en="Enter a care point"),
            carry={"commune_id": "commune_id"},
        ),
    ),
    source="Domain page of the programmes, §3.7: flood season opened",
)


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Boys and girls together."""
    return {"children": answers["children_male"] + answers["children_female"]}


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """The point lies in the commune, was open on the day, has room, and is counted once a day."""
    point = records.get(_POINT, answers["point_id"])
    if point is None:
        return
    if point["commune_id"] != answers["commune_id"]:
        yield Fault(
            "point_id",
            Text(
                vi="Điểm này không thuộc xã, phường, thị trấn đã chọn.",
                en="This point does not lie in the commune chosen.",
            ),
        )
    opened, closed = point["opened_on"], point["closed_on"]
    if opened is None or answers["day"] < opened or (closed and answers["day"] > closed):
        yield Fault(
            "day",
            Text(
                vi="Điểm này không mở cửa vào ngày đã ghi.",
                en="The point was not open on that day.",
            ),
        )
    same = answer("point_id").equals(answers["point_id"]) & answer("day").equals(answers["day"])
    if records.count(FLOOD_CARE_DAY.code, same):
        yield Fault(
            "day",
            Text(
                vi="Ngày này của điểm đã được ghi.", en="This day of the point was entered already."
            ),
        )
    if answers["under_6"] > answers["children"]:
        yield Fault(
            "under_6",
            Text(
                vi="Số trẻ dưới 6 tuổi nhiều hơn tổng số trẻ.",
                en="More children under six than children.",
            ),
        )
    if answers["children"] > point["capacity"] and not answers["over_capacity_reason"]:
        yield Fault(
            "over_capacity_reason",
            Text(
                vi=f"Số trẻ vượt sức chứa ({point['capacity']} trẻ). Hãy ghi lý do.",
                en=f"More children than room ({point['capacity']}). Say why.",
            ),
        )


FLOOD_CARE_DAY = Form(
    code="drowning_prevention.flood_care_day",
    number="F-DRW-5",
    title=Text(vi="Phiếu số trẻ hằng ngày tại điểm giữ trẻ", en="Children minded on a day"),
    purpose=Text(
        vi="Ghi số trẻ em được giữ tại điểm giữ trẻ mùa lũ trong ngày. Mỗi điểm một phiếu một "
        "ngày.",
        en="Records how many children a point minded on one day. One for each point and day.",
    ),
    model=FloodCareDay,
    parts=(
        Part(
            Text(vi="Điểm và ngày", en="Point and day"),
            (
                COMMUNE,
                Field(
                    name="point_id",
                    label=Text(vi="Điểm giữ trẻ", en="Point"),
                    kind="record",
                    of=_POINT,
                    required=True,
                ),
                day("day", "Ngày", "Day"),
            ),
        ),
        Part(
            Text(vi="Số trẻ", en="Children"),
            (
                count("children_male", "Số trẻ nam", "Boys", least=0, most=1000, suffix=CHILDREN),
                count("children_female", "Số trẻ nữ", "Girls", least=0, most=1000, suffix=CHILDREN),
                count(
                    "under_6",
                    "Trong đó: dưới 6 tuổi",
                    "Of these under six",
                    least=0,
                    most=1000,
                    suffix=CHILDREN,
                ),
                words(
                    "over_capacity_reason",
                    "Lý do nếu vượt sức chứa",
                    "Why, if over capacity",
                    required=False,
                    most=250,
                ),
                Field(
                    name="children",
                    label=Text(vi="Tổng số trẻ", en="Children together"),
                    kind="integer",
                    computed=True,
                ),
            ),
        ),
    ),
    columns=("day", "commune_id", "children", "under_6"),
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    compute=compute,
    verify=verify,
    source="Domain page of the programmes, §3.3 F-DRW-5",
)
