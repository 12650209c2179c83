"""The forms of sexual abuse beside the first, filled in, on a case that the worker was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.core.web.filling import Family, Filled

if TYPE_CHECKING:
    from tests.isolation.web_world import World

LEADER, OFFICER = "commune_leader", "province_confidential_officer"


def with_case(world: World, family: Family) -> Family:
    """The family, beside a new case of its commune that has a plan and a review."""
    worker = world.visitor("an_giang", "commune_worker")

    def store(form: str, body: dict[str, Any]) -> str:
        path = f"/api/v1/records/sexual-abuse/{form}"
        stored = world.api(worker, path, body, key=f"case-{uuid4().hex}")
        assert stored.status_code == 201, stored.text
        return str(stored.json()["id"])

    case = store("intake", intake(family))
    found = replace(family, case=case)
    forms = filled(found)
    store("assessment", forms["sexual_abuse.assessment"].body)
    plan = store("plan", forms["sexual_abuse.plan"].body)
    return replace(found, plan=plan, review=store("review", forms["sexual_abuse.review"].body))


def intake(family: Family) -> dict[str, Any]:
    """A notice without anything that is not asked of everybody."""
    return {
        "received_at": "02/04/2018 08:30",
        "channel": "school",
        "commune_id": family.commune,
        "estimated_age": "11",
        "sex": "female",
        "child_safe_now": "no",
        "abuse_form": "unclassified",
        "setting": "unclassified",
        "relation_to_child": "unknown",
    }


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return _response(family) | _prevention(family)


def _response(family: Family) -> dict[str, Filled]:
    case = {"case_id": family.case, "commune_id": family.commune}
    return {
        "sexual_abuse.emergency": Filled(
            "sexual-abuse/emergency",
            case
            | {
                "measures": ["safe_place", "temporary_separation"],
                "started_at": "02/04/2018 15:00",
                "place": "Nơi tạm lánh",
                "responsible": "Cán bộ xã",
                "separation_review_on": "09/04/2018",
            },
            {"started_at": "02/04/2018 25:00", "separation_review_on": ""},
            ("started_at", "separation_review_on"),
            role=LEADER,
        ),
        "sexual_abuse.assessment": Filled(
            "sexual-abuse/assessment",
            case
            | {
                "assessed_on": "03/04/2018",
                "confirmed": "yes",
                "abuse_form": "molestation",
                "setting": "neighbourhood",
                "relation_to_child": "neighbour",
                "ongoing": "no",
                "needs_care": "yes",
            },
            {"assessed_on": "03/04/2118", "setting": ""},
            ("assessed_on", "setting"),
        ),
        "sexual_abuse.plan": Filled(
            "sexual-abuse/plan",
            case
            | {
                "submitted_on": "06/04/2018",
                "goals": "Trẻ an toàn và tiếp tục đi học",
                "monitoring": "Thăm hằng tuần",
                "review_on": "06/06/2018",
                "services.0.kind": "psychological",
                "services.0.owner": "Trạm y tế",
                "services.0.due_on": "30/04/2018",
            },
            {"submitted_on": "sáu tháng tư", "services.0.owner": ""},
            ("submitted_on", "services.0.owner"),
        ),
        "sexual_abuse.plan_decision": Filled(
            "sexual-abuse/plan-decision",
            case
            | {
                "plan_id": family.plan,
                "decided_on": "09/04/2018",
                "approved": "yes",
                "decision_no": "15/QĐ-UBND",
            },
            {"decided_on": "09/04/2118", "decision_no": ""},
            ("decided_on", "decision_no"),
            role=LEADER,
        ),
        "sexual_abuse.service": Filled(
            "sexual-abuse/service",
            case
            | {
                "kind": "psychological",
                "provider": "Trạm y tế",
                "referred_on": "10/04/2018",
                "accepted_on": "11/04/2018",
                "started_on": "12/04/2018",
                "free_of_charge": "yes",
            },
            {"accepted_on": "09/04/2018", "kind": ""},
            ("kind", "accepted_on"),
        ),
        "sexual_abuse.proceeding": Filled(
            "sexual-abuse/proceeding",
            case
            | {
                "stage": "verification",
                "happened_on": "05/04/2018",
                "body": "police",
                "child_friendly_interview": "yes",
                "legal_aid_present": "yes",
            },
            {"happened_on": "05/04/2118", "body": ""},
            ("happened_on", "body"),
        ),
        "sexual_abuse.placement": Filled(
            "sexual-abuse/placement",
            case | {"kind": "kin", "starts_on": "03/04/2018", "review_on": "03/05/2018"},
            {"review_on": "01/04/2018", "kind": ""},
            ("kind", "review_on"),
        ),
        "sexual_abuse.review": Filled(
            "sexual-abuse/review",
            case
            | {
                "reviewed_on": "06/06/2018",
                "harm": "low",
                "offender_access": "low",
                "care_obstacles": "medium",
                "self_protection": "medium",
                "caregiver_ability": "high",
                "recovery": "medium",
                "conclusion": "close",
            },
            {"harm": "high", "reviewed_on": ""},
            ("reviewed_on", "conclusion"),
        ),
        "sexual_abuse.closing": Filled(
            "sexual-abuse/closing",
            case | {"review_id": family.review, "closed_on": "08/06/2018"},
            {"closed_on": "08/06/2118", "review_id": ""},
            ("review_id", "closed_on"),
            role=LEADER,
        ),
    }


def _prevention(family: Family) -> dict[str, Filled]:
    here = {"commune_id": family.commune}
    return {
        "sexual_abuse.prevention": Filled(
            "sexual-abuse/prevention",
            here
            | {
                "held_on": "15/03/2018",
                "venue": "lower_secondary",
                "curriculum": "skills",
                "school": "Trường trung học cơ sở",
                "n_events": "2",
                "n_schools": "1",
                "participants_total": "120",
                "participants_female": "64",
                "participants_children": "110",
            },
            {"n_schools": "3", "participants_female": "121"},
            ("n_schools", "participants_female"),
        ),
        "sexual_abuse.panel": Filled(
            "sexual-abuse/panel",
            here
            | {
                "location_type": "market",
                "installed_on": "01/06/2018",
                "status": "in_place",
                "inspected_on": "01/09/2018",
                "shows_111": "yes",
            },
            {"shows_111": "no", "inspected_on": "01/05/2018"},
            ("inspected_on", "shows_111"),
        ),
        "sexual_abuse.commune_ready": Filled(
            "sexual-abuse/commune-ready",
            here
            | {
                "trained_on": "01/02/2018",
                "procedure_no": "08/QĐ-UBND",
                "ready_on": "15/02/2018",
                "until": "31/12/2018",
            },
            {"ready_on": "15/01/2018", "procedure_no": ""},
            ("procedure_no", "ready_on"),
        ),
        "sexual_abuse.non_reporting": Filled(
            "sexual-abuse/non-reporting",
            here
            | {
                "party": "school",
                "known_of": "signs",
                "known_on": "01/03/2018",
                "action": "reminder",
                "handled_on": "20/03/2018",
            },
            {"handled_on": "20/02/2018", "party": ""},
            ("party", "handled_on"),
            role=OFFICER,
        ),
    }
