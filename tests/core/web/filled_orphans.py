"""The forms of orphan care beside the first, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.web.filling import Filled

if TYPE_CHECKING:
    from tests.core.web.filling import Family


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    whose = {"commune_id": family.commune, "child_id": family.child}
    return {
        "orphan_care.parent_change": Filled(
            "orphan-care/parent-change",
            whose
            | {
                "parent": "father",
                "event": "missing",
                "happened_on": "20/03/2018",
                "document": "Quyết định 12/2018",
            },
            {"happened_on": "32/03/2018", "child_id": "TE-00000000"},
            ("child_id", "happened_on"),
        ),
        "orphan_care.arrangement": Filled(
            "orphan-care/arrangement",
            whose
            | {
                "care_type": "foster",
                "carer_name": "Người nhận chăm sóc",
                "is_relative": "no",
                "capacity": "2",
                "assessed_on": "01/03/2018",
                "assessment_result": "suitable",
                "background_checked_on": "02/03/2018",
                "starts_on": "10/03/2018",
                "agreement_no": "15/QĐ-UBND",
                "moved_from_facility": "yes",
                "siblings": "apart",
                "siblings_reason": "Người nhận chăm sóc chỉ nhận được một trẻ",
                "next_review_on": "10/06/2018",
            },
            {"assessment_result": "unsuitable", "next_review_on": "01/03/2018"},
            ("assessment_result", "next_review_on"),
        ),
        "orphan_care.sponsorship": Filled(
            "orphan-care/sponsorship",
            whose
            | {
                "donor": "Nhà hảo tâm",
                "kind": "scholarship",
                "amount_vnd": "2.400.000",
                "starts_on": "01/06/2018",
                "ends_on": "31/05/2019",
                "has_other_sponsor": "no",
            },
            {"amount_vnd": "0", "ends_on": "01/05/2018"},
            ("amount_vnd", "ends_on"),
        ),
        "orphan_care.entitlement": Filled(
            "orphan-care/entitlement",
            whose
            | {
                "born_on": "05/02/2015",
                "category": "severe_disability",
                "studying": "no",
                "decision_no": "120/QĐ-UBND",
                "decided_on": "20/02/2018",
                "starts_on": "01/03/2018",
                "stated_tenths": "20",
                "payment_method": "cash",
            },
            {"stated_tenths": "", "starts_on": "01/01/2014"},
            ("starts_on", "stated_tenths"),
        ),
        "orphan_care.health_service": Filled(
            "orphan-care/health-service",
            {
                "commune_id": family.commune,
                "facility": "Trung tâm Bảo trợ xã hội",
                "service": "general",
                "given_on": "12/04/2018",
                "children_served": "42",
                "provider": "Bệnh viện đa khoa tỉnh",
            },
            {"children_served": "0", "given_on": "mười hai"},
            ("given_on", "children_served"),
        ),
        "orphan_care.disaster": Filled(
            "orphan-care/disaster",
            {
                "name": "Đợt lũ tháng chín",
                "kind": "flood",
                "happened_on": "12/09/2018",
                "commune_id": family.commune,
                "children_affected": "40",
                "households_affected": "25",
                "children_supported": "38",
            },
            {"children_supported": "41", "households_affected": "-1"},
            ("households_affected", "children_supported"),
        ),
        "orphan_care.hiv_care": Filled(
            "orphan-care/hiv-care",
            {
                "known_on": "10/05/2018",
                "commune_id": family.commune,
                "sex": "unknown",
                "managed_from": "15/05/2018",
            },
            {"known_on": "10/05/2118", "sex": ""},
            ("known_on", "sex"),
        ),
    }
