"""What the programme counts: children in its care, benefits, care, relief and HIV.

Source: domain page of the programmes, §6.6; Decision 647/QĐ-TTg, Decision 1591/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import DataClass, Measure, Text
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

    from core.plugin_api import Option

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
