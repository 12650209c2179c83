"""An Giang's file holds every fact of the programme of 2018.

Source: Decision 535/QĐ-UBND of 15 March 2018; the expected values are written out by hand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.profiles.declaration import ProvinceFile

# indicator, operator, value, unit
TARGETS = {
    "AG-T1": ("ORP-02", "=", 100, "percent"),
    "AG-T2": ("ABU-02", "=", 100, "percent"),
    "AG-T3": ("COR-03", "=", 100, "percent"),
    "AG-T4": ("COR-02", ">=", 85, "percent"),
    "AG-T5a": ("DRW-08", "=", 100, "percent"),
    "AG-T5b": ("DRW-10", "at_least_n_per_unit", 1, "commune"),
    "AG-T6": ("COR-04", "maintain", 100, "percent"),
    "AG-T7": ("COR-06", ">=", 12, "collaborators_per_commune"),
    "AG-T8": ("COR-08", "=", 12, "points"),
    "AG-T9": ("COR-15", ">=", 5_000_000_000, "vnd"),
    "AG-T10": ("COR-14", "=", 100, "percent"),
}
# quantity (None: not stated) and unit of AG-A01 … AG-A32
ACTIVITIES = [
    (8, "point"),
    (4, "point"),
    (1, "model"),
    (1, "model"),
    (1, "club"),
    (1, "club"),
    (156, "commune"),
    (156, "commune"),
    (3, "facility"),
    (156, "commune"),
    (7, "swim_cage"),
    (3, "district"),
    (None, "point"),
    (11, "forum"),
    (1, "contest"),
    (None, "talk"),
    (9, "commune"),
    (800, "child"),
    (100, "child"),
    (200, "child"),
    (11, "panel"),
    (5_000_000_000, "vnd"),
    (100, "case"),
    (20, "event"),
    (20, "event"),
    (30, "event"),
    (156, "commune"),
    (5, "district"),
    (11, "district"),
    (15, "criterion"),
    (None, "class"),
    (None, "class"),
]


def test_the_profile_is_the_year_2018(an_giang: ProvinceFile) -> None:
    profile = an_giang.profile
    assert (profile.code, profile.decision) == ("an_giang_2018", "QD535_2018_AG")
    assert (profile.valid_from, profile.valid_to) == (date(2018, 1, 1), date(2018, 12, 31))
    assert profile.province_code == "89"


def test_eleven_districts_are_named_and_156_communes_counted(an_giang: ProvinceFile) -> None:
    structure = an_giang.structure
    assert (structure.districts, structure.communes) == (11, 156)
    units = {unit.code: unit for unit in structure.district_units or ()}
    assert len(units) == 11
    assert units["tinh_bien"].name_vi == "Huyện Tịnh Biên"
    assert an_giang.population.unknown == {"children_total", "children_ethnic_minority"}


def test_eleven_targets(an_giang: ProvinceFile) -> None:
    found = {t.code: (t.indicator, t.operator, t.value, t.unit) for t in an_giang.plan.targets}
    assert found == TARGETS
    assert {target.year for target in an_giang.plan.targets} == {2018}


def test_what_a_target_says_beyond_its_value(an_giang: ProvinceFile) -> None:
    targets = {target.code: target for target in an_giang.plan.targets}
    assert targets["AG-T5b"].per == "district"
    assert targets["AG-T6"].criteria_version == "QD34_2014"
    breakdown = targets["AG-T8"].breakdown
    assert breakdown is not None
    assert (breakdown.keep, breakdown.new) == (8, 4)
    assert breakdown.keep_locations == ("tan_chau", "long_xuyen", "thoai_son")


def test_32_planned_activities_with_their_quantities(an_giang: ProvinceFile) -> None:
    rows = an_giang.plan.activities
    assert [row.code for row in rows] == [f"AG-A{n:02}" for n in range(1, 33)]
    assert [(row.quantity, row.unit) for row in rows] == ACTIVITIES


def test_a_quantity_that_is_not_stated_is_unknown_and_not_zero(an_giang: ProvinceFile) -> None:
    unknown = {row.code for row in an_giang.plan.activities if "quantity" in row.unknown}
    assert unknown == {"AG-A13", "AG-A16", "AG-A31", "AG-A32"}


def test_what_an_activity_says_beyond_its_quantity(an_giang: ProvinceFile) -> None:
    rows = {row.code: row for row in an_giang.plan.activities}
    at_least = {code for code, row in rows.items() if row.operator == ">="}
    assert at_least == {"AG-A06", "AG-A22", "AG-A23"}
    assert (rows["AG-A24"].participants, rows["AG-A25"].participants) == (1000, 1000)
    assert rows["AG-A26"].sites == 30
    assert rows["AG-A28"].units == ("cho_moi", "chau_thanh", "tinh_bien", "an_phu", "tan_chau")
    split = {part.unit: part.quantity for part in rows["AG-A11"].split}
    assert split == {"tinh_bien": 1, "cho_moi": None, "phu_tan": None, "tan_chau": None}


def test_37_activities_without_a_number(an_giang: ProvinceFile) -> None:
    rows = an_giang.plan.unquantified
    assert [row.code for row in rows] == [f"AG-B{n:02}" for n in range(1, 38)]
    assert all(row.source.startswith("QD535_2018_AG ") for row in rows)


def test_programmes(an_giang: ProvinceFile) -> None:
    assert {key for key, row in an_giang.programmes.items() if row.enabled} == {
        "drowning_prevention",
        "child_labour",
        "sexual_abuse",
        "orphan_care",
        "ngo_enhance",
    }
    enhance = an_giang.programmes["ngo_enhance"]
    assert enhance.requires == "child_labour"
    assert enhance.settings == {
        "communes_total": 9,
        "districts": ["chau_phu", "cho_moi", "an_phu", "chau_doc"],
    }
    assert enhance.unknown_settings == {"communes"}
    assert len(an_giang.plan.later_programmes) == 11


def test_six_obligations_and_their_days(an_giang: ProvinceFile) -> None:
    rows = {row.code: row for row in an_giang.reporting.obligations}
    assert list(rows) == [f"AG-R{n}" for n in range(1, 7)]
    days = {code: (r.due.month, r.due.day, r.due.rule) for code, r in rows.items() if r.due}
    assert days == {"AG-R1": (3, 20, "on"), "AG-R2": (5, 20, "on"), "AG-R3": (11, 15, "on")}
    assert rows["AG-R1"].unknown == {"q3_due"}
    assert rows["AG-R6"].unknown == {"frequency", "due"}
    assert rows["AG-R4"].to_roles == ("peoples_committee", "central_child_department")


def test_cut_offs_and_hours_are_not_stated(an_giang: ProvinceFile) -> None:
    reporting = an_giang.reporting
    assert reporting.cut_off.unknown == {"quarter", "half_year", "year"}
    assert reporting.urgent_incidents.supported
    assert reporting.urgent_incidents.unknown == {"hours"}


def test_budget_minimums_and_the_child_fund(an_giang: ProvinceFile) -> None:
    rows = {
        row.level: (row.amount_vnd, row.units, row.total_vnd) for row in an_giang.budget.minimum
    }
    assert rows == {
        "district": (150_000_000, 11, 1_650_000_000),
        "commune": (20_000_000, 156, 3_120_000_000),
    }
    mobilised = an_giang.budget.mobilised
    assert mobilised is not None
    assert (mobilised.child_fund_target_vnd, mobilised.minimum_operator) == (5_000_000_000, ">=")
    assert len(an_giang.budget.provincial) == 2


def test_network(an_giang: ProvinceFile) -> None:
    network = an_giang.network
    assert (network.collaborators_per_commune, network.collaborators_expected_total) == (12, 1872)
    assert network.service_points == {
        "social_work_centre": 1,
        "district_office": 2,
        "school_sw_point": 12,
        "hospital_sw_model": 1,
        "centre_sw_model": 1,
    }
    assert network.hotline is not None
    assert (network.hotline.legacy, network.hotline.current) == ("18008077", "111")


def test_eleven_agencies_of_which_one_leads(an_giang: ProvinceFile) -> None:
    agencies = an_giang.organisation.agencies
    assert len(agencies) == 11
    leads = [agency.code for agency in agencies if agency.role == "province_lead_agency"]
    assert leads == ["dolisa"]


def test_inspection(an_giang: ProvinceFile) -> None:
    inspection = an_giang.inspection
    assert inspection is not None
    assert len(inspection.districts) == 5
    assert inspection.friendly_commune_scope == 11


def test_values_are_exact(an_giang: ProvinceFile) -> None:
    assert all(isinstance(target.value, Decimal) for target in an_giang.plan.targets)
