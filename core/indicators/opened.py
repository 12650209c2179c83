"""A figure opened: what it is made of, where, how it stood a year ago, and how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.areas.repository import find_area
from core.indicators.door import BREAKDOWNS
from core.kit.errors import NotFoundError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.areas.repository import AreaView
    from core.indicators.door import FigureDoor
    from core.kit.periods import Window
    from core.plugin_api.documents import Figure
    from core.plugin_api.figures import Breakdown, Indicator, Measure
    from core.tenancy.session import TenantSession

ELSEWHERE = Text("Xã không còn trong danh mục", "Communes that are no more")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and the communes whose records count in it; no area: what lies in no other."""

    area: AreaView | None
    communes: frozenset[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Everything that stands behind one figure in one window and place.

    ``measures`` are what it is derived from. ``places`` are the units below; of a count they add
    up to it, and so do the parts of each breakdown. ``waiting`` is how many of its cells are to
    be counted again after changes; 0 says that it is fresh. ``moved`` says that units ended in
    the window, so that their records stand in the ones that took them.
    """

    code: str
    name: Text
    indicator: Indicator | None
    window: Window
    place: Place
    figure: Figure
    last_year: Figure
    measures: tuple[tuple[Measure, Figure], ...]
    places: tuple[tuple[Place, Figure], ...]
    breakdowns: Mapping[Breakdown, Mapping[str, Figure]]
    waiting: int
    moved: bool


def open_figure(
    session: TenantSession, door: FigureDoor, code: str, window: Window, area_id: int | None = None
) -> Opened:
    """Open an indicator or a measure for the province, a district or a commune.

    Raises:
        NotFoundError: nobody declares the code, or the area is none of the reader's.
    """
    indicator = door.catalogue.indicators.get(code)
    measures = tuple(door.catalogue.measures[name] for name in door.names(code))
    place, places = places_of(session, door, code, window, area_id)
    communes = place.communes
    return Opened(
        code=code,
        name=measures[0].name if indicator is None else indicator.name,
        indicator=indicator,
        window=window,
        place=place,
        figure=door.figure(code, window, communes=communes),
        last_year=door.figure(code, window.year_earlier(), communes=communes),
        measures=tuple((m, door.measure(m.code, window, communes=communes)) for m in measures),
        places=tuple(zip(places, door.by_place(code, window, _sets(places)), strict=True)),
        breakdowns={
            breakdown: door.by(code, breakdown, window, communes=communes)
            for breakdown in BREAKDOWNS
            if _is_parted(door, code, breakdown)
        },
        waiting=door.waiting((code,)),
        moved=bool(door.units_on(window.end).heirs(door.communes_with(code, window))),
    )


def places_of(
    session: TenantSession, door: FigureDoor, code: str, window: Window, area_id: int | None
) -> tuple[Place, tuple[Place, ...]]:
    """A place and the units right below it, as they were on the last day of the window.

    Raises:
        NotFoundError: the area is none of the reader's.
    """
    units, counted = door.units_on(window.end), door.communes_with(code, window)
    reach = session.reach.communes
    districts = units.members("district", counted, reach)
    communes = units.members("commune", counted, reach)
    if area_id is None or area_id == units.province:
        area = None if units.province is None else find_area(session, units.province)
        place, below = Place(area, None), districts or communes
        rest = counted - frozenset[int]().union(*below.values())
        others = (Place(None, rest),) if rest else ()
    else:
        members = districts.get(area_id) or communes.get(area_id)
        if members is None:
            raise NotFoundError
        place, others = Place(find_area(session, area_id), members), ()
        below = {c: own for c, own in communes.items() if area_id in districts and own <= members}
    views = (view for view in units.views if view.id in below)
    return place, (*(Place(view, below[view.id]) for view in views), *others)


def _sets(places: Sequence[Place]) -> list[frozenset[int]]:
    return [place.communes or frozenset() for place in places]


def _is_parted(door: FigureDoor, code: str, breakdown: Breakdown) -> bool:
    """Whether parts are shown that add up: of counts and sums, and of ratios by both sides."""
    indicator = door.catalogue.indicators.get(code)
    if indicator is not None and door.catalogue.rests_on_units(indicator):
        return False
    measures = [door.catalogue.measures[name] for name in door.names(code)]
    at = BREAKDOWNS.index(breakdown)
    return bool(measures) and all((m.sex, m.age, m.detail)[at] is not None for m in measures)
