"""Rules of periods, windows, ages and official dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.errors import MalformedError
from core.kit.periods import (
    Period,
    PeriodKind,
    Window,
    add_years,
    administrative_month,
    administrative_window,
    age_at,
    official_date,
)

DAYS = st.dates(date(1901, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("code", "kind", "start", "end", "vi", "en"),
    [
        ("2018", "year", "2018-01-01", "2018-12-31", "Năm 2018", "Year 2018"),
        (
            *("2018-H1", "half_year", "2018-01-01", "2018-06-30"),
            *("6 tháng đầu năm 2018", "First half of 2018"),
        ),
        (
            *("2018-H2", "half_year", "2018-07-01", "2018-12-31"),
            *("6 tháng cuối năm 2018", "Second half of 2018"),
        ),
        (
            *("2018-Q1", "quarter", "2018-01-01", "2018-03-31"),
            *("Quý I năm 2018", "First quarter of 2018"),
        ),
        (
            *("2018-Q4", "quarter", "2018-10-01", "2018-12-31"),
            *("Quý IV năm 2018", "Fourth quarter of 2018"),
        ),
        ("2020-02", "month", "2020-02-01", "2020-02-29", "Tháng 2 năm 2020", "February 2020"),
        ("2018-12", "month", "2018-12-01", "2018-12-31", "Tháng 12 năm 2018", "December 2018"),
    ],
)
def test_a_period_is_read_named_and_bounded(  # noqa: PLR0917 - a row of the table
    code: str, kind: str, start: str, end: str, vi: str, en: str
) -> None:
    period = Period.parse(code)
    assert (period.code, period.kind) == (code, kind)
    assert period.window == Window(date.fromisoformat(start), date.fromisoformat(end))
    assert (period.name.vi, period.name.en) == (vi, en)


def test_small_letters_and_outer_blanks_are_read() -> None:
    assert Period.parse(" 2018-h1 ") == Period(2018, "half_year", 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", "18", "2018-H3", "2018-Q0", "2018-Q5", "2018-13", "2018-00", "2018-3", "0018"),
        *("2018-", "2018/03", "2018-H1x", "9999", "٢٠١٨", "2018-03-15", "2018\n-03"),
    ],
)
def test_another_form_is_refused_with_the_accepted_ones(text: str) -> None:
    with pytest.raises(MalformedError) as refused:
        Period.parse(text)
    for said in (refused.value.message.vi, refused.value.message.en):
        assert all(form in said for form in ("2018-H1", "2018-Q4", "2018-12"))


@pytest.mark.parametrize(("kind", "number"), [("year", 2), ("half_year", 0), ("quarter", 5)])
def test_a_part_that_no_year_has_cannot_be_made(kind: PeriodKind, number: int) -> None:
    with pytest.raises(ValueError, match="no"):
        Period(2018, kind, number)


def test_the_same_period_last_year_keeps_kind_and_number() -> None:
    assert Period.parse("2018-Q3").same_period_last_year.code == "2017-Q3"
    assert Period.parse("2018").same_period_last_year.code == "2017"


@pytest.mark.parametrize("code", ["2018", "2018-H2", "2020-Q1", "2020-02", "2021-02", "2018-11"])
def test_the_window_a_year_earlier_is_that_of_the_same_period_last_year(code: str) -> None:
    period = Period.parse(code)
    assert period.window.year_earlier() == period.same_period_last_year.window


def test_a_window_of_29_february_alone_goes_to_the_28th() -> None:
    leap = date(2020, 2, 29)
    assert Window(leap, leap).year_earlier() == Window(date(2019, 2, 28), date(2019, 2, 28))


def test_a_window_contains_both_its_ends() -> None:
    window = Window(date(2018, 1, 1), date(2018, 1, 31))
    assert window.length_days == 31
    assert window.contains(window.start)
    assert window.contains(window.end)
    assert not window.contains(date(2018, 2, 1))
    assert not window.contains(date(2017, 12, 31))


def test_a_window_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Window(date(2018, 1, 2), date(2018, 1, 1))


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2018-01", "2017-12-15", "2018-01-14"),
        ("2018-03", "2018-02-15", "2018-03-14"),
        ("2018-Q1", "2017-12-15", "2018-03-14"),
        ("2018-Q2", "2018-03-15", "2018-06-14"),
        ("2018-H1", "2017-12-15", "2018-06-14"),
        ("2018-H2", "2018-06-15", "2018-12-14"),
        ("2018", "2017-12-15", "2018-12-14"),
    ],
)
def test_an_administrative_window_runs_from_the_15th_to_the_14th(
    code: str, start: str, end: str
) -> None:
    expected = Window(date.fromisoformat(start), date.fromisoformat(end))
    assert administrative_window(Period.parse(code)) == expected


def test_administrative_months_follow_each_other_without_gap_or_overlap() -> None:
    months = [administrative_month(year, month) for year in (2019, 2020) for month in range(1, 13)]
    for earlier, later in pairwise(months):
        assert later.start == earlier.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2018, 2, 5), "An Giang, ngày 05 tháng 02 năm 2018"),
        (date(2018, 1, 31), "An Giang, ngày 31 tháng 01 năm 2018"),
        (date(2018, 3, 9), "An Giang, ngày 09 tháng 3 năm 2018"),
        (date(2018, 11, 15), "An Giang, ngày 15 tháng 11 năm 2018"),
    ],
)
def test_official_dates_pad_days_below_10_and_months_1_and_2_only(day: date, written: str) -> None:
    assert official_date(day, "An Giang") == written
    assert official_date(day) == written.removeprefix("An Giang, ")


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2010, 5, 20), date(2010, 5, 20), 0),
        (date(2010, 5, 20), date(2026, 5, 19), 15),
        (date(2010, 5, 20), date(2026, 5, 20), 16),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
    ],
)
def test_age_changes_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_at(born, on) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_at(date(2018, 1, 2), date(2018, 1, 1))


@given(DAYS, st.integers(0, 40))
def test_a_birthday_is_the_first_day_of_an_age(born: date, years: int) -> None:
    birthday = add_years(born, years)
    assert age_at(born, birthday) == years
    assert years == 0 or age_at(born, birthday - timedelta(days=1)) == years - 1


def test_29_february_becomes_1_march_in_common_years_only() -> None:
    leap = date(2020, 2, 29)
    assert add_years(leap, 1) == date(2021, 3, 1)
    assert add_years(leap, -1) == date(2019, 3, 1)
    assert add_years(leap, 4) == date(2024, 2, 29)
    assert add_years(date(2021, 2, 28), 3) == date(2024, 2, 28)
