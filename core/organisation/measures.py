"""How many bodies, people and points there are on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.organisation import options
from core.organisation.models import (
    Collaborator,
    Committee,
    CommuneRecognition,
    ServicePoint,
    StaffPost,
)
from core.plugin_api.figures import Measure

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

COMMITTEES = Measure(
    code="core.committees",
    name=Text(vi="Số ban, nhóm đang hoạt động", en="Committees that stand"),
    model=Committee,
    kind="stock",
    date="decided_on",
    until="ended_on",
    detail="committee_type",
    detail_options=options.COMMITTEE.options,
)
COMMUNE_POSTS = Measure(
    code="core.commune_posts",
    name=Text(
        vi="Số người làm công tác bảo vệ trẻ em cấp xã", en="Child-protection posts of communes"
    ),
    model=StaffPost,
    kind="stock",
    date="from_date",
    until="to_date",
    where=StaffPost.level == "commune",
    detail="post_type",
    detail_options=options.POST.options,
    source="programmes §2.5, §2.9",
)
COLLABORATORS = Measure(
    code="core.collaborators",
    name=Text(vi="Số cộng tác viên đang hoạt động", en="Active collaborators"),
    model=Collaborator,
    kind="stock",
    date="from_date",
    until="to_date",
    source="programmes §2.5, §2.9",
)


def _points(code: str, vi: str, en: str, where: ColumnElement[bool] | None = None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=ServicePoint,
        kind="stock",
        date="opened_on",
        until="inactive_from",
        where=where,
        detail="point_type",
        detail_options=options.POINT.options,
        source="programmes §2.5, §2.9",
    )


POINTS = _points("core.service_points", "Số điểm dịch vụ đang hoạt động", "Open service points")
SCHOOL_POINTS = _points(
    "core.school_points",
    "Số điểm công tác xã hội trường học đang hoạt động",
    "Open school social work points",
    ServicePoint.point_type == "school_sw_point",
)
MODELS = _points(
    "core.service_models",
    "Số mô hình công tác xã hội trong bệnh viện, Trung tâm Bảo trợ xã hội",
    "Social work models of hospitals and centres",
    ServicePoint.point_type.in_(("hospital_sw_model", "centre_sw_model")),
)
SYSTEMS = _points(
    "core.community_systems",
    "Số hệ thống bảo vệ trẻ em dựa vào cộng đồng đang hoạt động",
    "Community-based child-protection systems",
    ServicePoint.point_type == "community_system",
)
FRIENDLY_COMMUNES = Measure(
    code="core.friendly_communes",
    name=Text(
        vi="Số lượt công nhận xã phù hợp với trẻ em còn hiệu lực",
        en="Recognitions as child-friendly commune in force",
    ),
    model=CommuneRecognition,
    kind="stock",
    date="decided_on",
    until="ended_on",
    detail="standard",
    detail_options=options.FRIENDLY_STANDARD.options,
    source="programmes §2.9",
)

MEASURES = (
    COMMITTEES,
    COMMUNE_POSTS,
    COLLABORATORS,
    POINTS,
    SCHOOL_POINTS,
    MODELS,
    SYSTEMS,
    FRIENDLY_COMMUNES,
)
