"""The forms of orphan care beside the first, filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.core.web.filling import Family, Filled

if TYPE_CHECKING:
    from tests.isolation.web_world import World

LEADER = "commune_leader"


def with_care(world: World, family: Family) -> Family:
    """The family, whose child was detected, is cared for and has an allowance of its own."""
    worker = world.visitor("an_giang", "commune_worker")
    body = child(family.commune, family.household)

    def another() -> str:
        key = f"care-{uuid4().hex}"
        stored = world.api(worker, "/api/v1/records/core/child", body, key=key)
        return str(stored.json()["id"])

    found = replace(family, child=another())

    def store(form: str, answers: dict[str, Any]) -> str:
        path = f"/api/v1/records/orphan-care/{form}"
        stored = world.api(worker, path, answers, key=f"care-{uuid4().hex}")
        assert stored.status_code == 201, stored.text
        return str(stored.json()["id"])

    forms = filled(found)
    free = world.get(worker, f"/api/v1/records/core/child/{another()}").json()["child_code"]
    return replace(
        family,
        without_allowance=free,
        detection=store("detection", detection(found)),
        arrangement=store("arrangement", forms["orphan_care.arrangement"].answers),
        entitlement=store("entitlement", forms["orphan_care.entitlement"].answers),
        hiv=store("hiv-care", forms["orphan_care.hiv_care"].answers),
    )


def child(commune: str, household: str) -> dict[str, Any]:
    """A child of its own, so that nothing else is on record of it."""
    return {
        "full_name": f"Trẻ {uuid4().hex[:6]}",
        "sex": "female",
        "date_of_birth": "05/02/2015",
        "dob_precision": "day",
        "ethnicity": "kinh",
        "birth_registration": "registered",
        "commune_id": commune,
        "relation_to_head": "child",
        "household_id": household,
        "residence_status": "permanent",
        "schooling": "primary",
        "source": "survey",
    }


def detection(family: Family) -> dict[str, Any]:
    """An orphan with relatives."""
    return {
        "detected_on": "20/02/2018",
        "commune_id": family.commune,
        "child_id": family.child,
        "sex": "female",
        "age_at_detection": "3",
        "detected_by": "collaborator",
        "mother_status": "deceased",
        "father_status": "deceased",
        "current_carer": "kin",
        "group_code": "a",
        "sub_group": "a3_kin",
        "needs": ["monthly_allowance"],
    }


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    whose = {"commune_id": family.commune, "child_id": family.child}
    return {
        "orphan_care.verification": Filled(
            "orphan-care/verification",
            {
                "detection_id": family.detection,
                "commune_id": family.commune,
                "verified_on": "25/02/2018",
                "confirmed": "no",
                "reason": "Cha của trẻ đã trở về",
            },
            {"verified_on": "25/02/2118", "reason": ""},
            ("verified_on", "reason"),
            role=LEADER,
        ),
        "orphan_care.care_family": Filled(
            "orphan-care/care-family",
            {
                "commune_id": family.commune,
                "carer_name": "Người nhận chăm sóc",
                "capacity": "2",
                "children_now": "1",
                "assessed_on": "01/03/2018",
                "assessment_result": "suitable",
            },
            {"children_now": "3", "carer_name": ""},
            ("carer_name", "children_now"),
        ),
        "orphan_care.visit": Filled(
            "orphan-care/visit",
            {
                "arrangement_id": family.arrangement,
                "commune_id": family.commune,
                "due_on": "10/06/2018",
                "visited_on": "09/06/2018",
                "wellbeing": "good",
                "school": "fair",
                "health": "good",
                "concerns": ["school"],
                "still_in_care": "yes",
                "next_review_on": "10/09/2018",
            },
            {"next_review_on": "09/06/2018", "wellbeing": ""},
            ("wellbeing", "next_review_on"),
        ),
        "orphan_care.dossier": Filled(
            "orphan-care/dossier",
            whose
            | {
                "kind": "disability",
                "opened_on": "01/03/2018",
                "submitted_on": "05/03/2018",
                "items.0.item": "application",
                "items.0.received_on": "01/03/2018",
                "items.1.item": "health_paper",
                "items.1.received_on": "04/03/2018",
            },
            {"opened_on": "", "items.1.received_on": "32/03/2018"},
            ("opened_on", "items.1.received_on"),
        ),
        "orphan_care.payment": Filled(
            "orphan-care/payment",
            {
                "entitlement_id": family.entitlement,
                "commune_id": family.commune,
                "month": "01/03/2018",
                "amount_vnd": "540000",
                "status": "paid",
                "paid_on": "20/03/2018",
            },
            {"amount_vnd": "0", "paid_on": ""},
            ("amount_vnd", "paid_on"),
        ),
        "orphan_care.facility_list": Filled(
            "orphan-care/facility-list",
            {
                "commune_id": family.commune,
                "facility": f"Trung tâm {uuid4().hex[:6]}",
                "as_of": "30/06/2018",
                "residents.0.child_id": family.child,
                "residents.0.needs": "foster",
            },
            {"as_of": "30/06/2118", "facility": ""},
            ("facility", "as_of"),
        ),
        "orphan_care.hiv_service": Filled(
            "orphan-care/hiv-service",
            {
                "hiv_care_id": family.hiv,
                "commune_id": family.commune,
                "kind": "nutrition",
                "given_on": "20/05/2018",
                "provider": "Trung tâm Y tế",
            },
            {"given_on": "20/05/2118", "kind": ""},
            ("kind", "given_on"),
        ),
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
                "child_id": family.without_allowance or family.child,
                "born_on": "05/02/2015",
                "category": "severe_disability",
                "studying": "no",
                "decision_no": "120/QĐ-UBND",
                "decided_on": "20/02/2018",
                "starts_on": "01/03/2018",
                "stated_coefficient": "2,0",
                "payment_method": "cash",
            },
            {"stated_coefficient": "", "starts_on": "01/01/2014"},
            ("starts_on", "stated_coefficient"),
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
