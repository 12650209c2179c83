"""The complete list of the programme's indicators; what they count stands in ``measures``.

Children are those under 16: the denominators of the national programme count them so.
Source: domain page of the programmes, §3.4; Decision 1248/QĐ-TTg for the national rates.
"""

from __future__ import annotations

from core.plugin_api import Count, Indicator, Ratio, Text, UnitsRatio, UnitsWhole
from plugins.drowning_prevention.measures import (
    CAGES_DELIVERED,
    DROWNING_DEATHS,
    FLOOD_POINTS,
    HAZARDS,
    HAZARDS_MITIGATED,
    HOMES_ASSESSED,
    HOMES_PASSED,
    HOUSEHOLDS,
    INJURIES,
    INJURY_DEATHS,
    SAFE_COMMUNITIES,
    SAFE_SWIMMERS,
    TAUGHT,
)

_UNDER_16 = "core.children_under_16"
_CHILDREN = Text(vi="trẻ em", en="children")
_PERCENT = Text(vi="%", en="%")
_PER_100K = Text(vi="trên 100.000 trẻ em", en="per 100,000 children")
_PROGRAMME = "Decision 1248/QĐ-TTg"
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"


INDICATORS = (
    Indicator(
        code="DRW-01",
        name=Text(vi="Số trẻ em tử vong do đuối nước", en="Child drowning deaths"),
        definition=Text(
            vi="Số trẻ em dưới 16 tuổi tử vong trong kỳ do đuối nước, tính theo ngày và nơi "
            "xảy ra.",
            en="Children under 16 who died by drowning in the period, by date and place of the "
            "accident.",
        ),
        unit=_CHILDREN,
        direction="down",
        frequency=("Q",),
        formula=Count(DROWNING_DEATHS),
        breakdowns=("sex", "age_band", "detail"),
        source=_PROGRAMME,
    ),
    Indicator(
        code="DRW-02",
        name=Text(vi="Tỷ suất tử vong do đuối nước trên 100.000 trẻ em", en="Drowning death rate"),
        definition=Text(
            vi="Tử số: số trẻ em dưới 16 tuổi tử vong do đuối nước trong năm (DRW-01). Mẫu số: số "
            "trẻ em dưới 16 tuổi. Nhân với 100.000.",
            en="Numerator: children under 16 who died by drowning in the year (DRW-01). "
            "Denominator: children under 16. Times 100,000.",
        ),
        unit=_PER_100K,
        direction="down",
        frequency=("Y",),
        formula=Ratio(DROWNING_DEATHS, _UNDER_16, per=100_000),
        source=_PROGRAMME,
    ),
    Indicator(
        code="DRW-03",
        name=Text(vi="Số trẻ em bị tai nạn, thương tích", en="Injured children"),
        definition=Text(
            vi="Số trẻ em dưới 16 tuổi bị tai nạn, thương tích trong kỳ do mọi nguyên nhân. Tỷ "
            "suất trên 100.000 trẻ em được tính khi có số trẻ em dưới 16 tuổi của năm.",
            en="Children under 16 injured in the period, whatever the cause. The rate per 100,000 "
            "follows once the year's number of children under 16 is held.",
        ),
        unit=_CHILDREN,
        direction="down",
        frequency=("Q", "Y"),
        formula=Count(INJURIES),
        breakdowns=("detail", "age_band", "sex"),
        source=_PROGRAMME,
    ),
    Indicator(
        code="DRW-04",
        name=Text(
            vi="Tỷ suất tử vong do tai nạn, thương tích trên 100.000 trẻ em",
            en="Injury death rate",
        ),
        definition=Text(
            vi="Tử số: số trẻ em dưới 16 tuổi tử vong do tai nạn, thương tích trong năm. Mẫu số: "
            "số trẻ em dưới 16 tuổi. Nhân với 100.000.",
            en="Numerator: children under 16 who died of injuries in the year. Denominator: "
            "children under 16. Times 100,000.",
        ),
        unit=_PER_100K,
        direction="down",
        frequency=("Y",),
        formula=Ratio(INJURY_DEATHS, _UNDER_16, per=100_000),
        source=_PROGRAMME,
    ),
    Indicator(
        code="DRW-05",
        name=Text(
            vi="Tỷ lệ trẻ em từ 6 đến dưới 16 tuổi biết bơi an toàn",
            en="Children aged 6 to under 16 able to swim safely",
        ),
        definition=Text(
            vi="Tử số: số trẻ em từ 6 đến dưới 16 tuổi có kết quả kiểm tra gần nhất là biết bơi an "
            "toàn. Mẫu số: số trẻ em từ 6 đến dưới 16 tuổi.",
            en="Numerator: children aged 6 to under 16 whose latest test says safe swimmer. "
            "Denominator: children aged 6 to under 16.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=Ratio(SAFE_SWIMMERS, "core.children_6_to_15"),
        breakdowns=("sex",),
        source=_PROGRAMME,
    ),
    Indicator(
        code="DRW-06",
        name=Text(
            vi="Số trẻ em được học bơi; số lớp", en="Children taught to swim; number of classes"
        ),
        definition=Text(
            vi="Số trẻ em hoàn thành lớp dạy bơi trong kỳ và số lớp đã tổ chức.",
            en="Children who completed a swimming class in the period, and classes held.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("Q",),
        formula=Count(TAUGHT),
        breakdowns=("sex", "detail"),
        source=f"{_PLAN_2018}, B.I.2",
    ),
    Indicator(
        code="DRW-07",
        name=Text(
            vi="Số lồng bơi được cấp, đang hoạt động", en="Swim cages delivered and operating"
        ),
        definition=Text(
            vi="Số lồng bơi đã được cấp và số lồng bơi đang hoạt động cuối kỳ.",
            en="Swim cages delivered, and those operating at the end of the period.",
        ),
        unit=Text(vi="lồng bơi", en="swim cages"),
        direction="up",
        frequency=("H",),
        formula=Count(CAGES_DELIVERED),
        source=f"{_PLAN_2018}, B.I.2",
    ),
    Indicator(
        code="DRW-08",
        name=Text(
            vi="Tỷ lệ xã, phường triển khai mô hình Ngôi nhà an toàn",
            en="Communes running Safe Home",
        ),
        definition=Text(
            vi="Tử số: số xã, phường đã đánh giá Ngôi nhà an toàn ít nhất một lần. Mẫu số: tổng "
            "số xã, phường.",
            en="Numerator: communes with at least one round of Safe Home assessments. "
            "Denominator: all communes.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=UnitsRatio(HOMES_ASSESSED, "commune"),
        source=f"{_PLAN_2018}, A.II.5",
    ),
    Indicator(
        code="DRW-09",
        name=Text(
            vi="Tỷ lệ hộ có trẻ em đạt Ngôi nhà an toàn",
            en="Households with children that pass as Safe Home",
        ),
        definition=Text(
            vi="Tử số: số hộ có trẻ em đạt tiêu chí Ngôi nhà an toàn. Mẫu số: số hộ có trẻ em.",
            en="Numerator: households with children that pass. Denominator: households with "
            "children.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=Ratio(HOMES_PASSED, HOUSEHOLDS),
        source=f"{_PLAN_2018}, A.II.5; Decision 548/QĐ-LĐTBXH",
    ),
    Indicator(
        code="DRW-10",
        name=Text(
            vi="Số huyện có ít nhất 01 xã đạt 100% hộ an toàn",
            en="Districts with at least one fully safe commune",
        ),
        definition=Text(
            vi="Số huyện có ít nhất một xã mà mọi hộ có trẻ em đều đạt Ngôi nhà an toàn. Khi không "
            "còn cấp huyện: số xã, phường có 100% hộ đạt.",
            en="Districts with at least one commune in which every household with children "
            "passes. Without districts: communes in which every such household passes.",
        ),
        unit=Text(vi="đơn vị", en="units"),
        direction="up",
        frequency=("Y",),
        formula=UnitsWhole(Ratio(HOMES_PASSED, HOUSEHOLDS), "commune", within="district"),
        source=f"{_PLAN_2018}, A.II.5",
    ),
    Indicator(
        code="DRW-11",
        name=Text(
            vi="Số điểm giữ trẻ mùa lũ; số trẻ em được giữ",
            en="Flood-season points; children cared for",
        ),
        definition=Text(
            vi="Số điểm giữ trẻ mùa lũ đã mở; số trẻ em đông nhất trong một ngày và tổng số lượt "
            "trẻ em theo ngày.",
            en="Flood-season points opened; the most children on one day and the total of "
            "child-days.",
        ),
        unit=Text(vi="điểm", en="points"),
        direction="up",
        frequency=("Q",),
        formula=Count(FLOOD_POINTS),
        source=f"{_PLAN_2018}, B.I.2",
    ),
    Indicator(
        code="DRW-12",
        name=Text(
            vi="Số điểm nguy cơ đuối nước đã cảnh báo, rào chắn",
            en="Drowning hazard sites made safe",
        ),
        definition=Text(
            vi="Tử số: số điểm nguy cơ đã có biển báo, rào chắn hoặc biện pháp khác. Mẫu số: số "
            "điểm nguy cơ đã khảo sát.",
            en="Numerator: sites with a sign, fence or another measure. Denominator: sites "
            "surveyed.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=Ratio(HAZARDS_MITIGATED, HAZARDS),
        breakdowns=("detail",),
        source="Design of the programme; no official target",
    ),
    Indicator(
        code="DRW-13",
        name=Text(
            vi="Tỷ lệ xã đạt cộng đồng an toàn, trường học an toàn",
            en="Safe communities and safe schools",
        ),
        definition=Text(
            vi="Tử số: số xã đạt cộng đồng an toàn, số trường đạt trường học an toàn. Mẫu số: tổng "
            "số xã, tổng số trường.",
            en="Numerator: communes recognised as safe communities, schools as safe schools. "
            "Denominator: all communes, all schools.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=UnitsRatio(SAFE_COMMUNITIES, "commune"),
        source=_PROGRAMME,
    ),
)
