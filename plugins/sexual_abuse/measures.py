"""What the programme counts: cases that it received, how they were answered, and prevention.

Figures of cases are restricted: exact for the province, protected below it; those of prevention
are open. Source: domain page of the programmes, §5.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, Measure, Text
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.models import SaCase
from plugins.sexual_abuse.prevention.models import (
    CommuneReady,
    HotlinePanel,
    PreventionActivity,
    SaNonReporting,
)
from plugins.sexual_abuse.response.models import SaMilestone, SaProceeding, SaService

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Option

DETECTED = "sexual_abuse.detected"
BY_RELATION = "sexual_abuse.detected_by_relation"
NOT_SAFE = "sexual_abuse.not_safe_at_intake"
POLICE_INFORMED = "sexual_abuse.police_informed"
ONLINE = "sexual_abuse.online"
EMERGENCIES_ON_TIME = "sexual_abuse.emergencies_on_time"
PLANS_ON_TIME = "sexual_abuse.plans_on_time"
HELPED_IN_TIME = "sexual_abuse.helped_in_time"
IN_PROCEEDINGS = "sexual_abuse.in_proceedings"
LEGAL_AID = "sexual_abuse.legal_aid"
NEEDS_CARE = "sexual_abuse.needs_care"
CARE = "sexual_abuse.care"
STAGES = "sexual_abuse.stages_reached"
PROSECUTED = "sexual_abuse.prosecuted_or_tried"
SERVICES = "sexual_abuse.services"
CONCEALED = "sexual_abuse.concealment_handled"
BY_HOTLINE = "sexual_abuse.by_hotline"
HOTLINE_ANSWERED = "sexual_abuse.hotline_answered"
COMMUNITY_EVENTS = "sexual_abuse.community_events"
COMMUNITY_PEOPLE = "sexual_abuse.community_people"
SCHOOL_EVENTS = "sexual_abuse.school_events"
SCHOOLS = "sexual_abuse.schools"
PANELS = "sexual_abuse.panels"
COMMUNES_READY = "sexual_abuse.communes_ready"

# Of ABU-07: what stands for prosecuted and for tried.
_PROSECUTED = ("prosecution_started", "trial_first", "judgment")


def measures() -> tuple[Measure, ...]:
    """Notices received, what was done for the children, and what prevents."""
    return (*_received(), *_response(), *_prevention())


def _received() -> tuple[Measure, ...]:
    return (
        _measure(
            DETECTED,
            Text(
                vi="Trẻ em bị xâm hại tình dục được phát hiện",
                en="Sexually abused children detected",
            ),
            None,
            detail="setting",
            options=codes.SETTINGS,
        ),
        _measure(
            BY_RELATION,
            Text(
                vi="Trẻ em bị xâm hại tình dục theo quan hệ với người bị nghi xâm hại",
                en="Sexually abused children by relation to the alleged abuser",
            ),
            None,
            detail="relation_to_child",
            options=codes.RELATIONS,
        ),
        _measure(
            NOT_SAFE,
            Text(vi="Trẻ em chưa an toàn khi tiếp nhận", en="Children not safe at intake"),
            SaCase.child_safe_now.is_(False),
        ),
        _measure(
            POLICE_INFORMED,
            Text(vi="Trường hợp đã báo công an", en="Cases of which the police were informed"),
            SaCase.police_informed_at.is_not(None),
        ),
        _measure(
            ONLINE,
            Text(vi="Trường hợp có yếu tố trên mạng", en="Cases that happened partly online"),
            SaCase.online.is_(True),
        ),
        _measure(
            BY_HOTLINE,
            Text(vi="Thông tin do Tổng đài 111 chuyển đến", en="Referrals from hotline 111"),
            SaCase.channel == codes.HOTLINE,
        ),
        _measure(
            HOTLINE_ANSWERED,
            Text(vi="Trong đó: đã phản hồi Tổng đài 111", en="Of which: answered"),
            (SaCase.channel == codes.HOTLINE) & SaCase.hotline_answered_at.is_not(None),
        ),
    )


def _response() -> tuple[Measure, ...]:
    """By the day the case was received, so that it is counted in one period throughout."""
    on_time = SaMilestone.on_time.is_(True)
    return (
        _milestone(
            EMERGENCIES_ON_TIME,
            Text(vi="Can thiệp khẩn cấp trong 12 giờ", en="Emergency measures within 12 hours"),
            (SaMilestone.kind == "emergency") & on_time,
        ),
        _milestone(
            PLANS_ON_TIME,
            Text(vi="Kế hoạch trình trong 05 ngày làm việc", en="Plans within 5 working days"),
            (SaMilestone.kind == "plan") & on_time,
        ),
        _milestone(
            HELPED_IN_TIME,
            Text(vi="Được hỗ trợ, can thiệp kịp thời", en="Helped in time"),
            SaMilestone.kind == "timely",
        ),
        _milestone(
            IN_PROCEEDINGS,
            Text(vi="Vào quá trình tố tụng", en="In proceedings"),
            SaMilestone.kind == "proceedings",
        ),
        _milestone(
            LEGAL_AID,
            Text(vi="Được trợ giúp pháp lý", en="Given legal aid"),
            SaMilestone.kind == "legal_aid",
        ),
        _milestone(
            NEEDS_CARE,
            Text(vi="Cần chăm sóc y tế, tâm lý", en="Needing care"),
            SaMilestone.kind == "needs_care",
        ),
        _milestone(
            CARE,
            Text(vi="Được chăm sóc y tế, tâm lý", en="Given care"),
            SaMilestone.kind == "care",
        ),
        Measure(
            code=STAGES,
            name=Text(vi="Giai đoạn tố tụng đạt được", en="Stages of proceedings reached"),
            model=SaProceeding,
            kind="flow",
            date="happened_on",
            detail="stage",
            detail_options=codes.STAGES,
            sensitivity=DataClass.RESTRICTED,
            source="F-ABU-5",
        ),
        Measure(
            code=PROSECUTED,
            name=Text(vi="Vụ đã khởi tố, xét xử", en="Prosecuted and tried"),
            model=SaProceeding,
            kind="flow",
            date="happened_on",
            where=SaProceeding.stage.in_(_PROSECUTED),
            detail="stage",
            detail_options=tuple(one for one in codes.STAGES if one.value in _PROSECUTED),
            sensitivity=DataClass.RESTRICTED,
            source="F-ABU-5",
        ),
        Measure(
            code=SERVICES,
            name=Text(vi="Dịch vụ đã chuyển gửi", en="Services referred to"),
            model=SaService,
            kind="flow",
            date="referred_on",
            detail="kind",
            detail_options=codes.SERVICES,
            sensitivity=DataClass.RESTRICTED,
            source="F-ABU-4",
        ),
        Measure(
            code=CONCEALED,
            name=Text(vi="Vụ che giấu, không thông báo bị xử lý", en="Concealment handled"),
            model=SaNonReporting,
            kind="flow",
            date="handled_on",
            detail="action",
            detail_options=codes.ACTIONS,
            sensitivity=DataClass.RESTRICTED,
            source="sa_non_reporting",
        ),
    )


def _prevention() -> tuple[Measure, ...]:
    community = PreventionActivity.venue == codes.COMMUNITY
    school = PreventionActivity.venue == codes.LOWER_SECONDARY
    return (
        _activity(
            COMMUNITY_EVENTS,
            Text(vi="Cuộc truyền thông tại cộng đồng", en="Community events"),
            community,
            "n_events",
        ),
        _activity(
            COMMUNITY_PEOPLE,
            Text(vi="Lượt người tham gia tại cộng đồng", en="People at community events"),
            community,
            "participants_total",
        ),
        _activity(
            SCHOOL_EVENTS,
            Text(vi="Cuộc truyền thông tại trường THCS", en="Lower secondary school events"),
            school,
            "n_events",
        ),
        _activity(
            SCHOOLS,
            Text(vi="Trường THCS có truyền thông", en="Lower secondary schools"),
            school,
            "n_schools",
        ),
        Measure(
            code=PANELS,
            name=Text(vi="Biển pa-nô Tổng đài 111 đã lắp", en="Panels for hotline 111 installed"),
            model=HotlinePanel,
            kind="flow",
            date="installed_on",
            source="F-ABU-8",
        ),
        Measure(
            code=COMMUNES_READY,
            name=Text(vi="Xã có quản lý trường hợp", en="Communes with case management"),
            model=CommuneReady,
            kind="stock",
            date="ready_on",
            until="until",
            source="commune_ready",
        ),
    )


def _milestone(code: str, name: Text, where: ColumnElement[bool]) -> Measure:
    return Measure(
        code=code,
        name=name,
        model=SaMilestone,
        kind="flow",
        date="day",
        where=where,
        sensitivity=DataClass.RESTRICTED,
        source="F-ABU-2 to F-ABU-5",
    )


def _activity(code: str, name: Text, where: ColumnElement[bool], sums: str) -> Measure:
    return Measure(
        code=code,
        name=name,
        model=PreventionActivity,
        kind="flow",
        date="held_on",
        where=where,
        sums=sums,
        source="F-ABU-7",
    )


def _measure(
    code: str,
    name: Text,
    where: ColumnElement[bool] | None,
    *,
    detail: str | None = None,
    options: tuple[Option, ...] = (),
) -> Measure:
    return Measure(
        code=code,
        name=name,
        model=SaCase,
        kind="flow",
        date="received_at",
        where=where,
        sex="sex",
        age="estimated_age",
        detail=detail,
        detail_options=options,
        sensitivity=DataClass.RESTRICTED,
        source="F-ABU-1",
    )
