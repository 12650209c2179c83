"""Somebody leaves: out at once, the open work listed for the administrator, and handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.web.filled_forms import filled
from tests.core.web.test_cases import opened

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

TENANT = "an_giang"
GIVEN = (
    "SELECT count(*) FROM core.access_grant g WHERE g.tenant_id = :t AND g.holder_id = :w "
    "AND g.kind = 'assignment' AND g.valid_to IS NULL AND "
)
OPEN_CASES = GIVEN + (
    "EXISTS (SELECT FROM core.case c WHERE c.tenant_id = :t AND c.id = g.subject_id "
    "AND c.state NOT IN ('closed', 'screened_out', 'transferred'))"
)
RECORDS = GIVEN + "g.subject_kind <> 'core.case'"


@pytest.fixture(scope="module")
def left_behind(world: World, worker: Visitor, family: Family) -> dict[str, str]:
    """A confidential case, a plain one and an intake of the worker, who is then disabled."""
    work = {
        "hidden": opened(world, worker, "left-0001", subject="hiv"),
        "plain": opened(world, worker, "left-0002"),
    }
    form = filled(family)["sexual_abuse"]
    stored = world.api(worker, f"/api/v1/records/{form.address}", form.answers, key="left-0003")
    work["intake"] = str(stored.json()["id"])
    admin = world.visitor(TENANT, "province_admin")
    account = world.account(TENANT, "commune_worker")
    page = world.get(admin, f"/accounts/{account}").text
    assert "bàn giao" not in page
    disabled = world.post(admin, f"/accounts/{account}/disable", {"reason": "Chuyển công tác"})
    assert disabled.status_code == 303
    return work


def of_worker(world: World, statement: str) -> Any:
    account = world.account(TENANT, "commune_worker")
    return world.scalar(statement, t=world.tenants[TENANT], w=account)


def test_the_administrator_is_told_how_much_is_open_and_never_which_child(
    world: World, worker: Visitor, left_behind: dict[str, str]
) -> None:
    assert world.get(worker, "/cases").headers["location"] == "/sign-in"
    admin = world.visitor(TENANT, "province_admin")
    page = world.get(admin, f"/accounts/{world.account(TENANT, 'commune_worker')}").text
    assert f"{of_worker(world, OPEN_CASES)} hồ sơ trường hợp đang mở" in page
    assert f"{of_worker(world, RECORDS)} hồ sơ khác được giao" in page
    for id_ in (left_behind["hidden"], left_behind["plain"]):
        code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=id_)
        assert code not in page
        assert id_ not in page


def test_the_confidential_officer_hands_all_of_it_over(
    world: World, left_behind: dict[str, str]
) -> None:
    officer = world.visitor(TENANT, "province_confidential_officer")
    leaver, heir = (world.account(TENANT, f"commune_{who}") for who in ("worker", "leader"))
    page = world.get(officer, "/handover").text
    assert "Tài khoản đã khóa" in page
    assert left_behind["hidden"] in page
    assert f"{of_worker(world, RECORDS)} hồ sơ khác được giao" in page
    world.run(
        "UPDATE core.access_grant SET valid_to = now() WHERE holder_id = :a AND subject_id = :i",
        a=heir,
        i=left_behind["intake"],
    )
    intake = f"/records/sexual-abuse/intake/{left_behind['intake']}"
    leader = world.visitor(TENANT, "commune_leader")
    assert world.get(leader, intake).status_code == 404
    given = world.post(officer, f"/handover/{leaver}", {"heir": str(heir)})
    assert given.status_code == 303
    assert of_worker(world, OPEN_CASES) == of_worker(world, RECORDS) == 0
    assert world.get(leader, intake).status_code == 200
    admin = world.visitor(TENANT, "province_admin")
    assert "Không còn việc nào" in world.get(admin, f"/accounts/{leaver}").text
