"""Switching through the pages: objections first; off means not there; on brings it back."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.contribution import core_contribution
from core.registry.loading import GROUP, installed_entry_points
from core.registry.service import Registry
from tests.isolation.web_world import World, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

    from tests.isolation.web_world import Visitor

SAMPLE = Path(__file__).parents[2] / "sample_plugin"
NOTICE = "drowning-prevention/injury-notice"
SWITCH = "/programmes/drowning-prevention"


@pytest.fixture
def officer(world: World) -> Visitor:
    """Who may switch programmes."""
    return world.visitor("an_giang", "province_officer")


@pytest.fixture
def switched_off(world: World, officer: Visitor) -> Iterator[None]:
    """Drowning prevention is off during one test."""
    _switch(world, officer, SWITCH, on=False)
    yield
    _switch(world, officer, SWITCH, on=True)


def _switch(world: World, officer: Visitor, path: str, *, on: bool) -> Response:
    sent = {"on": "yes" if on else "no", "confirmed": "yes"}
    answer = world.post(officer, path, sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/programmes")
    return answer


def _state(world: World, programme: str) -> bool:
    worker = world.visitor("an_giang", "commune_worker")
    return programme in world.get(worker, "/api/v1/me").json()["programmes"]


def test_an_objection_is_shown_and_changes_nothing_until_confirmed(
    world: World, officer: Visitor
) -> None:
    asked = world.post(officer, SWITCH, {"on": "no"})
    assert asked.status_code == 200
    codes = world.platform.registry.catalogue.owner_of
    stored = world.rows("an_giang").ids
    kept = sum(len(ids) for code, ids in stored.items() if codes.get(code) == "drowning_prevention")
    said = f"Còn {kept} phiếu của chương trình"
    assert said in asked.text
    assert 'name="confirmed" value="yes"' in asked.text
    assert _state(world, "drowning_prevention")
    api = world.api(officer, f"/api/v1{SWITCH}", {"on": False})
    assert (api.status_code, api.json()["changed"]) == (409, False)
    assert said in api.json()["objections"][0]
    _switch(world, officer, SWITCH, on=False)
    assert not _state(world, "drowning_prevention")
    assert "Đang tắt" in world.get(officer, "/programmes").text
    _switch(world, officer, SWITCH, on=True)
    assert _state(world, "drowning_prevention")


def test_the_page_does_not_tell_how_many_confidential_records_there_are(
    world: World, officer: Visitor
) -> None:
    asked = world.post(officer, "/programmes/sexual-abuse", {"on": "no"}).text
    assert "Còn hồ sơ tiếp nhận" in asked
    assert "Còn 2" not in asked


@pytest.mark.usefixtures("switched_off")
def test_nothing_of_a_switched_off_programme_is_there(world: World, officer: Visitor) -> None:
    worker = world.visitor("an_giang", "commune_worker")
    key = world.rows("an_giang").ids["drowning_prevention.injury_notice"][0]
    unknown = world.get(worker, "/forms/no-such/form")
    for path in (f"/forms/{NOTICE}", f"/records/{NOTICE}", f"/records/{NOTICE}/{key}"):
        assert world.get(worker, path).content == unknown.content
        assert world.get(worker, f"/api/v1{path}").status_code == 404
        assert world.get(officer, path).status_code == 404
    assert world.post(worker, f"/forms/{NOTICE}", {"_key": "12345678"}).status_code == 404
    assert world.api(worker, f"/api/v1/records/{NOTICE}", {}, key="12345678").status_code == 404
    for page in ("/", "/forms"):
        assert "drowning-prevention" not in world.get(worker, page).text
        assert "đuối nước" not in world.get(worker, page).text
    assert NOTICE not in str(world.get(worker, "/api/v1/forms").json())


def test_on_again_the_same_record_is_there(world: World, officer: Visitor) -> None:
    key = world.rows("an_giang").ids["drowning_prevention.injury_notice"][0]
    before = world.get(officer, f"/api/v1/records/{NOTICE}/{key}").json()
    _switch(world, officer, SWITCH, on=False)
    assert world.get(officer, f"/api/v1/records/{NOTICE}/{key}").status_code == 404
    _switch(world, officer, SWITCH, on=True)
    assert world.get(officer, f"/api/v1/records/{NOTICE}/{key}").json() == before


def test_another_provinces_programmes_stay_as_they_are(world: World, officer: Visitor) -> None:
    other = world.visitor("tinh_ba", "commune_worker")
    _switch(world, officer, SWITCH, on=False)
    assert world.get(other, f"/forms/{NOTICE}").status_code == 200
    _switch(world, officer, SWITCH, on=True)


def test_a_report_of_a_time_when_it_was_off_has_no_section_of_it(
    world_template: str, world_home: Path
) -> None:
    """The programme leaves before the period begins; the period before keeps its section."""
    with opened(world_template, world_home) as world:
        officer = world.visitor("an_giang", "province_officer")
        world.run(
            "UPDATE core.programme_enablement SET valid_to = '2018-06-30T17:00:00Z' "
            "WHERE tenant_id = :t AND programme = 'drowning_prevention'",
            t=world.tenants["an_giang"],
        )
        title = world.platform.registry.catalogue.report_sections[
            "drowning_prevention.section"
        ].title.vi
        earlier = world.get(officer, "/reports/2018-H1/document")
        later = world.get(officer, "/reports/2018-H2/document")
        assert (earlier.status_code, later.status_code) == (200, 200)
        assert title.upper() in earlier.text
        assert title.upper() not in later.text


def test_every_switch_is_written_down(world: World, officer: Visitor) -> None:
    noted = (
        "SELECT count(*) FROM core.audit_entry WHERE action = 'switch' "
        "AND subject_kind = 'programme.drowning_prevention' AND account_id = :account"
    )
    account = world.account("an_giang", "province_officer")
    before = world.scalar(noted, account=account)
    _switch(world, officer, SWITCH, on=False)
    _switch(world, officer, SWITCH, on=True)
    assert world.scalar(noted, account=account) == before + 2


def test_an_unknown_programme_is_refused_with_a_sentence(world: World, officer: Visitor) -> None:
    answer = world.post(officer, "/programmes/no-such", {"on": "yes"})
    assert answer.status_code == 404


@pytest.fixture
def with_sample(world_template: str, world_home: Path) -> Iterator[World]:
    """A world in which the partner's sample plugin is installed, and on in An Giang."""
    sys.path.insert(0, str(SAMPLE))
    try:
        point = EntryPoint(name="sample_meals", value="sample_meals.plugin", group=GROUP)
        registry = Registry.discover(core_contribution(), points=(*installed_entry_points(), point))
        with opened(world_template, world_home, registry=registry, extra=registry.chains) as world:
            yield world
    finally:
        sys.path.remove(str(SAMPLE))


def test_a_plugins_route_is_there_while_it_is_on(with_sample: World) -> None:
    officer = with_sample.visitor("an_giang", "province_officer")
    route = "/api/v1/programmes/sample-meals/meals?period=2018-H1"
    assert with_sample.get(officer, route).status_code == 404
    _switch(with_sample, officer, "/programmes/sample-meals", on=True)
    assert with_sample.get(officer, route).json().keys() == {"meals", "state"}
    leader = with_sample.visitor("an_giang", "province_leader")
    assert with_sample.get(leader, route).status_code == 403
    other = with_sample.visitor("tinh_ba", "province_officer")
    assert with_sample.get(other, route).status_code == 404
    _switch(with_sample, officer, "/programmes/sample-meals", on=False)
    assert with_sample.get(officer, route).status_code == 404
