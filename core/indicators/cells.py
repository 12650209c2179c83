"""Sums of cells, as far as one reader's reach goes; each is asked of the database once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from core.indicators.disclosure.grid import QUARTERS
from core.indicators.models import FigureCell
from core.kit.periods import Period, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.indicators.disclosure.grid import Atom
    from core.plugin_api.figures import Measure
    from core.tenancy.session import TenantSession

    Cut = tuple[str, str, str]


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

    @property
    def key(self) -> str | None:
        """What a figure of one cell is called: the keys that were asked for."""
        asked = [key for key in (self.sex, self.age_band, self.detail) if key is not None]
        return " ".join(asked) if asked else None

    def takes(self, cut: Cut) -> bool:
        """Whether a combination of breakdowns belongs to it."""
        asked = (self.sex, self.age_band, self.detail)
        return all(want is None or want == have for want, have in zip(asked, cut, strict=True))


WHOLE = Narrowing()


class CellSums:
    """A flow is summed over the window, a stock up to its last day."""

    def __init__(self, session: TenantSession) -> None:
        """The reach of the session bounds every sum."""
        self._session = session
        self._cuts: dict[tuple[str, Window, frozenset[int] | None], dict[Cut, int]] = {}
        self._communes: dict[tuple[str, Window], dict[int, int]] = {}

    def count(
        self,
        measure: Measure,
        window: Window,
        communes: frozenset[int] | None,
        narrowing: Narrowing = WHOLE,
    ) -> int:
        """What a measure comes to in the communes, or all of the reader's."""
        cuts = self.by_cut(measure, window, communes)
        return sum(count for cut, count in cuts.items() if narrowing.takes(cut))

    def by_cut(
        self, measure: Measure, window: Window, communes: frozenset[int] | None
    ) -> Mapping[Cut, int]:
        """The same by all its breakdowns at once."""
        key = (measure.code, window, communes)
        if key not in self._cuts:
            cut = (FigureCell.sex, FigureCell.age_band, FigureCell.detail)
            statement = self._summed(measure, window, *cut)
            if communes is not None:
                statement = statement.where(FigureCell.commune_id.in_(sorted(communes)))
            rows = self._session.execute(statement.group_by(*cut))
            self._cuts[key] = {(sex, band, detail): int(n) for n, sex, band, detail in rows}
        return self._cuts[key]

    def by_commune(self, measure: Measure, window: Window) -> Mapping[int, int]:
        """What a measure comes to in each commune that has any."""
        key = (measure.code, window)
        if key not in self._communes:
            commune = FigureCell.commune_id
            rows = self._session.execute(self._summed(measure, window, commune).group_by(commune))
            self._communes[key] = {commune_id: int(n) for n, commune_id in rows}
        return self._communes[key]

    def fetch(self, measure: Measure, window: Window, places: Iterable[frozenset[int]]) -> None:
        """Keep the breakdowns of sets of communes, by one query instead of one for each."""
        cell = FigureCell
        cut = (cell.commune_id, cell.sex, cell.age_band, cell.detail)
        sums: dict[frozenset[int], dict[Cut, int]] = {place: {} for place in places}
        place_of = {commune: place for place in sums for commune in place}
        statement = self._summed(measure, window, *cut).where(cell.commune_id.in_(sorted(place_of)))
        for n, commune, sex, band, detail in self._session.execute(statement.group_by(*cut)):
            found = sums[place_of[commune]]
            found[sex, band, detail] = found.get((sex, band, detail), 0) + int(n)
        for place, found in sums.items():
            self._cuts[measure.code, window, place] = found

    def atoms(self, measure: Measure, year: int, *, crossed: bool) -> dict[Atom, int]:
        """The counts by commune and quarter, parted by every breakdown if ``crossed``."""
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

    def _summed(self, measure: Measure, window: Window, *cut: Any) -> Select[Any]:
        cell = FigureCell
        statement = select(func.sum(cell.value), *cut).where(
            cell.tenant_id == self._session.tenant_id,
            cell.measure == measure.code,
            cell.day <= window.end,
        )
        return statement.where(cell.day >= window.start) if measure.kind == "flow" else statement
