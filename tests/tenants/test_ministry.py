"""The ministry's file, and the registers that all files share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.profiles.declaration import AggregatorFile
    from core.profiles.read import Declarations


def test_nineteen_national_targets(ministry: AggregatorFile) -> None:
    targets = {target.code: target for target in ministry.plan.targets}
    assert len(targets) == 19
    assert targets["NAT-2015-PRG"].value == Decimal("5.5")
    assert targets["NAT-2025-LAB1"].value == Decimal("4.9")
    change = targets["NAT-2030-DRW1"]
    assert (change.operator, change.baseline_year, change.value) == ("change_pct_vs", 2020, -20)
    assert {target.scope for target in targets.values()} == {"national"}


def test_letters_expect_programmes_and_switch_nothing_on(ministry: AggregatorFile) -> None:
    expected = {row.year: row for row in ministry.plan.programme_expectations}
    assert {year: len(row.programmes) for year, row in expected.items()} == {
        2008: 3,
        2011: 11,
        2017: 2,
    }
    assert expected[2017].settings == {"sexual_abuse": {"handles_violence": True}}


def test_the_lead_passed_from_labour_to_health(ministry: AggregatorFile) -> None:
    history = [
        (a.agency, a.valid_from, a.valid_to) for a in ministry.organisation.lead_agency_history
    ]
    assert history == [
        ("molisa", None, date(2025, 2, 28)),
        ("moh", date(2025, 3, 1), None),
    ]
    assert len(ministry.organisation.central_units) == 3


def test_rules_of_aggregation(ministry: AggregatorFile) -> None:
    rules = ministry.aggregation
    assert rules.minimum_cell == 5
    assert rules.distinguish == ("not_enabled", "not_reported", "nil_return", "zero")
    assert rules.show_contributing_provinces
    assert rules.show_cut_off_per_province


def test_five_duties_of_provinces_without_a_date(ministry: AggregatorFile) -> None:
    duties = {duty.code: duty for duty in ministry.reporting.obligations}
    assert len(duties) == 5
    assert duties["MIN-2017-2"].unknown == {"frequency"}


def test_forty_legal_documents(declared: Declarations) -> None:
    documents = {row.code: row for row in declared.legal_documents}
    assert len(documents) == 40
    assert documents["QD535_2018_AG"].issued_on == date(2018, 3, 15)
    assert documents["QD1235"].unknown == {"date"}
    assert documents["KH_CRIME_LC"].unknown == {"number", "date", "issuer"}


def test_five_source_documents_of_which_three_have_no_number(declared: Declarations) -> None:
    unnumbered = [d.code for d in declared.sources.documents if d.unknown == {"number", "date"}]
    assert len(declared.sources.documents) == 5
    assert unnumbered == ["MOLISA_2008", "MOLISA_2017", "LC_DIRECTIVE_2017"]
