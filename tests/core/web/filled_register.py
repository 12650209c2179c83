"""The register's forms filled in: households, children, and what is recorded about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.core.web.filling import Family, Filled

if TYPE_CHECKING:
    from tests.isolation.web_world import World

OWN_CHILD = "core.status_change"


def household(commune: str) -> dict[str, Any]:
    """A household."""
    return {
        "commune_id": commune,
        "address": "Tổ 4",
        "head_name": "Nguyễn Văn Mẫu",
        "residence_status": "permanent",
        "poverty_status": "poor",
        "poverty_year": "2018",
    }


def child(commune: str, household_code: str) -> dict[str, Any]:
    """A child of the household."""
    return {
        "full_name": "Nguyễn Thị Mẫu",
        "sex": "female",
        "date_of_birth": "05/02/2015",
        "dob_precision": "day",
        "ethnicity": "kinh",
        "birth_registration": "registered",
        "commune_id": commune,
        "relation_to_head": "child",
        "household_id": household_code,
        "residence_status": "permanent",
        "schooling": "primary",
        "source": "survey",
    }


def with_own_child(world: World, family: Family) -> Family:
    """The family, whose child is a new one, so that nothing else is on record of it."""
    worker = world.visitor("an_giang", "commune_worker")
    body = child(family.commune, family.household) | {"full_name": f"Trẻ {uuid4().hex[:6]}"}
    stored = world.api(worker, "/api/v1/records/core/child", body, key=f"child-{uuid4().hex}")
    found = world.get(worker, f"/api/v1/records/core/child/{stored.json()['id']}")
    return replace(family, child=found.json()["child_code"])


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return _register(family) | _of_a_child(family) | _while_it_is_followed(family)


def _register(family: Family) -> dict[str, Filled]:
    return {
        "core.household": Filled(
            "core/household",
            household(family.commune),
            {"head_name": "", "poverty_year": "1999"},
            ("head_name", "poverty_year"),
        ),
        "core.child": Filled(
            "core/child",
            child(family.commune, family.household)
            | {"birth_registration": "not_registered", "not_registered_reason": "Mới chuyển đến"},
            {"date_of_birth": "31/02/2015", "not_registered_reason": ""},
            ("date_of_birth", "not_registered_reason"),
        ),
        "core.poverty_year": Filled(
            "core/poverty-year",
            {"household_id": family.household, "year": "2017", "poverty_status": "near_poor"},
            {"household_id": "HO-00000000", "year": "1999"},
            ("household_id", "year"),
        ),
        "core.hamlet": Filled(
            "core/hamlet",
            {
                "name": "Ấp Mẫu Cũ",
                "commune_id": family.commune,
                "valid_from": "01/01/2010",
                "valid_to": "31/12/2017",
            },
            {"name": "", "valid_to": "31/12/2009"},
            ("name", "valid_to"),
        ),
    }


def _of_a_child(family: Family) -> dict[str, Filled]:
    whose = {"child_id": family.child}
    return {
        "core.special_circumstance": Filled(
            "core/special-circumstance",
            whose
            | {
                "group_code": "csc_abandoned",
                "sub_group_code": "b1_no_care",
                "from_date": "01/02/2018",
                "basis_document": "Biên bản 05/BB-UBND",
            },
            {"sub_group_code": "a3_kin", "from_date": "31/02/2018"},
            ("sub_group_code", "from_date"),
        ),
        "core.at_risk": Filled(
            "core/at-risk",
            whose
            | {
                "risk_type": "dropout",
                "level": "medium",
                "identified_on": "12/03/2018",
                "action": "Đã đến nhà vận động.",
            },
            {"level": "", "identified_on": "12/03/2118"},
            ("level", "identified_on"),
        ),
        "core.support_delivery": Filled(
            "core/support-delivery",
            whose
            | {
                "delivered_on": "01/06/2018",
                "support_type": "scholarship",
                "protection_level": "prevention",
                "occasion": "june_1",
                "amount_vnd": "1.000.000",
            },
            {"delivered_on": "một tháng sáu", "amount_vnd": "0"},
            ("delivered_on", "amount_vnd"),
        ),
        "core.parent": Filled(
            "core/parent",
            whose
            | {
                "kind": "mother",
                "full_name": "Trần Thị Mẫu",
                "birth_year": "1990",
                "life_status": "alive",
                "availability": "works_away",
                "as_of": "20/05/2018",
            },
            {"birth_year": "1899", "as_of": "20/05/2118"},
            ("birth_year", "as_of"),
        ),
        "core.caregiver": Filled(
            "core/caregiver",
            whose
            | {
                "full_name": "Nguyễn Thị Bà",
                "relation": "grandparent",
                "phone": "0900 000 001",
                "is_primary": "yes",
                "from_date": "20/05/2018",
            },
            {"phone": "0" * 21, "from_date": "20.13.2018"},
            ("phone", "from_date"),
        ),
    }


def _while_it_is_followed(family: Family) -> dict[str, Filled]:
    whose = {"child_id": family.child}
    return {
        "core.schooling": Filled(
            "core/schooling",
            whose
            | {
                "changed_on": "05/04/2018",
                "schooling": "dropped_out",
                "grade": "2",
                "dropout_reason": "moves_with_family",
                "is_working": "no",
            },
            {"grade": "13", "dropout_reason": ""},
            ("grade", "dropout_reason"),
        ),
        "core.status_change": Filled(
            "core/status-change",
            whose
            | {"status": "moved_out", "changed_on": "15/06/2018", "destination": "Tỉnh Đồng Tháp"},
            {"child_id": "TE-00000000", "changed_on": "15/06/2118"},
            ("child_id", "changed_on"),
        ),
    }
