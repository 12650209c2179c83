"""F-ORP-1: the groups of the law follow from the parents' status and the carer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

DETECTION = "orphan_care.detection"
DISABLED: dict[str, object] = {
    "detected_on": "05/02/2018",
    "commune_id": "101",
    "child_id": "11111111-1111-4111-8111-111111111111",
    "sex": "female",
    "age_at_detection": "9",
    "detected_by": "collaborator",
    "mother_status": "alive_present",
    "father_status": "alive_present",
    "current_carer": "parent",
    "group_code": "severe_disability",
    "needs": ["health_care", "schooling"],
}


def case(
    mother: str, father: str, carer: str, group: str, sub_group: str = ""
) -> dict[str, object]:
    return DISABLED | {
        "mother_status": mother,
        "father_status": father,
        "current_carer": carer,
        "group_code": group,
        "sub_group": sub_group,
    }


@pytest.mark.parametrize(
    "answers",
    [
        DISABLED,
        case("deceased", "deceased", "none", "a", "a1_no_carer"),
        case("deceased", "deceased", "facility", "a", "a2_facility"),
        case("deceased", "deceased", "kin", "a", "a3_kin"),
        case("deceased", "deceased", "foster", "a", "a4_foster"),
        case("unknown", "unknown", "none", "b", "b1_no_care"),
        case("unknown", "unknown", "facility", "b", "b2_in_care"),
        case("deceased", "missing", "kin", "c", "c1_other_missing"),
        case("missing", "deceased", "kin", "c", "c1_other_missing"),
        case("incapable", "deceased", "kin", "c", "c2_other_incapable"),
        case("deceased", "detained", "kin", "c", "c3_other_detained"),
        case("missing", "missing", "kin", "c", "c4_both_missing"),
        case("missing", "in_facility", "kin", "c", "c5_missing_and_facility"),
        case("alive_present", "missing", "parent", "disaster"),
    ],
)
def test_what_the_law_allows_is_accepted(
    faults: Callable[..., set[str]], answers: dict[str, object]
) -> None:
    assert faults(DETECTION, answers) == set()


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        (case("alive_present", "deceased", "kin", "a", "a3_kin"), {"group_code"}),
        (
            case("deceased", "alive_present", "kin", "c", "c1_other_missing"),
            {"group_code", "sub_group"},
        ),
        (case("deceased", "missing", "kin", "a", "a3_kin"), {"group_code"}),
        (case("deceased", "deceased", "kin", "a"), {"sub_group"}),
        (case("deceased", "deceased", "kin", "a", "b1_no_care"), {"sub_group"}),
        (case("deceased", "deceased", "kin", "c", "c1_other_missing"), {"sub_group"}),
        (case("deceased", "missing", "kin", "c", "c2_other_incapable"), {"sub_group"}),
        (case("deceased", "missing", "kin", "c", "c3_other_detained"), {"sub_group"}),
        (case("deceased", "missing", "kin", "c", "c4_both_missing"), {"sub_group"}),
        (case("deceased", "detained", "kin", "c", "c5_missing_and_facility"), {"sub_group"}),
        (case("deceased", "deceased", "kin", "a", "a2_facility"), {"current_carer"}),
        (case("deceased", "deceased", "kin", "a", "a1_no_carer"), {"current_carer"}),
        (case("deceased", "deceased", "kin", "a", "a4_foster"), {"current_carer"}),
        (case("unknown", "unknown", "none", "b", "b2_in_care"), {"current_carer"}),
        (DISABLED | {"needs": []}, {"needs"}),
        (DISABLED | {"child_id": ""}, {"child_id"}),
        (DISABLED | {"detected_on": "01/01/2019"}, {"detected_on"}),
        (DISABLED | {"group_code": "hiv"}, {"group_code"}),
    ],
)
def test_what_the_law_excludes_is_refused_at_its_field(
    faults: Callable[..., set[str]], answers: dict[str, object], fields: set[str]
) -> None:
    assert faults(DETECTION, answers) == fields
