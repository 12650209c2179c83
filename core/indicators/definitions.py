"""Core's own indicators, whole; a formula stands only where the records it needs are kept.

Code, numerator, denominator and cuts are our design; the wording of names and the targets come
from the documents. Source: domain page of the programmes, §2.9.
"""

from __future__ import annotations

from typing import Literal

from core.kit.language import Text
from core.plugin_api.figures import (
    AllUnits,
    Average,
    Count,
    Formula,
    Indicator,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
)

Direction = Literal["up", "down", "none"]
Frequency = Literal["Q", "H", "Y"]

PERCENT = Text("%", "%")
COMMUNES = Text("xã", "communes")
TIMES = Text("lượt", "times")
_CSC = Text(
    "Trẻ em có ít nhất một nhóm hoàn cảnh đặc biệt trên tổng số trẻ em dưới 16 tuổi",
    "Children with at least one active group over children under 16",
)


def _indicator(
    code: str,
    name: tuple[str, str],
    definition: tuple[str, str],
    unit: Text,
    direction: Direction,
    *frequency: Frequency,
    source: str,
    formula: Formula | None = None,
) -> Indicator:
    return Indicator(
        code=code,
        name=Text(*name),
        definition=Text(*definition),
        unit=unit,
        direction=direction,
        frequency=frequency,
        formula=formula,
        source=source,
    )


_LETTER_2011 = "358/LĐTBXH-BVCSTE of 10 February 2011, section 1"
_AG = "535/QĐ-UBND of 15 March 2018 (An Giang)"
_LETTER_2017 = "letter of the ministry, 2017, section 2.2"

