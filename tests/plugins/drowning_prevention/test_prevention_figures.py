"""Safe Home, swimming, hazards and flood season: every figure against an example by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from core.plugin_api import FigureState
from core.testing.given import GivenFigures
from plugins.drowning_prevention import measures
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.models import (
    ChildInjuryIncident,
    CommuneYear,
    FloodCareDay,
    FloodCarePoint,
    SafeHomeAssessment,
    SwimClass,
    SwimEnrolment,
    SwimFacility,
    SwimSkill,
    WaterHazardSite,
)
from plugins.drowning_prevention.prevention import flood_season, safe_home, swimming

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.register.models import Child

HOUSES = [UUID(int=number + 100, version=4) for number in range(6)]


def site(commune: int, risk: str, surveyed: date, mitigated: date | None) -> WaterHazardSite:
    return WaterHazardSite(
        commune_id=commune,
        name="Bến sông",
        type="river",
        risk_level=risk,
        surveyed_on=surveyed,
        last_checked_on=surveyed,
        mitigation="none" if mitigated is None else "fence",
        mitigated_on=mitigated,
        responsible="UBND xã",
    )


def cage(
    commune: int, status: str, allocated: date | None, kind: str = "swim_cage"
) -> SwimFacility:
    return SwimFacility(
        commune_id=commune, name="Lồng bơi", kind=kind, status=status, allocated_on=allocated
    )


def home(commune: int, house: UUID, day: date, result: str) -> SafeHomeAssessment:
    return SafeHomeAssessment(
        commune_id=commune,
        household_id=house,
        assessed_on=day,
        year=day.year,
        criteria_set="548_2011_v1",
        injury_at_home_in_year=False,
        mandatory_passed=15,
        score=30,
        result=result,
        **dict.fromkeys(ITEM_CODES, "pass"),
    )


def commune_year(commune: int, year: int, households: int, *, safe: bool) -> CommuneYear:
    return CommuneYear(
        commune_id=commune,
        year=year,
        first_day=date(year, 1, 1),
        until_day=date(year + 1, 1, 1),
        households=households,
        schools=4,
        safe_schools=1,
        safe_community=safe,
    )


def skill(child: Child, tested: date, step: int, until: date) -> SwimSkill:
    return SwimSkill(
        commune_id=child.commune_id,
        child_id=child.id,
        sex=child.sex,
        tested_on=tested,
        from_day=tested,
        until_day=until,
        step=step,
    )


@pytest.fixture
def rows(communes: tuple[int, ...], make_child: Callable[..., Child], make_home: Any) -> list[Any]:
    """Five children, the first two of three homes in one commune safe, the others elsewhere."""
    from core.plugin_api import DemoChild

    one, two, three = communes
    houses = [
        make_home(DemoChild(house, "male", date(2010, 1, 1), place, house))
        for house, place in zip(HOUSES, (one, one, one, two, two, three), strict=True)
    ]
    born = date(2010, 2, 5)  # eight years old in 2018
    children = [make_child(number, sex="male", date_of_birth=born) for number in range(1, 5)]
    small = make_child(5, sex="female", date_of_birth=date(2014, 1, 1))  # four
    pool = cage(one, "operating", date(2018, 1, 1), "pool")
    pool.id = UUID(int=7, version=4)
    lesson = SwimClass(
        id=UUID(int=8, version=4),
        commune_id=one,
        facility_id=pool.id,
        organiser="school",
        starts_on=date(2018, 6, 1),
        ends_on=date(2018, 6, 20),
        places=20,
    )
    results = ("safe_swimmer", "partial", "not_yet", "withdrew")
    learners = [
        SwimEnrolment(
            commune_id=one,
            swim_class_id=lesson.id,
            position=number,
            child_id=child.id,
            sex="male",
            age=8,
            result=result,
            test_date=None if result == "withdrew" else date(2018, 6, 20),
        )
        for number, (child, result) in enumerate(zip(children, results, strict=True))
    ]
    point = FloodCarePoint(
        id=UUID(int=9, version=4),
        commune_id=two,
        name="Điểm 1",
        host_place="Trường",
        status="closed",
        opened_on=date(2018, 8, 1),
        closed_on=date(2018, 9, 1),
        capacity=30,
        carers=2,
    )
    planned = FloodCarePoint(
        commune_id=two, name="2", host_place="Trường", status="planned", capacity=30, carers=2
    )
    days = [
        FloodCareDay(
            commune_id=two,
            point_id=point.id,
            day=date(2018, 8, day),
            children_male=10,
            children_female=girls,
            children=10 + girls,
            under_6=12,
        )
        for day, girls in ((2, 5), (3, 8))
    ]
    died = ChildInjuryIncident(
        commune_id=one,
        occurred_on=date(2018, 5, 1),
        cause="drowning",
        outcome="died",
        age_at_event=8,
        sex="male",
        water_type="river",
        place_type="river_canal",
    )
    return [
        *houses,
        *children,
        small,
        # one: 2 homes, both passed, one of them again in 2017; two: 2 homes, one passed
        home(one, HOUSES[0], date(2018, 3, 1), "pass"),
        home(one, HOUSES[1], date(2018, 9, 1), "pass"),
        home(one, HOUSES[0], date(2017, 9, 1), "pass"),
        home(two, HOUSES[3], date(2018, 4, 1), "pass"),
        home(two, HOUSES[4], date(2018, 4, 1), "fail"),
        commune_year(one, 2018, 2, safe=True),
        commune_year(one, 2017, 9, safe=False),
        commune_year(two, 2018, 2, safe=False),
        commune_year(three, 2018, 1, safe=False),
        pool,
        cage(one, "delivered", date(2018, 4, 1)),
        cage(one, "operating", date(2018, 4, 1)),
        cage(two, "operating", date(2017, 4, 1)),  # last year's
        cage(two, "planned", None),
        lesson,
        *learners,
        # the first became safe and stays so; the second was safe in 2017 and is no longer
        skill(children[0], date(2018, 6, 20), 1, date(2026, 2, 5)),
        skill(children[1], date(2017, 6, 20), 1, date(2026, 2, 5)),
        skill(children[1], date(2018, 6, 20), -1, date(2026, 2, 5)),
        site(one, "high", date(2018, 1, 5), date(2018, 6, 1)),
        site(one, "high", date(2017, 1, 5), None),
        site(two, "low", date(2018, 1, 5), date(2019, 1, 1)),  # made safe after the year
        site(two, "low", date(2019, 1, 5), None),  # not yet known
        point,
        planned,
        *days,
        died,
    ]


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("DRW-02", (1, 5)),  # one death, five children under 16
        ("DRW-04", (1, 5)),
        ("DRW-05", (1, 4)),  # 1 + 1 - 1 = 1 safe swimmer of four aged 6 to 15
        ("DRW-06", (3, None)),  # four in the class, one withdrew
        ("DRW-07", (2, None)),
        ("DRW-09", (3, 5)),  # 2 + 1 passed of 2 + 2 + 1 households
        ("DRW-10", (1, None)),  # the district of the first commune
        ("DRW-11", (1, None)),
        ("DRW-12", (1, 3)),  # of three sites known one is made safe
    ],
)
def test_indicators(
    counted: Callable[..., Any],
    rows: Any,
    year: Any,
    code: str,
    by_hand: tuple[int, int | None],
) -> None:
    above, below = by_hand
    with counted(*rows) as door:
        figure = door.indicator(code, year)
        assert figure.state is FigureState.NUMBER
        if below is None:
            assert figure.count == above
        else:
            assert (figure.numerator, figure.denominator) == (above, below)


def test_communes_are_counted_against_all_of_the_province(
    counted: Callable[..., Any], rows: Any, year: Any
) -> None:
    """Two of the communes judged homes, one is a safe community; three do not make a province."""
    with counted(*rows) as door:
        judged, safe = door.indicator("DRW-08", year), door.indicator("DRW-13", year)
        assert (judged.numerator, safe.numerator) == (2, 1)
        assert judged.denominator == safe.denominator
        assert judged.denominator > 3


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        (measures.CLASSES, 1),
        (measures.CAGES_OPERATING, 2),
        (measures.HOMES_ASSESSED, 4),
        (measures.CHILD_DAYS, 15 + 18),
        (measures.SMALL_CHILD_DAYS, 24),
        (measures.SCHOOLS, 12),
        (measures.SAFE_SCHOOLS, 3),
    ],
)
def test_measures(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        assert door.measure(code, year).count == by_hand


@pytest.mark.parametrize(
    ("figures", "vi", "en"),
    [
        (
            {"DRW-06": 1, measures.CLASSES: 1, "DRW-07": 1},
            "Tổ chức 01 lớp dạy bơi; 01 trẻ em hoàn thành lớp học. Cấp phát thêm 01 lồng bơi.",
            "1 swimming class was held; 1 child completed one. 1 swim cage was delivered.",
        ),
        (
            {"DRW-06": 0, measures.CLASSES: 0, "DRW-07": 0},
            "Trong kỳ chưa tổ chức lớp dạy bơi cho trẻ em. Trong kỳ không cấp thêm lồng bơi.",
            "No swimming class was held in the period. No swim cage was delivered.",
        ),
    ],
)
def test_the_sentence_on_swimming(figures: dict[str, int], vi: str, en: str) -> None:
    sentence = swimming(GivenFigures(figures, FigureState.NUMBER)).text
    assert (sentence.vi, sentence.en) == (vi, en)


def test_swim_cages_stand_against_the_plan(told: Callable[..., Any]) -> None:
    context = told(cells={"DRW-06": 40, measures.CLASSES: 2, "DRW-07": 5, "AG-A11": 7})
    assert swimming(context).text.vi.endswith("Cấp phát thêm 05/07 lồng bơi theo kế hoạch.")


def test_the_sentence_on_the_flood_season(told: Callable[..., Any]) -> None:
    told_of = told(cells={"DRW-11": 1, measures.CHILD_DAYS: 33})
    assert flood_season(told_of).text.vi == "Đã mở 01 điểm giữ trẻ mùa lũ, giữ 33 lượt trẻ em."
    assert flood_season(told()).text.vi == "Trong kỳ không mở điểm giữ trẻ mùa lũ."


@pytest.mark.parametrize("write", [safe_home, swimming, flood_season])
def test_what_is_no_number_is_never_written_as_zero(told: Callable[..., Any], write: Any) -> None:
    codes = ("DRW-06", "DRW-08", "DRW-11", measures.CLASSES)
    sentence = write(told(states=dict.fromkeys(codes, FigureState.SUPPRESSED))).text
    assert "không hiển thị ở phạm vi này để bảo vệ trẻ em" in sentence.vi
