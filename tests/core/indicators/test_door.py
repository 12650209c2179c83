"""The one door: states instead of false zeros, sums instead of averages, nothing too telling."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from core.indicators.cells import Narrowing
from core.indicators.door import FigureDoor, NoSuchBreakdownError
from core.indicators.protection import Protection
from core.kit.errors import NotFoundError
from core.kit.periods import Period, Window
from core.plugin_api.documents import FigureState
from core.tenancy.reach import Reach

YEAR = Period.parse("2018").window
FIRST = Period.parse("2018-Q1").window
SECOND = Period.parse("2018-Q2").window
START_OF_2018 = datetime(2017, 12, 31, 17, tzinfo=UTC)
QUIET = Reach(communes=None, confidential=frozenset({"quiet"}))


@pytest.fixture
def filled(world: Any) -> Any:
    """Twelve sightings, a stock of eight of whom three left, and twelve quiet cases."""
    world.switch_on("sample", START_OF_2018)
    world.switch_on("quiet", START_OF_2018)
    here, there = world.communes[:2]
    for number in range(12):
        world.seen(
            date(2018, 1 + number % 6, 14),
            here if number % 3 else there,
            sex=("male", "female", None)[number % 3],
            age=number,
            kind=("river", "lake")[number % 2],
        )
    rows = [
        world.stay(
            commune_id=here,
            came_on=date(2017, 5, 1),
            left_on=date(2018, 5, 1) if number < 3 else None,
            sex="male",
        )
        for number in range(8)
    ]
    noon = datetime(2018, 2, 3, 5, tzinfo=UTC)
    rows += [
        world.secret(commune_id=here if n < 11 else there, detected_at=noon, sex="male")
        for n in range(12)
    ]
    world.add(*rows)
    world.count()
    return world


@pytest.fixture
def read(filled: Any) -> Any:
    """Ask one question of a fresh door of a reader."""

    def ask(question: Any, reach: Any = None, tenant: Any = 1, protection: Any = None) -> Any:
        with filled.door.tenant_session(tenant, reach=reach, read_only=True) as session:
            return question(FigureDoor(session, filled.catalogue, protection=protection))

    return ask


def test_a_flow_sums_the_window_and_equals_a_direct_count(filled: Any, read: Any) -> None:
    seen = filled.sighting
    with filled.door.tenant_session(1) as session:
        direct = session.scalar(
            select(func.count(seen.id)).where(
                seen.tenant_id == 1, seen.seen_on.between(FIRST.start, FIRST.end)
            )
        )
    figure = read(lambda door: door.measure("sample.seen", FIRST))
    assert (figure.state, figure.value) == (FigureState.NUMBER, Decimal(direct))
    assert direct == 6


def test_a_stock_is_read_as_at_the_last_day(read: Any) -> None:
    assert read(lambda door: door.measure("sample.staying", FIRST)).count == 8
    assert read(lambda door: door.measure("sample.staying", SECOND)).count == 5


def test_quarters_add_up_to_the_year_and_parts_to_the_whole(read: Any) -> None:
    def parts(door: Any) -> Any:
        quarters = [
            door.measure("sample.seen", Period.parse(f"2018-Q{n}").window) for n in range(1, 5)
        ]
        sums = {
            breakdown: sum(f.count for f in door.by("sample.seen", breakdown, YEAR).values())
            for breakdown in ("sex", "age_band", "detail")
        }
        return sum(figure.count for figure in quarters), sums

    assert read(parts) == (12, {"sex": 12, "age_band": 12, "detail": 12})


def test_a_breakdown_lists_declared_keys_with_zeros_then_what_else_was_counted(read: Any) -> None:
    figures = read(lambda door: door.by("sample.seen", "detail", YEAR))
    assert {key: figure.count for key, figure in figures.items()} == {
        "river": 6,
        "pond": 0,
        "lake": 6,
    }
    assert list(read(lambda door: door.by("sample.seen", "sex", YEAR))) == ["male", "female", ""]


def test_nothing_counted_is_a_counted_zero(read: Any) -> None:
    figure = read(lambda door: door.measure("sample.seen", Period.parse("2018-Q4").window))
    assert (figure.state, figure.value) == (FigureState.NUMBER, Decimal(0))


def test_a_programme_that_was_not_on_has_no_number(read: Any) -> None:
    before = Period.parse("2017").window
    for ask in (
        lambda door: door.measure("sample.seen", before),
        lambda door: door.indicator("SAM-01", before),
        lambda door: door.indicator("SAM-03", before),
        lambda door: door.by("sample.seen", "sex", before)["male"],
    ):
        figure = read(ask)
        assert (figure.state, figure.value) == (FigureState.NOT_ENABLED, None)
    assert read(lambda door: door.measure("sample.seen", YEAR), tenant=2).state == "not_enabled"


def test_an_indicator_without_records_is_not_reported(read: Any) -> None:
    figure = read(lambda door: door.indicator("SAM-03", YEAR))
    assert (figure.state, figure.value) == (FigureState.NOT_REPORTED, None)


def test_a_ratio_comes_from_sums_and_has_no_value_over_zero(read: Any) -> None:
    figure = read(lambda door: door.indicator("SAM-02", YEAR))
    assert (figure.numerator, figure.denominator, figure.value) == (12, 5, Decimal(240))
    boys = read(lambda door: door.indicator("SAM-02", YEAR, narrowing=Narrowing(sex="female")))
    assert (boys.state, boys.value) == (FigureState.NOT_REPORTED, None)
    assert (boys.numerator, boys.denominator) == (4, 0)


def test_a_breakdown_that_is_not_declared_is_refused_and_never_zero(read: Any) -> None:
    with pytest.raises(NoSuchBreakdownError):
        read(lambda door: door.measure("sample.amount", YEAR, narrowing=Narrowing(sex="male")))
    with pytest.raises(NoSuchBreakdownError):
        read(lambda door: door.by("sample.staying", "age_band", YEAR))


def test_an_unknown_code_is_not_found(read: Any) -> None:
    with pytest.raises(NotFoundError):
        read(lambda door: door.figure("sample.nothing", YEAR))


def test_the_reach_bounds_every_figure(filled: Any, read: Any) -> None:
    there = Reach(communes=frozenset({filled.communes[1]}))
    assert read(lambda door: door.measure("sample.seen", YEAR), reach=there).count == 4
    by_place = read(lambda door: door.by_commune("sample.seen", YEAR, filled.communes[:3]))
    assert [figure.count for figure in by_place.values()] == [8, 4, 0]


def test_restricted_figures_are_exact_for_the_province(read: Any) -> None:
    assert read(lambda door: door.indicator("QUI-01", YEAR)).count == 12
    assert read(lambda door: door.by("quiet.detected", "sex", YEAR)["male"]).count == 12


def test_below_the_province_others_never_see_restricted_figures(filled: Any, read: Any) -> None:
    places = frozenset(filled.communes[:1])
    for ask in (
        lambda door: door.measure("quiet.detected", YEAR, communes=places),
        lambda door: door.indicator("QUI-01", YEAR, communes=places),
        lambda door: door.indicator("QUI-02", YEAR, communes=places),
        lambda door: door.by_commune("QUI-01", YEAR, filled.communes)[filled.communes[2]],
    ):
        figure = read(ask)
        assert figure.state == FigureState.SUPPRESSED
        assert figure.value is figure.numerator is figure.denominator is None
    bounded = Reach(communes=places)
    assert read(lambda door: door.measure("quiet.detected", YEAR), reach=bounded).value is None


def test_below_the_province_their_own_readers_see_no_small_or_divided_counts(
    filled: Any, read: Any
) -> None:
    """Eleven and one of twelve: with the total known, the eleven would give the one away."""

    def ask(door: Any) -> Any:
        figures = door.by_commune("quiet.detected", YEAR, filled.communes[:3])
        divided = door.by("quiet.detected", "sex", YEAR, communes=frozenset(filled.communes[:1]))
        return [figure.state.value for figure in figures.values()], divided["male"].state

    states = ["suppressed", "suppressed", "number"]
    assert read(ask, reach=QUIET) == (states, FigureState.SUPPRESSED)


def test_below_the_province_a_restricted_count_is_rounded(filled: Any, read: Any) -> None:
    here = Reach(frozenset(filled.communes[:1]), confidential=frozenset({"quiet"}))
    figure = read(lambda door: door.measure("quiet.detected", YEAR), reach=here)
    assert (figure.state, figure.value) == (FigureState.NUMBER, Decimal(10))


def test_below_the_province_windows_and_areas_of_free_choice_are_refused(
    filled: Any, read: Any
) -> None:
    here = Reach(frozenset(filled.communes[:1]), confidential=frozenset({"quiet"}))
    until_may = Window(YEAR.start, date(2018, 5, 20))
    figure = read(lambda door: door.measure("quiet.detected", until_may), reach=here)
    assert figure.state == FigureState.SUPPRESSED
    some = frozenset(filled.communes[:2])
    figure = read(lambda door: door.measure("quiet.detected", YEAR, communes=some), reach=QUIET)
    assert figure.state == FigureState.SUPPRESSED


def test_the_bound_of_hidden_counts_is_set_for_each_programme(filled: Any, read: Any) -> None:
    here = Reach(frozenset(filled.communes[:1]), confidential=frozenset({"quiet"}))

    def ask(door: Any) -> Any:
        return door.measure("quiet.detected", YEAR).state

    strict = Protection(restricted_up_to=4, by_owner={"quiet": 11})
    assert read(ask, reach=here) == FigureState.NUMBER
    assert read(ask, reach=here, protection=strict) == FigureState.SUPPRESSED


def test_freshness_tells_of_marks_that_wait(filled: Any, read: Any) -> None:
    assert read(lambda door: door.is_fresh(["SAM-02", "sample.seen"]))
    filled.seen(date(2018, 7, 1), filled.communes[0])
    assert not read(lambda door: door.is_fresh(["SAM-02"]))
    assert read(lambda door: door.is_fresh(["QUI-01"]))
