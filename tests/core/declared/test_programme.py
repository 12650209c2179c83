"""The sample switched on in An Giang and not in Lào Cai, as officers meet it: no line of Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.contribution import core_contribution
from core.declared.plugin import declared_points
from core.indicators.count import recount
from core.registry.loading import installed_entry_points
from core.registry.service import Registry
from core.tenancy.reach import Reach
from tests.core.declared.conftest import SAMPLE
from tests.isolation.web_world import opened, world_home, world_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.isolation.web_world import World

__all__ = ["world_home", "world_template"]  # fixtures

FORM = "school-milk/milk-round"
ANSWERS = {
    "begins_on": "03/09/2018",
    "ends_on": "28/09/2018",
    "school_kind": "primary",
    "school": "Trường tiểu học số một",
    "enrolled": "400",
    "drank": "300",
    "shortfall": "Một số gia đình chưa đăng ký.",
    "portions": "6000",
}
TITLE = "CHƯƠNG TRÌNH SỮA HỌC ĐƯỜNG"


@pytest.fixture(scope="module")
def world(
    world_template: str, world_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The sample's very file in the folder of an installation, migrated, on in An Giang alone."""
    folder = tmp_path_factory.mktemp("declared")
    (folder / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    points = (*installed_entry_points(), *declared_points(folder))
    registry = Registry.discover(core_contribution(), points=points)
    with opened(world_template, world_home, registry=registry, extra=registry.chains) as made:
        officer = made.visitor("an_giang", "province_officer")
        on = made.post(officer, "/programmes/school-milk", {"on": "yes", "confirmed": "yes"})
        assert on.status_code == 303
        # reports on the past have it too
        made.run(
            "UPDATE core.programme_enablement SET valid_from = '2017-12-31T17:00:00Z' "
            "WHERE programme = 'school_milk'"
        )
        yield made


@pytest.fixture(scope="module")
def entered(world: World) -> dict[str, str]:
    """One record through the page and one through the API, counted; their addresses."""
    worker = world.visitor("an_giang", "commune_worker")
    answers = ANSWERS | {"commune_id": str(world.commune("an_giang"))}
    page = world.post(worker, f"/forms/{FORM}", answers | {"_key": "by the page"})
    sent = answers | {"school_kind": "kindergarten", "enrolled": 120, "drank": 120}
    del sent["shortfall"]
    api = world.api(worker, f"/api/v1/records/{FORM}", sent, key="by the API")
    assert (page.status_code, api.status_code) == (303, 201), (page.text, api.text)
    measures = tuple(world.platform.registry.catalogue.measures.values())
    tenant = world.tenants["an_giang"]
    with world.platform.door.tenant_session(tenant, reach=Reach.counting()) as session:
        while recount(session, measures):
            pass
    return {"page": page.headers["location"], "api": api.json()["id"]}


@pytest.mark.slow
def test_what_was_entered_is_listed_and_opened(world: World, entered: dict[str, str]) -> None:
    worker = world.visitor("an_giang", "commune_worker")
    listed = world.get(worker, f"/records/{FORM}").text
    assert set(re.findall(rf'href="/records/{FORM}/([0-9a-f-]+)"', listed)) >= {entered["api"]}
    assert "Trường tiểu học số một" in listed
    record = world.get(worker, f"/api/v1/records/{FORM}/{entered['api']}").json()
    assert "6000" in str(record)


@pytest.mark.slow
def test_mistakes_are_explained_at_their_fields(world: World) -> None:
    worker = world.visitor("an_giang", "commune_worker")
    wrong = ANSWERS | {
        "commune_id": str(world.commune("an_giang")),
        "ends_on": "01/09/2018",
        "drank": "500",
        "shortfall": "",
        "portions": "20",
        "_key": "with mistakes",
    }
    answer = world.post(worker, f"/forms/{FORM}", wrong)
    at_fault = set(re.findall(r'id="field-([\w.]+)-error"', answer.text))
    assert (answer.status_code, at_fault) == (422, {"ends_on", "drank"})
    answer = world.post(worker, f"/forms/{FORM}", wrong | {"ends_on": "28/09/2018", "drank": "300"})
    at_fault = set(re.findall(r'id="field-([\w.]+)-error"', answer.text))
    assert at_fault == {"shortfall", "portions"}
    assert "Số suất sữa ít hơn số trẻ em được uống." in answer.text


@pytest.mark.slow
@pytest.mark.usefixtures("entered")
def test_the_indicator_is_in_the_figures(world: World) -> None:
    officer = world.visitor("an_giang", "province_officer")
    assert "Số suất sữa đã cấp tại trường" in world.get(officer, "/figures?period=2018-H2").text
    figure = world.get(officer, "/api/v1/figures/MLK-01?period=2018-H2").json()
    share = world.get(officer, "/api/v1/figures/MLK-02?period=2018-H2").json()
    assert float(figure["value"]) == 12000
    assert round(float(share["value"]), 1) == 80.8


@pytest.mark.slow
@pytest.mark.usefixtures("entered")
def test_the_section_is_in_the_report(world: World) -> None:
    officer = world.visitor("an_giang", "province_officer")
    page = world.get(officer, "/reports/2018-H2/document").text
    assert TITLE in page
    assert "đã cấp 12.000 suất sữa; 80,8% số trẻ em" in re.sub(r"<[^>]+>", "", page)
    assert "Chưa có số liệu về tình trạng suy dinh dưỡng" in re.sub(r"<[^>]+>", "", page)
    assert 'data-code="MLK-04"' in page


@pytest.mark.slow
def test_nothing_of_it_is_in_lao_cai(world: World, entered: dict[str, str]) -> None:
    worker = world.visitor("lao_cai", "commune_worker")
    officer = world.visitor("lao_cai", "province_officer")
    unknown = world.get(worker, "/forms/no-such/form")
    for path in (f"/forms/{FORM}", f"/records/{FORM}", f"/records/{FORM}/{entered['api']}"):
        assert world.get(worker, path).content == unknown.content
        assert world.get(officer, path).status_code == 404
        assert world.get(officer, f"/api/v1{path}").status_code == 404
    assert world.api(worker, f"/api/v1/records/{FORM}", {}, key="12345678").status_code == 404
    for page in ("/", "/forms", "/figures?period=2018-H2", "/reports/2018-H2/document"):
        text = world.get(officer, page).text
        assert not re.search(r"school-milk|MLK-0|[Ss]ữa học đường|SỮA HỌC ĐƯỜNG", text), page
    figure = world.get(officer, "/api/v1/figures/MLK-01?period=2018-H2").json()
    assert (figure["state"], figure["value"]) == ("not_enabled", None)


@pytest.mark.slow
def test_off_it_is_gone_and_on_again_everything_is_as_before(
    world: World, entered: dict[str, str]
) -> None:
    officer = world.visitor("an_giang", "province_officer")
    record = f"/api/v1/records/{FORM}/{entered['api']}"
    before = world.get(officer, record).json()
    for on, status in (("no", 404), ("yes", 200)):
        world.post(officer, "/programmes/school-milk", {"on": on, "confirmed": "yes"})
        assert world.get(officer, record).status_code == status
    assert world.get(officer, record).json() == before
