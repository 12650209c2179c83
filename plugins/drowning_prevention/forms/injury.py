"""F-DRW-1: the notice of an injured or drowned child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Field, Form, Offer, Part, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.models import ChildInjuryIncident, SwimEnrolment
from plugins.drowning_prevention.permissions import ENTER, READ

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plugin_api import Records

OLDEST = 17
_HAZARD = "drowning_prevention.hazard_site"
_OUTDOORS = ("river", "canal", "pond", "lake", "sea", "flood_water", "hole_pit", "other")

_DROWNED = answer("cause").equals(codes.DROWNING)

_DIED = answer("outcome").equals(codes.DIED)


def prefill(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the child swims, by its last test before the accident; the answer can be changed."""
    child, day = answers.get("child_id"), answers.get("occurred_on")
    if child is None or day is None:
        return {}
    tested = answer("child_id").equals(child) & answer("test_date").at_most(day)
    last = records.find(SwimEnrolment, tested, newest="test_date", limit=1)
    if not last:
        return {}
    able = last[0]["result"] in {codes.SAFE_SWIMMER, "partial"}
    return {"can_swim": "yes" if able else "no"}


OFFERS = (
    # Offered after every notice and never linked, so that nothing tells why one was followed.
    Offer(
        form="core.case_intake",
        label=Text(
            vi="Nếu nghi trẻ bị bạo lực, xâm hại: lập phiếu tiếp nhận thông tin",
            en="If violence or abuse is suspected: take in the information",
        ),
    ),
    Offer(
        form="core.status_change",
        when=_DIED & answer("child_id").answered(),
        label=Text(
            vi="Cập nhật tình trạng của trẻ trong sổ quản lý trẻ em",
            en="Change the child's status in the register",
        ),
        carry={"child_id": "child_id", "commune_id": "commune_id"},
    ),
    Offer(
        form="core.urgent_incident",
        when=_DIED & (_DROWNED | answer("place_type").equals("school")),
        label=Text(
            vi="Báo cáo vụ việc khẩn cấp (từ hai trẻ bị nạn, hoặc xảy ra tại trường, cơ sở nuôi "
            "dưỡng)",
            en="Report an urgent incident (two children or more, or at a school or home)",
        ),
        carry={"commune_id": "commune_id"},
    ),
    Offer(
        form=_HAZARD,
        when=_DROWNED
        & answer("hazard_site_id").equals(None)
        & answer("water_type").one_of(*_OUTDOORS),
        label=Text(
            vi="Ghi nhận điểm nguy cơ đuối nước mới", en="Enter the place as a new hazard site"
        ),
        carry={"commune_id": "commune_id", "type": "water_type"},
    ),
)

_WHERE_AND_WHEN = Part(
    Text(vi="Thời gian, địa điểm xảy ra", en="When and where it happened"),
    (
        Field(
            name="occurred_on",
            label=Text(vi="Ngày xảy ra", en="Date of the accident"),
            kind="date",
            required=True,
            not_future=True,
        ),
        Field(
            name="commune_id",
            label=Text(vi="Nơi xảy ra (cấp xã)", en="Commune where it happened"),
            kind="commune",
            required=True,
        ),
        Field(
            name="place_type",
            label=Text(vi="Loại địa điểm", en="Kind of place"),
            kind="choice",
            options=codes.PLACES,
            required=True,
        ),
    ),
)

_CHILD = Part(
    Text(vi="Trẻ em bị nạn", en="The child"),
    (
        Field(
            name="child_id",
            label=Text(vi="Trẻ em trong sổ quản lý", en="Child in the register"),
            kind="child",
            help=Text(
                vi="Tìm theo mã trẻ em. Để trống nếu trẻ chưa có trong sổ quản lý trẻ em.",
                en="Look up by the child's code. Leave empty if the child is not in the register.",
            ),
        ),
        Field(
            name="sex",
            label=Text(vi="Giới tính", en="Sex"),
            kind="choice",
            options=codes.SEXES,
            required=True,
        ),
        Field(
            name="age_at_event",
            label=Text(vi="Tuổi khi xảy ra tai nạn", en="Age when it happened"),
            kind="integer",
            required=True,
            least=0,
            most=OLDEST,
            suffix=Text(vi="tuổi", en="years"),
            help=Text(
                vi="Số tuổi tròn; ghi 0 nếu trẻ chưa đủ 12 tháng. "
                "Số liệu báo cáo tính trẻ em dưới 16 tuổi.",
                en="Completed years; 0 below 12 months. Reports count children under 16.",
            ),
        ),
    ),
)

