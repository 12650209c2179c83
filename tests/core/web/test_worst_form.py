"""A worst form of child labour becomes a confidential case of core, and its record stays silent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.web.filled_forms import filled
from tests.core.web.test_cases import UNKNOWN, intake
from tests.core.web.test_incident_of_case import filled_in

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

SCREENING, CASE, VISIT = "child_labour.screening", "child_labour.case", "child_labour.follow_up"
RECORDS = "/records/child-labour/screening"
OFFERED = re.compile(r'href="(/cases/new[^"]*)"')
WHAT_MAY_FOLLOW = "Việc có thể làm tiếp"
# as the law's worst forms are told on form 01, and whose right the case takes
WORST = {
    "trafficking": "core.exploitation",
    "exploitation": "core.exploitation",
    "sexual": "core.violence",
}
OFFICERS = ("province_officer", "district_officer")


def offered(page: str) -> list[str]:
    """The intakes that a page offers after its record."""
    return OFFERED.findall(page.partition(WHAT_MAY_FOLLOW)[2])


def stored(world: World, visitor: Visitor, family: Family, code: str, key: str, **more: Any) -> str:
    """The id of a new record of the programme."""
    form = filled(family)[code]
    answers = form.answers | more
    made = world.api(visitor, f"/api/v1/records/{form.address}", answers, key=key)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


@pytest.fixture(scope="module")
def screening(world: World, worker: Visitor, family: Family) -> str:
    """A screening that the commune's worker entered: dangerous work at a venue."""
    form = filled(family)["child_labour"]
    answers = form.answers | {"hazards": ["entertainment_venue"]}
    made = world.api(worker, f"/api/v1/records/{form.address}", answers, key="screened-0001")
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def taken_in(world: World, worker: Visitor, address: str, suffered: str) -> str:
    """The id of the case that is made of a record."""
    page = world.get(worker, address)
    assert page.status_code == 200
    answers = intake(world) | {"child_name": "", "estimated_age": ""} | filled_in(page.text)
    sent = answers | {"abuse_types": [suffered], "_key": f"taken in {suffered}"}
    saved = world.post(worker, "/cases/new", sent)
    assert saved.status_code == 303, saved.text
    return saved.headers["location"].rpartition("/")[2].partition("?")[0]


@pytest.mark.parametrize("suffered", WORST)
def test_a_screening_becomes_a_confidential_case_about_the_same_child(
    world: World, worker: Visitor, family: Family, screening: str, suffered: str
) -> None:
    (address,) = offered(world.get(worker, f"{RECORDS}/{screening}").text)
    case = taken_in(world, worker, address, suffered)
    key = world.scalar("SELECT confidential_key FROM core.case WHERE id = :id", id=case)
    assert key == WORST[suffered]
    child = world.scalar("SELECT id FROM core.child WHERE child_code = :c", c=family.child)
    body = world.get(worker, f"/api/v1/cases/{case}").json()
    assert body["papers"][0]["answers"]["child_ref"] == str(child)
    for role in OFFICERS:
        visitor = world.visitor("an_giang", role)
        there, never = (world.get(visitor, f"/cases/{one}") for one in (case, UNKNOWN))
        assert (there.status_code, there.content) == (404, never.content)
    officer = world.visitor("an_giang", "province_confidential_officer")
    assert world.get(officer, f"/cases/{case}").status_code == 200


def test_the_screening_tells_nothing_of_the_case(
    world: World, worker: Visitor, screening: str
) -> None:
    """Neither its row nor a page of anybody who reads it changes, and the case names no record."""
    paths = (RECORDS, f"{RECORDS}/{screening}", f"/api/v1{RECORDS}/{screening}", "/alerts")
    readers = [world.visitor("an_giang", role) for role in OFFICERS]

    def seen() -> list[Any]:
        row = "SELECT to_jsonb(s)::text FROM child_labour.work_screening AS s WHERE id = :id"
        pages = [world.get(one, path).text for one in readers for path in paths]
        return [world.scalar(row, id=screening), *pages]

    before = seen()
    address = f"/cases/new/after/{SCREENING}/{screening}"
    case = taken_in(world, worker, address, "other")
    assert seen() == before
    of_case = world.scalar(
        "SELECT concat(to_jsonb(c), (SELECT jsonb_agg(to_jsonb(i)) FROM core.case_intake AS i "
        "WHERE i.case_id = c.id), (SELECT jsonb_agg(to_jsonb(a)) FROM core.audit_entry AS a "
        "WHERE a.subject_id = c.id)) FROM core.case AS c WHERE c.id = :id",
        id=case,
    )
    assert screening not in of_case


def test_the_intake_begins_with_what_makes_the_case_confidential(
    world: World, worker: Visitor, family: Family, screening: str
) -> None:
    page = world.get(worker, f"/cases/new/after/{SCREENING}/{screening}")
    told = filled_in(page.text)
    assert (told["subject"], told["commune_id"]) == ("abused", family.commune)
    assert told["child_ref"] == family.child  # as somebody would type it


def test_it_is_offered_whatever_was_answered_and_as_long_as_the_record_is_there(
    world: World, worker: Visitor, family: Family
) -> None:
    harmless = stored(world, worker, family, "child_labour", "harmless-0001")
    address = f"{RECORDS}/{harmless}"
    just_saved = offered(world.get(worker, f"{address}?saved=1").text)
    assert offered(world.get(worker, address).text) == just_saved
    assert just_saved == [f"/cases/new/after/{SCREENING}/{harmless}"]
    for code in (CASE, VISIT):
        address = filled(family)[code].address
        found = stored(world, worker, family, code, f"stored {code}")
        page = world.get(worker, f"/records/{address}/{found}").text
        assert offered(page) == [f"/cases/new/after/{code}/{found}"]


def test_who_may_not_file_a_case_is_not_offered_it(world: World, screening: str) -> None:
    address = f"/cases/new/after/{SCREENING}/{screening}"
    for role in OFFICERS:
        visitor = world.visitor("an_giang", role)
        page = world.get(visitor, f"{RECORDS}/{screening}")
        assert (page.status_code, offered(page.text)) == (200, [])
        assert world.get(visitor, address).status_code == 403


def test_who_may_not_read_the_screening_takes_nothing_of_it(
    world: World, family: Family, screening: str
) -> None:
    address = f"/cases/new/after/{SCREENING}/{screening}"
    for role in ("collaborator", "commune_leader", "province_confidential_officer"):
        assert world.get(world.visitor("an_giang", role), address).status_code == 403
    assert world.get(world.visitor("lao_cai", "commune_worker"), address).status_code == 404
    form = filled(family)["child_labour"]
    collaborator = world.visitor("an_giang", "collaborator")
    page = world.post(
        collaborator, f"/forms/{form.address}", form.answers | {"_key": "by-collab-1"}
    )
    assert offered(page.text) == ["/cases/new"]


def test_only_a_form_that_offers_the_intake_hands_anything_on(
    world: World, worker: Visitor, family: Family
) -> None:
    child = world.scalar("SELECT id FROM core.child WHERE child_code = :c", c=family.child)
    for source in ("core.child", "core.case_intake", "child_labour.workplace", "x"):
        assert world.get(worker, f"/cases/new/after/{source}/{child}").status_code == 404


def test_taking_it_over_is_a_look_at_the_screening(
    world: World, worker: Visitor, screening: str
) -> None:
    looks = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'read' "
        "AND subject_kind = 'child_labour.screening'"
    )
    before = world.scalar(looks, id=screening)
    world.get(worker, f"/cases/new/after/{SCREENING}/{screening}")
    assert world.scalar(looks, id=screening) == before + 1
