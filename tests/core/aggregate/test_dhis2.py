"""How periods, areas and parts are named in a DHIS2 data value set."""

from __future__ import annotations

from datetime import date

import pytest

from core.aggregate.dhis2 import option_combo, org_unit, period_code
from core.areas.repository import AreaView
from core.kit.periods import Period


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("2018", "2018"), ("2018-H2", "2018S2"), ("2018-Q3", "2018Q3"), ("2018-03", "201803")],
)
def test_a_period_is_written_as_dhis2_writes_it(ours: str, theirs: str) -> None:
    assert period_code(Period.parse(ours)) == theirs


def test_a_code_that_was_used_twice_names_two_units() -> None:
    before = AreaView(1, "province", "89", "An Giang", "Tỉnh", None, None, date(2025, 6, 30))
    after = AreaView(2, "province", "91", "An Giang", "Tỉnh", None, date(2025, 7, 1), None)
    assert org_unit(before) == "89@..2025-06-30"
    assert org_unit(after) == "91@2025-07-01.."


def test_a_part_is_a_combination_of_options() -> None:
    assert option_combo("", "") == "default"
    assert option_combo("sex", "male") == "sex:male"
    assert option_combo("age_band", "") == "age_band:not_stated"