CORE_INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        code="COR-01",
        name=Text("Tỷ lệ trẻ em có hoàn cảnh đặc biệt", "Children in special circumstances"),
        definition=_CSC,
        unit=PERCENT,
        direction="down",
        frequency=("Y",),
        formula=Ratio("core.children_in_circumstances", "core.children_under_16"),
        source=_LETTER_2011,
    ),
    _indicator(
        "COR-02",
        (
            "Tỷ lệ trẻ em có hoàn cảnh đặc biệt được trợ giúp, chăm sóc",
            "Children in special circumstances who are supported",
        ),
        (
            (
                "Trẻ em có hoàn cảnh đặc biệt được trợ giúp ít nhất một lần từ đầu năm, mỗi trẻ "
                "tính một lần vào ngày được trợ giúp đầu tiên, trên tổng số trẻ em có hoàn cảnh "
                "đặc biệt cuối kỳ"
            ),
            (
                "Those with at least one support since the start of the year, each counted once on "
                "the day of the first, over all in special circumstances at the end of the period"
            ),
        ),
        PERCENT,
        "up",
        "H",
        "Y",
        source=f"{_LETTER_2011}; {_AG} A.II.4",
        formula=Ratio("core.children_supported", "core.children_in_circumstances"),
    ),
    _indicator(
        "COR-03",
        ("Tỷ lệ trẻ em dưới 6 tuổi được cấp thẻ BHYT", "Under-6 with a health-insurance card"),
        (
            "Trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế còn hạn trên tổng số trẻ em dưới 6 tuổi",
            "Children under 6 with a valid card over all children under 6",
        ),
        PERCENT,
        "up",
        "H",
        "Y",
        source=f"{_AG} A.II.3",
        formula=Ratio("core.children_insured", "core.children_under_6"),
    ),
    _indicator(
        "COR-04",
        ("Tỷ lệ xã, phường, thị trấn phù hợp với trẻ em", "Child-friendly communes"),
        (
            "Số xã được công nhận trên tổng số xã, theo bộ tiêu chí có hiệu lực",
            "Recognised communes over all, by the criteria in force",
        ),
        PERCENT,
        "up",
        "Y",
        source=f"{_LETTER_2011}; {_AG} A.II.6",
        formula=UnitsRatio("core.friendly_communes", "commune"),
    ),
    _indicator(
        "COR-05",
        (
            "Số xã có ít nhất một người làm công tác bảo vệ trẻ em",
            "Communes with a child-protection worker",
        ),
        ("Số xã có ít nhất một vị trí đang hoạt động", "Communes with at least one active post"),
        COMMUNES,
        "up",
        "Y",
        source=_LETTER_2017,
        formula=Units("core.commune_posts", "commune"),
    ),
    _indicator(
        "COR-06",
        ("Số cộng tác viên bình quân một xã", "Collaborators per commune"),
        (
            "Cộng tác viên đang hoạt động chia cho số xã",
            "Active collaborators divided by communes",
        ),
        Text("người/xã", "per commune"),
        "up",
        "H",
        source=f"{_AG} B.I.1",
        formula=Average("core.collaborators", AllUnits("commune")),
    ),
    _indicator(
        "COR-07",
        (
            "Số xã triển khai hệ thống bảo vệ trẻ em dựa vào cộng đồng",
            "Communes with a community-based system",
        ),
        ("Số xã có hệ thống đang hoạt động", "Communes where the system runs"),
        COMMUNES,
        "up",
        "Y",
        source=f"{_AG} B.I.1",
        formula=Units("core.community_systems", "commune"),
    ),
    _indicator(
        "COR-08",
        ("Số điểm công tác xã hội trường học hoạt động", "Active school social work points"),
        ("Số điểm đang hoạt động vào ngày báo cáo", "Points active on the day of the report"),
        Text("điểm", "points"),
        "up",
        "H",
        source=f"{_AG} B.I.1",
        formula=Count("core.school_points"),
    ),
    _indicator(
        "COR-09",
        (
            "Số mô hình công tác xã hội trong bệnh viện, Trung tâm Bảo trợ xã hội",
            "Hospital and centre social work models",
        ),
        ("Số mô hình đang hoạt động", "Models that run"),
        Text("mô hình", "models"),
        "up",
        "Y",
        source=f"{_AG} B.I.1",
        formula=Count("core.service_models"),
    ),
    _indicator(
        "COR-10",
        ("Số ca được quản lý trường hợp", "Managed cases"),
        ("Số ca đang mở và đã đóng trong kỳ", "Cases open or closed in the period"),
        Text("ca", "cases"),
        "none",
        "H",
        source=f"{_AG} B.I.1",
        formula=Sum("core.cases_open", "core.cases_closed"),
    ),
    _indicator(
        "COR-11",
        ("Tỷ lệ ca đúng hạn 12 giờ, 05 ngày làm việc", "On-time cases"),
        ("Số bước đúng hạn trên số bước đến hạn", "Steps on time over steps due"),
        PERCENT,
        "up",
        "Q",
        source="Decree 56/2017/NĐ-CP, Articles 26 and 28",
        formula=Ratio("core.case_deadlines_kept", "core.case_deadlines_due"),
    ),
    _indicator(
        "COR-12",
        ("Số lượt người được truyền thông", "People reached"),
        ("Tổng số lượt người dự các cuộc truyền thông", "Sum of participants of the events"),
        TIMES,
        "up",
        "Q",
        source=f"{_AG} III",
        formula=Count("core.people_reached"),
    ),
    _indicator(
        "COR-13",
        ("Số lượt cán bộ, cộng tác viên được tập huấn", "Persons trained"),
        ("Tổng số lượt người dự tập huấn", "Sum of participants of training classes"),
        TIMES,
        "up",
        "H",
        source=f"{_AG} IV",
        formula=Count("core.persons_trained"),
    ),
    _indicator(
        "COR-14",
        ("Tỷ lệ địa phương bố trí kinh phí tối thiểu", "Units meeting the minimum budget"),
        (
            "Số huyện, xã bố trí từ mức tối thiểu trở lên trên tổng số",
            "Units at or above their minimum over all",
        ),
        PERCENT,
        "up",
        "Y",
        source=f"{_AG} VII.2",
        formula=Ratio("core.units_meeting_minimum", "core.units_with_minimum"),
    ),
    _indicator(
        "COR-15",
        ("Kinh phí vận động Quỹ Bảo trợ trẻ em", "Money raised by the Child Fund"),
        ("Tổng số tiền vận động được trong kỳ", "Sum of donations in the period"),
        Text("đồng", "VND"),
        "up",
        "Q",
        source=f"{_AG} B.I.7",
        formula=Count("core.donations_vnd"),
    ),
    _indicator(
        "COR-16",
        ("Tỷ lệ trẻ em được đăng ký khai sinh đúng hạn", "Birth registration on time"),
        (
            "Trẻ em dưới 16 tuổi được đăng ký khai sinh đúng hạn trên tổng số trẻ em dưới 16 tuổi",
            "Children under 16 registered on time over all children under 16",
        ),
        PERCENT,
        "up",
        "Y",
        source="directive of Lào Cai, 4.a",
        formula=Ratio("core.children_birth_registered", "core.children_under_16"),
    ),
    _indicator(
        "COR-17",
        ("Số vụ việc đột xuất đã báo cáo", "Urgent incidents reported"),
        ("Số vụ việc đã báo cáo trong kỳ", "Incidents reported in the period"),
        Text("vụ việc", "incidents"),
        "none",
        "Q",
        source=f"{_AG} VIII.1",
        formula=Count("core.urgent_incidents"),
    ),
    _indicator(
        "COR-18",
        ("Tỷ lệ đơn vị nộp báo cáo đúng hạn", "Reports on time"),
        (
            "Số báo cáo của huyện, xã xác nhận đúng hạn trên số đến hạn trong kỳ",
            "Reports of districts and communes confirmed in time over those due in the period",
        ),
        PERCENT,
        "up",
        "Q",
        source="domain page of the programmes, §2.9 (our design)",
        formula=Ratio("core.reports_in_time", "core.reports_due"),
    ),
)
