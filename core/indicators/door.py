"""The one door for figures: pages, reports, the API and exports all read through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from core.indicators.disclosure.grid import QUARTERS, Place, cells_of, periods_of
from core.indicators.disclosure.rules import Audience, Level, Treatment, treatment
from core.indicators.disclosure.tables import protect
from core.indicators.models import FigureCell, FigureStale
from core.indicators.protection import Protection, strictest
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.periods import Period, Window
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import AGE_BANDS, Breakdown, Count, Indicator, Measure
from core.registry.catalogue import CORE, Catalogue, measures_of
from core.registry.enablement import keys_during
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.db.base import DataClass
    from core.indicators.disclosure.cells import Rule
    from core.indicators.disclosure.grid import Atom
    from core.tenancy.session import TenantSession

SEXES = ("male", "female")
_Cut = tuple[str, str, str]


class NoSuchBreakdownError(MalformedError):
    """A figure was asked by a breakdown that its measure does not have: never a false zero."""

    code = "figures.no_such_breakdown"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One cell of the breakdowns; ``None`` takes all. ``""`` is what nobody stated."""

    sex: str | None = None
    age_band: str | None = None
    detail: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is narrowed."""
        return self.sex is None and self.age_band is None and self.detail is None

    def takes(self, cut: _Cut) -> bool:
        """Whether a combination of breakdowns belongs to it."""
        asked = (self.sex, self.age_band, self.detail)
        return all(want is None or want == have for want, have in zip(asked, cut, strict=True))


WHOLE = Narrowing()


class FigureDoor:
    """Figures of one tenant, as one reader may see them; made for one request or job.

    A figure is a number, or the reason why there is none: ``NOT_ENABLED`` when the programme was
    at no time on in the window; ``NOT_REPORTED`` when the program does not hold the records (an
    indicator without a formula) or there is nothing to relate to (a denominator of zero);
    ``SUPPRESSED`` when it would tell too much. Zero is a counted zero.

    The reach of the session bounds every figure. Restricted figures are exact for the whole
    province; below it they are given to readers of the confidential records alone, undivided,
    for single communes and the periods of the one grid, small counts and their neighbours hidden
    and the others rounded.
    """

    def __init__(
        self,
        session: TenantSession,
        catalogue: Catalogue,
        *,
        protection: Protection | None = None,
    ) -> None:
        """``catalogue`` holds every installed plugin; the door itself asks which were on."""
        self._session = session
        self._catalogue = catalogue
        self._protection = protection or Protection()
        self._sums: dict[tuple[str, Window, frozenset[int] | None], dict[_Cut, int]] = {}
        self._on: dict[Window, frozenset[str]] = {}
        self._grids: dict[tuple[str, int], Mapping[Any, int | None]] = {}

    @property
    def catalogue(self) -> Catalogue:
        """The declarations of every installed plugin."""
        return self._catalogue

    def enabled_in(self, window: Window) -> frozenset[str]:
        """The programmes that were on at any time in the window."""
        if window not in self._on:
            start = datetime.combine(window.start, time.min, VIETNAM_TIME)
            end = datetime.combine(window.end + timedelta(days=1), time.min, VIETNAM_TIME)
            self._on[window] = keys_during(self._session, start, end)
        return self._on[window]

    def measure(
        self,
        code: str,
        window: Window,
        *,
        communes: frozenset[int] | None = None,
        narrowing: Narrowing = WHOLE,
    ) -> Figure:
        """A measure over a window: a flow summed up, a stock as at its last day.

        Raises:
            NotFoundError: no installed plugin declares the code.
            NoSuchBreakdownError: the measure has no such breakdown.
        """
        measure = self._find_measure(code)
        if state := self._state((measure,), self._owner(code), window):
            return Figure(code, state, detail=_key_of(narrowing))
        return self._read(measure, measure.sensitivity, window, communes, narrowing)

    def indicator(
        self,
        code: str,
        window: Window,
        *,
        communes: frozenset[int] | None = None,
        narrowing: Narrowing = WHOLE,
    ) -> Figure:
        """An indicator over a window, from sums of its measures; percentages are never averaged.

        Raises:
            NotFoundError: no installed plugin declares the code.
            NoSuchBreakdownError: a measure it is derived from has no such breakdown.
        """
        indicator = self._find_indicator(code)
        measures = tuple(self._find_measure(name) for name in measures_of(indicator))
        if state := self._state(measures, self._owner(code), window):
            return Figure(code, state, detail=_key_of(narrowing))
        parts = [
            self._read(
                measure,
                strictest(indicator.sensitivity, measure.sensitivity),
                window,
                communes,
                narrowing,
            )
            for measure in measures
        ]
        return _derive(indicator, parts, _key_of(narrowing))

    def figure(self, code: str, window: Window, *, narrowing: Narrowing = WHOLE) -> Figure:
        """A measure or an indicator, whichever has the code."""
        if code in self._catalogue.measures:
            return self.measure(code, window, narrowing=narrowing)
        return self.indicator(code, window, narrowing=narrowing)

    def by(
        self,
        code: str,
        breakdown: Breakdown,
        window: Window,
        *,
        communes: frozenset[int] | None = None,
    ) -> Mapping[str, Figure]:
        """A measure or indicator by one breakdown, so that the parts add up to the whole.

        Keys come in the declared order, zeros included. What was counted beside them follows:
        ``""`` for rows in which the breakdown was not stated.
        """
        ask = self.measure if code in self._catalogue.measures else self.indicator
        first = self._first_measure(code)
        _require_breakdown(first, narrowed(breakdown, ""))
        keys = list(declared_keys(first, breakdown))
        if self._state((first,), self._owner(code), window) is None:
            at = ("sex", "age_band", "detail").index(breakdown)
            cuts = self._cells(first, window, communes)
            keys += sorted({cut[at] for cut, n in cuts.items() if n} - set(keys))
        return {
            key: ask(code, window, communes=communes, narrowing=narrowed(breakdown, key))
            for key in keys
        }

    def by_commune(
        self, code: str, window: Window, communes: Iterable[int]
    ) -> Mapping[int, Figure]:
        """A measure or indicator for each of these communes."""
        places = tuple(communes)
        indicator = self._catalogue.indicators.get(code)
        for name in (code,) if indicator is None else measures_of(indicator):
            self._fetch_by_commune(self._find_measure(name), window, places)
        ask = self.measure if indicator is None else self.indicator
        return {place: ask(code, window, communes=frozenset({place})) for place in places}

    def is_fresh(self, codes: Iterable[str]) -> bool:
        """Whether nothing waits to be counted for these measures and indicators."""
        names: set[str] = set()
        for code in codes:
            indicator = self._catalogue.indicators.get(code)
            names.update((code,) if indicator is None else measures_of(indicator))
        waiting = select(FigureStale.id).where(
            FigureStale.tenant_id == self._session.tenant_id,
            FigureStale.measure.in_(sorted(names)),
        )
        return self._session.scalar(waiting.limit(1)) is None

    def sensitivity(self, indicator: Indicator) -> DataClass:
        """How secret an indicator is: as its own class says, or the worst of its measures."""
        names = measures_of(indicator)
        classes = (self._catalogue.measures[name].sensitivity for name in names)
        return strictest(indicator.sensitivity, *classes)

    def is_on(self, measure: Measure, window: Window) -> bool:
        """Whether the measure's programme was on at any time in the window."""
        return self._state((measure,), self._owner(measure.code), window) is None

    def atoms(self, measure: Measure, year: int, *, crossed: bool = False) -> dict[Atom, int]:
        """The exact counts by commune and quarter, for protecting them; never to be shown.

        A stock is as at the quarter's end. ``crossed`` parts them by every breakdown as well.
        """
        cell = FigureCell
        cut = (cell.commune_id, cell.sex, cell.age_band, cell.detail)
        asked = cut if crossed else cut[:1]
        found: dict[Atom, int] = {}
        for quarter in QUARTERS:
            window = Period(year, "quarter", quarter).window
            rows = self._session.execute(self._summed(measure, window, *asked).group_by(*asked))
            for n, commune, *parts in rows:
                sex, band, detail = parts or ("", "", "")
                found[commune, quarter, sex, band, detail] = int(n)
        return found

    def rule(self, owner: str, sensitivity: DataClass) -> Rule:
        """How small counts of a programme's figures are hidden and the others rounded."""
        return self._protection.rule(owner, sensitivity)

    def _state(
        self, measures: tuple[Measure, ...], owner: str, window: Window
    ) -> FigureState | None:
        owners = {owner, *(self._owner(measure.code) for measure in measures)}
        if not owners - {CORE} <= self.enabled_in(window):
            return FigureState.NOT_ENABLED
        return None if measures else FigureState.NOT_REPORTED

    def _read(
        self,
        measure: Measure,
        sensitivity: DataClass,
        window: Window,
        communes: frozenset[int] | None,
        narrowing: Narrowing,
    ) -> Figure:
        _require_breakdown(measure, narrowing)
        level = Level.WHOLE if narrowing.is_whole else Level.PART
        if self._is_below(communes):
            level = Level.BELOW
        key = _key_of(narrowing)
        if treatment(sensitivity, level, Audience.PROVINCE) is Treatment.EXACT:
            count: int | None = self._count(measure, window, communes, narrowing)
        else:
            count = self._protected(measure, sensitivity, window, communes, narrowing)
        if count is None:
            return Figure(measure.code, FigureState.SUPPRESSED, detail=key)
        return Figure(measure.code, FigureState.NUMBER, Decimal(count), detail=key)

    def _protected(
        self,
        measure: Measure,
        sensitivity: DataClass,
        window: Window,
        communes: frozenset[int] | None,
        narrowing: Narrowing,
    ) -> int | None:
        """A restricted count below the province, from its place in the grid; else nothing."""
        period = next((p for p in periods_of(window.start.year) if p.window == window), None)
        is_single = communes is None or len(communes) == 1
        if period is None or not is_single or not narrowing.is_whole:
            return None
        if not self._may_read(measure):
            return None
        grid = self._grid(measure, sensitivity, period.year)
        return grid.get(Place(period, next(iter(communes or ()), None)), 0)

    def _grid(
        self, measure: Measure, sensitivity: DataClass, year: int
    ) -> Mapping[Any, int | None]:
        """The reader's communes in the periods of a year, protected together."""
        key = (measure.code, year)
        if key not in self._grids:
            counts = self.atoms(measure, year)
            cells = cells_of(
                year,
                measure.kind,
                counts,
                communes=sorted({atom[0] for atom in counts}),
                breakdowns={},
                settled_whole=self._session.reach.communes is None,
            )
            rule = self.rule(self._owner(measure.code), sensitivity)
            self._grids[key] = protect(cells, counts, rule)
        return self._grids[key]

    def _may_read(self, measure: Measure) -> bool:
        reach, model = self._session.reach, measure.model
        key = self._owner(measure.code)
        if issubclass(model, Confidential):
            key = model.confidential_key
        return reach.every_confidential or key in reach.confidential

    def _is_below(self, communes: frozenset[int] | None) -> bool:
        return communes is not None or self._session.reach.communes is not None

    def _count(
        self,
        measure: Measure,
        window: Window,
        communes: frozenset[int] | None,
        narrowing: Narrowing,
    ) -> int:
        cells = self._cells(measure, window, communes)
        return sum(count for cut, count in cells.items() if narrowing.takes(cut))

    def _cells(
        self, measure: Measure, window: Window, communes: frozenset[int] | None
    ) -> Mapping[_Cut, int]:
        """The sums of a measure by all its breakdowns; one query, kept for this reader."""
        key = (measure.code, window, communes)
        if key not in self._sums:
            cut = (FigureCell.sex, FigureCell.age_band, FigureCell.detail)
            statement = self._summed(measure, window, *cut)
            if communes is not None:
                statement = statement.where(FigureCell.commune_id.in_(sorted(communes)))
            rows = self._session.execute(statement.group_by(*cut))
            self._sums[key] = {(sex, band, detail): int(n) for n, sex, band, detail in rows}
        return self._sums[key]

    def _fetch_by_commune(self, measure: Measure, window: Window, places: Iterable[int]) -> None:
        """One query instead of one for each commune."""
        cell = FigureCell
        cut = (cell.commune_id, cell.sex, cell.age_band, cell.detail)
        sums: dict[int, dict[_Cut, int]] = {place: {} for place in places}
        statement = self._summed(measure, window, *cut).where(cell.commune_id.in_(sorted(sums)))
        for n, commune, *rest in self._session.execute(statement.group_by(*cut)):
            sums[commune][rest[0], rest[1], rest[2]] = int(n)
        for place, found in sums.items():
            self._sums[measure.code, window, frozenset({place})] = found

    def _summed(self, measure: Measure, window: Window, *cut: Any) -> Select[Any]:
        cell = FigureCell
        statement = select(func.sum(cell.value), *cut).where(
            cell.tenant_id == self._session.tenant_id,
            cell.measure == measure.code,
            cell.day <= window.end,
        )
        return statement.where(cell.day >= window.start) if measure.kind == "flow" else statement

    def _owner(self, code: str) -> str:
        return self._catalogue.owner_of[code]

    def _find_measure(self, code: str) -> Measure:
        measure = self._catalogue.measures.get(code)
        if measure is None:
            raise NotFoundError
        return measure

    def _find_indicator(self, code: str) -> Indicator:
        indicator = self._catalogue.indicators.get(code)
        if indicator is None:
            raise NotFoundError
        return indicator

    def _first_measure(self, code: str) -> Measure:
        if code in self._catalogue.measures:
            return self._catalogue.measures[code]
        names = measures_of(self._find_indicator(code))
        if not names:
            raise _no_breakdown(code)
        return self._find_measure(names[0])


