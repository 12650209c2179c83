"""The forms of the plan and of money filled in, with the records they point to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.web.filling import Family, Filled

if TYPE_CHECKING:
    from tests.isolation.web_world import World

PLAN, ACTIVITY = "core.plan_year", "core.plan_activity"
SOURCE, LINE = "core.funding_source", "core.budget_line"
RESULT, SPENT = "core.activity_result", "core.expenditure"
_NEEDED = {ACTIVITY: (PLAN,), RESULT: (PLAN, ACTIVITY), LINE: (SOURCE,), SPENT: (SOURCE, LINE)}
# what is not filled in twice is another one than the tests' own
_OTHER = {PLAN: {"year": "2016"}, ACTIVITY: {"code": "M-00", "title": "Tuyên truyền Luật Trẻ em"}}
PLANNER, FINANCE, AGENCY = "province_officer", "finance_officer", "agency_reporter"


def with_needed(world: World, family: Family, form: str) -> Family:
    """The family beside the records that a form points to, which are entered once."""
    for code in _NEEDED.get(form, ()):
        if code in family.stored:
            continue
        one = filled(family)[code]
        stored = world.api(
            world.visitor("an_giang", one.role),
            f"/api/v1/records/{one.address}",
            one.body | _OTHER.get(code, {}),
            key=f"needed {code}",
        )
        assert stored.status_code == 201, stored.text
        family.stored[code] = stored.json()["id"]
    return family


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return _plan(family) | _results(family) | _inspecting(family) | _money(family)


def _plan(family: Family) -> dict[str, Filled]:
    return {
        PLAN: Filled(
            "core/plan-year",
            {
                "year": "2015",
                "title": "Kế hoạch bảo vệ trẻ em của tỉnh",
                "status": "approved",
                "decision_no": "40/KH-UBND",
                "decided_on": "15/01/2015",
            },
            {"decision_no": "", "decided_on": "15/01/2115"},
            ("decision_no", "decided_on"),
            role=PLANNER,
            again={"year": "2014"},
        ),
        ACTIVITY: Filled(
            "core/plan-activity",
            {
                "plan_id": family.of(PLAN),
                "code": "M-01",
                "title": "Truyền thông phòng, chống đuối nước",
                "programme_code": "drowning_prevention",
                "planned_quantity": "12",
                "unit": "cuộc",
                "counts_people": "yes",
                "planned_beneficiaries": "600",
                "due_on": "30/06/2016",
            },
            {"title": "", "planned_quantity": "mười hai"},
            ("title", "planned_quantity"),
            role=PLANNER,
            again={"code": "M-02"},
        ),
    }


def _results(family: Family) -> dict[str, Filled]:
    return {
        RESULT: Filled(
            "core/activity-result",
            {
                "activity_id": family.of(ACTIVITY),
                "commune_id": family.commune,
                "period": "Q2",
                "done_quantity": "3",
                "done_on": "12/05/2016",
                "place": "Nhà văn hóa",
                "participants_total": "150",
                "participants_female": "80",
                "narrative": "Người dân tham gia đông.",
            },
            {"done_quantity": "-1", "participants_female": "151"},
            ("done_quantity", "participants_female"),
        ),
        "core.sector_contribution": Filled(
            "core/sector-contribution",
            {
                "agency": "Sở Y tế",
                "year": "2016",
                "period": "Q2",
                "nil_return": "no",
                "content": "Khám sức khỏe cho trẻ em ở các trung tâm.",
                "figures.0.name": "Trẻ em được khám",
                "figures.0.quantity": "240",
                "figures.0.unit": "em",
                "figures.1.name": "Trạm y tế tham gia",
                "figures.1.quantity": "12",
                "figures.1.unit": "trạm",
            },
            {"content": "", "figures.1.quantity": "-1"},
            ("content", "figures.1.quantity"),
            role=AGENCY,
            again={"period": "Q3"},
            reader=PLANNER,
        ),
        "core.emulation_score": Filled(
            "core/emulation-score",
            {
                "year": "2015",
                "level": "commune",
                "commune_id": family.commune,
                "self_score": "95,5",
                "verified_score": "93",
                "rank": "2",
                "criteria.0.criterion": "Thực hiện kế hoạch năm",
                "criteria.0.most_points": "40",
                "criteria.0.points": "38,5",
            },
            {"self_score": "-1", "criteria.0.points": "41"},
            ("self_score", "criteria.0.points"),
            role=PLANNER,
            again={"year": "2014"},
        ),
    }


def _inspecting(family: Family) -> dict[str, Filled]:
    return {
        "core.inspection_visit": Filled(
            "core/inspection-visit",
            {
                "topic": "Thực hiện kế hoạch bảo vệ trẻ em",
                "commune_id": family.commune,
                "units_inspected": "UBND xã, trạm y tế",
                "n_units": "2",
                "visited_on": "20/08/2018",
                "team": "Thanh tra Sở",
                "findings": "Hồ sơ đầy đủ.",
                "deadline": "20/09/2018",
            },
            {"n_units": "0", "deadline": "19/08/2018"},
            ("n_units", "deadline"),
            role="inspector",
        )
    }


def _money(family: Family) -> dict[str, Filled]:
    here = {"commune_id": family.commune}
    return {
        SOURCE: Filled(
            "core/funding-source",
            {
                "name": "Vận động trong nước",
                "source_type": "mobilised_domestic",
                "earmarked": "yes",
                "purposes": ["communication", "gift"],
                "beneficiaries": ["all_children"],
            },
            {"name": "", "source_type": ""},
            ("name", "source_type"),
            role=FINANCE,
        ),
        LINE: Filled(
            "core/budget-line",
            here
            | {
                "year": "2018",
                "level": "commune",
                "source_id": family.of(SOURCE),
                "amount_vnd": "20.000.000",
                "decision_no": "08/QĐ-UBND",
            },
            {"year": "1999", "amount_vnd": "0"},
            ("year", "amount_vnd"),
            role=FINANCE,
        ),
        SPENT: Filled(
            "core/expenditure",
            {
                "line_id": family.of(LINE),
                "amount_vnd": "1.500.000",
                "spent_on": "01/06/2018",
                "purpose": "gift",
                "beneficiary_type": "all_children",
            },
            {"purpose": "training", "beneficiary_type": "staff"},
            ("purpose", "beneficiary_type"),
            role=FINANCE,
        ),
        "core.donation": Filled(
            "core/donation",
            here
            | {
                "fund": "Quỹ Bảo trợ trẻ em tỉnh",
                "donor": "Công ty Mẫu",
                "kind": "in_kind",
                "amount_vnd": "35.000.000",
                "donated_on": "25/05/2018",
            },
            {"donor": "", "donated_on": "ngày hai lăm"},
            ("donor", "donated_on"),
            role=FINANCE,
            reader=PLANNER,
        ),
    }
