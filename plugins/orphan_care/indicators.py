"""What the programme counts, and the complete list of its indicators.

Source: domain page of the programmes, §6.6; Decision 647/QĐ-TTg, Decision 1591/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Count, DataClass, Indicator, Measure, Ratio, Text
from plugins.orphan_care import codes
from plugins.orphan_care.benefits import codes as benefit_codes
from plugins.orphan_care.benefits.models import BenefitEntitlement, BenefitPayment, Dossier
from plugins.orphan_care.care import codes as care_codes
from plugins.orphan_care.care.models import CareArrangement, CareVisit, CareVisitDue, Sponsorship
from plugins.orphan_care.hiv.models import HivCare
from plugins.orphan_care.models import OrphanCareRecord
from plugins.orphan_care.relief import codes as relief_codes
from plugins.orphan_care.relief.models import DisasterEvent, HealthServiceAtCentre, ReliefLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Formula, Option

IN_CARE = "orphan_care.children_in_care"
DETECTED = "orphan_care.newly_detected"
ELIGIBLE = "orphan_care.eligible"
SUPPORTED = "orphan_care.supported_in_community"
ALLOWANCES = "orphan_care.allowances_in_force"
PAID_VND = "orphan_care.paid_vnd"
DOSSIERS = "orphan_care.dossiers"
DOSSIERS_COMPLETE = "orphan_care.dossiers_complete"
DOSSIERS_INCOMPLETE = "orphan_care.dossiers_incomplete"
CARE = "orphan_care.arrangements"
FAMILY_CARE = "orphan_care.family_arrangements"
MOVED = "orphan_care.moved_from_facility"
HEALTH_SERVICES = "orphan_care.health_services"
SPONSORED = "orphan_care.sponsored_children"
SPONSORED_VND = "orphan_care.sponsored_vnd"
AFFECTED = "orphan_care.disaster_affected"
DISASTER_SUPPORTED = "orphan_care.disaster_supported"
RELIEF_VND = "orphan_care.relief_vnd"
HIV_KNOWN = "orphan_care.hiv_known"
HIV_MANAGED = "orphan_care.hiv_managed"
VISITS_DUE = "orphan_care.visits_due"
VISITS_ON_TIME = "orphan_care.visits_on_time"

_CHILDREN = Text(vi="trẻ em", en="children")
_PERCENT = Text(vi="%", en="%")
_PLAN_2018 = "Decision 535/QĐ-UBND (An Giang, 2018)"
_DESIGN = "Design of the programme; no official target"
_ELIGIBLE = OrphanCareRecord.group_code.in_(codes.ELIGIBLE)


def measures() -> tuple[Measure, ...]:
    """Children, allowances, dossiers, care, sponsors, centres, disasters, visits; and HIV."""
    return (*_children(), *_benefits(), *_care(), *_relief(), *_hiv())


def _measure(
    code: str,
    vi: str,
    en: str,
    model: Any,
    date: str,
    *,
    until: str | None = None,
    where: ColumnElement[bool] | None = None,
    sums: str | None = None,
    detail: tuple[str, tuple[Option, ...]] = ("", ()),
    source: str,
    **more: Any,
) -> Measure:
    """A flow; with ``until`` a stock."""
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=model,
        kind="stock" if until else "flow",
        date=date,
        until=until,
        where=where,
        sums=sums,
        detail=detail[0] or None,
        detail_options=detail[1],
        source=source,
        **more,
    )


def _children() -> tuple[Measure, ...]:
    record, groups = OrphanCareRecord, ("group_code", codes.GROUPS)
    cuts: dict[str, Any] = {"sex": "sex", "age": "age_at_detection"}
    return (
        _measure(
            IN_CARE,
            "Trẻ em đang được quản lý, chăm sóc",
            "Children in care",
            record,
            "detected_on",
            until="ended_on",
            detail=groups,
            source="F-ORP-1",
            **cuts,
        ),
        _measure(
            DETECTED,
            "Trẻ em phát hiện mới",
            "Children newly detected",
            record,
            "detected_on",
            detail=groups,
            source="F-ORP-1",
            **cuts,
        ),
        _measure(
            ELIGIBLE,
            "Trẻ em mồ côi, bị bỏ rơi, không nơi nương tựa, khuyết tật nặng",
            "Orphaned, abandoned, unsupported and severely disabled children",
            record,
            "detected_on",
            until="ended_on",
            where=_ELIGIBLE,
            detail=groups,
            source="F-ORP-1",
        ),
        _measure(
            SUPPORTED,
            "Trẻ em được hỗ trợ, chăm sóc tại cộng đồng",
            "Children supported in the community",
            record,
            "supported_from",
            until="ended_on",
            where=_ELIGIBLE,
            detail=groups,
            source="F-ORP-1",
        ),
    )


def _benefits() -> tuple[Measure, ...]:
    kinds = ("kind", benefit_codes.DOSSIERS)
    return (
        _measure(
            ALLOWANCES,
            "Trẻ em đang hưởng trợ cấp hằng tháng",
            "Children with an allowance in force",
            BenefitEntitlement,
            "starts_on",
            until="counted_until",
            source="F-ORP-3",
        ),
        _measure(
            PAID_VND,
            "Kinh phí trợ cấp đã chi trả (đồng)",
            "Allowances paid (VND)",
            BenefitPayment,
            "month",
            where=BenefitPayment.status == benefit_codes.PAID,
            sums="amount_vnd",
            source="benefit_payment",
        ),
        _measure(
            DOSSIERS, "Hồ sơ", "Dossiers", Dossier, "opened_on", detail=kinds, source="F-ORP-2"
        ),
        _measure(
            DOSSIERS_COMPLETE,
            "Hồ sơ đủ thành phần",
            "Complete dossiers",
            Dossier,
            "opened_on",
            where=Dossier.complete.is_(True),
            detail=kinds,
            source="F-ORP-2",
        ),
        _measure(
            DOSSIERS_INCOMPLETE,
            "Hồ sơ được hướng dẫn bổ sung",
            "Dossiers to be completed",
            Dossier,
            "opened_on",
            where=Dossier.complete.is_(False),
            detail=kinds,
            source="F-ORP-2",
        ),
    )


def _care() -> tuple[Measure, ...]:
    types = ("care_type", care_codes.CARE_TYPES)
    in_family = CareArrangement.care_type != care_codes.FACILITY
    care: dict[str, Any] = {"detail": types, "source": "F-ORP-4"}
    return (
        _measure(
            CARE,
            "Trẻ em được chăm sóc thay thế",
            "Children in alternative care",
            CareArrangement,
            "starts_on",
            until="counted_until",
            **care,
        ),
        _measure(
            FAMILY_CARE,
            "Trẻ em được chăm sóc tại gia đình",
            "Children cared for in families",
            CareArrangement,
            "starts_on",
            until="counted_until",
            where=in_family,
            **care,
        ),
        _measure(
            MOVED,
            "Trẻ em chuyển từ cơ sở sang chăm sóc thay thế",
            "Children moved from a facility",
            CareArrangement,
            "starts_on",
            where=in_family & CareArrangement.moved_from_facility.is_(True),
            **care,
        ),
        _measure(
            VISITS_DUE, "Lượt thăm đến hạn", "Visits due", CareVisitDue, "due_on", source="F-ORP-5"
        ),
        _measure(
            VISITS_ON_TIME,
            "Lượt thăm đúng hạn",
            "Visits on time",
            CareVisit,
            "due_on",
            where=CareVisit.on_time.is_(True),
            source="F-ORP-5",
        ),
        _measure(
            SPONSORED,
            "Trẻ em được nhận đỡ đầu",
            "Children sponsored",
            Sponsorship,
            "starts_on",
            until="counted_until",
            where=Sponsorship.has_other_sponsor.is_(False),
            source="F-ORP-8",
        ),
        _measure(
            SPONSORED_VND,
            "Kinh phí đỡ đầu (đồng)",
            "Sponsorships (VND)",
            Sponsorship,
            "starts_on",
            sums="amount_vnd",
            source="F-ORP-8",
        ),
    )


def _relief() -> tuple[Measure, ...]:
    kinds = ("kind", relief_codes.DISASTERS)
    return (
        _measure(
            HEALTH_SERVICES,
            "Lượt khám sức khỏe tại cơ sở",
            "Health services at centres",
            HealthServiceAtCentre,
            "given_on",
            sums="children_served",
            detail=("service", relief_codes.SERVICES),
            source="health_service_at_centre",
        ),
        _measure(
            AFFECTED,
            "Trẻ em bị ảnh hưởng bởi thiên tai",
            "Disaster-affected children",
            DisasterEvent,
            "happened_on",
            sums="children_affected",
            detail=kinds,
            source="F-ORP-7",
        ),
        _measure(
            DISASTER_SUPPORTED,
            "Trẻ em bị ảnh hưởng được hỗ trợ",
            "Disaster-affected children supported",
            DisasterEvent,
            "happened_on",
            sums="children_supported",
            detail=kinds,
            source="F-ORP-7",
        ),
        _measure(
            RELIEF_VND,
            "Trị giá cứu trợ (đồng)",
            "Relief (VND)",
            ReliefLine,
            "given_on",
            sums="value_vnd",
            detail=("kind", relief_codes.RELIEF),
            source="F-ORP-7",
        ),
    )


def _hiv() -> tuple[Measure, ...]:
    secret: dict[str, Any] = {"sensitivity": DataClass.RESTRICTED, "source": "hiv_care"}
    return (
        _measure(
            HIV_KNOWN,
            "Trẻ em nhiễm HIV/AIDS được biết",
            "Children with HIV known",
            HivCare,
            "known_on",
            **secret,
        ),
        _measure(
            HIV_MANAGED,
            "Trẻ em nhiễm HIV/AIDS được quản lý trường hợp",
            "Children with HIV in case management",
            HivCare,
            "managed_from",
            until="managed_until",
            **secret,
        ),
    )


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
        Count(IN_CARE),
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
        Ratio(SUPPORTED, ELIGIBLE),
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
        Ratio(ALLOWANCES, ELIGIBLE),
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
        Ratio(DOSSIERS_COMPLETE, DOSSIERS),
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
        Count(DETECTED),
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
        Ratio(FAMILY_CARE, CARE),
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
        Count(MOVED),
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
        Count(HEALTH_SERVICES),
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
        Count(SPONSORED),
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
        Ratio(DISASTER_SUPPORTED, AFFECTED),
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
        Count(HIV_MANAGED),
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
        Ratio(VISITS_ON_TIME, VISITS_DUE),
        ("Q",),
    ),
)
