"""The ministry's pages and the export of a released report, over the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.isolation.furnishing import RELEASED
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.isolation.web_world import Visitor, World

__all__ = ["world", "world_home", "world_template"]  # fixtures

_TELL = (
    "INSERT INTO core.report_standing "
    "(tenant_id, id, kind, period_code, state, due_on, told_at) VALUES "
    "(:tenant, gen_random_uuid(), 'periodic', :period, :state, '2018-05-20', now())"
)


@pytest.fixture
def analyst(world: World) -> Visitor:
    return world.visitor("ministry", "ministry_analyst")


@pytest.fixture
def officer(world: World) -> Visitor:
    return world.visitor("an_giang", "province_officer")


def test_the_board_shows_who_has_sent_and_who_is_overdue(world: World, analyst: Visitor) -> None:
    world.run(_TELL, tenant=world.tenants["lao_cai"], period="2018-Q1", state="owed")
    world.run(_TELL, tenant=world.tenants["an_giang"], period="2018-Q1", state="accepted")
    page = world.get(analyst, "/national/board?year=2018").text
    for words in ("Quá hạn", "Đã tiếp nhận", "Chưa có hạn", "Quý I năm 2018"):
        assert words in page
    board = world.get(analyst, "/api/v1/national/board/2018").json()
    assert board["lao_cai"]["2018-Q1"]["state"] == "overdue"
    assert board["an_giang"]["2018-Q1"]["state"] == "accepted"
    assert board["an_giang"][RELEASED]["state"] == "sent"
    assert board["tinh_ba"]["2018-Q1"]["state"] == "not_asked"


def test_a_comparison_lists_every_province_and_ranks_none_without_direction(
    world: World, analyst: Visitor
) -> None:
    scored = world.get(analyst, f"/national/comparison?indicator=DRW-01&period={RELEASED}").text
    assert "1. Tỉnh" in scored
    unscored = world.get(analyst, f"/national/comparison?indicator=ABU-01&period={RELEASED}").text
    assert "không xếp hạng" in unscored
    assert "1. Tỉnh" not in unscored
    wrong = f"/national/comparison?indicator=NONE-9&period={RELEASED}"
    assert world.get(analyst, wrong).status_code == 404


def test_every_national_target_is_listed_and_none_is_assessed_without_a_number(
    world: World, analyst: Visitor
) -> None:
    lines = world.get(analyst, "/api/v1/national/targets").json()
    assert len(lines) == 19
    assert {line["assessment"] for line in lines} == {"not_assessable"}
    assert {line["reached"] for line in lines} == {None}
    page = world.get(analyst, "/national/targets").text
    for words in ("Giảm 10% so với 2020", "≥ 80 %", "Chưa đánh giá được"):
        assert words in page


def test_the_ministrys_pages_are_for_the_ministry(world: World, officer: Visitor) -> None:
    for path in ("/national", "/national/board", "/national/targets"):
        assert world.get(officer, path).status_code == 403


def _values(world: World, visitor: Visitor) -> dict[str, Any]:
    answer = world.get(visitor, f"/api/v1/reports/{RELEASED}/dhis2")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_released_report_is_a_dhis2_data_value_set(world: World, officer: Visitor) -> None:
    made = _values(world, officer)
    assert (made["period"], made["orgUnit"]) == ("2018S1", "89@..2025-06-30")
    released = {
        (row.indicator_code, row.breakdown, row.detail): row for row in _released(world, "an_giang")
    }
    whole = [v for v in made["dataValues"] if v["categoryOptionCombo"] == "default"]
    for value in whole:
        row = released[value["dataElement"].partition(".")[0], "", ""]
        assert ("value" in value) == (row.state == "number")
        assert ("comment" in value) == (row.state != "number")
    drowned = next(v for v in whole if v["dataElement"] == "DRW-01")
    assert drowned["value"] == str(released["DRW-01", "", ""].value)
    assert len(made["dataValues"]) >= len(released)


@pytest.fixture
def one_more_suppressed(world: World) -> Iterator[None]:
    """Whether small parts were generated is chance: one part is made too small to be told."""
    place = "tenant_id = :t AND period_code = :period AND breakdown <> '' AND state = 'number'"
    values = {"t": world.tenants["an_giang"], "period": RELEASED}
    with world.database.admin.connect() as connection:
        row = connection.execute(
            text(
                "SELECT id, value, numerator, denominator FROM core.released_figure "  # noqa: S608  names of ours
                f"WHERE {place} ORDER BY indicator_code, breakdown, detail LIMIT 1"
            ),
            values,
        ).one()
    change = (
        "UPDATE core.released_figure SET state = :state, value = :value, numerator = :numerator, "
        "denominator = :denominator WHERE id = :id"
    )
    nothing = dict.fromkeys(("value", "numerator", "denominator"))
    world.run(change, id=row.id, state="suppressed", **nothing)
    yield
    kept = {name: getattr(row, name) for name in ("id", *nothing)}
    world.run(change, state="number", **kept)


def test_what_was_suppressed_has_no_value_in_the_export(
    world: World, officer: Visitor, one_more_suppressed: None
) -> None:
    hidden = {
        (row.indicator_code, row.breakdown, row.detail)
        for row in _released(world, "an_giang")
        if row.state == "suppressed"
    }
    assert hidden
    said = [v for v in _values(world, officer)["dataValues"] if "comment" in v]
    suppressed = [v for v in said if v["comment"].startswith("suppressed")]
    assert len(suppressed) == len(hidden)
    assert not any("value" in value for value in said)


def test_what_was_not_released_is_not_exported(world: World, officer: Visitor) -> None:
    assert world.get(officer, "/api/v1/reports/2018-Q4/dhis2").status_code == 404
    worker = world.visitor("an_giang", "commune_worker")
    assert world.get(worker, f"/api/v1/reports/{RELEASED}/dhis2").status_code == 403


def _released(world: World, tenant: str) -> list[Any]:
    with world.database.admin.connect() as connection:
        return list(
            connection.execute(
                text(
                    "SELECT indicator_code, breakdown, detail, state, value "
                    "FROM core.released_figure WHERE tenant_id = :tenant AND period_code = :period"
                ),
                {"tenant": world.tenants[tenant], "period": RELEASED},
            )
        )
