"""Rules of writing and reading numbers, money and short dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.errors import MalformedError
from core.kit.numbers import (
    format_date,
    format_million_vnd,
    format_number,
    format_percent,
    parse_date,
    parse_number,
)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234567, None, "1.234.567", "1,234,567"),
        (Decimal("1234567.8"), None, "1.234.567,8", "1,234,567.8"),
        (1234567.8, None, "1.234.567,8", "1,234,567.8"),
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (-1000, None, "-1.000", "-1,000"),
        (7, 2, "7,00", "7.00"),
        (1e22, None, "10.000.000.000.000.000.000.000", "10,000,000,000,000,000,000,000"),
        (10**40, 1, "10" + ".000" * 13 + ",0", "10" + ",000" * 13 + ".0"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(
    value: float, decimals: int | None, vi: str, en: str
) -> None:
    assert format_number(value, decimals) == vi
    assert format_number(value, decimals, "en") == en


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("0.5"), 0, "1"),
        (Decimal("1.5"), 0, "2"),
        (Decimal("2.5"), 0, "3"),
        (2.675, 2, "2,68"),  # its binary neighbour is below
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("999.95"), 1, "1.000,0"),
    ],
)
def test_halves_are_rounded_up_and_zero_has_no_sign(
    value: Decimal | float, decimals: int, shown: str
) -> None:
    assert format_number(value, decimals) == shown


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_cannot_be_shown(value: Decimal | float) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(value)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (95, None, "95%"),
        (Decimal("4.5"), None, "4,5%"),
        (Decimal(200) / 3, None, "66,7%"),
        (Decimal("94.96"), None, "95%"),
        (Decimal("1234.56"), 2, "1.234,56%"),
        (100, 1, "100,0%"),
    ],
)
def test_percentages_show_one_decimal_where_there_is_one(
    value: Decimal | float, decimals: int | None, shown: str
) -> None:
    assert format_percent(value, decimals) == shown


@pytest.mark.parametrize(
    ("vnd", "decimals", "vi", "en"),
    [
        (1_650_000_000, None, "1.650 triệu đồng", "VND 1,650 million"),
        (1_650_500_000, None, "1.650,5 triệu đồng", "VND 1,650.5 million"),
        (20_000_000, None, "20 triệu đồng", "VND 20 million"),
        (360_000, None, "0,36 triệu đồng", "VND 0.36 million"),
        (0, None, "0 triệu đồng", "VND 0 million"),
        (1_649_500_000, 0, "1.650 triệu đồng", "VND 1,650 million"),
    ],
)
def test_money_is_shown_in_millions_and_nothing_is_lost_unasked(
    vnd: int, decimals: int | None, vi: str, en: str
) -> None:
    assert format_million_vnd(vnd, decimals) == vi
    assert format_million_vnd(vnd, decimals, "en") == en


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("0,25", "0.25"),
        (" 1 234 567 ", "1234567"),
        ("1\u00a0234\u202f567,8", "1234567.8"),
        ("-3,5", "-3.5"),
        ("\u22123", "-3"),
        ("007", "7"),
    ],
)
def test_vietnamese_numbers_are_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "1.5", "1,234.5", "12.34.567", "1.2345", "0.123", "1,2,3", "1 23", ",5"),
        *(
            "5,",
            "1.234 567",
            "--1",
            "+1",
            "1e5",
            "NaN",
            "Infinity",
            "١٢٣",
            "1_000",
            "95%",
            "9" * 41,
        ),
    ],
)
def test_a_doubtful_number_is_refused_and_not_guessed_at(text: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_number(text)
    assert "1.234,5" in refused.value.message.vi
    assert "1.234,5" in refused.value.message.en


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12)))
def test_a_number_as_shown_is_read_back(value: Decimal) -> None:
    shown = format_number(value)
    if len(shown) <= 40:
        assert parse_number(shown) == value


def test_dates_are_day_month_year_with_leading_zeros_in_both_languages() -> None:
    assert format_date(date(2018, 2, 5)) == "05/02/2018"
    assert format_date(date(2018, 2, 5), "en") == "05/02/2018"


@pytest.mark.parametrize(
    "text", ["05/02/2018", "5/2/2018", "05-02-2018", "5-2-2018", "2018-02-05", " 05/02/2018\n"]
)
def test_dates_are_read_day_first_or_in_the_international_form(text: str) -> None:
    assert parse_date(text) == date(2018, 2, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("", "hôm nay", "05/02/18", "05/02-2018", "2018/02/05", "5.2.2018", "2018-2-5"),
        *("٠٥/٠٢/٢٠١٨", "31/02/2018", "29/02/2019", "00/01/2018", "01/13/2018"),
        *("01/01/0018", "01/01/2999"),
    ],
)
def test_a_day_that_is_not_one_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse_date(text)
    said = refused.value.message
    assert said.vi != said.en
    assert not text or text not in said.vi + said.en


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_as_shown_is_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == parse_date(day.isoformat()) == day
