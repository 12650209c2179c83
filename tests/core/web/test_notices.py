"""Who is told when a file is opened out of duty, what the notice says, and what it never says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.web.filled_forms import filled
from tests.core.web.test_cases import intake

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

TENANT = "an_giang"
REASON = "Trẻ có thể gặp nguy hiểm ngay đêm nay, cần biết nơi ở."
TEAM = ("commune_worker", "commune_leader")
REVIEWERS = ("data_protection_officer", "province_confidential_officer")


@pytest.fixture(scope="module")
def officer(world: World) -> Visitor:
    return world.visitor(TENANT, "province_officer")


def opened(world: World, who: Visitor, kind: str, code: str) -> str:
    """Open a file out of duty; where it is."""
    sent = world.post(who, "/access/emergency", {"form": kind, "code": code, "reason": REASON})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def told(world: World) -> dict[str, str]:
    """Whom the last look out of duty was told, each with the reason."""
    found = world.scalar(
        "SELECT jsonb_object_agg(n.account_id, n.reason) FROM core.emergency_notice n "
        "WHERE n.emergency_id = (SELECT id FROM core.emergency_access WHERE tenant_id = :t "
        "ORDER BY opened_at DESC LIMIT 1)",
        t=world.tenants[TENANT],
    )
    return dict(found)


@pytest.fixture(scope="module")
def intake_code(world: World, worker: Visitor, family: Family) -> str:
    """The code of an intake on sexual abuse, given to the commune's worker and leader."""
    form = filled(family)["sexual_abuse"]
    stored = world.api(
        worker, f"/api/v1/records/{form.address}", form.answers, key="opened by others"
    )
    assert stored.status_code == 201, stored.text
    statement = "SELECT opaque_code FROM sexual_abuse.sa_case WHERE id = :id"
    return str(world.scalar(statement, id=stored.json()["id"]))


def test_the_team_of_a_confidential_file_and_its_reviewers_are_told_and_nobody_else(
    world: World, officer: Visitor, intake_code: str
) -> None:
    path = opened(world, officer, "sexual_abuse.intake", intake_code)
    concerned = dict.fromkeys(REVIEWERS, "reviewer") | dict.fromkeys(TEAM, "owner")
    assert told(world) == {
        str(world.account(TENANT, role)): reason for role, reason in concerned.items()
    }
    worker, dpo = (world.visitor(TENANT, role) for role in ("commune_worker", REVIEWERS[0]))
    for visitor, has_link in ((worker, True), (dpo, False)):
        page = world.get(visitor, "/notices").text
        assert REASON in page
        assert (path in page) is has_link, visitor.role
        assert intake_code not in page
    for role in ("province_officer", "collaborator", "province_leader"):
        assert REASON not in world.get(world.visitor(TENANT, role), "/notices").text


def test_a_notice_waits_on_the_start_page_until_its_own_reader_has_seen_it(
    world: World, officer: Visitor, intake_code: str
) -> None:
    opened(world, officer, "sexual_abuse.intake", intake_code)
    worker, leader = (world.visitor(TENANT, role) for role in TEAM)
    while_waiting = world.get(worker, "/").text
    assert "thông báo bạn chưa xem" in while_waiting
    notices = world.scalar(
        "SELECT string_agg(id::text, ' ') FROM core.emergency_notice WHERE account_id = :a",
        a=world.account(TENANT, "commune_worker"),
    ).split()
    assert world.post(leader, f"/notices/{notices[0]}/seen").status_code == 404
    assert all(world.post(worker, f"/notices/{one}/seen").status_code == 303 for one in notices)
    assert "thông báo bạn chưa xem" not in world.get(worker, "/").text
    assert "Tôi đã xem" not in world.get(worker, "/notices").text


def test_the_commune_of_a_child_is_told(world: World, officer: Visitor, family: Family) -> None:
    opened(world, officer, "core.child", family.child)
    owners = {account for account, reason in told(world).items() if reason == "owner"}
    assert owners == {str(world.account(TENANT, role)) for role in TEAM}


def test_a_confidential_case_opens_by_its_code_and_its_team_is_told(
    world: World, worker: Visitor, officer: Visitor
) -> None:
    answers = intake(world, _key="opened out of duty", subject="abused", abuse_types=["violence"])
    path = world.post(worker, "/cases/new", answers).headers["location"].partition("?")[0]
    assert world.get(officer, path).status_code == 404
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=path.rpartition("/")[2])
    assert opened(world, officer, "core.case", code) == path
    page = world.get(officer, path)
    assert (page.status_code, code in page.text) == (200, True)
    assert told(world)[str(world.account(TENANT, "commune_worker"))] == "owner"
    other = world.visitor(TENANT, "district_officer")
    assert world.get(other, path).status_code == 404
    world.run(
        "UPDATE core.access_grant SET valid_to = now() WHERE kind = 'emergency' "
        "AND subject_kind = 'core.case'"
    )
    assert world.get(officer, path).status_code == 404
