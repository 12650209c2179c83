"""Points where children are minded in the flood season."""

from __future__ import annotations

from core.plugin_api import Check, Field, Form, Part, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.forms.asked import CHILDREN, COMMUNE, count, words
from plugins.drowning_prevention.models import FloodCarePoint
from plugins.drowning_prevention.permissions import ENTER_PLACE, READ_PLACE

_OPENED = answer("status").differs(codes.PLANNED)
_CLOSED = answer("status").equals("closed")

FLOOD_CARE_POINT = Form(
    code="drowning_prevention.flood_care_point",
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
                COMMUNE,
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
    enters=ENTER_PLACE,
    sees=READ_PLACE,
    source="Domain page of the programmes, §3.2 flood_care_point",
)
