"""The one door for figures: pages, reports, the API and exports all read through it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from core.areas.repository import distinct_names
from core.db.base import CORE_SCHEMA
from core.indicators.cells import WHOLE, CellSums, Narrowing
from core.indicators.derive import derive
from core.indicators.disclosure.grid import Place, cells_of, periods_of
from core.indicators.disclosure.rules import Audience, Level, Treatment, treatment
from core.indicators.disclosure.tables import protect
from core.indicators.models import FigureCell, FigureStale
from core.indicators.protection import Protection, strictest
from core.indicators.units import UnitsOfDay
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import MalformedError, NotFoundError, RefusedError
from core.kit.language import Text
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import AGE_BANDS, Breakdown, Count, Indicator, Measure, Sum
from core.registry.catalogue import CORE, Catalogue
from core.registry.enablement import keys_during
from core.registry.health import uncounted
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.db.base import DataClass
    from core.indicators.derive import ByUnit, Part
    from core.indicators.disclosure.cells import Rule
    from core.indicators.disclosure.grid import Atom
    from core.kit.periods import Window
    from core.plugin_api.figures import UnitLevel
    from core.tenancy.session import TenantSession

SEXES = ("male", "female")
_CELLS = f"{CORE_SCHEMA}.{FigureCell.__tablename__}"
BREAKDOWNS: tuple[Breakdown, ...] = ("sex", "age_band", "detail")


_OTHER_PROGRAMMES = Text(
    vi="Vai trò của bạn được giao cho chương trình khác nên không xem được số liệu này.",
    en="Your role was given for other programmes, so this figure is not shown to you.",
)


class NoSuchBreakdownError(MalformedError):
    """A figure was asked by a breakdown that its measure does not have: never a false zero."""

    code = "figures.no_such_breakdown"


class FigureDoor:
    """Figures of one tenant, as one reader may see them; made for one request or job.

    A figure is a number, or the reason why there is none: ``NOT_ENABLED`` when the programme was
    at no time on in the window; ``NOT_REPORTED`` when the program does not hold the records (an
    indicator without a formula) or there is nothing to relate to (a denominator of zero);
    ``NOT_AVAILABLE`` while a measure behind it cannot be counted;
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
        self._sums = CellSums(session)
        self._on: dict[Window, frozenset[str]] = {}
        self._grids: dict[tuple[str, int], Mapping[Any, int | None]] = {}
        self._units: dict[date, UnitsOfDay] = {}
        self._uncounted: frozenset[str] | None = None

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
        if state := self.state_of((code,), self._owner(code), window):
            return Figure(code, state, detail=narrowing.key)
        question = Question(self, window, communes, narrowing, measure.sensitivity)
        return derive(code, Count(code), question, narrowing.key)

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
        question = Question(self, window, communes, narrowing, indicator.sensitivity)
        return question.derived(indicator)

    def figure(
        self,
        code: str,
        window: Window,
        *,
        communes: frozenset[int] | None = None,
        narrowing: Narrowing = WHOLE,
    ) -> Figure:
        """A measure or an indicator, whichever has the code."""
        ask = self.measure if code in self._catalogue.measures else self.indicator
        return ask(code, window, communes=communes, narrowing=narrowing)

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
        measures = self._parted_measures(code)
        keys = list(declared_keys(measures[0], breakdown))
        others: set[str] = set()
        for measure in measures:
            _require_breakdown(measure, narrowed(breakdown, ""))
            if self.state_of((measure.code,), self._owner(code), window) is None:
                cuts = self._sums.by_cut(measure, window, communes)
                others |= {cut[BREAKDOWNS.index(breakdown)] for cut, n in cuts.items() if n}
        keys += sorted(others - set(keys))
        return {
            key: ask(code, window, communes=communes, narrowing=narrowed(breakdown, key))
            for key in keys
        }

    def by_commune(
        self, code: str, window: Window, communes: Iterable[int]
    ) -> Mapping[int, Figure]:
        """A measure or indicator for each of these communes."""
        places = tuple(communes)
        figures = self.by_place(code, window, [frozenset({place}) for place in places])
        return dict(zip(places, figures, strict=True))

    def by_place(
        self, code: str, window: Window, places: Iterable[frozenset[int]]
    ) -> Sequence[Figure]:
        """A measure or indicator for each of these sets of communes, which do not meet."""
        wanted = tuple(places)
        for name in self.names(code):
            self._sums.fetch(self._find_measure(name), window, wanted)
        return [self.figure(code, window, communes=place) for place in wanted]

    def communes_with(self, code: str, window: Window) -> frozenset[int]:
        """The communes of the reader in which anything was counted for a figure."""
        measures = (self._find_measure(name) for name in self.names(code))
        return frozenset().union(*(self._sums.by_commune(m, window) for m in measures))

    def commune_names(self, communes: Iterable[int]) -> Mapping[int, str]:
        """What communes are called, no two alike."""
        return distinct_names(self._session, set(communes))

    def is_fresh(self, codes: Iterable[str]) -> bool:
        """Whether nothing waits to be counted for these measures and indicators, or cannot be."""
        names = frozenset(name for code in codes for name in self.names(code))
        if self._unavailable(names) is not None:
            return False
        return self._session.scalar(self._marks(names).limit(1)) is None

    def waiting(self, codes: Iterable[str]) -> int:
        """How many communes and days wait to be counted again for them."""
        places = self._marks(codes).subquery()
        return self._session.scalar(select(func.count()).select_from(places)) or 0

    def _marks(self, codes: Iterable[str]) -> Select[Any]:
        names = {name for code in codes for name in self.names(code)}
        mark = FigureStale
        place: tuple[Any, ...] = (mark.measure, mark.commune_id, mark.day)
        return (
            select(*place)
            .where(mark.tenant_id == self._session.tenant_id, mark.measure.in_(sorted(names)))
            .distinct()
        )

    def sensitivity(self, indicator: Indicator) -> DataClass:
        """How secret an indicator is: as its own class says, or the worst of its measures."""
        names = self._catalogue.measures_of(indicator)
        classes = (self._catalogue.measures[name].sensitivity for name in names)
        return strictest(indicator.sensitivity, *classes)

    def is_on(self, measure: Measure, window: Window) -> bool:
        """Whether the measure's programme was on at any time in the window."""
        return self.state_of((measure.code,), self._owner(measure.code), window) is None

    def atoms(self, measure: Measure, year: int, *, crossed: bool = False) -> dict[Atom, int]:
        """The exact counts by commune and quarter, for protecting them; never to be shown.

        A stock is as at the quarter's end. ``crossed`` parts them by every breakdown as well.
        """
        return self._sums.atoms(measure, year, crossed=crossed)

    def rule(self, owner: str, sensitivity: DataClass) -> Rule:
        """How small counts of a programme's figures are hidden and the others rounded."""
        return self._protection.rule(owner, sensitivity)

    def names(self, code: str) -> tuple[str, ...]:
        """The measures behind a code that may be one itself."""
        if code in self._catalogue.measures:
            return (code,)
        return self._catalogue.measures_of(self._find_indicator(code))

    def state_of(self, measures: Iterable[str], owner: str, window: Window) -> FigureState | None:
        """Why there is no number whatever was counted, if so.

        Raises:
            RefusedError: the reader's roles are for other programmes.
        """
        names = tuple(measures)
        owners = {owner, *(self._owner(measure) for measure in names)}
        theirs = self._session.reach.figures
        if theirs is not None and not owners <= theirs:
            raise RefusedError(_OTHER_PROGRAMMES)
        if not owners - {CORE} <= self.enabled_in(window):
            return FigureState.NOT_ENABLED
        return None if owners <= {CORE} else self._unavailable(names)

    def _unavailable(self, measures: Iterable[str]) -> FigureState | None:
        """Whether a measure could not be counted when it was last tried."""
        if self._uncounted is None:
            self._uncounted = uncounted(self._session)
        return None if self._uncounted.isdisjoint(measures) else FigureState.NOT_AVAILABLE

    def shown(self, code: str, question: Question) -> Part:
        """A count as the reader may see it.

        Raises:
            NoSuchBreakdownError: the measure has no such breakdown.
        """
        measure = self._find_measure(code)
        narrowing, communes = question.narrowing, question.communes
        _require_breakdown(measure, narrowing)
        level = Level.WHOLE if narrowing.is_whole else Level.PART
        if self._is_below(communes):
            level = Level.BELOW
        sensitivity = strictest(question.sensitivity, measure.sensitivity)
        if treatment(sensitivity, level, Audience.PROVINCE) is Treatment.EXACT:
            return self._sums.count(measure, question.window, communes, narrowing)
        count = self._protected(measure, sensitivity, question)
        return FigureState.SUPPRESSED if count is None else count

    def units(self, level: UnitLevel, question: Question) -> Mapping[int, int]:
        """The communes of the question's place on its last day, each with its unit of a level."""
        theirs = self._session.reach.communes_in(_CELLS)
        asked = question.communes
        place = asked if theirs is None else theirs if asked is None else asked & theirs
        return self.units_on(question.window.end).of(level, place)

    def by_unit(self, code: str, level: UnitLevel, question: Question) -> Mapping[int, int]:
        """What a measure comes to in each of these units.

        Raises:
            NoSuchBreakdownError: the question is narrowed; parts of places do not add up.
        """
        if not question.narrowing.is_whole:
            raise _no_breakdown(code)
        unit_of = self.units(level, question)
        counts = self._sums.by_commune(self._find_measure(code), question.window)
        heirs = self.units_on(question.window.end).heirs(counts)
        sums = dict.fromkeys(unit_of.values(), 0)
        for commune, count in counts.items():
            unit = unit_of.get(heirs.get(commune, commune))
            if unit is not None:
                sums[unit] += count
        return sums

    def units_on(self, day: date) -> UnitsOfDay:
        """The units of the province on a day."""
        if day not in self._units:
            self._units[day] = UnitsOfDay(self._session, day)
        return self._units[day]

    def _protected(
        self, measure: Measure, sensitivity: DataClass, question: Question
    ) -> int | None:
        """A restricted count below the province, from its place in the grid; else nothing."""
        window, communes = question.window, question.communes
        period = next((p for p in periods_of(window.start.year) if p.window == window), None)
        is_single = communes is None or len(communes) == 1
        if period is None or not is_single or not question.narrowing.is_whole:
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

    def _parted_measures(self, code: str) -> tuple[Measure, ...]:
        """Those whose parts a breakdown shows: all that are added up, else the first."""
        names = self.names(code)
        if not names:
            raise _no_breakdown(code)
        indicator = self._catalogue.indicators.get(code)
        is_sum = indicator is not None and isinstance(indicator.formula, Sum)
        return tuple(self._find_measure(name) for name in (names if is_sum else names[:1]))


