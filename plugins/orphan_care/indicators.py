"""What the programme counts, and the complete list of its indicators.

Source: domain page of the programmes, §6.6; Decision 647/QĐ-TTg, Decision 1591/QĐ-TTg.
"""

from __future__ import annotations

from core.plugin_api import Count, DataClass, Indicator, Measure, Text
from plugins.orphan_care import codes
from plugins.orphan_care.models import OrphanCareRecord

IN_CARE = "orphan_care.children_in_care"
DETECTED = "orphan_care.newly_detected"

_CHILDREN = Text(vi="trẻ em", en="children")
_PERCENT = Text(vi="%", en="%")
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"
_DESIGN = "Design of the programme; no official target"


def measures() -> tuple[Measure, ...]:
    """Children in the programme at a day, and children newly detected; both by group."""
    return (
        Measure(
            code=IN_CARE,
            name=Text(vi="Trẻ em đang được quản lý, chăm sóc", en="Children in care"),
            model=OrphanCareRecord,
            kind="stock",
            date="detected_on",
            until="ended_on",
            detail="group_code",
            detail_options=codes.GROUPS,
            source="F-ORP-1",
        ),
        Measure(
            code=DETECTED,
            name=Text(vi="Trẻ em phát hiện mới", en="Children newly detected"),
            model=OrphanCareRecord,
            kind="flow",
            date="detected_on",
            detail="group_code",
            detail_options=codes.GROUPS,
            source="F-ORP-1",
        ),
    )


