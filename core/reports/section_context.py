"""What sections ask their numbers of: the door while a report is open, frozen rows afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from core.indicators.cells import WHOLE, Narrowing
from core.indicators.derive import per_of as per_of_formula
from core.plugin_api.documents import Figure, FigureState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from core.indicators.door import FigureDoor
    from core.kit.periods import Window
    from core.plugin_api.figures import Breakdown
    from core.reports.models import ReportFigure

Span = Literal["period", "last_year"]
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Question:
    """How a section asked for a figure."""

    asked: str
    code: str
    span: Span
    part: str = ""


class LiveContext:
    """``SectionContext`` over the door; it remembers every answer, so that it can be frozen."""

    def __init__(
        self,
        door: FigureDoor,
        window: Window,
        *,
        has_districts: bool,
        planned: Callable[[str], int | None],
    ) -> None:
        """``planned`` answers with the planned quantity of an activity."""
        self._door = door
        self._windows: dict[Span, Window] = {"period": window, "last_year": window.year_earlier()}
        self._has_districts = has_districts
        self._planned = planned
        self.answers: dict[Question, Figure] = {}

    @property
    def year(self) -> int:
        """The year the period begins in."""
        return self._windows["period"].start.year

    @property
    def has_districts(self) -> bool:
        """Whether the tenant has districts during the period."""
        return self._has_districts

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """An indicator for the period of the report, or for the same period last year."""
        span = _span(last_year=last_year)
        figure = self._door.indicator(code, self._windows[span])
        return self._remember(Question("indicator", code, span), figure)

    def measure(
        self,
        code: str,
        *,
        last_year: bool = False,
        sex: str | None = None,
        age_band: str | None = None,
        detail: str | None = None,
    ) -> Figure:
        """A measure, whole or one cell of its breakdowns."""
        span = _span(last_year=last_year)
        narrowing = Narrowing(sex, age_band, detail)
        figure = self._door.measure(code, self._windows[span], narrowing=narrowing)
        return self._remember(Question("measure", code, span, part_of(narrowing)), figure)

    def by(
        self, code: str, breakdown: Breakdown, *, last_year: bool = False
    ) -> Mapping[str, Figure]:
        """A measure by one breakdown; keys in the declared order, those with a zero included."""
        span = _span(last_year=last_year)
        figures = self._door.by(code, breakdown, self._windows[span])
        for key, figure in figures.items():
            self._remember(Question(f"by_{breakdown}", code, span, key), figure)
        return figures

    def by_commune(self, code: str) -> Mapping[str, Figure]:
        """A measure or indicator in each commune where it counted anything, by their names."""
        window = self._windows["period"]
        figures = self._door.by_commune(code, window, self._door.communes_with(code, window))
        names = self._door.commune_names(figures)
        named = {names[place]: figures[place] for place in sorted(figures, key=names.__getitem__)}
        for name, figure in named.items():
            self._remember(Question("by_commune", code, "period", name), figure)
        return named

    def planned(self, activity_code: str) -> int | None:
        """The planned quantity of an activity in the province's programme; ``None`` if none."""
        quantity = self._planned(activity_code)
        state = FigureState.NOT_REPORTED if quantity is None else FigureState.NUMBER
        value = None if quantity is None else Decimal(quantity)
        question = Question(PLANNED, activity_code, "period")
        self._remember(question, Figure(activity_code, state, value))
        return quantity

    def _remember(self, question: Question, figure: Figure) -> Figure:
        self.answers[question] = figure
        return figure


class FrozenContext:
    """``SectionContext`` over the rows of a released report.

    A section that has been rewritten since and asks for something new gets "not reported": no
    number is made after the release.
    """

    def __init__(self, rows: Iterable[ReportFigure], *, year: int, has_districts: bool) -> None:
        """``rows`` in the order of their positions."""
        self._year = year
        self._has_districts = has_districts
        self._answers: dict[tuple[str, str, str, str], Figure] = {
            (row.asked, row.code, row.span, row.part): thawed(row) for row in rows
        }

    @property
    def year(self) -> int:
        """The year the period begins in."""
        return self._year

    @property
    def has_districts(self) -> bool:
        """Whether the tenant had districts during the period."""
        return self._has_districts

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """An indicator as released."""
        return self._answer("indicator", code, _span(last_year=last_year))

    def measure(
        self,
        code: str,
        *,
        last_year: bool = False,
        sex: str | None = None,
        age_band: str | None = None,
        detail: str | None = None,
    ) -> Figure:
        """A measure as released."""
        part = part_of(Narrowing(sex, age_band, detail))
        return self._answer("measure", code, _span(last_year=last_year), part)

    def by(
        self, code: str, breakdown: Breakdown, *, last_year: bool = False
    ) -> Mapping[str, Figure]:
        """A breakdown as released."""
        wanted = (f"by_{breakdown}", code, _span(last_year=last_year))
        return {key[3]: figure for key, figure in self._answers.items() if key[:3] == wanted}

    def by_commune(self, code: str) -> Mapping[str, Figure]:
        """The communes as released."""
        wanted = ("by_commune", code, "period")
        return {key[3]: figure for key, figure in self._answers.items() if key[:3] == wanted}

    def planned(self, activity_code: str) -> int | None:
        """A planned quantity as it was at the release."""
        figure = self._answer(PLANNED, activity_code, "period")
        return figure.count if figure.state is FigureState.NUMBER else None

    def _answer(self, asked: str, code: str, span: Span, part: str = "") -> Figure:
        found = self._answers.get((asked, code, span, part))
        return found or Figure(code, FigureState.NOT_REPORTED)


def part_of(narrowing: Narrowing) -> str:
    """A narrowing as text; empty for the whole."""
    if narrowing == WHOLE:
        return ""
    named = (
        ("sex", narrowing.sex),
        ("age_band", narrowing.age_band),
        ("detail", narrowing.detail),
    )
    return ";".join(f"{name}={key}" for name, key in named if key is not None)


def per_of(door: FigureDoor, code: str) -> int | None:
    """By how much a ratio is multiplied; ``None`` for a count."""
    indicator = door.catalogue.indicators.get(code)
    return None if indicator is None else per_of_formula(indicator.formula)


def _span(*, last_year: bool) -> Span:
    return "last_year" if last_year else "period"


def thawed(row: ReportFigure) -> Figure:
    """The figure that a row of a released report holds."""
    state = FigureState(row.state)
    value = None if row.value is None else Decimal(row.value)
    if state is FigureState.NUMBER and value is None:
        value = Decimal((row.numerator or 0) * (row.per or 1)) / Decimal(row.denominator or 1)
    return Figure(row.code, state, value, row.numerator, row.denominator, row.part or None)