def narrowed(breakdown: Breakdown, key: str) -> Narrowing:
    """The narrowing to one key of one breakdown."""
    if breakdown == "sex":
        return Narrowing(sex=key)
    return Narrowing(age_band=key) if breakdown == "age_band" else Narrowing(detail=key)


def declared_keys(measure: Measure, breakdown: Breakdown) -> tuple[str, ...]:
    """The keys of a breakdown in the order of tables."""
    if breakdown == "sex":
        return SEXES
    if breakdown == "age_band":
        return tuple(code for _, _, code in AGE_BANDS)
    return tuple(option.value for option in measure.detail_options)


def _derive(indicator: Indicator, parts: list[Figure], key: str | None) -> Figure:
    """The figure from its measures; the first part that is no number decides the state."""
    code = indicator.code
    missing = next((part for part in parts if part.state is not FigureState.NUMBER), None)
    if missing is not None:
        return Figure(code, missing.state, detail=key)
    formula = indicator.formula
    if formula is None or isinstance(formula, Count):
        return Figure(code, FigureState.NUMBER, parts[0].value, detail=key)
    above, below = parts[0].count, parts[1].count
    if below == 0:
        return Figure(code, FigureState.NOT_REPORTED, None, above, below, key)
    value = Decimal(above * formula.per) / Decimal(below)
    return Figure(code, FigureState.NUMBER, value, above, below, key)


def _require_breakdown(measure: Measure, narrowing: Narrowing) -> None:
    pairs = (
        (narrowing.sex, measure.sex),
        (narrowing.age_band, measure.age),
        (narrowing.detail, measure.detail),
    )
    if any(asked is not None and has is None for asked, has in pairs):
        raise _no_breakdown(measure.code)


def _no_breakdown(code: str) -> NoSuchBreakdownError:
    return NoSuchBreakdownError(
        Text(
            vi=f"Số liệu «{code}» không được phân tổ theo cách này.",
            en=f"The figure {code} is not broken down in this way.",
        )
    )


def _key_of(narrowing: Narrowing) -> str | None:
    """What a figure of one cell is called: the keys that were asked for."""
    asked = [k for k in (narrowing.sex, narrowing.age_band, narrowing.detail) if k is not None]
    return " ".join(asked) if asked else None
