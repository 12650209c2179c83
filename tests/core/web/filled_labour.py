"""The forms of child labour beside the first, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.web.filling import Filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.core.web.filling import Family

SCREENING, WORKPLACE, CASE = "child_labour.screening", "child_labour.workplace", "child_labour.case"


def needed(family: Family) -> Iterator[tuple[str, dict[str, Any]]]:
    """What must be there before the forms can point to it."""
    here = {"commune_id": family.commune}
    for day in ("01/03/2018", "02/03/2018"):
        yield (
            SCREENING,
            here
            | {
                "screened_on": day,
                "child_id": family.child,
                "sex": "female",
                "age_at_screening": "12",
                "school_attending": "yes",
                "works": "no",
            },
        )
    yield WORKPLACE, here | {"name": "Quán ăn số 9", "kind": "venue", "sector": "services"}
    yield (
        CASE,
        here
        | {
            "child_id": family.child,
            "opened_on": "01/02/2018",
            "category": "at_risk",
            "support_plan": "Vận động trẻ trở lại trường.",
        },
    )


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    here = {"commune_id": family.commune}
    return {
        "child_labour.classification": Filled(
            "child-labour/classification",
            here
            | {
                "screening_id": family.of(SCREENING),
                "decided_on": "05/03/2018",
                "category": "at_risk",
                "override_reason": "Gia đình sắp cho trẻ nghỉ học đi bán vé số.",
            },
            {"decided_on": "05/03/2199", "category": ""},
            ("decided_on", "category"),
            role="district_officer",
            again={"screening_id": family.of(f"{SCREENING} again")},
        ),
        CASE: Filled(
            "child-labour/case",
            here
            | {
                "child_id": family.child,
                "screening_id": family.of(SCREENING),
                "opened_on": "12/03/2018",
                "category": "child_labour",
                "support_plan": "Vận động trẻ trở lại trường, hỗ trợ học phẩm.",
            },
            {"opened_on": "12/13/2018", "child_id": "TE-00000000"},
            ("child_id", "opened_on"),
        ),
        "child_labour.support": Filled(
            "child-labour/support",
            here
            | {
                "labour_case_id": family.of(CASE),
                "kind": "school_return",
                "provider": "UBND xã",
                "starts_on": "20/03/2018",
                "school_name": "Trường THCS A",
                "grade": "6",
                "ends_on": "30/05/2018",
                "outcome": "Trẻ đã học lại.",
            },
            {"grade": "13", "ends_on": "19/03/2018"},
            ("grade", "ends_on"),
        ),
        "child_labour.livelihood": Filled(
            "child-labour/livelihood",
            here
            | {
                "household_id": family.household,
                "kind": "livestock",
                "given_on": "10/04/2018",
                "value_vnd": "5000000",
            },
            {"value_vnd": "0", "given_on": "10/04/2199"},
            ("given_on", "value_vnd"),
        ),
        "child_labour.follow_up": Filled(
            "child-labour/follow-up",
            here
            | {
                "labour_case_id": family.of(CASE),
                "visited_on": "02/05/2018",
                "still_working": "yes",
                "hours_per_week": "6",
                "in_school": "yes",
                "moved_away": "no",
                "note": "Trẻ phụ quán cuối tuần.",
            },
            {"visited_on": "hôm qua", "hours_per_week": "113"},
            ("visited_on", "hours_per_week"),
        ),
        "child_labour.vocational_class": Filled(
            "child-labour/vocational-class",
            here
            | {
                "trade": "May công nghiệp",
                "provider": "Trung tâm giáo dục nghề nghiệp",
                "place": "Hội trường xã",
                "starts_on": "05/03/2018",
                "months": "3",
                "places": "20",
                "from_age": "13",
                "project": "no",
                "enrolments.0.child_id": family.child,
                "enrolments.0.entry_category": "dropout",
                "enrolments.0.result": "completed",
                "enrolments.0.employed_after": "yes",
            },
            {"months": "0", "from_age": "18"},
            ("months", "from_age"),
        ),
        WORKPLACE: Filled(
            "child-labour/workplace",
            here
            | {
                "name": "Cơ sở đan lát Hai Lúa",
                "kind": "craft_village",
                "sector": "craft_village",
                "workers": "12",
                "minors": "2",
            },
            {"workers": "mười hai", "minors": "-2"},
            ("workers", "minors"),
        ),
        "child_labour.inspection": Filled(
            "child-labour/inspection",
            here
            | {
                "workplace_id": family.of(WORKPLACE),
                "inspected_on": "15/06/2018",
                "decision_no": "12/QĐ-TTr",
                "team": "Thanh tra lao động tỉnh",
                "minors_found": "2",
                "minors_5_12": "0",
                "minors_13_14": "0",
                "minors_15_17": "2",
                "findings": ["over_hours", "no_contract"],
                "sanction": "fine",
                "amount_vnd": "3000000",
                "remedy_by": "15/07/2018",
            },
            {"inspected_on": "15/06/2199", "amount_vnd": "-5"},
            ("inspected_on", "amount_vnd"),
            role="inspector",
        ),
        "child_labour.commune_year": Filled(
            "child-labour/commune-year",
            here
            | {
                "year": "2016",
                "children": "900",
                "informed_children": "700",
                "businesses": "30",
                "informed_businesses": "20",
            },
            {"informed_children": "901", "businesses": "-1"},
            ("informed_children", "businesses"),
            again={"year": "2015"},
        ),
    }
