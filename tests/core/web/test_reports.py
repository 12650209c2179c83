"""Reports through the pages: prepared, approved and sent once; the ministry adds them up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from tests.isolation.web_world import Visitor, World

PERIOD = "2018"


@pytest.fixture
def officer(world: World) -> Visitor:
    """Who prepares reports."""
    return world.visitor("an_giang", "province_officer")


@pytest.fixture
def leader(world: World) -> Visitor:
    """Who approves and sends them."""
    return world.visitor("an_giang", "province_leader")


def step(world: World, who: Visitor, code: str, **grounds: str) -> httpx.Response:
    body = {f"{code}_{name}": value for name, value in grounds.items()}
    return world.post(who, f"/reports/{PERIOD}/steps/{code}", body)


def let_off(world: World, leader: Visitor) -> None:
    """Go on without the units that have not confirmed, as a leader may, by name and until a day."""
    body = {"area": "", "name": "Báo cáo thử", "ends_on": "31/12/2199"}
    done = world.post(leader, f"/reporting/{PERIOD}/exceptions", body)
    assert done.status_code == 303


def the_officer_drafts_and_submits_and_cannot_approve(world: World, officer: Visitor) -> None:
    opened = world.post(officer, "/reports", {"period": PERIOD})
    assert (opened.status_code, opened.headers["location"]) == (303, f"/reports/{PERIOD}")
    assert step(world, officer, "draft").status_code == 303
    page = world.get(officer, f"/reports/{PERIOD}").text
    assert "Đang soạn" in page
    assert "Duyệt và chốt" not in page
    assert f'href="/reports/{PERIOD}"' in world.get(officer, "/reports").text
    assert step(world, officer, "submit").status_code == 303
    assert "Đã trình lãnh đạo" in world.get(officer, f"/reports/{PERIOD}").text
    assert step(world, officer, "approve").status_code == 403


def what_the_leader_returned_comes_back_with_the_reason(
    world: World, officer: Visitor, leader: Visitor
) -> None:
    unsaid = step(world, leader, "return", reason=" ")
    assert unsaid.status_code == 422
    assert "Hãy ghi lý do" in unsaid.text
    assert step(world, leader, "return", reason="Thiếu số liệu hai xã.").status_code == 303
    page = world.get(officer, f"/reports/{PERIOD}").text
    assert "Thiếu số liệu hai xã." in page
    assert step(world, officer, "draft").status_code == 303
    assert step(world, officer, "submit").status_code == 303


def the_leader_approves_and_sends_once_and_the_ministry_sees_the_sum(
    world: World, leader: Visitor
) -> None:
    analyst = world.visitor("ministry", "ministry_analyst")
    assert PERIOD not in [r["period"] for r in _sent(world, leader)]
    early = step(world, leader, "approve")
    assert early.status_code == 409
    assert "đơn vị chưa xác nhận số liệu" in early.text
    for province in ("an_giang", "tinh_ba"):
        there = world.visitor(province, "province_leader")
        let_off(world, there)
        codes = (
            ["approve", "send"]
            if province == "an_giang"
            else ["draft", "submit", "approve", "send"]
        )
        for code in codes:
            done = step(world, there, code)
            assert (done.status_code, done.headers["location"]) == (303, f"/reports/{PERIOD}")
    again = step(world, leader, "approve")
    assert again.status_code == 409
    assert "đã gửi Bộ lúc" in again.text
    assert "bản đính chính" in again.text
    figures = world.get(analyst, f"/api/v1/national/{PERIOD}").json()
    line = figures["DRW-01"]
    parts = [int(line["provinces"][p]["value"]) for p in ("an_giang", "tinh_ba")]
    assert int(line["figure"]["value"]) == sum(parts) > 0
    assert line["contributing"] == 2
    assert line["provinces"]["lao_cai"]["value"] is None
    page = world.get(analyst, f"/national?period={PERIOD}").text
    assert "2/3" in page
    assert f"/national?period={PERIOD}" in page


def test_a_report_goes_its_way_from_draft_to_the_ministry(
    world: World, officer: Visitor, leader: Visitor
) -> None:
    the_officer_drafts_and_submits_and_cannot_approve(world, officer)
    what_the_leader_returned_comes_back_with_the_reason(world, officer, leader)
    the_leader_approves_and_sends_once_and_the_ministry_sees_the_sum(world, leader)


def test_a_released_report_stands_and_a_difference_is_shown_beside_it(
    world: World, leader: Visitor
) -> None:
    before = world.get(leader, "/reports/2018-H1/document").text
    world.run("DELETE FROM drowning_prevention.child_injury_incident")
    world.run("DELETE FROM core.figure_cell")
    assert world.get(leader, "/reports/2018-H1/document").text == before
    # what the records say by now stands beside it
    assert "Theo hồ sơ hiện nay" in world.get(leader, "/reports/2018-H1/changes").text


def test_units_see_and_confirm_their_own_and_the_province_sees_all(
    world: World, officer: Visitor
) -> None:
    commune = world.visitor("an_giang", "commune_leader")
    opened = world.post(officer, "/reports", {"period": "2018-Q3", "cut_off": "14/09/2018"})
    assert opened.status_code == 303
    page = world.get(commune, "/reporting/2018-Q3/units").text
    (action,) = re.findall(r'action="(/reporting/2018-Q3/units/[0-9]+/confirm)"', page)
    assert "Chưa xác nhận" in page
    assert world.post(officer, action).status_code == 403
    assert world.post(commune, action).status_code == 303
    again = world.get(commune, "/reporting/2018-Q3/units").text
    assert "Đã xác nhận" in again
    lines = world.get(officer, "/api/v1/reports/2018-Q3/units").json()
    assert len(lines) > 150
    assert [line["standing"] for line in lines].count("confirmed") == 1
    assert len(world.get(commune, "/api/v1/reports/2018-Q3/units").json()) == 1


def test_the_calendar_shows_due_days_and_takes_ad_hoc_reports(
    world: World, officer: Visitor, leader: Visitor
) -> None:
    page = world.get(leader, "/reporting?year=2018").text
    assert "20/05/2018" in page
    assert "Văn bản không nêu ngày" in page
    assert "Thêm báo cáo đột xuất" not in page
    there = world.visitor("lao_cai", "province_officer")
    assert "trước ngày 15/06/2018" in world.get(there, "/reporting?year=2018").text
    wrong = {"name": "Đuối nước", "asked_by": "", "period": "2018-Q2", "due_on": "5/7/2018"}
    refused = world.post(officer, "/reporting/requests", wrong)
    assert refused.status_code == 422
    assert 'value="Đuối nước"' in refused.text
    asked = world.post(officer, "/reporting/requests", wrong | {"asked_by": "UBND tỉnh"})
    assert asked.status_code == 303
    owed = world.get(officer, "/api/v1/reports/calendar/2018").json()
    (extra,) = [line for line in owed if line["kind"].startswith("request.")]
    assert (extra["period"], extra["last_day"]) == ("2018-Q2", "2018-07-05")
    taken = world.post(officer, f"/reports/2018-Q2/steps/draft?kind={extra['kind']}")
    assert taken.status_code == 303
    shown = world.get(officer, f"/api/v1/reports/2018-Q2?kind={extra['kind']}").json()
    assert (shown["state"], shown["next"]) == ("drafted", ["submit"])
    assert world.get(officer, "/reports/2018-Q2?kind=request.none").status_code == 404


def test_programs_take_steps_too_and_a_period_that_has_not_begun_is_not_due(
    world: World, officer: Visitor
) -> None:
    path = "/api/v1/reports/2190/steps/draft"
    early = world.api(officer, path, {})
    assert early.status_code == 409
    assert "bắt đầu từ ngày 01/01/2190" in early.text


def test_every_reading_of_the_national_figures_is_written_down(world: World) -> None:
    analyst = world.visitor("ministry", "ministry_analyst")
    noted = "SELECT count(*) FROM core.audit_entry WHERE subject_kind = 'core.national'"
    before = world.scalar(noted)
    for path in ("/national", "/national/document?period=2018-H1", "/api/v1/national/2018-H1"):
        assert world.get(analyst, path).status_code == 200
    assert world.scalar(noted) == before + 3


@pytest.mark.parametrize("wrong", ["2018-H3", "x", "18", "2018-Q5", "9999999"])
def test_a_period_that_is_none_is_refused_with_a_sentence(
    world: World, officer: Visitor, wrong: str
) -> None:
    for path in (
        f"/reports/{wrong}",
        f"/reports/{wrong}/document",
        f"/api/v1/figures/DRW-01?period={wrong}",
    ):
        assert world.get(officer, path).status_code in {404, 422}
    assert world.post(officer, "/reports", {"period": wrong}).status_code in {404, 422}


def test_an_unknown_figure_is_not_found(world: World, officer: Visitor) -> None:
    assert world.get(officer, "/api/v1/figures/XXX-99?period=2018").status_code == 404


def _sent(world: World, leader: Visitor) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = world.get(leader, "/api/v1/reports").json()
    return [line for line in lines if line["state"] == "sent"]
