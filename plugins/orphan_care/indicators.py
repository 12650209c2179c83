"""The complete list of indicators of the programme.

Source: domain page of the programmes, §6.6; Decision 647/QĐ-TTg, Decision 1591/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Count, DataClass, Indicator, Ratio, Text
from plugins.orphan_care import measures

if TYPE_CHECKING:
    from core.plugin_api import Formula

_CHILDREN = Text(vi="trẻ em", en="children")
_PERCENT = Text(vi="%", en="%")
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"
_DESIGN = "Design of the programme; no official target"


def _indicator(
    code: str,
    name: Text,
    definition: Text,
    formula: Formula,
    frequency: Any,
    *,
    unit: Text = _PERCENT,
    direction: Any = "up",
    source: str = _DESIGN,
    **more: Any,
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        unit=unit,
        direction=direction,
        frequency=frequency,
        formula=formula,
        source=source,
        **more,
    )


INDICATORS = (
    _indicator(
        "ORP-01",
        Text(
            "Số trẻ em thuộc các nhóm của Đề án 647 (nhóm a, b, c và các nhóm khác)",
            "Children in the groups of Decision 647",
        ),
        Text(
            "Số trẻ em đang được quản lý vào ngày cuối kỳ, theo nhóm: mồ côi cả cha và mẹ, bị bỏ "
            "rơi, không nơi nương tựa, nạn nhân chất độc hóa học, khuyết tật nặng, bị ảnh hưởng "
            "thiên tai. Trẻ em nhiễm HIV/AIDS tính riêng (ORP-11).",
            "Children in the programme on the last day of the period, by group: orphaned of both "
            "parents, abandoned, unsupported, toxic chemicals, severe disability, disaster. "
            "Children with HIV/AIDS are counted apart (ORP-11).",
        ),
        Count(measures.IN_CARE),
        ("H",),
        unit=_CHILDREN,
        direction="none",
        breakdowns=("detail", "sex", "age_band"),
        source="Decision 647/QĐ-TTg; Law on Children 2016",
    ),
    _indicator(
        "ORP-02",
        Text(
            "Tỷ lệ trẻ em mồ côi không nơi nương tựa, bị bỏ rơi, khuyết tật diện bảo trợ xã hội "
            "được hỗ trợ, chăm sóc tại cộng đồng",
            "Children supported and cared for in the community",
        ),
        Text(
            "Tử số: số trẻ em nhóm a, b, c và khuyết tật nặng đang được hỗ trợ, chăm sóc tại cộng "
            "đồng vào ngày cuối kỳ. Mẫu số: số trẻ em các nhóm đó đang được quản lý.",
            "Numerator: children of groups a, b, c and with a severe disability who are supported "
            "in the community on the last day. Denominator: children of these groups in care.",
        ),
        Ratio(measures.SUPPORTED, measures.ELIGIBLE),
        ("H", "Y"),
        source=f"{_PLAN_2018}, A.II.1; Decision 647/QĐ-TTg",
    ),
    _indicator(
        "ORP-03",
        Text("Tỷ lệ trẻ em hưởng trợ cấp hằng tháng", "Children receiving a monthly allowance"),
        Text(
            "Tử số: số trẻ em đang hưởng trợ cấp vào ngày cuối kỳ. Mẫu số: số trẻ em nhóm a, b, c "
            "và khuyết tật nặng đang được quản lý.",
            "Numerator: children with an allowance in force on the last day. Denominator: children "
            "of groups a, b, c and with a severe disability in care.",
        ),
        Ratio(measures.ALLOWANCES, measures.ELIGIBLE),
        ("H",),
    ),
    _indicator(
        "ORP-04",
        Text("Tỷ lệ hồ sơ đầy đủ, đúng quy định", "Complete dossiers"),
        Text(
            "Tử số: số hồ sơ lập trong kỳ đủ thành phần bắt buộc. Mẫu số: số hồ sơ lập trong kỳ.",
            "Numerator: dossiers begun in the period with every required paper. Denominator: "
            "dossiers begun in it.",
        ),
        Ratio(measures.DOSSIERS_COMPLETE, measures.DOSSIERS),
        ("H",),
        source=f"{_PLAN_2018}, B.I.8",
    ),
    _indicator(
        "ORP-05",
        Text("Số trẻ em phát hiện mới", "Children newly detected"),
        Text(
            "Số trẻ em được phát hiện trong kỳ, tính theo ngày phát hiện, theo nhóm.",
            "Children detected in the period, by the date of detection, by group.",
        ),
        Count(measures.DETECTED),
        ("Q",),
        unit=_CHILDREN,
        direction="none",
        breakdowns=("detail", "sex", "age_band"),
    ),
    _indicator(
        "ORP-06",
        Text(
            "Tỷ lệ chăm sóc tại gia đình, cộng đồng so với cơ sở",
            "Family care against facility care",
        ),
        Text(
            "Tử số: số trẻ em được chăm sóc tại gia đình (người thân thích, gia đình nhận chăm "
            "sóc, giám hộ, con nuôi) vào ngày cuối kỳ. Mẫu số: số trẻ em được chăm sóc thay thế.",
            "Numerator: children cared for in families on the last day. Denominator: all children "
            "in alternative care.",
        ),
        Ratio(measures.FAMILY_CARE, measures.CARE),
        ("Y",),
    ),
    _indicator(
        "ORP-07",
        Text(
            "Số trẻ em chuyển từ cơ sở sang chăm sóc thay thế",
            "Children moved from a facility to alternative care",
        ),
        Text(
            "Số trẻ em chuyển từ cơ sở sang gia đình nhận chăm sóc thay thế trong kỳ.",
            "Children who moved from a facility to an alternative family in the period.",
        ),
        Count(measures.MOVED),
        ("H",),
        unit=_CHILDREN,
    ),
    _indicator(
        "ORP-08",
        Text(
            "Số lượt khám sức khỏe tại Trung tâm Bảo trợ xã hội",
            "Health services at the social protection centre",
        ),
        Text(
            "Số lượt trẻ em được khám sức khỏe tại Trung tâm Bảo trợ xã hội trong kỳ.",
            "Health checks given to children at the social protection centre in the period.",
        ),
        Count(measures.HEALTH_SERVICES),
        ("H",),
        unit=Text(vi="lượt", en="checks"),
        source=f"{_PLAN_2018}, B.I.8",
    ),
    _indicator(
        "ORP-09",
        Text("Số trẻ em được nhận đỡ đầu; kinh phí", "Children sponsored; amount"),
        Text(
            "Số trẻ em có nhà tài trợ nhận đỡ đầu vào ngày cuối kỳ, mỗi trẻ một lần; kinh phí ghi "
            "trong bảng của báo cáo.",
            "Children with a sponsor on the last day, each once; the amount stands in the table of "
            "the report.",
        ),
        Count(measures.SPONSORED),
        ("H",),
        unit=_CHILDREN,
    ),
    _indicator(
        "ORP-10",
        Text(
            "Tỷ lệ trẻ em bị ảnh hưởng thiên tai được hỗ trợ",
            "Disaster-affected children supported",
        ),
        Text(
            "Tử số: số trẻ em được hỗ trợ. Mẫu số: số trẻ em bị ảnh hưởng. Tính theo từng đợt "
            "thiên tai, tổng hợp theo năm.",
            "Numerator: children supported. Denominator: children affected. By event, summed over "
            "the year.",
        ),
        Ratio(measures.DISASTER_SUPPORTED, measures.AFFECTED),
        ("Y",),
    ),
    _indicator(
        "ORP-11",
        Text(
            "Số trẻ em nhiễm HIV/AIDS được quản lý trường hợp",
            "Children with HIV/AIDS in case management",
        ),
        Text(
            "Số trẻ em nhiễm HIV/AIDS đang được quản lý trường hợp vào ngày cuối kỳ. Chỉ tính tổng "
            "số toàn tỉnh.",
            "Children with HIV/AIDS whose case is open on the last day. Province total only.",
        ),
        Count(measures.HIV_MANAGED),
        ("H",),
        unit=_CHILDREN,
        sensitivity=DataClass.RESTRICTED,
        source=f"{_PLAN_2018}, B.I.1",
    ),
    _indicator(
        "ORP-12",
        Text("Tỷ lệ thăm nom chăm sóc thay thế đúng hạn", "Care visits on time"),
        Text(
            "Tử số: số lần thăm đã thực hiện không sau ngày đến hạn. Mẫu số: số lần thăm đến hạn "
            "trong kỳ.",
            "Numerator: visits made no later than due. Denominator: visits due in the period.",
        ),
        Ratio(measures.VISITS_ON_TIME, measures.VISITS_DUE),
        ("Q",),
    ),
)