INDICATORS = (
    Indicator(
        code="ORP-01",
        name=Text(
            vi="Số trẻ em thuộc các nhóm của Đề án 647 (nhóm a, b, c và các nhóm khác)",
            en="Children in the groups of Decision 647",
        ),
        definition=Text(
            vi="Số trẻ em đang được quản lý vào ngày cuối kỳ, theo nhóm: mồ côi cả cha và mẹ, bị "
            "bỏ rơi, không nơi nương tựa, nạn nhân chất độc hóa học, khuyết tật nặng, bị ảnh hưởng "
            "thiên tai. Chưa gồm trẻ em nhiễm HIV/AIDS.",
            en="Children in the programme on the last day of the period, by group: orphaned of "
            "both parents, abandoned, unsupported, toxic chemicals, severe disability, disaster. "
            "Children with HIV/AIDS are not included yet.",
        ),
        unit=_CHILDREN,
        direction="none",
        frequency=("H",),
        formula=Count(IN_CARE),
        breakdowns=("detail",),
        source="Decision 647/QĐ-TTg; Law on Children 2016",
    ),
    Indicator(
        code="ORP-02",
        name=Text(
            vi="Tỷ lệ trẻ em mồ côi không nơi nương tựa, bị bỏ rơi, khuyết tật diện bảo trợ xã hội "
            "được hỗ trợ, chăm sóc tại cộng đồng",
            en="Children supported and cared for in the community",
        ),
        definition=Text(
            vi="Tử số: số trẻ em được hỗ trợ, chăm sóc tại cộng đồng. Mẫu số: số trẻ em đủ điều "
            "kiện.",
            en="Numerator: children with support or care in the community. Denominator: eligible "
            "children.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H", "Y"),
        formula=None,
        source=f"{_PLAN_2018}, A.II.1; Decision 647/QĐ-TTg",
    ),
    Indicator(
        code="ORP-03",
        name=Text(
            vi="Tỷ lệ trẻ em hưởng trợ cấp hằng tháng", en="Children receiving a monthly allowance"
        ),
        definition=Text(
            vi="Tử số: số trẻ em đã được chi trả trợ cấp. Mẫu số: số trẻ em đủ điều kiện.",
            en="Numerator: children paid an allowance. Denominator: eligible children.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=None,
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-04",
        name=Text(vi="Tỷ lệ hồ sơ đầy đủ, đúng quy định", en="Complete dossiers"),
        definition=Text(
            vi="Tử số: số hồ sơ đủ thành phần bắt buộc. Mẫu số: số hồ sơ.",
            en="Numerator: dossiers with every required item. Denominator: dossiers.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=None,
        source=f"{_PLAN_2018}, B.I.8",
    ),
    Indicator(
        code="ORP-05",
        name=Text(vi="Số trẻ em phát hiện mới", en="Children newly detected"),
        definition=Text(
            vi="Số trẻ em được phát hiện trong kỳ, tính theo ngày phát hiện, theo nhóm.",
            en="Children detected in the period, by the date of detection, by group.",
        ),
        unit=_CHILDREN,
        direction="none",
        frequency=("Q",),
        formula=Count(DETECTED),
        breakdowns=("detail",),
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-06",
        name=Text(
            vi="Tỷ lệ chăm sóc tại gia đình, cộng đồng so với cơ sở",
            en="Family care against facility care",
        ),
        definition=Text(
            vi="Tử số: số trẻ em được chăm sóc tại gia đình, cộng đồng. Mẫu số: số trẻ em đang "
            "được chăm sóc.",
            en="Numerator: children cared for in families. Denominator: all children in care.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=None,
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-07",
        name=Text(
            vi="Số trẻ em chuyển từ cơ sở sang chăm sóc thay thế",
            en="Children moved from a facility to alternative care",
        ),
        definition=Text(
            vi="Số trẻ em chuyển từ cơ sở sang gia đình nhận chăm sóc thay thế trong kỳ.",
            en="Children who moved from a facility to an alternative family in the period.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("H",),
        formula=None,
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-08",
        name=Text(
            vi="Số lượt khám sức khỏe tại Trung tâm Bảo trợ xã hội",
            en="Health services at the social protection centre",
        ),
        definition=Text(
            vi="Số lượt trẻ em được khám sức khỏe tại Trung tâm Bảo trợ xã hội trong kỳ.",
            en="Health checks given to children at the social protection centre in the period.",
        ),
        unit=Text(vi="lượt", en="checks"),
        direction="up",
        frequency=("H",),
        formula=None,
        source=f"{_PLAN_2018}, B.I.8",
    ),
    Indicator(
        code="ORP-09",
        name=Text(vi="Số trẻ em được nhận đỡ đầu; kinh phí", en="Children sponsored; amount"),
        definition=Text(
            vi="Số trẻ em được nhận đỡ đầu vào ngày cuối kỳ và số tiền đỡ đầu trong kỳ.",
            en="Children with a sponsor on the last day of the period, and the amount given in it.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("H",),
        formula=None,
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-10",
        name=Text(
            vi="Tỷ lệ trẻ em bị ảnh hưởng thiên tai được hỗ trợ",
            en="Disaster-affected children supported",
        ),
        definition=Text(
            vi="Tử số: số trẻ em được hỗ trợ. Mẫu số: số trẻ em bị ảnh hưởng. Tính theo từng đợt "
            "thiên tai, tổng hợp theo năm.",
            en="Numerator: children supported. Denominator: children affected. By event, summed "
            "over the year.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=None,
        source=_DESIGN,
    ),
    Indicator(
        code="ORP-11",
        name=Text(
            vi="Số trẻ em nhiễm HIV/AIDS được quản lý trường hợp",
            en="Children with HIV/AIDS in case management",
        ),
        definition=Text(
            vi="Tử số: số trẻ em nhiễm HIV/AIDS đang được quản lý trường hợp. Mẫu số: số trẻ em "
            "được biết. Chỉ tính tổng số toàn tỉnh.",
            en="Numerator: children with HIV/AIDS whose case is open. Denominator: children known. "
            "Province total only.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("H",),
        formula=None,
        sensitivity=DataClass.RESTRICTED,
        source=f"{_PLAN_2018}, B.I.1",
    ),
    Indicator(
        code="ORP-12",
        name=Text(vi="Tỷ lệ thăm nom chăm sóc thay thế đúng hạn", en="Care visits on time"),
        definition=Text(
            vi="Tử số: số lần thăm đã thực hiện đúng hạn. Mẫu số: số lần thăm đến hạn.",
            en="Numerator: visits done on time. Denominator: visits due.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q",),
        formula=None,
        source=_DESIGN,
    ),
)
