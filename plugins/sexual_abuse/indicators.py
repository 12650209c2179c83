"""The complete list of indicators of the programme.

ABU-01 has no direction: more detected cases may mean better detection, so it is never scored as
good or bad. Source: domain page of the programmes, §5.5.
"""

from __future__ import annotations

from core.plugin_api import Count, DataClass, Indicator, Ratio, Text
from plugins.sexual_abuse import measures

_CASES = Text(vi="trường hợp", en="cases")
_EVENTS = Text(vi="cuộc", en="events")
_PERCENT = Text(vi="%", en="%")
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"
_DECREE = "Decree 56/2017/NĐ-CP"


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
        formula=Count(measures.DETECTED),
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
        formula=Ratio(measures.HELPED_IN_TIME, measures.DETECTED),
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
        formula=Ratio(measures.EMERGENCIES_ON_TIME, measures.NOT_SAFE),
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
        formula=Ratio(measures.PLANS_ON_TIME, measures.DETECTED),
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
        formula=Ratio(measures.LEGAL_AID, measures.IN_PROCEEDINGS),
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
        formula=Ratio(measures.CARE, measures.NEEDS_CARE),
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
        formula=Count(measures.PROSECUTED),
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
        formula=Count(measures.COMMUNITY_EVENTS),
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
        formula=Count(measures.SCHOOL_EVENTS),
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
        formula=Count(measures.PANELS),
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
        formula=Count(measures.COMMUNES_READY),
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
        formula=Count(measures.CONCEALED),
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
        formula=Count(measures.BY_HOTLINE),
        sensitivity=DataClass.RESTRICTED,
        source="Ministry instruction of 2017, 1.3",
    ),
)
