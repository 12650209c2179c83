"""A plugin in trouble in the running application: the page goes on and says what is missing."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.contribution import core_contribution
from core.registry.loading import GROUP, installed_entry_points
from core.registry.service import Registry
from core.settings import PluginLimits
from tests.isolation.web_world import World, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.isolation.web_world import Visitor

TROUBLED = Path(__file__).parents[2] / "troubled_plugin"
LIMITS = PluginLimits(seconds=0.5, failures=3, window_seconds=300, pause_seconds=300)
FORM = "/forms/troubled/visit"
NOTE = "«Chương trình trục trặc» tạm thời không dùng được"


@pytest.fixture(scope="module")
def world(world_template: str, world_home: Path) -> Iterator[World]:
    """A world in which the troubled plugin is installed, and on in An Giang."""
    sys.path.insert(0, str(TROUBLED))
    try:
        point = EntryPoint(name="troubled", value="troubled.plugin", group=GROUP)
        registry = Registry.discover(core_contribution(), points=(*installed_entry_points(), point))
        with opened(
            world_template, world_home, registry=registry, extra=registry.chains, limits=LIMITS
        ) as made:
            officer = made.visitor("an_giang", "province_officer")
            made.post(officer, "/programmes/troubled", {"on": "yes", "confirmed": "yes"})
            made.run(
                "UPDATE core.programme_enablement SET valid_from = '2015-01-01' "
                "WHERE programme = 'troubled'"
            )
            yield made
    finally:
        sys.path.remove(str(TROUBLED))


@pytest.fixture(autouse=True)
def well_again(world: World) -> Iterator[None]:
    yield
    world.run("DELETE FROM core.plugin_failure")


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda said: monkeypatch.setenv("TROUBLED", said)


@pytest.fixture
def officer(world: World) -> Visitor:
    return world.visitor("an_giang", "province_officer")


@pytest.fixture
def worker(world: World) -> Visitor:
    return world.visitor("an_giang", "commune_worker")


def typed(world: World, **more: str) -> dict[str, str]:
    commune = str(world.commune("an_giang"))
    return {"held_on": "15/03/2018", "commune_id": commune, "people": "37", **more}


@pytest.mark.parametrize("part", ["compute", "verify", "makes"])
def test_a_save_that_cannot_be_checked_is_refused_with_what_was_typed(
    world: World, worker: Visitor, trouble: Callable[[str], None], part: str
) -> None:
    trouble(f"{part}=raise")
    before = world.scalar("SELECT count(*) FROM troubled.visit")
    page = world.post(worker, FORM, typed(world, _key=f"key-{part}-1"))
    assert page.status_code == 422
    assert 'value="37"' in page.text
    assert "15/03/2018" in page.text
    assert NOTE in page.text
    assert "Bí Mật" not in page.text
    api = world.api(worker, "/api/v1/records/troubled/visit", typed(world), key=f"api-{part}-1")
    assert (api.status_code, api.json()["type"]) == (503, "urn:annhi:forms.cannot_be_checked")
    assert world.scalar("SELECT count(*) FROM troubled.visit") == before
    trouble("")
    again = world.post(worker, FORM, typed(world, _key=f"key-{part}-1"))
    assert again.status_code == 303, "the same sending is stored once the check is back"
    assert world.scalar("SELECT count(*) FROM troubled.visit") == before + 1


def test_filling_in_fails_and_the_form_goes_on(
    world: World, worker: Visitor, trouble: Callable[[str], None]
) -> None:
    trouble("prefill=raise")
    sent = typed(world, _fill="yes", _key="key-fill-1") | {"people": ""}
    page = world.post(worker, FORM, sent)
    assert page.status_code == 200
    assert NOTE in page.text
    assert "15/03/2018" in page.text


def test_a_report_goes_on_without_a_section(
    world: World, officer: Visitor, trouble: Callable[[str], None]
) -> None:
    trouble("section=raise")
    page = world.get(officer, "/reports/2018-H2/document")
    assert page.status_code == 200
    assert NOTE in page.text
    sections = world.platform.registry.catalogue.report_sections
    assert sections["drowning_prevention.section"].title.vi.upper() in page.text
    english = world.get(officer, "/reports/2018-H2/document?lang=en").text
    assert "“Troubled programme” is out of service for the moment" in english


def test_a_file_and_a_route_say_so_in_one_sentence(
    world: World, officer: Visitor, trouble: Callable[[str], None]
) -> None:
    trouble("export=raise,route=raise")
    file = world.get(officer, "/programmes/troubled/exports/file?year=2018")
    assert file.status_code == 503
    assert NOTE in file.text
    route = world.get(officer, "/api/v1/programmes/troubled/people")
    assert (route.status_code, route.json()["type"]) == (503, "urn:annhi:plugins.out_of_service")
    assert route.headers["retry-after"] == "60"
    trouble("")
    assert world.get(officer, "/api/v1/programmes/troubled/people").status_code == 200
    assert world.get(officer, "/programmes/troubled/exports/file?year=2018").status_code == 200


def test_a_broken_check_asks_before_switching_off(
    world: World, officer: Visitor, trouble: Callable[[str], None]
) -> None:
    trouble("switch=raise")
    asked = world.post(officer, "/programmes/troubled", {"on": "no"})
    assert asked.status_code == 200
    assert "không biết còn hồ sơ nào đang dở dang" in asked.text
    assert 'name="confirmed" value="yes"' in asked.text


def test_a_slow_route_is_left_out_after_a_while_and_the_officer_reads_why(
    world: World, officer: Visitor, trouble: Callable[[str], None]
) -> None:
    trouble("route=sleep")
    answers = [
        world.get(officer, "/api/v1/programmes/troubled/people").status_code
        for _ in range(LIMITS.failures + 1)
    ]
    assert answers[-1] == 503
    page = world.get(officer, "/programmes").text
    assert f"Số lần gọi bị lỗi hoặc quá chậm trong 30 ngày qua: {LIMITS.failures}" in page
    assert "Đang tạm ngừng đến" in page
    assert "giao diện lập trình (API)" in page
    other = world.visitor("tinh_ba", "province_officer")
    assert "quá chậm" not in world.get(other, "/programmes").text