_ACCIDENT = Part(
    Text(vi="Nguyên nhân và hậu quả", en="Cause and outcome"),
    (
        Field(
            name="cause",
            label=Text(vi="Nguyên nhân", en="Cause"),
            kind="choice",
            options=codes.CAUSES,
            required=True,
            help=Text(
                vi="Nếu nghi trẻ bị bạo lực hoặc xâm hại, hãy gọi Tổng đài 111 hoặc báo công an; "
                "không mô tả sự việc trong phiếu này.",
                en="If violence or abuse is suspected, call hotline 111 or the police; "
                "do not describe it on this form.",
            ),
        ),
        Field(
            name="outcome",
            label=Text(vi="Hậu quả", en="Outcome"),
            kind="choice",
            options=codes.OUTCOMES,
            required=True,
            help=Text(
                vi="Nếu trẻ tử vong, hãy cập nhật tình trạng của trẻ trong sổ quản lý trẻ em.",
                en="If the child died, also update the child's status in the register.",
            ),
        ),
        Field(
            name="support_given",
            label=Text(vi="Hỗ trợ đã thực hiện", en="Support given"),
            kind="choices",
            options=codes.SUPPORT,
        ),
    ),
)

_DROWNING = Part(
    Text(vi="Trường hợp đuối nước", en="If the child drowned"),
    (
        Field(
            name="water_type",
            label=Text(vi="Loại nguồn nước", en="Kind of water"),
            kind="choice",
            options=codes.WATER_TYPES,
            required=_DROWNED,
            relevant=_DROWNED,
        ),
        Field(
            name="activity",
            label=Text(vi="Trẻ đang làm gì khi bị đuối nước", en="What the child was doing"),
            kind="choice",
            options=codes.ACTIVITIES,
            required=_DROWNED,
            relevant=_DROWNED,
        ),
        Field(
            name="supervision",
            label=Text(vi="Người lớn trông coi", en="Supervision by an adult"),
            kind="choice",
            options=codes.SUPERVISION,
            required=_DROWNED,
            relevant=_DROWNED,
        ),
        Field(
            name="can_swim",
            label=Text(vi="Trẻ biết bơi", en="Could the child swim"),
            kind="choice",
            options=codes.CAN_SWIM,
            required=_DROWNED,
            relevant=_DROWNED,
        ),
        Field(
            name="hazard_site_id",
            label=Text(vi="Điểm nguy cơ đã biết", en="Known hazard site"),
            kind="record",
            of=_HAZARD,
            relevant=_DROWNED,
        ),
        Field(
            name="flood_season",
            label=Text(vi="Xảy ra trong mùa lũ", en="During the flood season"),
            kind="yes_no",
            relevant=_DROWNED,
        ),
        Field(
            name="life_jacket",
            label=Text(vi="Trẻ có mặc áo phao", en="The child wore a life jacket"),
            kind="yes_no",
            relevant=_DROWNED,
        ),
        Field(
            name="rescue_attempted",
            label=Text(vi="Có người cứu khi trẻ bị nạn", en="Someone tried to rescue the child"),
            kind="yes_no",
            relevant=_DROWNED,
        ),
    ),
)

INJURY_NOTICE = Form(
    code="drowning_prevention.injury_notice",
    number="F-DRW-1",
    title=Text(
        vi="Phiếu báo trẻ em bị tai nạn, thương tích, đuối nước",
        en="Notice of child injury or drowning",
    ),
    purpose=Text(
        vi="Ghi nhận từng trẻ em bị tai nạn, thương tích để hỗ trợ gia đình, khắc phục điểm nguy "
        "cơ và tổng hợp số liệu. Mỗi trẻ em bị nạn lập một phiếu.",
        en="Records each injured child, so that the family is supported, the hazard removed and "
        "the figures add up. One notice for each child.",
    ),
    model=ChildInjuryIncident,
    parts=(_WHERE_AND_WHEN, _CHILD, _ACCIDENT, _DROWNING),
    columns=("occurred_on", "commune_id", "cause", "outcome"),
    enters=ENTER,
    sees=READ,
    version=2,
    prefill=prefill,
    offers=OFFERS,
    source="Domain page of the programmes, §3.3 F-DRW-1; Decision 1248/QĐ-TTg",
)
