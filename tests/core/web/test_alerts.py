"""Alerts over the running application: page, start page and API tell the same people the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from core.alerts.raising import look_around
from core.kit.clock import local_date
from core.tenancy.reach import Reach
from tests.core.web.filled_drowning import POOL
from tests.core.web.filled_drowning import needed as places
from tests.core.web.filled_forms import filled

if TYPE_CHECKING:
    from tests.core.web.filling import Family
    from tests.isolation.web_world import Visitor, World

TENANT = "an_giang"
IDLE, POLICE = "drowning_prevention.facility_without_class", "sexual_abuse.police_not_informed"
SWITCH = "/programmes/drowning-prevention"


def look(world: World) -> None:
    """What the worker does each hour."""
    platform = world.platform
    tenant = world.tenants[TENANT]
    with platform.door.tenant_session(tenant, reach=Reach.counting()) as session:
        look_around(session, platform.registry, platform.clock.now())


def listed(world: World, visitor: Visitor, query: str = "") -> list[dict[str, Any]]:
    """Every alert that the API gives, page by page."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        answer = world.get(visitor, f"/api/v1/alerts?{query}{after}")
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        if answer.json()["next_after"] is None:
            return found
        after = f"&after={answer.json()['next_after']}"


def codes(world: World, visitor: Visitor, query: str = "") -> set[str]:
    return {one["code"] for one in listed(world, visitor, query)}


def counted(world: World, visitor: Visitor) -> str | None:
    """What the start page says of alerts."""
    found = re.search(r'<a href="/alerts">(Có [^<]+)</a>', world.get(visitor, "/").text)
    return found.group(1) if found else None


@pytest.fixture(scope="module")
def pool(world: World, worker: Visitor, family: Family) -> str:
    """A pool without a class, by its id."""
    answers = dict(places(family))[POOL]
    stored = world.api(
        worker, "/api/v1/records/drowning-prevention/swim-facility", answers, key="idle pool"
    )
    assert stored.status_code == 201, stored.text
    look(world)
    return str(stored.json()["id"])


@pytest.fixture(scope="module")
def intake(world: World, worker: Visitor, family: Family) -> str:
    """A confidential case of which the police know nothing, by its id."""
    form = filled(family)["sexual_abuse"]
    answers = form.answers | {"police_informed_at": ""}
    stored = world.api(worker, f"/api/v1/records/{form.address}", answers, key="in confidence")
    assert stored.status_code == 201, stored.text
    look(world)
    return str(stored.json()["id"])


def test_page_start_page_and_api_tell_whoever_is_to_act(
    world: World, worker: Visitor, pool: str
) -> None:
    (told,) = (one for one in listed(world, worker) if one["record_id"] == pool)
    assert (told["code"], told["is_overdue"], told["is_mine"]) == (IDLE, True, True)
    assert world.get(worker, told["href"]).status_code == 200
    page = world.get(worker, "/alerts?programme=drowning_prevention&view=mine").text
    assert told["title"] in page
    assert told["href"] in page
    assert counted(world, worker) is not None
    assert told["id"] not in world.get(worker, "/").text
    assert pool in {one["record_id"] for one in listed(world, worker, "overdue=1&mine=1")}
    assert codes(world, worker, "programme=drowning_prevention") >= {IDLE}
    assert codes(world, worker, "programme=orphan_care").isdisjoint({IDLE})


@pytest.mark.parametrize("role", ["province_leader", "auditor", "inspector"])
def test_whoever_has_no_right_is_told_nothing(world: World, pool: str, role: str) -> None:
    visitor = world.visitor(TENANT, role)
    assert IDLE not in codes(world, visitor)
    assert pool not in world.get(visitor, "/alerts").text


def test_whoever_is_never_told_has_no_entry_and_no_count(world: World, pool: str) -> None:
    auditor = world.visitor(TENANT, "auditor")
    assert 'href="/alerts"' not in world.get(auditor, "/").text
    assert listed(world, auditor) == []
    some = world.scalar("SELECT id FROM core.alert WHERE record_id = :id", id=pool)
    for path in ("/alerts", "/api/v1/alerts"):
        assert world.get(auditor, f"{path}?after={some}").status_code == 404


def test_a_confidential_alert_is_there_for_those_of_the_case_alone(
    world: World, worker: Visitor, intake: str
) -> None:
    overseer = world.visitor(TENANT, "province_confidential_officer")
    for visitor in (worker, overseer):
        assert intake in {one["record_id"] for one in listed(world, visitor)}
    key = world.scalar(
        "SELECT id FROM core.alert WHERE record_id = :id AND code = :code", id=intake, code=POLICE
    )
    for role in ("province_officer", "district_officer"):
        visitor = world.visitor(TENANT, role)
        text = world.get(visitor, "/api/v1/alerts").text + world.get(visitor, "/alerts").text
        assert intake not in text
        assert str(key) not in text
        assert codes(world, visitor).isdisjoint({POLICE})
        known = world.get(visitor, f"/api/v1/alerts?after={key}")
        never = world.get(visitor, "/api/v1/alerts?after=00000000-0000-4000-8000-000000000000")
        assert (known.status_code, known.content) == (never.status_code, never.content)
    before = counted(world, worker)
    world.run(
        "UPDATE core.access_grant SET valid_to = statement_timestamp() "
        "WHERE subject_id = :id AND holder_id = :account",
        id=intake,
        account=world.account(TENANT, "commune_worker"),
    )
    assert intake not in {one["record_id"] for one in listed(world, worker)}
    assert counted(world, worker) != before


def test_a_switched_off_programme_tells_nothing_and_changes_no_other_figure(
    world: World, worker: Visitor, pool: str
) -> None:
    officer = world.visitor(TENANT, "province_officer")
    figure = "/api/v1/figures/COR-06?period=2018"
    before, shown = listed(world, worker), world.get(officer, figure).json()
    start = counted(world, worker)
    world.post(officer, SWITCH, {"on": "no", "confirmed": "yes"})
    try:
        assert IDLE not in codes(world, worker)
        assert pool not in world.get(worker, "/alerts").text
        off = world.get(worker, "/api/v1/alerts?programme=drowning_prevention")
        never = world.get(worker, "/api/v1/alerts?programme=no_such_programme")
        assert (off.status_code, off.content) == (never.status_code, never.content)
        assert counted(world, worker) != start
        assert world.get(officer, figure).json() == shown
        look(world)
    finally:
        world.post(officer, SWITCH, {"on": "yes", "confirmed": "yes"})
    assert listed(world, worker) == before
    assert counted(world, worker) == start


def test_what_is_handed_over_opens_the_form_with_the_childs_code(
    world: World, worker: Visitor, family: Family
) -> None:
    left = {
        "child_id": family.child,
        "changed_on": local_date(world.platform.clock.now()).strftime("%d/%m/%Y"),
        "schooling": "dropped_out",
        "dropout_reason": "works",
        "grade": "4",
        "is_working": "yes",
    }
    stored = world.api(worker, "/api/v1/records/core/schooling", left, key="left school")
    assert stored.status_code == 201, stored.text
    look(world)
    code = "child_labour.dropout_unscreened"
    (told,) = (one for one in listed(world, worker) if one["code"] == code)
    assert told["href"] == f"/forms/child-labour/screening?child={family.child}"
    assert family.child in world.get(worker, told["href"]).text
    officer = world.visitor(TENANT, "province_officer")  # reads the register, screens nobody
    (seen,) = (one for one in listed(world, officer) if one["code"] == code)
    assert seen["href"] == f"/children/{told['record_id']}"
