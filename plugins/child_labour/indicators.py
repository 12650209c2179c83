"""The complete list of the programme's indicators; what they count stands in ``measures``.

A child screened twice in a period counts twice; a case counts its first support once.
Source: domain page of the programmes, §4.4; Decision 782/QĐ-TTg and Decision 1023/QĐ-TTg.
"""

from __future__ import annotations

from core.plugin_api import Count, Indicator, Ratio, Sum, Text
from plugins.child_labour.measures import (
    AT_RISK,
    AT_RISK_CORRECTED,
    CASES_EDUCATED,
    CASES_SUPPORTED,
    CHILD_LABOUR,
    CHILD_LABOUR_CORRECTED,
    CHILDREN,
    CLASSES,
    FOLLOW_UPS_DONE,
    FOLLOW_UPS_DUE,
    HANDLED,
    HAZARDOUS,
    HAZARDOUS_CORRECTED,
    HOUSEHOLDS_SUPPORTED,
    INFORMED_CHILDREN,
    INSPECTIONS,
    VIOLATIONS,
    WITHDRAWN,
)

_CHILDREN = Text(vi="trẻ em", en="children")
_PERCENT = Text(vi="%", en="%")
_UNTIL_2020 = "Decision 1023/QĐ-TTg"
_SINCE_2021 = "Decision 782/QĐ-TTg"
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018), B.I.4"
_DESIGN = "Design of the programme; no official target"

_IN_LABOUR = Sum(CHILD_LABOUR, CHILD_LABOUR_CORRECTED)
_TO_SUPPORT = Sum(CHILD_LABOUR, CHILD_LABOUR_CORRECTED, AT_RISK, AT_RISK_CORRECTED)

