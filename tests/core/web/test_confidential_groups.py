"""A confidential group of a child leaves no trace for those who may not read it.

Source: domain page of the programmes, §1.8 and §5.2; each test is named after its line there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from core.demo.service import recount_everything
from tests.isolation.web_world import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

UNKNOWN = "00000000-0000-4000-8000-000000000000"
FORM = "core/special-circumstance"
READERS = {"province_confidential_officer", "commune_worker"}
OTHERS = [role for role in roles_of("an_giang") if role not in READERS]


@pytest.fixture(scope="module")
def child(world: World, family: Family) -> str:
    """The id of the family's child."""
    return str(
        world.scalar("SELECT id FROM core.child WHERE child_code = :code", code=family.child)
    )


def enter(world: World, visitor: Visitor, family: Family, group: str, key: str) -> str:
    """Enter a group of the family's child; gives the record's id."""
    body = {"child_id": family.child, "group_code": group, "from_date": "01/02/2018"}
    stored = world.api(visitor, f"/api/v1/records/{FORM}", body, key=key)
    assert stored.status_code == 201, stored.text
    return str(stored.json()["id"])


def routes(family: Family, child: str, record: str) -> tuple[str, ...]:
    """Every reading route of the register that could tell of a record."""
    return (
        "/",
        "/forms",
        "/children",
        f"/children?commune={family.commune}",
        "/children?q=nguyen thi mau",
        f"/children?q={family.child}",
        f"/children?q={family.household}",
        f"/children/{child}",
        f"/children/{child}/duplicates/{child}",
        "/children/new",
        "/children/duplicates",
        "/lookup/children?q=mau",
        "/lookup/households?q=mau",
        "/review",
        f"/records/{FORM}",
        f"/records/{FORM}/{record}",
        f"/records/{FORM}?after={record}",
        "/records/core/child",
        "/records/core/support-delivery",
        "/api/v1/children?q=mau",
        f"/api/v1/records/{FORM}",
        f"/api/v1/records/{FORM}/{record}",
        f"/api/v1/records/{FORM}?after={record}",
        f"/api/v1/records/core/child/{child}",
    )


def plain(answer: Response, record: str) -> tuple[int, str]:
    """What was answered, less the random keys of forms and the id that was asked for."""
    text = re.sub(r'name="_key" value="[^"]*"', "", answer.text)
    return answer.status_code, text.replace(record, UNKNOWN)


@pytest.fixture
def said(world: World) -> Iterator[list[str]]:
    """The statements of the application."""
    found: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    engine = world.platform.door.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


def test_line_3_every_route_answers_alike_with_and_without_a_confidential_group(
    world: World, worker: Visitor, family: Family, child: str, said: list[str]
) -> None:
    """Lists, search, duplicates, counters, ids and errors, byte for byte; timing by statements."""

    def answers(role: str, record: str) -> list[tuple[int, str, int]]:
        visitor = world.visitor("an_giang", role)
        found = []
        for path in routes(family, child, record):
            world.get(visitor, path)  # what only the first reading loads is loaded
            said.clear()
            answer = world.get(visitor, path)
            found.append((*plain(answer, record), len(said)))
        look = {
            "full_name": "Nguyễn Thị Mẫu",
            "date_of_birth": "05/02/2015",
            "sex": "female",
        }
        said.clear()
        looked = world.post(visitor, "/children/new", look)
        found.append((*plain(looked, record), len(said)))
        ended = world.post(visitor, f"/children/{child}/circumstances/{record}/end", {"on": "x"})
        found.append((*plain(ended, record), 0))
        return found

    before = {role: answers(role, UNKNOWN) for role in OTHERS}
    officer_before = answers("province_confidential_officer", UNKNOWN)
    record = enter(world, worker, family, "csc_hiv", "kept in confidence 1")
    recount_everything(world.platform, world.tenants["an_giang"])
    for role in OTHERS:
        for path, was, now in zip(
            (*routes(family, child, record), "look", "end"),
            before[role],
            answers(role, record),
            strict=True,
        ):
            assert now == was, (role, path)
    assert answers("province_confidential_officer", record) != officer_before


