"""Formulas over random counts, held against sums written out by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.indicators.derive import derive
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import (
    AllUnits,
    Average,
    Change,
    Count,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
    UnitsWhole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.indicators.derive import ByUnit, Part
    from core.plugin_api.figures import Formula, UnitLevel

# by measure and commune; communes lie in the districts of their tens
Sums = "Mapping[str, Mapping[int, int]]"
COMMUNES = (10, 11, 12, 20, 21, 30)


@dataclass(frozen=True)
class Given:
    """Counts of a province of three districts, and those of the year before."""

    sums: Sums
    before: Sums | None = None
    hidden: frozenset[str] = frozenset()

    def of(self, measure: str) -> Part:
        """The sum over the province, or hidden."""
        if measure in self.hidden:
            return FigureState.SUPPRESSED
        return sum(self.sums[measure].values())

    def by_unit(self, measure: str, level: UnitLevel) -> ByUnit:
        """The sums of communes or districts."""
        found = Counter(dict.fromkeys(self.within(level, level), 0))
        for commune, count in self.sums[measure].items():
            found[commune if level == "commune" else commune // 10] += count
        return found or FigureState.NOT_REPORTED

    def within(self, level: UnitLevel, larger: UnitLevel) -> Mapping[int, int]:
        """The tree."""
        if level == "district":
            return {commune // 10: commune // 10 for commune in COMMUNES}
        return {c: c if larger == "commune" else c // 10 for c in COMMUNES}

    def figure(self, indicator: str, *, last_year: bool) -> Figure:
        """The count of a."""
        if last_year and self.before is None:
            return Figure(indicator, FigureState.NOT_ENABLED)
        counts = replace(self, sums=self.before) if last_year else self
        return derive(indicator, Count("a"), counts)


COUNTS = st.fixed_dictionaries(
    {m: st.fixed_dictionaries({c: st.integers(0, 4) for c in COMMUNES}) for m in ("a", "b")}
)


def fraction(figure: Figure) -> Fraction | None:
    if figure.denominator is None or figure.numerator is None:
        return None if figure.value is None else Fraction(figure.value)
    return Fraction(figure.numerator, figure.denominator) if figure.denominator else None


@given(sums=COUNTS, least=st.integers(1, 6))
def test_every_formula_agrees_with_sums_written_out(sums: Sums, least: int) -> None:
    def is_(formula: Formula) -> Fraction | None:
        return fraction(derive("X", formula, Given(sums)))

    a, b = sums["a"], sums["b"]
    districts = {d: [c for c in COMMUNES if c // 10 == d] for d in (1, 2, 3)}
    assert is_(Sum("a", "b")) == sum(a.values()) + sum(b.values())
    below = sum(a.values()) + sum(b.values())
    share = Fraction(sum(a.values()), below) if below else None
    assert is_(Ratio("a", Sum("a", "b"))) == is_(Average("a", Sum("a", "b"))) == share
    assert is_(Average("a", AllUnits("commune"))) == Fraction(sum(a.values()), 6)
    assert is_(Average("a", AllUnits("district"))) == Fraction(sum(a.values()), 3)
    reached = sum(a[c] >= least for c in COMMUNES)
    assert is_(Units("a", "commune", least)) == reached
    assert is_(UnitsRatio("a", "commune", least)) == Fraction(reached, 6)
    large = sum(sum(a[c] + b[c] for c in within) >= least for within in districts.values())
    assert is_(Units(Sum("a", "b"), "district", least)) == large
    assert is_(UnitsRatio(Sum("a", "b"), "district", least)) == Fraction(large, 3)
    whole = {c for c in COMMUNES if b[c] and a[c] >= b[c]}
    assert is_(UnitsWhole(Ratio("a", "b"), "commune")) == len(whole)
    holding = sum(bool(whole & set(within)) for within in districts.values())
    assert is_(UnitsWhole(Ratio("a", "b"), "commune", within="district")) == holding
    parts = [
        (sum(a[c] for c in within), sum(b[c] for c in within)) for within in districts.values()
    ]
    full = sum(bool(under) and over >= under for over, under in parts)
    assert is_(UnitsWhole(Ratio("a", "b"), "district")) == full


@given(now=COUNTS, before=COUNTS)
def test_a_change_is_held_against_the_same_days_a_year_before(now: Sums, before: Sums) -> None:
    figure = derive("X", Change("A"), Given(now, before))
    new, old = sum(now["a"].values()), sum(before["a"].values())
    if old:
        assert figure.value is not None
        assert abs(Fraction(figure.value) - Fraction(100 * (new - old), old)) < Fraction(1, 10**9)
        assert (figure.numerator, figure.denominator) == (new - old, old)
    else:
        assert (figure.state, figure.value) == (FigureState.NOT_REPORTED, None)


SOME = {"a": dict.fromkeys(COMMUNES, 2), "b": dict.fromkeys(COMMUNES, 3)}


def test_nothing_a_year_before_is_nothing_to_compare_with() -> None:
    assert derive("X", Change("A"), Given(SOME)).state == FigureState.NOT_REPORTED


@pytest.mark.parametrize(
    "formula",
    [Sum("b", "a"), Ratio("b", "a"), Average("a", "b"), Average("a", AllUnits("commune"))],
)
def test_what_is_hidden_hides_what_is_made_of_it(formula: Formula) -> None:
    figure = derive("X", formula, Given(SOME, hidden=frozenset("a")))
    assert figure == Figure("X", FigureState.SUPPRESSED)


def test_without_a_formula_nothing_is_reported() -> None:
    assert derive("X", None, Given(SOME)).state == FigureState.NOT_REPORTED
