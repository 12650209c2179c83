"""Head counts, worked by hand: each child once, confidential groups in, nobody shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.kit.periods import Period
from core.plugin_api.documents import FigureState
from core.register.circumstances.models import SpecialCircumstance
from core.register.circumstances.service import end_circumstance
from core.register.counting.models import CircumstanceSpell
from core.register.counting.spells import Spell, first_supports, spells_of
from core.tenancy.reach import Reach
from tests.core.register.conftest import Register, overseer

if TYPE_CHECKING:
    from core.indicators.door import FigureDoor

YEAR = Period.parse("2018").window
BIRTH, SIXTEENTH = date(2017, 1, 1), date(2026, 1, 1)


def _day(month: int, day: int = 1) -> date:
    return date(2018, month, day)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], []),
        ([(_day(1), None)], [(_day(1), SIXTEENTH)]),
        ([(_day(1), _day(3)), (_day(2), _day(5))], [(_day(1), _day(5))]),
        ([(_day(1), _day(3)), (_day(3), _day(5))], [(_day(1), _day(5))]),
        ([(_day(4), _day(5)), (_day(1), _day(3))], [(_day(1), _day(3)), (_day(4), _day(5))]),
        ([(_day(2), _day(2))], []),
        ([(date(2010, 1, 1), _day(2))], [(BIRTH, _day(2))]),
        ([(date(2027, 1, 1), None)], []),
    ],
)
def test_stretches_are_joined_within_the_time_a_child_is_counted(
    stretches: list[tuple[date, date | None]], expected: list[tuple[date, date | None]]
) -> None:
    found = spells_of(stretches, since=BIRTH, until=SIXTEENTH)
    assert found == tuple(Spell(*each) for each in expected)


def test_only_the_first_help_of_a_year_within_a_spell_counts() -> None:
    spells = (Spell(_day(2), _day(6)), Spell(date(2019, 1, 1), None))
    days = [_day(1), _day(3), _day(5), _day(7), date(2019, 5, 1), date(2019, 4, 1)]
    assert first_supports(spells, days) == (_day(3), date(2019, 4, 1))


@pytest.fixture(scope="module")
def province(register: Register) -> Register:
    """Ten children, by hand.

    Under 16 at the end of 2018: A to H (8). Under six: A, B, C (3), with a valid card A and B (C's
    ended in June). Registered in time: all but B: 7 of 8. In groups at the end of 2018: A (two
    groups, one confidential), D (a confidential one alone), E; F's ended in May; I, 17 years old,
    counts no more. Helped: A (twice) and D; G was helped too, but is in no group.
    """
    small = {"date_of_birth": date(2014, 5, 1)}
    card = {"health_insurance_card": "DN1"}
    a = register.child("Trẻ A", **small, **card)
    register.child("Trẻ B", **small, **card, birth_registration="late")
    register.child("Trẻ C", **small, **card, health_insurance_until=date(2018, 6, 30))
    d, e, f, g = (register.child(f"Trẻ {name}", sex="male") for name in "DEFG")
    register.child("Trẻ H")
    i = register.child("Trẻ I", date_of_birth=date(2001, 3, 1))
    register.child("Trẻ K", status="moved_out", left_on=date(2018, 3, 1))
    register.circumstance(a, "csc_disability")
    register.circumstance(a, "csc_hiv")
    register.circumstance(d, "csc_violence")
    register.circumstance(e, "csc_orphan_both", sub_group_code="a3_kin")
    ended = register.circumstance(f, "csc_abandoned", sub_group_code="b1_no_care")
    register.circumstance(i, "csc_disability")
    with register.open() as session:
        end_circumstance(session, f, ended, date(2018, 5, 10), today=date(2018, 6, 1))
    for child, day in ((a, "02/02/2018"), (a, "01/05/2018"), (d, "01/06/2018"), (g, "03/02/2018")):
        register.support(child, day)
    register.count()
    return register


def figure(door: FigureDoor, code: str, **more: object) -> tuple[int | None, int | None]:
    found = door.indicator(code, YEAR, **more)  # type: ignore[arg-type]  # passed through
    assert found.state is FigureState.NUMBER
    return found.numerator, found.denominator


def test_core_indicators_of_the_province_are_as_counted_by_hand(province: Register) -> None:
    with province.open() as session:
        door = province.figures(session)
        assert figure(door, "COR-01") == (3, 8)
        assert figure(door, "COR-02") == (2, 3)
        assert figure(door, "COR-03") == (2, 3)
        assert figure(door, "COR-16") == (7, 8)
        assert door.measure("core.children", YEAR).count == 9


def test_the_table_by_group_counts_a_child_in_several_groups(province: Register) -> None:
    with province.open() as session:
        door = province.figures(session)
        open_groups = door.by("core.circumstances", "detail", YEAR)
        # A and I: the table by group follows the records, whatever the age
        assert open_groups["csc_disability"].count == 2
        assert open_groups["csc_orphan_both"].count == 1
        assert open_groups["csc_abandoned"].count == 0
        assert "csc_hiv" not in open_groups
        kept = door.by("core.confidential_circumstances", "detail", YEAR)
        assert {key: each.count for key, each in kept.items() if each.count} == {
            "csc_hiv": 1,
            "csc_violence": 1,
        }


@pytest.mark.parametrize("code", ["core.children_in_circumstances", "core.children_supported"])
def test_below_the_province_nobody_else_learns_the_head_count(
    province: Register, code: str
) -> None:
    bounded = Reach(communes=frozenset({province.here}))
    for reach, communes in ((bounded, None), (None, frozenset({province.here}))):
        with province.open(reach) as session:
            found = province.figures(session).measure(code, YEAR, communes=communes)
            assert found.state is FigureState.SUPPRESSED
            assert found.value is None


def test_below_the_province_groups_kept_in_confidence_are_counted_for_nobody(
    province: Register,
) -> None:
    here = frozenset({province.here})
    for reach in (None, overseer(), Reach(communes=here)):
        with province.open(reach) as session:
            door = province.figures(session)
            whole = door.measure("core.confidential_circumstances", YEAR, communes=here)
            parts = door.by("core.confidential_circumstances", "detail", YEAR, communes=here)
            states = {whole.state, *(part.state for part in parts.values())}
            assert states == {FigureState.SUPPRESSED}


def test_the_overseer_gets_no_small_head_count_of_a_commune(province: Register) -> None:
    with province.open(overseer()) as session:
        found = province.figures(session).measure(
            "core.children_in_circumstances", YEAR, communes=frozenset({province.here})
        )
        assert found.state is FigureState.SUPPRESSED


def test_the_rows_behind_a_head_count_are_seen_by_no_ordinary_reader(province: Register) -> None:
    for reach in (None, Reach(communes=frozenset({province.here}))):
        with province.open(reach) as session:
            assert session.scalars(select(CircumstanceSpell)).all() == []
            groups = session.scalars(select(SpecialCircumstance.group_code)).all()
            assert not {"csc_hiv", "csc_violence"} & set(groups)