def test_line_2_a_role_without_an_assignment_reads_nothing_and_with_it_the_record(
    world: World, worker: Visitor, family: Family, child: str
) -> None:
    record = enter(world, worker, family, "csc_violence", "kept in confidence 2")
    path = f"/records/{FORM}/{record}"
    assert world.get(worker, path).status_code == 200
    assert record in world.get(worker, f"/children/{child}").text
    world.run(
        "UPDATE core.access_grant SET valid_to = valid_from WHERE subject_id = :id", id=record
    )
    never = world.get(worker, f"/records/{FORM}/{UNKNOWN}")
    assert plain(world.get(worker, path), record) == plain(never, UNKNOWN)
    assert record not in world.get(worker, f"/children/{child}").text
    officer = world.visitor("an_giang", "province_confidential_officer")
    assert world.get(officer, path).status_code == 200
    given = world.post(officer, f"/children/{child}/circumstances/{record}/assign")
    assert given.status_code == 303
    assert world.get(worker, path).status_code == 200


def test_line_2_leaders_and_the_ministry_get_no_record(world: World) -> None:
    leader = world.visitor("an_giang", "province_leader")
    assert world.get(leader, f"/records/{FORM}").status_code == 403
    analyst = world.visitor("ministry", "ministry_analyst")
    assert world.get(analyst, f"/records/{FORM}").status_code == 403


def test_line_5_every_view_of_a_confidential_group_is_written_down(
    world: World, worker: Visitor, family: Family, child: str
) -> None:
    record = enter(world, worker, family, "csc_exploited", "kept in confidence 5")
    seen = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'read' "
        "AND subject_kind = 'core.special_circumstance'"
    )
    officer = world.visitor("an_giang", "province_confidential_officer")
    before = world.scalar(seen, id=record)
    for path in (f"/children/{child}", f"/records/{FORM}/{record}"):
        assert world.get(officer, path).status_code == 200
    assert world.scalar(seen, id=record) == before + 2


@pytest.mark.parametrize("role", ["commune_worker", "commune_leader", "district_officer"])
@pytest.mark.parametrize("code", ["COR-01", "COR-02"])
def test_line_7_below_the_province_no_count_tells(world: World, role: str, code: str) -> None:
    visitor = world.visitor("an_giang", role)
    figure = world.get(visitor, f"/api/v1/figures/{code}?period=2018")
    assert figure.status_code == 200
    assert figure.json()["state"] == "suppressed"
    assert figure.json()["value"] is None


def test_line_9_a_partner_role_has_no_right_to_circumstances(world: World) -> None:
    rights = world.platform.registry.catalogue.rights
    for role in ("ngo_manager", "ngo_field_officer", "collaborator"):
        for owner, given in rights(role):
            assert not any("circumstance" in permission for permission in given.permissions), owner
            assert not given.confidential


def test_the_key_of_confidence_is_never_taken_from_a_person(
    world: World, worker: Visitor, family: Family
) -> None:
    body = {
        "child_id": family.child,
        "group_code": "csc_sexual_abuse",
        "from_date": "01/02/2018",
        "confidential_key": "",
        "commune_id": "1",
    }
    stored = world.api(worker, f"/api/v1/records/{FORM}", body, key="kept in confidence 8")
    assert stored.status_code == 201
    key = world.scalar(
        "SELECT confidential_key FROM core.special_circumstance WHERE id = :id",
        id=stored.json()["id"],
    )
    assert key == "core.confidential_group"
    entry = world.scalar(
        "SELECT confidential_key FROM core.form_entry WHERE record_id = :id",
        id=stored.json()["id"],
    )
    assert entry == key
