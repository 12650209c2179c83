"""Every form filled in by somebody who may enter it, rightly and with two mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.web import filled_abuse as abuse
from tests.core.web import filled_drowning as drowning
from tests.core.web import filled_labour as labour
from tests.core.web import filled_network as network
from tests.core.web import filled_orphans as orphans
from tests.core.web import filled_planning as planning
from tests.core.web.filled_register import OWN_CHILD, child, household, with_own_child
from tests.core.web.filled_register import filled as filled_register
from tests.core.web.filling import Family, Filled

if TYPE_CHECKING:
    from tests.isolation.web_world import Visitor, World


def register_family(world: World, worker: Visitor) -> Family:
    """Enter a household and a child through the API."""
    commune = str(world.commune(worker.tenant))
    stored = world.api(worker, "/api/v1/records/core/household", household(commune), key="house-01")
    assert stored.status_code == 201, stored.text
    house = _code(world, worker, "core/household", "household_code", stored.json()["id"])
    body = child(commune, house)
    stored = world.api(worker, "/api/v1/records/core/child", body, key="child-001")
    assert stored.status_code == 201, stored.text
    family = Family(
        commune, house, _code(world, worker, "core/child", "child_code", stored.json()["id"])
    )
    for code, answers in (*drowning.needed(family), *labour.needed(family)):
        address = code.replace(".", "/").replace("_", "-")
        made = world.api(
            worker, f"/api/v1/records/{address}", answers, key=f"needed {len(family.stored)}"
        )
        assert made.status_code == 201, made.text
        name = f"{code} again" if code in family.stored else code
        family.stored[name] = made.json()["id"]
    return family


def _code(world: World, worker: Visitor, form: str, name: str, key: str) -> str:
    return str(world.get(worker, f"/api/v1/records/{form}/{key}").json()[name])


def filled(family: Family) -> dict[str, Filled]:
    """Every form: the first of each programme by the programme's key, the others by code."""
    found = first_forms(family) | drowning.filled(family) | labour.filled(family)
    found |= abuse.filled(family) | orphans.filled(family)
    return found | filled_register(family) | network.filled(family) | planning.filled(family)


def with_records(world: World, family: Family, form: str) -> Family:
    """The family beside the records that the form points to, new ones where it takes each once."""
    if form.startswith("sexual_abuse."):
        return abuse.with_case(world, family)
    if form.startswith("orphan_care."):
        return orphans.with_care(world, family)
    if form == OWN_CHILD:
        return with_own_child(world, family)
    return planning.with_needed(world, family, form)


def first_forms(family: Family) -> dict[str, Filled]:
    """The first form of each programme, by programme."""
    return {
        "drowning_prevention": Filled(
            "drowning-prevention/injury-notice",
            {
                "occurred_on": "12/06/2018",
                "commune_id": family.commune,
                "place_type": "river_canal",
                "child_id": family.child,
                "sex": "female",
                "age_at_event": "3",
                "cause": "drowning",
                "outcome": "recovered",
                "water_type": "canal",
                "activity": "playing",
                "supervision": "child_alone",
                "can_swim": "no",
                "life_jacket": "no",
            },
            {"occurred_on": "31/02/2018", "age_at_event": "40"},
            ("occurred_on", "age_at_event"),
        ),
        "child_labour": Filled(
            "child-labour/screening",
            {
                "screened_on": "15/03/2018",
                "commune_id": family.commune,
                "child_id": family.child,
                "sex": "female",
                "age_at_screening": "12",
                "school_attending": "yes",
                "works": "yes",
                "relation_to_employer": "own_family",
                "sector": "agriculture",
                "occupation": "hái rau",
                "hours_per_day_max": "2",
                "hours_per_week": "10",
                "night_work": "no",
            },
            {"hours_per_week": "40", "child_id": "TE-00000000"},
            ("child_id", "hours_per_week"),
        ),
        "sexual_abuse": Filled(
            "sexual-abuse/intake",
            {
                "received_at": "02/04/2018 08:30",
                "channel": "school",
                "commune_id": family.commune,
                "estimated_age": "11",
                "sex": "female",
                "child_safe_now": "yes",
                "abuse_form": "unclassified",
                "setting": "unclassified",
                "relation_to_child": "unknown",
                "online": "no",
            },
            {"received_at": "02/04/2018 25:70", "estimated_age": "99"},
            ("received_at", "estimated_age"),
        ),
        "orphan_care": Filled(
            "orphan-care/detection",
            {
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
            },
            {"detected_on": "ngày hai mươi", "mother_status": "alive_present"},
            ("detected_on", "group_code"),
        ),
    }


FORMS = tuple(filled(Family("", "", "")))
