"""What the programme counts, and the complete list of its indicators.

Figures of cases are restricted: exact for the province, protected below it; those of prevention
are open. ABU-01 has no direction:
more detected cases may mean better detection, so it is never scored as good or bad.
Source: domain page of the programmes, §5.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Count, DataClass, Indicator, Measure, Ratio, Text
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

_CASES = Text(vi="trường hợp", en="cases")
_EVENTS = Text(vi="cuộc", en="events")
_PERCENT = Text(vi="%", en="%")
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"
_DECREE = "Decree 56/2017/NĐ-CP"


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


INDICATORS = (
    Indicator(
        code="ABU-01",
        name=Text(
            vi="Số trẻ em bị xâm hại tình dục được phát hiện",
            en="Sexually abused children detected",
        ),
        definition=Text(
            vi="Số trường hợp trẻ em dưới 18 tuổi bị xâm hại tình dục, đã xác minh hoặc đang xác "
            "minh, được tiếp nhận trong kỳ. Không có chiều tốt hoặc xấu: số tăng có thể do phát "
            "hiện tốt hơn.",
            en="Cases of children under 18, confirmed or pending, received in the period. It has "
            "no good or bad direction: more may mean better detection.",
        ),
        unit=_CASES,
        direction="none",
        frequency=("Q",),
        formula=Count(DETECTED),
        breakdowns=("sex", "age_band", "detail"),
        sensitivity=DataClass.RESTRICTED,
        source="Circular 13/2021 (part of statistical indicator 0101)",
    ),
    Indicator(
        code="ABU-02",
        name=Text(
            vi="Tỷ lệ trẻ em bị xâm hại tình dục được hỗ trợ, quản lý, can thiệp kịp thời",
            en="Supported, managed and helped in time",
        ),
        definition=Text(
            vi="Tử số: số trường hợp có kế hoạch được duyệt đúng hạn và ít nhất một dịch vụ. Mẫu "
            "số: số trường hợp.",
            en="Numerator: cases with a plan approved on time and at least one service. "
            "Denominator: cases.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q", "Y"),
        formula=Ratio(HELPED_IN_TIME, DETECTED),
        sensitivity=DataClass.RESTRICTED,
        source=f"{_PLAN_2018}, A.II.2",
    ),
    Indicator(
        code="ABU-03",
        name=Text(
            vi="Tỷ lệ trường hợp khẩn cấp được can thiệp trong 12 giờ",
            en="Emergencies acted on within 12 hours",
        ),
        definition=Text(
            vi="Tử số: số trường hợp khẩn cấp được can thiệp trong 12 giờ từ khi tiếp nhận. Mẫu "
            "số: số trường hợp khẩn cấp.",
            en="Numerator: emergencies acted on within 12 hours of receiving them. Denominator: "
            "emergencies.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q",),
        formula=Ratio(EMERGENCIES_ON_TIME, NOT_SAFE),
        sensitivity=DataClass.RESTRICTED,
        source=_DECREE,
    ),
    Indicator(
        code="ABU-04",
        name=Text(
            vi="Tỷ lệ kế hoạch hỗ trợ trình đúng 05 ngày làm việc",
            en="Plans submitted within 5 working days",
        ),
        definition=Text(
            vi="Tử số: số kế hoạch hỗ trợ, can thiệp trình trong 05 ngày làm việc. Mẫu số: số kế "
            "hoạch đến hạn.",
            en="Numerator: plans submitted within 5 working days. Denominator: plans due.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q",),
        formula=Ratio(PLANS_ON_TIME, DETECTED),
        sensitivity=DataClass.RESTRICTED,
        source=_DECREE,
    ),
    Indicator(
        code="ABU-05",
        name=Text(vi="Tỷ lệ trẻ em được trợ giúp pháp lý", en="Children given legal aid"),
        definition=Text(
            vi="Tử số: số trường hợp được trợ giúp pháp lý. Mẫu số: số trường hợp đang trong quá "
            "trình tố tụng.",
            en="Numerator: cases with legal aid. Denominator: cases in proceedings.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=Ratio(LEGAL_AID, IN_PROCEEDINGS),
        sensitivity=DataClass.RESTRICTED,
        source=f"{_PLAN_2018}, III and VIII.2.3",
    ),
    Indicator(
        code="ABU-06",
        name=Text(
            vi="Tỷ lệ trẻ em được chăm sóc y tế, tâm lý", en="Medical and psychological care"
        ),
        definition=Text(
            vi="Tử số: số trường hợp được chăm sóc y tế hoặc tâm lý. Mẫu số: số trường hợp cần "
            "chăm sóc.",
            en="Numerator: cases given medical or psychological care. Denominator: cases that "
            "need it.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=Ratio(CARE, NEEDS_CARE),
        sensitivity=DataClass.RESTRICTED,
        source="Lào Cai directive of 2017, 5",
    ),
    Indicator(
        code="ABU-07",
        name=Text(vi="Số vụ đã khởi tố, xét xử", en="Cases prosecuted and tried"),
        definition=Text(
            vi="Số vụ theo giai đoạn tố tụng đạt được trong kỳ.",
            en="Cases by the stage of proceedings reached in the period.",
        ),
        unit=Text(vi="vụ", en="cases"),
        direction="none",
        frequency=("H",),
        formula=Count(PROSECUTED),
        breakdowns=("detail",),
        sensitivity=DataClass.RESTRICTED,
        source="Lào Cai directive of 2017, 12",
    ),
    Indicator(
        code="ABU-08",
        name=Text(
            vi="Số cuộc truyền thông phòng, chống xâm hại tình dục tại cộng đồng; số người",
            en="Community events on preventing sexual abuse; people reached",
        ),
        definition=Text(
            vi="Số cuộc truyền thông về pháp luật, kỹ năng phòng, chống xâm hại tình dục trẻ em "
            "tại cộng đồng và số lượt người tham gia.",
            en="Events in communities on the law and on skills to prevent sexual abuse of "
            "children, and people who took part.",
        ),
        unit=_EVENTS,
        direction="up",
        frequency=("Q",),
        formula=Count(COMMUNITY_EVENTS),
        source=f"{_PLAN_2018}, III",
    ),
    Indicator(
        code="ABU-09",
        name=Text(
            vi="Số cuộc truyền thông tại trường trung học cơ sở; số trường",
            en="Events at lower secondary schools; schools",
        ),
        definition=Text(
            vi="Số cuộc truyền thông tại trường trung học cơ sở trong kỳ và số trường.",
            en="Events held at lower secondary schools in the period, and schools.",
        ),
        unit=_EVENTS,
        direction="up",
        frequency=("Q",),
        formula=Count(SCHOOL_EVENTS),
        source=f"{_PLAN_2018}, III",
    ),
    Indicator(
        code="ABU-10",
        name=Text(vi="Số biển pa-nô Tổng đài 111", en="Hotline 111 panels installed"),
        definition=Text(
            vi="Số biển pa-nô giới thiệu Tổng đài quốc gia bảo vệ trẻ em 111 đã lắp đặt.",
            en="Panels for the national child-protection hotline 111 that were installed.",
        ),
        unit=Text(vi="biển", en="panels"),
        direction="up",
        frequency=("H",),
        formula=Count(PANELS),
        source=f"{_PLAN_2018}, B.I.6",
    ),
    Indicator(
        code="ABU-11",
        name=Text(
            vi="Số xã có quản lý trường hợp cho trẻ em bị bạo lực, xâm hại tình dục",
            en="Communes with case management for violence and sexual abuse",
        ),
        definition=Text(
            vi="Số xã có người làm công tác bảo vệ trẻ em đã được tập huấn và có quy trình quản lý "
            "trường hợp.",
            en="Communes with a trained child-protection worker and a case-management procedure.",
        ),
        unit=Text(vi="xã", en="communes"),
        direction="up",
        frequency=("H",),
        formula=Count(COMMUNES_READY),
        source=f"{_PLAN_2018}, B.I.1",
    ),
    Indicator(
        code="ABU-12",
        name=Text(
            vi="Số vụ che giấu, không thông báo bị xử lý", en="Concealment and silence handled"
        ),
        definition=Text(
            vi="Số vụ che giấu, không thông báo xâm hại tình dục trẻ em đã bị xử lý.",
            en="Cases of concealing or not reporting sexual abuse of a child that were handled.",
        ),
        unit=Text(vi="vụ", en="cases"),
        direction="none",
        frequency=("Y",),
        formula=Count(CONCEALED),
        breakdowns=("detail",),
        sensitivity=DataClass.RESTRICTED,
        source="Ministry instruction of 2017, 5.2",
    ),
    Indicator(
        code="ABU-13",
        name=Text(vi="Số cuộc gọi 111 chuyển địa phương xử lý", en="Hotline 111 referrals handled"),
        definition=Text(
            vi="Số thông tin Tổng đài 111 chuyển đến: đã nhận, đã phản hồi, đã kết thúc.",
            en="Referrals from hotline 111: received, acknowledged, closed.",
        ),
        unit=Text(vi="cuộc gọi", en="calls"),
        direction="none",
        frequency=("Q",),
        formula=Count(BY_HOTLINE),
        sensitivity=DataClass.RESTRICTED,
        source="Ministry instruction of 2017, 1.3",
    ),
)
