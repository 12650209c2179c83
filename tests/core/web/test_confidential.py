"""Who reads what within a province: the commune's own children, and records kept in confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.web.filled_forms import filled

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

INTAKE = "/records/sexual-abuse/intake"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def intake(world: World, worker: Visitor, family: Family) -> str:
    """An intake entered by the commune worker, by its id."""
    form = filled(family)["sexual_abuse"]
    stored = world.api(
        worker, f"/api/v1/records/{form.address}", form.answers, key="kept in confidence"
    )
    assert stored.status_code == 201
    return str(stored.json()["id"])


def test_a_collaborator_who_files_an_intake_is_told_so_and_cannot_open_it(
    world: World, worker: Visitor, family: Family, intake: str
) -> None:
    form = filled(family)["sexual_abuse"]
    someone = world.visitor("an_giang", "collaborator")
    page = world.post(someone, f"/forms/{form.address}", {"_key": "another intake"} | form.answers)
    assert page.status_code == 200
    assert "không mở lại hồ sơ này" in page.text
    for path in (INTAKE, f"{INTAKE}/{intake}"):
        assert world.get(someone, path).status_code == 403
        assert world.get(someone, f"/api/v1{path}").status_code == 403


def test_the_communes_worker_reads_a_case_while_it_is_theirs(
    world: World, worker: Visitor, intake: str
) -> None:
    assert intake in world.get(worker, INTAKE).text
    assert world.get(worker, f"{INTAKE}/{intake}").status_code == 200
    never = world.get(worker, f"{INTAKE}/{UNKNOWN}")
    account = world.account("an_giang", "commune_worker")
    world.run(
        "UPDATE core.access_grant SET valid_to = statement_timestamp() "
        "WHERE subject_id = :id AND holder_id = :account",
        id=intake,
        account=account,
    )
    after = world.get(worker, f"{INTAKE}/{intake}")
    assert (after.status_code, after.content) == (never.status_code, never.content)
    assert intake not in world.get(worker, INTAKE).text
    assert intake not in world.get(worker, f"/api/v1{INTAKE}").text


@pytest.mark.parametrize(
    "role",
    ["province_officer", "province_leader", "province_admin", "district_officer"],
)
def test_nobody_but_the_confidential_officer_learns_that_an_intake_is_there(
    world: World, role: str, intake: str
) -> None:
    visitor = world.visitor("an_giang", role)
    for path in (INTAKE, f"/api/v1{INTAKE}"):
        assert world.get(visitor, path).status_code == 403
        there = world.get(visitor, f"{path}/{intake}")
        never = world.get(visitor, f"{path}/{UNKNOWN}")
        assert (there.status_code, there.content) == (never.status_code, never.content)
    assert "sexual-abuse/intake" not in world.get(visitor, "/forms").text


def test_the_confidential_officer_opens_it_and_that_is_written_down(
    world: World, intake: str
) -> None:
    officer = world.visitor("an_giang", "province_confidential_officer")
    assert intake in world.get(officer, INTAKE).text
    opened = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'read' "
        "AND account_id = :account AND subject_kind = 'sexual_abuse.intake' "
        "AND 'restricted' = ANY(classes)"
    )
    account = world.account("an_giang", "province_confidential_officer")
    before = world.scalar(opened, id=intake, account=account)
    assert world.get(officer, f"{INTAKE}/{intake}").status_code == 200
    assert world.get(officer, f"/api/v1{INTAKE}/{intake}").status_code == 200
    assert world.scalar(opened, id=intake, account=account) == before + 2


def test_a_list_names_nobody(world: World) -> None:
    officer = world.visitor("an_giang", "province_officer")
    name = world.scalar(
        "SELECT full_name FROM core.child WHERE tenant_id = :t LIMIT 1", t=world.tenants["an_giang"]
    )
    assert name not in world.get(officer, "/records/core/child").text
    assert name not in world.get(officer, "/children").text


def test_a_commune_worker_sees_the_children_of_the_own_commune_alone(
    world: World, worker: Visitor, family: Family
) -> None:
    mine = world.get(worker, "/api/v1/records/core/child").json()["items"]
    assert family.child in {line["child_code"] for line in mine}
    assert {str(line["commune_id"]) for line in mine} == {family.commune}
    elsewhere = world.scalar(
        "SELECT id FROM core.child WHERE tenant_id = :tenant AND commune_id <> :commune LIMIT 1",
        tenant=world.tenants["an_giang"],
        commune=int(family.commune),
    )
    for path in ("/children", "/records/core/child", "/api/v1/records/core/child"):
        there = world.get(worker, f"{path}/{elsewhere}")
        never = world.get(worker, f"{path}/{UNKNOWN}")
        assert there.status_code == 404
        assert there.content == never.content
    assert str(elsewhere) not in world.get(worker, "/children").text


def test_a_commune_worker_enters_nothing_for_another_commune(
    world: World, worker: Visitor, family: Family
) -> None:
    other = world.scalar(
        "SELECT commune_id FROM core.child "
        "WHERE tenant_id = :tenant AND commune_id <> :own LIMIT 1",
        tenant=world.tenants["an_giang"],
        own=int(family.commune),
    )
    form = filled(family)["drowning_prevention"]
    answer = world.api(
        worker,
        f"/api/v1/records/{form.address}",
        form.answers | {"commune_id": str(other)},
        key="elsewhere",
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["commune_id"]
