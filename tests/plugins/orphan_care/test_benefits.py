"""F-ORP-3 and §7: base level × coefficient of the day; age changes and ends it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from plugins.orphan_care.benefits import amounts

if TYPE_CHECKING:
    from collections.abc import Callable

ENTITLEMENT = "orphan_care.entitlement"
ORPHAN: dict[str, object] = {
    "commune_id": "101",
    "child_id": "11111111-1111-4111-8111-111111111111",
    "born_on": "05/02/2015",
    "category": "orphan",
    "studying": "no",
    "decision_no": "12/QĐ-UBND",
    "decided_on": "10/03/2018",
    "starts_on": "01/03/2018",
    "payment_method": "cash",
}
D25, D15 = Decimal("2.5"), Decimal("1.5")
BORN = date(2015, 2, 5)


@pytest.mark.parametrize(
    ("day", "age_years", "by_hand"),
    [
        (date(2018, 3, 1), 3, 675_000),  # 270,000 × 2.5
        (date(2021, 6, 30), 4, 405_000),  # 270,000 × 1.5
        (date(2021, 7, 1), 3, 900_000),  # 360,000 × 2.5, as P29 says
        (date(2021, 7, 1), 4, 540_000),  # 360,000 × 1.5, as P29 says
        (date(2024, 6, 30), 4, 540_000),
        (date(2024, 7, 1), 3, 1_250_000),  # 500,000 × 2.5
        (date(2024, 7, 1), 4, 750_000),  # 500,000 × 1.5
    ],
)
def test_amounts_by_day_and_age(day: date, age_years: int, by_hand: int) -> None:
    born = day.replace(year=day.year - age_years)
    coefficient = amounts.coefficient_on(amounts.ORPHAN, born, day)
    assert coefficient is not None
    assert amounts.amount(amounts.base_on(day), coefficient) == by_hand


def test_the_coefficient_changes_on_the_fourth_birthday() -> None:
    day_before, birthday = date(2019, 2, 4), date(2019, 2, 5)
    assert amounts.coefficient_on(amounts.ORPHAN, BORN, day_before) == D25
    assert amounts.coefficient_on(amounts.ORPHAN, BORN, birthday) == D15


def test_what_no_source_confirms_has_no_coefficient() -> None:
    assert amounts.coefficient_on(amounts.SEVERE_DISABILITY, BORN, date(2018, 3, 1)) is None


@pytest.mark.parametrize(
    ("studying", "by_hand"), [(False, date(2031, 2, 5)), (True, date(2037, 2, 5))]
)
def test_it_ends_at_sixteen_or_while_studying_at_twenty_two(
    by_hand: date, *, studying: bool
) -> None:
    assert amounts.ends_by(BORN, studying=studying) == by_hand


def test_somebody_born_on_a_leap_day_has_a_birthday_each_year() -> None:
    assert amounts.birthday(date(2016, 2, 29), 4) == date(2020, 2, 29)
    assert amounts.birthday(date(2016, 2, 29), 5) == date(2021, 3, 1)


def test_every_line_names_its_source() -> None:
    assert all(line.source for line in (*amounts.BASE_LEVELS, *amounts.COEFFICIENTS))
    days = [level.valid_from for level in amounts.BASE_LEVELS]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("changed", "by_hand"),
    [
        ({}, (D25, 270_000, 675_000, date(2019, 2, 5), date(2031, 2, 5))),
        ({"born_on": "05/02/2010"}, (D15, 270_000, 405_000, None, date(2026, 2, 5))),
        (
            {"stated_base_vnd": "300.000"},
            (D25, 300_000, 750_000, date(2019, 2, 5), date(2031, 2, 5)),
        ),
        (
            {"category": "severe_disability", "stated_coefficient": "2,0"},
            (Decimal(2), 270_000, 540_000, date(2019, 2, 5), date(2031, 2, 5)),
        ),
        ({"ends_on": "31/10/2018"}, (D25, 270_000, 675_000, date(2019, 2, 5), date(2018, 11, 1))),
        # too old from the first day on: counted on no day
        ({"born_on": "05/02/2001"}, (D15, 270_000, 405_000, None, date(2018, 3, 1))),
    ],
)
def test_what_an_entitlement_comes_to(
    check: Callable[..., Any], changed: dict[str, object], by_hand: tuple[object, ...]
) -> None:
    checked = check(ENTITLEMENT, ORPHAN | changed)
    assert checked.errors == ()
    names = ("coefficient", "base_vnd", "amount_vnd", "changes_on", "counted_until")
    assert tuple(checked.values[name] for name in names) == by_hand


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"category": "severe_disability"}, {"stated_coefficient"}),
        ({"category": "other", "stated_coefficient": "0"}, {"stated_coefficient"}),
        ({"category": "other", "stated_coefficient": "1,25"}, {"stated_coefficient"}),
        ({"category": "other", "stated_coefficient": "10,1"}, {"stated_coefficient"}),
        ({"stated_base_vnd": "200000"}, {"stated_base_vnd"}),
        ({"starts_on": "01/01/2015"}, {"starts_on"}),
        ({"ends_on": "28/02/2018"}, {"ends_on"}),
        ({"decided_on": "01/01/2019"}, {"decided_on"}),
        ({"decision_no": "x" * 51}, {"decision_no"}),
        ({"payment_method": "gold"}, {"payment_method"}),
        ({"born_on": ""}, {"born_on"}),
        ({"commune_id": "999"}, {"commune_id"}),
        ({"child_id": "TE-00000000"}, {"child_id"}),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], changed: dict[str, object], fields: set[str]
) -> None:
    assert faults(ENTITLEMENT, ORPHAN | changed) == fields
