"""Lào Cai's file holds the duties of the directive, and no number that it does not state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.profiles.declaration import ProvinceFile


def test_no_target_no_minimum_no_quantity(lao_cai: ProvinceFile) -> None:
    assert lao_cai.plan.targets == ()
    assert lao_cai.budget.minimum == ()
    assert lao_cai.plan.activities == ()
    assert "year" in lao_cai.plan.unknown


def test_the_profile_ends_with_the_districts(lao_cai: ProvinceFile) -> None:
    profile = lao_cai.profile
    assert (profile.valid_from, profile.valid_to) == (date(2017, 1, 1), date(2025, 6, 30))
    assert profile.province_code == "10"
    assert profile.unknown == {"decision"}
    assert profile.legal_basis == (
        "CT20_TW_2012",
        "KH60_TU_2013_LC",
        "QD2088_2013_LC",
        "KH137_2016_LC",
        "LAW_CHILDREN_2016",
    )


def test_orphan_care_is_off_because_it_is_not_named(lao_cai: ProvinceFile) -> None:
    on = {key for key, row in lao_cai.programmes.items() if row.enabled}
    assert on == {"drowning_prevention", "child_labour", "sexual_abuse"}
    assert lao_cai.programmes["orphan_care"].reason is not None
    causes = lao_cai.programmes["drowning_prevention"].settings["injury_causes"]
    assert causes == ["drowning", "road_traffic"]


def test_reports_are_due_before_15_june_and_30_november(lao_cai: ProvinceFile) -> None:
    rows = {row.code: row for row in lao_cai.reporting.obligations}
    assert list(rows) == [f"LC-R{n}" for n in range(1, 6)]
    days = {code: (r.due.month, r.due.day, r.due.rule) for code, r in rows.items() if r.due}
    assert days == {"LC-R1": (6, 15, "before"), "LC-R2": (11, 30, "before")}
    assert rows["LC-R1"].onward == ("provincial_party_committee", "peoples_council", "molisa")
    assert rows["LC-R5"].with_roles == ("planning", "statistics_office")


def test_duties_without_numbers_are_kept(lao_cai: ProvinceFile) -> None:
    plan = lao_cai.plan
    assert [row.indicator for row in plan.required_indicators] == [
        "COR-16",
        "COR-02",
        "ABU-02",
        "LAB-05",
    ]
    assert len(plan.general_duties) == 8
    assert len(plan.occasions) == 5
    assert len(plan.later_programmes) == 6
    assert len(lao_cai.budget.rules) == 3


def test_fifteen_agencies(lao_cai: ProvinceFile) -> None:
    assert len(lao_cai.organisation.agencies) == 15


def test_what_the_directive_does_not_say_is_unknown(lao_cai: ProvinceFile) -> None:
    assert lao_cai.structure.unknown == {"districts", "communes", "district_units"}
    assert lao_cai.population.unknown == {"children_total", "children_ethnic_minority"}
    assert lao_cai.network.unknown == {"collaborators_per_commune"}
    assert lao_cai.reporting.cut_off.unknown == {"half_year", "year"}
    assert lao_cai.reporting.urgent_incidents.unknown == {"hours"}
