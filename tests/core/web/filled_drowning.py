"""The forms of drowning prevention beside the first, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.core.web.filling import Filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.core.web.filling import Family

ITEMS = tuple(f"item_{number:02}" for number in range(1, 34))


POOL = "drowning_prevention.swim_facility"
POINT = "drowning_prevention.flood_care_point"


def needed(family: Family) -> Iterator[tuple[str, dict[str, Any]]]:
    """What must be there before the forms can point to it."""
    pool = {"kind": "pool", "status": "operating", "allocated_on": "15/01/2018"}
    yield POOL, pool | {"name": "Bể bơi Nhà thiếu nhi", "commune_id": family.commune}
    yield (
        POINT,
        {
            "name": "Điểm giữ trẻ ấp 1",
            "commune_id": family.commune,
            "host_place": "Nhà văn hóa",
            "capacity": "20",
            "carers": "2",
            "status": "open",
            "opened_on": "01/08/2018",
        },
    )


def filled(family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return {
        "drowning_prevention.safe_home": Filled(
            "drowning-prevention/safe-home",
            {
                "household_id": family.household,
                "commune_id": family.commune,
                "assessed_on": "10/05/2018",
                **dict.fromkeys(ITEMS, "pass"),
                "item_09": "fail",
                "mandatory_passed": "14",
                "injury_at_home_in_year": "no",
                "advice": "Làm chấn song cửa sổ.",
                "recheck_on": "10/08/2199",
            },
            {"mandatory_passed": "16", "recheck_on": "10/05/2018"},
            ("mandatory_passed", "recheck_on"),
            again={"assessed_on": "10/05/2017"},
        ),
        "drowning_prevention.swim_class": Filled(
            "drowning-prevention/swim-class",
            {
                "commune_id": family.commune,
                "facility_id": family.of(POOL),
                "organiser": "youth_union",
                "starts_on": "04/06/2018",
                "ends_on": "25/06/2018",
                "places": "20",
                "instructor": "Đoàn xã",
                "enrolments.0.child_id": family.child,
                "enrolments.0.sex": "female",
                "enrolments.0.age": "3",
                "enrolments.0.attended": "12",
                "enrolments.0.result": "safe_swimmer",
                "enrolments.0.test_date": "25/06/2018",
                "enrolments.0.distance_m": "25",
                "enrolments.0.float_seconds": "95",
            },
            {"ends_on": "03/06/2018", "places": "0"},
            ("ends_on", "places"),
        ),
        "drowning_prevention.flood_care_day": Filled(
            "drowning-prevention/flood-care-day",
            {
                "commune_id": family.commune,
                "point_id": family.of(POINT),
                "day": "15/08/2018",
                "children_male": "8",
                "children_female": "9",
                "under_6": "10",
            },
            {"day": "15/08/2199", "children_male": "tám"},
            ("day", "children_male"),
            again={"day": "16/08/2018"},
        ),
        "drowning_prevention.commune_year": Filled(
            "drowning-prevention/commune-year",
            {
                "commune_id": family.commune,
                "year": "2016",
                "households": "150",
                "schools": "3",
                "safe_schools": "2",
                "safe_community": "no",
            },
            {"households": "-1", "safe_schools": "5"},
            ("households", "safe_schools"),
            again={"year": "2015"},
        ),
        "drowning_prevention.hazard_site": Filled(
            "drowning-prevention/hazard-site",
            {
                "name": "Bến đò cũ",
                "commune_id": family.commune,
                "type": "river",
                "risk_level": "high",
                "surveyed_on": "02/03/2018",
                "last_checked_on": "05/06/2018",
                "mitigation": "fence",
                "mitigated_on": "05/06/2018",
                "responsible": "Trưởng ấp",
            },
            {"last_checked_on": "01/03/2018", "mitigated_on": "05/06/2199"},
            ("last_checked_on", "mitigated_on"),
        ),
        "drowning_prevention.swim_facility": Filled(
            "drowning-prevention/swim-facility",
            {
                "name": "Bể bơi Trường Tiểu học B",
                "commune_id": family.commune,
                "kind": "pool",
                "capacity": "25",
                "status": "operating",
                "allocated_on": "15/01/2018",
                "caretaker": "Ban giám hiệu",
            },
            {"capacity": "0", "allocated_on": "ngày mười lăm"},
            ("capacity", "allocated_on"),
        ),
        "drowning_prevention.flood_care_point": Filled(
            "drowning-prevention/flood-care-point",
            {
                "name": "Điểm giữ trẻ ấp 3",
                "commune_id": family.commune,
                "host_place": "Trường mẫu giáo",
                "capacity": "30",
                "carers": "3",
                "status": "closed",
                "opened_on": "20/08/2018",
                "closed_on": "30/10/2018",
            },
            {"capacity": "ba mươi", "closed_on": "19/08/2018"},
            ("capacity", "closed_on"),
        ),
        "drowning_prevention.flood_season": Filled(
            "drowning-prevention/flood-season",
            {
                "commune_id": family.commune,
                "opened_on": "20/08/2018",
                "alarm_level": "2",
                "water_level_cm": "380",
                "closed_on": "25/10/2018",
            },
            {"alarm_level": "4", "closed_on": "19/08/2018"},
            ("alarm_level", "closed_on"),
        ),
        "drowning_prevention.cage_handover": Filled(
            "drowning-prevention/cage-handover",
            {
                "decision_no": "535/QĐ-UBND",
                "recipient_unit": "UBND xã",
                "commune_id": family.commune,
                "quantity": "2",
                "delivered_on": "12/04/2018",
                "condition": "new",
                "funding_source": "Ngân sách tỉnh",
            },
            {"quantity": "0", "delivered_on": "31/04/2018"},
            ("quantity", "delivered_on"),
        ),
        "drowning_prevention.equipment_delivery": Filled(
            "drowning-prevention/equipment-delivery",
            {
                "kind": "life_jacket",
                "quantity": "1",
                "delivered_on": "01/06/2018",
                "commune_id": family.commune,
                "child_id": family.child,
                "donor": "Quỹ Bảo trợ trẻ em",
            },
            {"quantity": "một", "child_id": "TE-00000000"},
            ("quantity", "child_id"),
        ),
    }
