"""A plan opened, its activities done and reported, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.forms.errors import AnswersRefusedError
from core.kit.periods import Period
from core.planning.models import ActivityResult, PlanActivity, PlanYear, SectorContribution
from core.planning.service import activities_of, plan_opened
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.planning.conftest import Office

PLAN = {
    "year": "2018",
    "title": "Kế hoạch năm 2018",
    "status": "approved",
    "decision_no": "535/QĐ-UBND",
    "decided_on": "15/03/2018",
}
RESULT = {
    "period": "Q2",
    "done_quantity": "3",
    "done_on": "20/05/2018",
    "place": "Trường THCS Một",
}


@pytest.fixture(scope="module")
def plan(office: Office) -> dict[str, UUID]:
    """The plan of 2018 opened; its activities by code."""
    office.enter("plan_year", **PLAN)
    with office.register.open() as session:
        rows = session.execute(
            select(PlanActivity.code, PlanActivity.id).where(
                PlanActivity.tenant_id == session.tenant_id
            )
        )
        return {row.code: row.id for row in rows}


def refused(office: Office, code: str, /, **answers: Any) -> dict[str, str]:
    with pytest.raises(AnswersRefusedError) as caught:
        office.enter(code, **answers)
    return {error.field: error.message.vi for error in caught.value.errors}


def test_opening_a_plan_takes_the_declared_activities_of_its_year(
    office: Office, plan: dict[str, UUID]
) -> None:
    assert set(plan) == {"T-A1", "T-A2", "T-B1", "T-G1"}
    with office.register.open() as session:
        people = session.get_one(PlanActivity, (office.register.tenant, plan["T-A2"]))
        duty = session.get_one(PlanActivity, (office.register.tenant, plan["T-G1"]))
    assert (people.planned_quantity, people.unit, people.counts_people) == (100, "person", True)
    assert (duty.planned_quantity, duty.unit, duty.source) == (None, None, "B.I.1")


def test_there_is_one_plan_for_a_year_and_one_code_in_it(
    office: Office, plan: dict[str, UUID]
) -> None:
    assert "đã có kế hoạch" in refused(office, "plan_year", **PLAN)["year"]
    with office.register.open() as session:
        activity = session.get_one(PlanActivity, (office.register.tenant, plan["T-A1"]))
    mine = {
        "plan_id": str(activity.plan_id),
        "code": "T-A1",
        "title": "Thêm",
        "programme_code": "core",
        "counts_people": "no",
    }
    assert "đã có" in refused(office, "plan_activity", **mine)["code"]
    assert "Hãy ghi" in refused(office, "plan_activity", **mine | {"planned_quantity": "1"})["unit"]
    office.enter("plan_activity", **mine | {"code": "T-A9"})


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"done_quantity": "-1"}, "done_quantity", "từ 0"),
        ({"done_quantity": "1,5"}, "done_quantity", "nguyên"),
        ({"period": "Q5"}, "period", "Hãy chọn"),
        ({"done_on": "02/06/2018"}, "done_on", "tương lai"),
        ({"done_on": "20/03/2018"}, "date_reason", "lý do"),
        ({"participants_total": "5", "participants_female": "6"}, "participants_female", "đến 5"),
        ({"place": ""}, "place", "Hãy ghi"),
        ({"narrative": "x" * 501}, "narrative", "500"),
        ({"activity_id": "T-OLD"}, "activity_id", "Không tìm thấy"),
        ({"commune_id": "999999999"}, "commune_id", "Hãy chọn"),
    ],
)
def test_a_bad_result_is_refused_at_its_field(
    office: Office, plan: dict[str, UUID], change: dict[str, str], field: str, says: str
) -> None:
    answers = RESULT | {"activity_id": str(plan["T-A1"])} | change
    found = refused(office, "activity_result", **answers)
    assert list(found) == [field]
    assert says in found[field]


def test_an_activity_for_people_asks_how_many_came(office: Office, plan: dict[str, UUID]) -> None:
    found = refused(office, "activity_result", **RESULT | {"activity_id": str(plan["T-A2"])})
    assert list(found) == ["participants_total"]


def test_an_activity_of_a_plan_that_is_not_approved_takes_no_result(office: Office) -> None:
    draft = office.enter("plan_year", year="2019", title="Dự thảo 2019", status="draft")
    activity = office.enter(
        "plan_activity",
        plan_id=str(draft),
        code="T-X",
        title="Hoạt động mới",
        programme_code="core",
        counts_people="no",
    )
    found = refused(office, "activity_result", **RESULT | {"activity_id": str(activity)})
    assert "chưa được phê duyệt" in found["activity_id"]


def test_an_activity_of_other_places_is_refused(office: Office, plan: dict[str, UUID]) -> None:
    with office.register.open() as session:
        activity = session.get_one(PlanActivity, (office.register.tenant, plan["T-B1"]))
        activity.commune_ids = [office.register.there]
    answers = RESULT | {"activity_id": str(plan["T-B1"])}
    assert "không giao cho" in refused(office, "activity_result", **answers)["commune_id"]
    office.enter("activity_result", **answers | {"commune_id": str(office.register.there)})


def test_done_may_exceed_the_plan_and_is_added_up_by_activity(
    office: Office, plan: dict[str, UUID]
) -> None:
    """Of four points 3 and 2 more are done, the second with a reason: 5 in the second quarter."""
    answers = RESULT | {"activity_id": str(plan["T-A1"])}
    first = office.enter("activity_result", **answers)
    office.enter("activity_result", **answers | {"done_quantity": "2"})
    office.register.count()
    with office.register.open(Reach.whole_tenant()) as session:
        parts = office.register.figures(session).by(
            "core.activity_results", "detail", Period.parse("2018-Q2").window
        )
        stored = session.get_one(ActivityResult, (office.register.tenant, first))
        assert stored.activity_code == "T-A1"
    assert parts["T-A1"].count == 5


def test_a_sector_contributes_once_with_totals_or_with_nothing(office: Office) -> None:
    words = {"agency": "so y te", "year": "2018", "period": "Q1", "nil_return": "no"}
    figures = [{"name": "Trẻ em được khám", "quantity": "120", "unit": "trẻ"}]
    assert list(refused(office, "sector_contribution", **words)) == ["content"]
    unknown = words | {"agency": "Sở Mây", "content": "x"}
    assert "không có" in refused(office, "sector_contribution", **unknown)["agency"].lower()
    made = office.enter("sector_contribution", **words | {"content": "Đã khám."}, figures=figures)
    with office.register.open() as session:
        row = session.get_one(SectorContribution, (office.register.tenant, made))
        assert row.agency_code == "health"
    again = words | {"nil_return": "yes", "agency": "Sở Y tế"}
    assert list(refused(office, "sector_contribution", **again)) == ["period"]
    office.enter("sector_contribution", **again | {"period": "Q2"})


def test_inspections_and_scores_are_kept(office: Office) -> None:
    visit = {
        "topic": "Ngôi nhà an toàn",
        "units_inspected": "UBND xã",
        "n_units": "2",
        "visited_on": "01/05/2018",
        "team": "Sở, huyện",
        "findings": "Đạt",
    }
    early = refused(office, "inspection_visit", **visit | {"deadline": "30/04/2018"})
    assert list(early) == ["deadline"]
    office.enter("inspection_visit", **visit)
    score = {"year": "2018", "level": "commune", "self_score": "95,5", "rank": "1"}
    criteria = [{"criterion": "Số liệu", "most_points": "10", "points": "11"}]
    found = refused(office, "emulation_score", **score, criteria=criteria)
    assert list(found) == ["criteria.0.points"]
    criteria[0]["points"] = "9,5"
    office.enter("emulation_score", **score, criteria=criteria)
    assert list(refused(office, "emulation_score", **score)) == ["year"]
    office.register.count()
    with office.register.open() as session:
        door, window = office.register.figures(session), Period.parse("2018").window
        assert door.measure("core.units_inspected", window).count == 2


def test_a_plan_that_is_corrected_takes_no_activity_twice(
    office: Office, plan: dict[str, UUID]
) -> None:
    with office.register.open() as session:
        every = select(PlanYear).where(PlanYear.year == 2018)
        before = len(activities_of(session, 2018))
        plan_opened(session, session.scalars(every).one())
        assert len(activities_of(session, 2018)) == before >= len(plan)
