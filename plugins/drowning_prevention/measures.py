"""What the programme counts.

Children are those under 16: the denominators of the national programme count them so.
Source: domain page of the programmes, §3.2 and §3.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_

from core.plugin_api import Measure, Text
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.models import (
    ChildInjuryIncident as Incident,
)
from plugins.drowning_prevention.models import (
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

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Option

CHILD_BELOW = 16
INJURIES = "drowning_prevention.injuries"
INJURY_DEATHS = "drowning_prevention.injury_deaths"
DROWNINGS = "drowning_prevention.drownings"
DROWNING_DEATHS = "drowning_prevention.drowning_deaths"
DROWNING_DEATHS_BY_PLACE = "drowning_prevention.drowning_deaths_by_place"

HOMES_ASSESSED = "drowning_prevention.homes_assessed"
HOMES_PASSED = "drowning_prevention.homes_passed"
HOUSEHOLDS = "drowning_prevention.households_with_children"
SCHOOLS = "drowning_prevention.schools"
SAFE_SCHOOLS = "drowning_prevention.safe_schools"
SAFE_COMMUNITIES = "drowning_prevention.safe_communities"
CLASSES = "drowning_prevention.swim_classes"
TAUGHT = "drowning_prevention.children_taught"
SAFE_SWIMMERS = "drowning_prevention.safe_swimmers"
CAGES_DELIVERED = "drowning_prevention.swim_cages_delivered"
CAGES_OPERATING = "drowning_prevention.swim_cages_operating"
HAZARDS = "drowning_prevention.hazard_sites"
HAZARDS_MITIGATED = "drowning_prevention.hazard_sites_mitigated"
FLOOD_POINTS = "drowning_prevention.flood_points"
CHILD_DAYS = "drowning_prevention.flood_child_days"
SMALL_CHILD_DAYS = "drowning_prevention.flood_child_days_under_6"

_COMPLETED = tuple(one for one in codes.SWIM_RESULTS if one.value != codes.WITHDREW)


def measures() -> tuple[Measure, ...]:
    """Injuries, Safe Home, swimming, hazards and the flood season."""
    return (*_injuries(), *_homes(), *_swimming(), *_places())


def _injuries() -> tuple[Measure, ...]:
    """Injuries and deaths by cause, drownings and drowning deaths by water and place."""
    died = Incident.outcome == codes.DIED
    drowned = Incident.cause == codes.DROWNING
    return (
        _injured(
            INJURIES,
            Text(vi="Trẻ em bị tai nạn, thương tích", en="Injured children"),
            detail="cause",
            options=codes.CAUSES,
        ),
        _injured(
            INJURY_DEATHS,
            Text(vi="Trẻ em tử vong do tai nạn, thương tích", en="Children who died of injuries"),
            died,
            detail="cause",
            options=codes.CAUSES,
        ),
        _injured(
            DROWNINGS,
            Text(vi="Trẻ em bị đuối nước", en="Children who drowned or nearly drowned"),
            drowned,
            detail="water_type",
            options=codes.WATER_TYPES,
        ),
        _injured(
            DROWNING_DEATHS,
            Text(vi="Trẻ em tử vong do đuối nước", en="Children who died by drowning"),
            drowned,
            died,
            detail="water_type",
            options=codes.WATER_TYPES,
        ),
        _injured(
            DROWNING_DEATHS_BY_PLACE,
            Text(
                vi="Trẻ em tử vong do đuối nước theo địa điểm",
                en="Children who died by drowning, by place",
            ),
            drowned,
            died,
            detail="place_type",
            options=codes.PLACES,
        ),
    )


def _injured(
    code: str,
    name: Text,
    *conditions: ColumnElement[bool],
    detail: str,
    options: tuple[Option, ...],
) -> Measure:
    return Measure(
        code=code,
        name=name,
        model=Incident,
        kind="flow",
        date="occurred_on",
        where=and_(Incident.age_at_event < CHILD_BELOW, *conditions),
        sex="sex",
        age="age_at_event",
        detail=detail,
        detail_options=options,
        source="F-DRW-1",
    )


def _homes() -> tuple[Measure, ...]:
    """Homes judged and passed in the period; what communes report of the year."""
    return (
        Measure(
            code=HOMES_ASSESSED,
            name=Text(vi="Số hộ được đánh giá Ngôi nhà an toàn", en="Homes judged"),
            model=SafeHomeAssessment,
            kind="flow",
            date="assessed_on",
            source="F-DRW-2",
        ),
        Measure(
            code=HOMES_PASSED,
            name=Text(vi="Số hộ đạt Ngôi nhà an toàn", en="Homes that passed"),
            model=SafeHomeAssessment,
            kind="flow",
            date="assessed_on",
            where=SafeHomeAssessment.result == codes.PASS,
            source="F-DRW-2",
        ),
        _of_year(HOUSEHOLDS, "Số hộ có trẻ em", "Households with children", "households"),
        _of_year(SCHOOLS, "Số trường học, cơ sở mầm non", "Schools", "schools"),
        _of_year(SAFE_SCHOOLS, "Số trường đạt trường học an toàn", "Safe schools", "safe_schools"),
        Measure(
            code=SAFE_COMMUNITIES,
            name=Text(vi="Số xã đạt cộng đồng an toàn", en="Safe communities"),
            model=CommuneYear,
            kind="stock",
            date="first_day",
            until="until_day",
            where=CommuneYear.safe_community.is_(True),
            source="F-DRW-8",
        ),
    )


def _of_year(code: str, vi: str, en: str, column: str) -> Measure:
    """A total that communes report for a year; it stands from its first to its last day."""
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=CommuneYear,
        kind="stock",
        date="first_day",
        until="until_day",
        sums=column,
        source="F-DRW-8",
    )


def _swimming() -> tuple[Measure, ...]:
    """Classes begun, children taught, and who swims safely by the latest test."""
    return (
        Measure(
            code=CLASSES,
            name=Text(vi="Số lớp dạy bơi", en="Swimming classes"),
            model=SwimClass,
            kind="flow",
            date="starts_on",
            detail="organiser",
            detail_options=codes.ORGANISERS,
            source="F-DRW-3",
        ),
        Measure(
            code=TAUGHT,
            name=Text(vi="Số trẻ em hoàn thành lớp dạy bơi", en="Children who completed a class"),
            model=SwimEnrolment,
            kind="flow",
            date="test_date",
            where=SwimEnrolment.result.in_([one.value for one in _COMPLETED]),
            sex="sex",
            age="age",
            detail="result",
            detail_options=_COMPLETED,
            source="F-DRW-3",
        ),
        Measure(
            code=SAFE_SWIMMERS,
            name=Text(
                vi="Số trẻ em từ 6 đến dưới 16 tuổi biết bơi an toàn",
                en="Children aged 6 to under 16 who swim safely",
            ),
            model=SwimSkill,
            kind="stock",
            date="from_day",
            until="until_day",
            sums="step",
            sex="sex",
            source="F-DRW-3",
        ),
    )


def _places() -> tuple[Measure, ...]:
    """Swim cages, hazard sites and points of the flood season."""
    is_cage = SwimFacility.kind == codes.SWIM_CAGE
    return (
        Measure(
            code=CAGES_DELIVERED,
            name=Text(vi="Số lồng bơi được cấp", en="Swim cages delivered"),
            model=SwimFacility,
            kind="flow",
            date="allocated_on",
            where=and_(is_cage, SwimFacility.status != codes.PLANNED),
            source="F-DRW-6",
        ),
        Measure(
            code=CAGES_OPERATING,
            name=Text(vi="Số lồng bơi đang hoạt động", en="Swim cages operating"),
            model=SwimFacility,
            kind="stock",
            date="allocated_on",
            where=and_(is_cage, SwimFacility.status == codes.OPERATING),
            source="F-DRW-3, F-DRW-6",
        ),
        _hazards(HAZARDS, "Số điểm nguy cơ đã khảo sát", "Hazard sites surveyed", "surveyed_on"),
        _hazards(
            HAZARDS_MITIGATED,
            "Số điểm nguy cơ đã cảnh báo, rào chắn",
            "Hazard sites made safe",
            "mitigated_on",
        ),
        Measure(
            code=FLOOD_POINTS,
            name=Text(vi="Số điểm giữ trẻ mùa lũ đã mở", en="Flood-season points opened"),
            model=FloodCarePoint,
            kind="flow",
            date="opened_on",
            where=FloodCarePoint.status != codes.PLANNED,
            source="F-DRW-5",
        ),
        _minded(CHILD_DAYS, "Số lượt trẻ em được giữ", "Child-days", "children"),
        _minded(SMALL_CHILD_DAYS, "Trong đó: dưới 6 tuổi", "Child-days under six", "under_6"),
    )


def _hazards(code: str, vi: str, en: str, since: str) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=WaterHazardSite,
        kind="stock",
        date=since,
        detail="risk_level",
        detail_options=codes.RISK_LEVELS,
        source="F-DRW-4",
    )


def _minded(code: str, vi: str, en: str, column: str) -> Measure:
    name = Text(vi=vi, en=en)
    return Measure(
        code=code,
        name=name,
        model=FloodCareDay,
        kind="flow",
        date="day",
        sums=column,
        source="F-DRW-5",
    )