@dataclass(frozen=True, slots=True)
class Question:
    """What a figure is asked for: a place, a window, a cell, and how secret the answer is."""

    door: FigureDoor
    window: Window
    communes: frozenset[int] | None
    narrowing: Narrowing
    sensitivity: DataClass

    def derived(self, indicator: Indicator) -> Figure:
        """The answer for an indicator, as the reader may see it."""
        key, names = self.narrowing.key, self.door.catalogue.measures_of(indicator)
        owner = self.door.catalogue.owner_of[indicator.code]
        if state := self.door.state_of(names, owner, self.window):
            return Figure(indicator.code, state, detail=key)
        return derive(indicator.code, indicator.formula, self, key)

    def of(self, measure: str) -> Part:
        """What a measure comes to."""
        return self.door.shown(measure, self)

    def by_unit(self, measure: str, level: UnitLevel) -> ByUnit:
        """The same for every unit of the level."""
        return self.door.by_unit(measure, level, self) or FigureState.NOT_REPORTED

    def within(self, level: UnitLevel, larger: UnitLevel) -> ByUnit:
        """For every unit of a level, the unit of the larger level that it lies in."""
        smaller, holders = self.door.units(level, self), self.door.units(larger, self)
        found = {unit: holders[commune] for commune, unit in smaller.items() if commune in holders}
        return found or FigureState.NOT_REPORTED

    def figure(self, indicator: str, *, last_year: bool) -> Figure:
        """Another indicator for the same place, now or over the same days a year before."""
        other = self.door.catalogue.indicators[indicator]
        asked = replace(
            self,
            window=self.window.year_earlier() if last_year else self.window,
            sensitivity=strictest(self.sensitivity, other.sensitivity),
        )
        return asked.derived(other)


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
