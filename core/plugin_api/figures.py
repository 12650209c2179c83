"""Figures as declarations: measures add up, indicators are derived from measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.db.base import DataClass

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.kit.language import Text
    from core.plugin_api.forms import Option
    from core.tenancy.models import TenantOwned

Breakdown = Literal["sex", "age_band", "detail"]
UnitLevel = Literal["commune", "district"]

# lower bound (inclusive), upper bound (exclusive), code
AGE_BANDS: tuple[tuple[int, int, str], ...] = (
    (0, 6, "0-5"),
    (6, 11, "6-10"),
    (11, 13, "11-12"),
    (13, 16, "13-15"),
    (16, 18, "16-17"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A count or a sum over the rows of one model; it adds over communes, days and breakdowns.

    A *flow* counts what happened on ``date``. A *stock* counts what is there from ``date`` until
    ``until`` (exclusive; null means still there) and is read as at a day. ``where`` bounds the
    rows; ``sums`` names the column to add up instead of counting rows. ``sex``, ``age`` and
    ``detail`` name columns for the breakdowns (``age`` holds whole years).
    """

    code: str
    name: Text
    model: type[TenantOwned]
    kind: Literal["flow", "stock"]
    date: str
    until: str | None = None
    where: ColumnElement[bool] | None = None
    sums: str | None = None
    sex: str | None = None
    age: str | None = None
    detail: str | None = None
    detail_options: tuple[Option, ...] = ()
    sensitivity: DataClass = DataClass.INTERNAL
    source: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The measure itself."""

    measure: str


@dataclass(frozen=True, slots=True, init=False)
class Sum:
    """Several measures added up; no row may be counted by two of them."""

    measures: tuple[str, ...]

    def __init__(self, *measures: str) -> None:
        """The codes of the measures."""
        object.__setattr__(self, "measures", measures)


Addend = str | Sum


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerator over denominator, times ``per`` (100 for percent, 100,000 for a rate)."""

    numerator: Addend
    denominator: Addend
    per: int = 100


@dataclass(frozen=True, slots=True)
class AllUnits:
    """How many units of a level the place has on the last day of the window."""

    level: UnitLevel


@dataclass(frozen=True, slots=True)
class Units:
    """In how many units of a level a measure comes to ``at_least`` so much."""

    measure: Addend
    level: UnitLevel
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class UnitsRatio:
    """The share of all units of a level in which a measure comes to ``at_least`` so much."""

    measure: Addend
    level: UnitLevel
    at_least: int = 1
    per: int = 100


@dataclass(frozen=True, slots=True)
class UnitsWhole:
    """In how many units of a level a ratio is whole (100 percent of something, not of nothing).

    With ``within`` it counts the units of the larger level that hold at least one such unit:
    districts with a commune in which every household passed. Where the province has no unit of
    the larger level (no districts since July 2025), the units themselves are counted.
    """

    ratio: Ratio
    level: UnitLevel
    within: UnitLevel | None = None


@dataclass(frozen=True, slots=True)
class Average:
    """A sum over a count: participants for each event, collaborators for each commune."""

    total: Addend
    count: Addend | AllUnits
    per: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a count differs from the same days a year before, in percent of it then.

    The indicator it names is a ``Count``, ``Sum`` or ``Units``, and stays open by itself.
    """

    indicator: str
    per: int = 100


Formula = Count | Sum | Ratio | Units | UnitsRatio | UnitsWhole | Average | Change
UNIT_FORMULAS = (Units, UnitsRatio, UnitsWhole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure with a name that people know, derived from measures.

    ``code`` is the one in reports (``DRW-01``). ``formula`` is ``None`` while the program does
    not hold the records it needs; such an indicator is listed with its definition and has no
    value anywhere. ``direction`` says whether more is better; ``none`` is never scored.
    """

    code: str
    name: Text
    definition: Text
    unit: Text
    direction: Literal["up", "down", "none"]
    frequency: tuple[Literal["Q", "H", "Y"], ...]
    formula: Formula | None
    breakdowns: tuple[Breakdown, ...] = ()
    sensitivity: DataClass = DataClass.INTERNAL
    version: int = 1
    source: str = ""


def band_of(age: Any) -> str | None:
    """The code of the age band that holds an age in whole years."""
    return next((code for low, high, code in AGE_BANDS if low <= age < high), None)


def measures_in(formula: Formula | Addend | AllUnits | None) -> tuple[str, ...]:
    """The codes of the measures that a formula names itself; a ``Change`` names none."""
    match formula:
        case str():
            return (formula,)
        case Sum():
            return formula.measures
        case Ratio():
            named = (*measures_in(formula.numerator), *measures_in(formula.denominator))
        case Average():
            named = (*measures_in(formula.total), *measures_in(formula.count))
        case Count() | Units() | UnitsRatio():
            return measures_in(formula.measure)
        case UnitsWhole():
            return measures_in(formula.ratio)
        case _:
            return ()
    return tuple(dict.fromkeys(named))