INDICATORS = (
    Indicator(
        code="LAB-01",
        name=Text(
            vi="Số trẻ em lao động trái quy định của pháp luật", en="Children in child labour"
        ),
        definition=Text(
            vi="Số lượt rà soát trẻ em từ 5 đến 17 tuổi trong kỳ được phân loại là lao động trái "
            "quy định; lao động nặng nhọc, độc hại, nguy hiểm; hoặc hình thức tồi tệ nhất.",
            en="Screenings of children aged 5 to 17 in the period with the category child labour, "
            "hazardous child labour or worst form.",
        ),
        unit=_CHILDREN,
        direction="down",
        frequency=("H",),
        formula=_IN_LABOUR,
        breakdowns=("age_band", "sex", "detail"),
        source=_SINCE_2021,
    ),
    Indicator(
        code="LAB-02",
        name=Text(vi="Tỷ lệ lao động trẻ em từ 5 đến 17 tuổi", en="Child-labour rate, age 5 to 17"),
        definition=Text(
            vi="Tử số: số trẻ em lao động trái quy định (LAB-01). Mẫu số: số trẻ em từ 5 đến 17 "
            "tuổi. Không so sánh trực tiếp với kết quả điều tra mẫu năm 2018.",
            en="Numerator: children in child labour (LAB-01). Denominator: children aged 5 to 17. "
            "Not to be compared directly with the sample survey of 2018.",
        ),
        unit=_PERCENT,
        direction="down",
        frequency=("Y",),
        formula=Ratio(_IN_LABOUR, CHILDREN),
        source=_SINCE_2021,
    ),
    Indicator(
        code="LAB-03",
        name=Text(
            vi="Số trẻ em có nguy cơ lao động trái quy định", en="Children at risk of child labour"
        ),
        definition=Text(
            vi="Số lượt rà soát trong kỳ được phân loại là có nguy cơ: trẻ không làm việc, đã bỏ "
            "học và có thêm ít nhất một yếu tố nguy cơ.",
            en="Screenings in the period with the category at risk: the child does not work, has "
            "left school and has at least one more risk factor.",
        ),
        unit=_CHILDREN,
        direction="down",
        frequency=("H",),
        formula=Sum(AT_RISK, AT_RISK_CORRECTED),
        source=_DESIGN,
    ),
    Indicator(
        code="LAB-04",
        name=Text(
            vi="Số trẻ em làm công việc nặng nhọc, độc hại, nguy hiểm",
            en="Children in hazardous work",
        ),
        definition=Text(
            vi="Số lượt rà soát trong kỳ được phân loại là lao động nặng nhọc, độc hại, nguy hiểm "
            "hoặc hình thức tồi tệ nhất.",
            en="Screenings in the period with the category hazardous child labour or worst form.",
        ),
        unit=_CHILDREN,
        direction="down",
        frequency=("H",),
        formula=Sum(HAZARDOUS, HAZARDOUS_CORRECTED),
        breakdowns=("detail",),
        source="National programme on child labour (reduce; no number read)",
    ),
    Indicator(
        code="LAB-05",
        name=Text(
            vi="Tỷ lệ trẻ em lao động trái quy định được hỗ trợ, can thiệp",
            en="Children in child labour who are supported",
        ),
        definition=Text(
            vi="Mẫu số: số trẻ em lao động trái quy định (LAB-01) và có nguy cơ (LAB-03) được phát "
            "hiện trong kỳ. Tử số: số trẻ trong đó đã có ít nhất một gói hỗ trợ tính đến nay.",
            en="Denominator: children found in the period in child labour (LAB-01) and at risk "
            "(LAB-03). Numerator: those of them with at least one support package until now.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q",),
        formula=Ratio(CASES_SUPPORTED, _TO_SUPPORT),
        source=f"{_UNTIL_2020}; {_SINCE_2021}",
    ),
    Indicator(
        code="LAB-06",
        name=Text(
            vi="Tỷ lệ được tiếp cận giáo dục, dạy nghề", en="Access to education or training"
        ),
        definition=Text(
            vi="Mẫu số: LAB-01 cộng LAB-03. Tử số: số trẻ trong đó được hỗ trợ học tập hoặc học "
            "nghề tính đến nay.",
            en="Denominator: LAB-01 plus LAB-03. Numerator: those of them with an education or "
            "vocational package until now.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=Ratio(CASES_EDUCATED, _TO_SUPPORT),
        source=_SINCE_2021,
    ),
    Indicator(
        code="LAB-07",
        name=Text(
            vi="Số trẻ em rút khỏi lao động, trở lại trường học",
            en="Children withdrawn from work or back at school",
        ),
        definition=Text(
            vi="Số trường hợp chuyển sang đã rút khỏi lao động hoặc tái hòa nhập; số trẻ em đã trở "
            "lại trường học.",
            en="Cases that became withdrawn or reintegrated; children who returned to school.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("H",),
        formula=Count(WITHDRAWN),
        source=_DESIGN,
    ),
    Indicator(
        code="LAB-08",
        name=Text(
            vi="Số lớp dạy nghề; số học viên (địa bàn không thuộc dự án)",
            en="Vocational classes and learners outside project communes",
        ),
        definition=Text(
            vi="Số lớp dạy nghề và số học viên trong kỳ, không tính địa bàn thuộc dự án.",
            en="Vocational classes and learners in the period, project communes excluded.",
        ),
        unit=Text(vi="lớp", en="classes"),
        direction="up",
        frequency=("H",),
        formula=Count(CLASSES),
        source=_PLAN_2018,
    ),
    Indicator(
        code="LAB-09",
        name=Text(
            vi="Số cơ sở được thanh tra, kiểm tra; số vi phạm",
            en="Establishments inspected; violations",
        ),
        definition=Text(
            vi="Số cơ sở sản xuất kinh doanh được thanh tra, kiểm tra trong kỳ và số vi phạm về sử "
            "dụng lao động chưa thành niên.",
            en="Establishments inspected in the period, and violations found in the employment of "
            "minors.",
        ),
        unit=Text(vi="cơ sở", en="establishments"),
        direction="none",
        frequency=("H",),
        formula=Count(INSPECTIONS),
        source=_PLAN_2018,
    ),
    Indicator(
        code="LAB-10",
        name=Text(vi="Tỷ lệ vi phạm được xử lý", en="Violations handled"),
        definition=Text(
            vi="Tử số: số vi phạm đã bị xử phạt hoặc đã khắc phục. Mẫu số: số vi phạm.",
            en="Numerator: violations sanctioned or remedied. Denominator: violations.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("H",),
        formula=Ratio(HANDLED, VIOLATIONS),
        source=_DESIGN,
    ),
    Indicator(
        code="LAB-11",
        name=Text(vi="Số hộ gia đình được hỗ trợ sinh kế", en="Households with livelihood support"),
        definition=Text(
            vi="Số hộ gia đình được hỗ trợ sinh kế trong kỳ.",
            en="Households that received livelihood support in the period.",
        ),
        unit=Text(vi="hộ", en="households"),
        direction="up",
        frequency=("H",),
        formula=Count(HOUSEHOLDS_SUPPORTED),
        source=_DESIGN,
    ),
    Indicator(
        code="LAB-12",
        name=Text(
            vi="Tỷ lệ trẻ em, doanh nghiệp, hợp tác xã, hộ gia đình được cung cấp thông tin",
            en="Children, businesses and households informed",
        ),
        definition=Text(
            vi="Tử số: số được cung cấp thông tin về lao động trẻ em. Mẫu số: tổng số.",
            en="Numerator: those informed about child labour. Denominator: all of them.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Y",),
        formula=Ratio(INFORMED_CHILDREN, CHILDREN),
        source="National programme on child labour",
    ),
    Indicator(
        code="LAB-13",
        name=Text(vi="Tỷ lệ theo dõi đúng hạn", en="Follow-ups on time"),
        definition=Text(
            vi="Tử số: số lần theo dõi đã thực hiện đúng hạn. Mẫu số: số lần theo dõi đến hạn.",
            en="Numerator: follow-ups done on time. Denominator: follow-ups due.",
        ),
        unit=_PERCENT,
        direction="up",
        frequency=("Q",),
        formula=Ratio(FOLLOW_UPS_DONE, FOLLOW_UPS_DUE),
        source=_DESIGN,
    ),
)
