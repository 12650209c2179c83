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


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerator over denominator, times ``per`` (100 for percent, 100,000 for a rate)."""

    numerator: str
    denominator: str
    per: int = 100


Formula = Count | Ratio


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
