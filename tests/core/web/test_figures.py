"""Every number opens: what it means, where it lies, how fresh it is, what it counts."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.isolation.web_world import Visitor, World

DEATHS = "drowning_prevention.drowning_deaths"


@pytest.fixture
def officer(world: World) -> Visitor:
    """Who works with the figures of the province."""
    return world.visitor("an_giang", "province_officer")


def opened(world: World, who: Visitor, code: str, query: str = "period=2018") -> Any:
    answer = world.get(who, f"/api/v1/figures/{code}/opened?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def value(figure: Any) -> int:
    assert figure["state"] == "number", figure
    return int(figure["value"])


def test_the_list_leads_to_each_figure_and_keeps_the_days(world: World, officer: Visitor) -> None:
    page = world.get(officer, "/figures?since=15/03/2018&until=14/04/2018").text
    assert "Từ 15/03/2018 đến 14/04/2018" in page
    assert "/figures/DRW-01?since=2018-03-15&amp;until=2018-04-14" in page
    month = world.get(officer, "/figures?period=2018-04&days=administrative").text
    assert "15/03/2018 - 14/04/2018" in month


def test_the_parts_of_an_opened_figure_add_up_at_each_level(world: World, officer: Visitor) -> None:
    assert world.get(officer, "/figures/DRW-01?period=2018").status_code == 200
    whole = opened(world, officer, "DRW-01")
    assert whole["definition"]
    assert whole["definition_version"] == 1
    total = value(whole["figure"])
    assert total > 0
    assert sum(value(place["figure"]) for place in whole["places"]) == total
    for parts in whole["breakdowns"].values():
        assert sum(value(part) for part in parts.values()) == total
    largest = max(whole["places"], key=lambda place: value(place["figure"]))
    district = opened(world, officer, "DRW-01", f"period=2018&area={largest['area']}")
    assert value(district["figure"]) == value(largest["figure"])
    assert sum(value(place["figure"]) for place in district["places"]) == value(district["figure"])


def test_the_page_says_how_a_figure_is_made_and_that_it_is_fresh(
    world: World, officer: Visitor
) -> None:
    page = world.get(officer, "/figures/COR-03?period=2018").text
    assert "thẻ bảo hiểm y tế còn hạn" in page  # its definition
    assert "Tử số: Số trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế" in page
    assert "Mẫu số: Số trẻ em dưới 6 tuổi" in page
    assert "Số liệu đã tính đủ" in page
    assert "Long Xuyên" in page
    world.run(
        "INSERT INTO core.figure_stale (tenant_id, id, commune_id, measure, day) "
        "SELECT tenant_id, gen_random_uuid(), commune_id, 'core.children_insured', '2018-01-01' "
        "FROM core.child WHERE tenant_id = (SELECT id FROM core.tenant WHERE slug = 'an_giang') "
        "LIMIT 1"
    )
    assert "còn 1 ô số liệu" in world.get(officer, "/figures/COR-03?period=2018").text


def test_a_figure_opens_to_its_records_and_no_others(world: World, officer: Visitor) -> None:
    total = value(opened(world, officer, "DRW-01")["figure"])
    page = world.get(officer, f"/figures/DRW-01/records/{DEATHS}?period=2018")
    assert page.status_code == 200
    links = set(
        re.findall(r'href="(/records/drowning-prevention/injury-notice/[^"?]+)"', page.text)
    )
    assert len(links) == total
    assert all(world.get(officer, link).status_code == 200 for link in links)
    none = world.get(officer, f"/figures/DRW-01/records/{DEATHS}?period=2015").text
    assert "Không có hồ sơ nào" in none
    wrong = world.get(officer, "/figures/DRW-01/records/core.children?period=2018")
    assert wrong.status_code == 404


def test_confidential_records_open_to_their_officer_alone_and_are_written_down(
    world: World, officer: Visitor
) -> None:
    address = "/figures/ABU-01/records/sexual_abuse.detected?period=2018"
    noted = "SELECT count(*) FROM core.audit_entry WHERE subject_kind = 'sexual_abuse.detected'"
    before = world.scalar(noted)
    assert world.get(officer, address).status_code in {403, 404}
    assert world.scalar(noted) == before
    trusted = world.visitor("an_giang", "province_confidential_officer")
    page = world.get(trusted, address)
    assert page.status_code == 200
    assert "/records/sexual-abuse/intake/" in page.text
    assert world.scalar(noted) == before + 1


def test_a_commune_officer_opens_the_commune_and_no_other(world: World) -> None:
    worker = world.visitor("an_giang", "commune_worker")
    mine = opened(world, worker, "COR-03")
    whole = opened(world, world.visitor("an_giang", "province_officer"), "COR-03")
    assert mine["figure"]["denominator"] < whole["figure"]["denominator"]
    others = {place["area"] for place in whole["places"]} - {p["area"] for p in mine["places"]}
    refused = world.get(worker, f"/api/v1/figures/COR-03/opened?period=2018&area={min(others)}")
    assert refused.status_code == 404


def test_the_numbers_of_a_report_lead_to_their_figures(world: World, officer: Visitor) -> None:
    page = world.get(officer, "/reports/2018-H1/document").text
    links = set(re.findall(r'href="(/figures/[^"]+)"', page))
    assert any(link.startswith("/figures/DRW-01?") for link in links)
    for link in links:
        assert world.get(officer, link.replace("&amp;", "&")).status_code == 200, link


def test_a_new_version_of_a_definition_breaks_the_line_for_all_to_see(
    world: World, officer: Visitor
) -> None:
    for year in (2016, 2017):
        world.run(
            "INSERT INTO core.report (tenant_id, id, kind, period_code, version, state, cut_off, "
            "frozen_at) SELECT id, gen_random_uuid(), 'periodic', :period, 1, 'accepted', "
            "make_date(:year, 6, 30), now() FROM core.tenant WHERE slug = 'an_giang'",
            period=f"{year}-H1",
            year=year,
        )
        world.run(
            "INSERT INTO core.report_figure (tenant_id, id, report_id, asked, code, span, part, "
            "position, state, value, definition_version) SELECT tenant_id, gen_random_uuid(), id, "
            "'indicator', 'DRW-01', 'period', '', 1, 'number', 7, :version FROM core.report "
            "WHERE period_code = :period AND tenant_id = "
            "(SELECT id FROM core.tenant WHERE slug = 'an_giang')",
            period=f"{year}-H1",
            version=year - 2015,
        )
    page = world.get(officer, "/figures/DRW-01?period=2018").text
    assert "Định nghĩa đã thay đổi" in page
    # two lines, each with its own name: what cannot be compared is not joined
    assert "Định nghĩa phiên bản 1" in page
    assert "Định nghĩa phiên bản 2" in page
    assert "Định nghĩa đã thay đổi" not in world.get(officer, "/figures/DRW-03?period=2018").text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_of_figures_is_taken_away_with_the_same_numbers(
    world: World, officer: Visitor, form: str
) -> None:
    whole = opened(world, officer, "DRW-01")
    answer = world.get(officer, f"/figures/DRW-01/table?period=2018&format={form}")
    assert answer.status_code == 200
    if form == "csv":
        lines = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    else:
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        lines = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    told = {(line[0], line[1]): line[2] for line in lines if len(line) > 2}
    assert int(told["Chung", "Tỉnh An Giang"]) == value(whole["figure"])
    for place in whole["places"]:
        assert int(told["Địa bàn", place["name"]]) == value(place["figure"])


@pytest.mark.parametrize(
    "query",
    ["since=2018-05-01&until=2018-04-30", "period=2018-H3", "since=x&until=y", "since=2018-01-01"],
)
def test_days_that_are_none_are_refused_with_a_sentence(
    world: World, officer: Visitor, query: str
) -> None:
    answer = world.get(officer, f"/figures/DRW-01?{query}")
    assert answer.status_code == 422
    assert world.get(officer, "/figures/NOT-01").status_code == 404
