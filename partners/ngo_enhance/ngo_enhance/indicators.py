"""ENH-01 to ENH-07; targets are not in the province's document and stand in the log frame.

Source: domain page of the programmes, §8; Decision 535/QĐ-UBND (An Giang, 2018), B.I.4 and IV.
"""

from __future__ import annotations

from core.plugin_api import Count, Indicator, Text, Units
from ngo_enhance.measures import (
    BENEFICIARIES,
    FAMILIES,
    MATERIALS,
    OUTCOMES,
    SCHOOLED,
    SERVICES,
    TRAINED,
)

_CHILDREN = Text(vi="trẻ em", en="children")
_PLAN = "Decision 535/QĐ-UBND (An Giang, 2018), B.I.4"
_PROJECT = "Design of the project; no target in the province's document"

INDICATORS = (
    Indicator(
        code="ENH-01",
        name=Text(vi="Trẻ em hưởng lợi có hồ sơ", en="Beneficiary children with a file"),
        definition=Text(
            vi="Số trẻ em được chọn và được gia đình đồng ý tham gia dự án trong kỳ.",
            en="Children chosen in the period whose family agreed to the project.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("Q", "H", "Y"),
        formula=Count(BENEFICIARIES),
        breakdowns=("sex", "age_band"),
        source=_PROJECT,
    ),
    Indicator(
        code="ENH-02",
        name=Text(
            vi="Trẻ hưởng lợi tiếp cận giáo dục, dạy nghề",
            en="Beneficiaries with access to education or training",
        ),
        definition=Text(
            vi="Số trẻ hưởng lợi lần đầu được hỗ trợ học tập, học nghề hoặc học phẩm trong kỳ; mỗi "
            "trẻ tính một lần.",
            en="Beneficiaries first given education, vocational training or school material in the "
            "period; each child counts once.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("Q", "H", "Y"),
        formula=Count(SCHOOLED),
        source=_PROJECT,
    ),
    Indicator(
        code="ENH-03",
        name=Text(
            vi="Trẻ hưởng lợi rút khỏi hoặc giảm lao động nguy hiểm",
            en="Beneficiaries withdrawn from labour or in less hazardous work",
        ),
        definition=Text(
            vi="Số trẻ có phiếu cuối kỳ trong kỳ cho thấy không còn làm việc, hoặc còn làm với ít "
            "yếu tố nguy hại hơn phiếu đầu kỳ.",
            en="Children whose endline in the period shows no more work, or fewer hazards than "
            "their baseline.",
        ),
        unit=_CHILDREN,
        direction="up",
        frequency=("H", "Y"),
        formula=Count(OUTCOMES),
        breakdowns=("detail",),
        source=_PROJECT,
    ),
    Indicator(
        code="ENH-04",
        name=Text(
            vi="Hộ hưởng lợi được hỗ trợ sinh kế", en="Beneficiary families with a livelihood"
        ),
        definition=Text(
            vi="Số hộ lần đầu được dự án hỗ trợ sinh kế trong kỳ; mỗi hộ tính một lần.",
            en="Families first given a livelihood by the project in the period; each counts once.",
        ),
        unit=Text(vi="hộ", en="families"),
        direction="up",
        frequency=("H", "Y"),
        formula=Count(FAMILIES),
        source=_PROJECT,
    ),
    Indicator(
        code="ENH-05",
        name=Text(vi="Cán bộ huyện, xã được tập huấn dự án", en="Persons trained by the project"),
        definition=Text(
            vi="Số lượt người dự các lớp tập huấn do dự án tổ chức trong kỳ.",
            en="Participants of classes held by the project in the period.",
        ),
        unit=Text(vi="lượt người", en="participants"),
        direction="up",
        frequency=("H", "Y"),
        formula=Count(TRAINED),
        breakdowns=("detail",),
        source="Decision 535/QĐ-UBND (An Giang, 2018), IV",
    ),
    Indicator(
        code="ENH-06",
        name=Text(vi="Pa-nô, áp phích đã dựng", en="Billboards and posters put up"),
        definition=Text(
            vi="Số pa-nô, áp phích, tờ rơi dự án lắp đặt, phát hành trong kỳ.",
            en="Billboards, posters and leaflets that the project put up or gave out.",
        ),
        unit=Text(vi="sản phẩm", en="pieces"),
        direction="up",
        frequency=("H", "Y"),
        formula=Count(MATERIALS),
        breakdowns=("detail",),
        source=_PLAN,
    ),
    Indicator(
        code="ENH-07",
        name=Text(
            vi="Số xã dự án có quản lý trường hợp", en="Project communes with case management"
        ),
        definition=Text(
            vi="Số xã có ít nhất một dịch vụ của dự án cho trẻ em hưởng lợi trong kỳ.",
            en="Communes with at least one service to a beneficiary in the period.",
        ),
        unit=Text(vi="xã", en="communes"),
        direction="up",
        frequency=("H", "Y"),
        formula=Units(SERVICES, "commune"),
        source=_PLAN,
    ),
)
