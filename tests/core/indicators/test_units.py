"""Communes and districts that are counted: those of the day, of the reader, with those before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select

from core.areas.models import AreaSuccession
from core.areas.repository import communes_of, districts_of, find_province
from core.indicators.cells import Narrowing
from core.indicators.door import FigureDoor, NoSuchBreakdownError
from core.kit.language import Text
from core.kit.periods import Period, Window
from core.plugin_api.documents import FigureState
from core.plugin_api.figures import (
    AllUnits,
    Average,
    Change,
    Indicator,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
    UnitsWhole,
)
from core.profiles.models import TenantProfile
from core.registry.catalogue import Catalogue, Contribution
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api.documents import Figure
    from core.plugin_api.figures import Formula

NAME = Text(vi="Thử", en="Test")
YEAR = Period.parse("2018").window
FORMULAS: dict[str, Formula] = {
    "SUM": Sum("sample.seen", "sample.amount"),
    "COMMUNES": Units("sample.seen", "commune"),
    "WITH_TWO": UnitsRatio("sample.seen", "commune", at_least=2),
    "DISTRICTS": UnitsRatio("sample.seen", "district"),
    "PER_COMMUNE": Average("sample.seen", AllUnits("commune")),
    "WHOLE": UnitsWhole(Ratio("sample.seen", "sample.staying"), "commune"),
    "HOLDING": UnitsWhole(Ratio("sample.seen", "sample.staying"), "commune", within="district"),
}


@pytest.fixture
def catalogue(world: Any) -> Catalogue:
    """The sample programme with an indicator of each formula, and the change of one."""
    formulas = FORMULAS | {"CHANGE": Change("COMMUNES")}
    more = tuple(
        Indicator(
            code=code,
            name=NAME,
            definition=NAME,
            unit=NAME,
            direction="up",
            frequency=("Y",),
            formula=formula,
        )
        for code, formula in formulas.items()
    )
    first, *others = world.catalogue.contributions
    return Catalogue(
        (Contribution(owner="sample", measures=first.measures, indicators=more), *others)
    )


class AnGiang:
    """Communes of An Giang, parted over its districts, and figures asked of them."""

    def __init__(self, world: Any, catalogue: Catalogue) -> None:
        self.world, self.catalogue = world, catalogue
        with world.door.tenant_session(1) as session:
            day = YEAR.end
            province = find_province(session, "89", day)
            assert province is not None
            self.province = province.id
            self.districts = [d.id for d in districts_of(session, province.id, day)]
            self.communes = [
                [c.id for c in communes_of(session, district, day)] for district in self.districts
            ]
            self.later = find_province(session, "91", date(2025, 7, 1))

        self.size = sum(len(communes) for communes in self.communes)

    def ask(self, code: str, window: Window = YEAR, reach: Reach | None = None) -> Figure:
        """An indicator, as the reader sees it."""
        with self.world.door.tenant_session(1, reach=reach, read_only=True) as session:
            return FigureDoor(session, self.catalogue).indicator(code, window)

    def is_(self, code: str, **more: Any) -> tuple[int | None, int | None]:
        """The count, or what stands above and below the line."""
        figure = self.ask(code, **more)
        assert figure.state is FigureState.NUMBER, figure
        return (
            (figure.numerator, figure.denominator)
            if figure.denominator
            else (
                figure.count,
                None,
            )
        )


def profile(code: str, area: int, first: date, last: date | None) -> TenantProfile:
    return TenantProfile(
        code=code,
        area_id=area,
        valid_from=first,
        valid_to=last,
        source="test",
        legal_basis=[],
        unknown=[],
    )


@pytest.fixture
def an_giang(world: Any, catalogue: Catalogue) -> Iterator[AnGiang]:
    """Two sightings in a commune, one in its neighbour, one in another district; one stay each."""
    here = AnGiang(world, catalogue)
    world.switch_on("sample", datetime(2016, 12, 31, 17, tzinfo=UTC))
    world.add(profile("old", here.province, date(2017, 1, 1), date(2025, 6, 30)))
    first, second = here.communes[0][:2]
    other = here.communes[1][0]
    for commune in (first, first, second, other):
        world.seen(date(2018, 3, 5), commune, amount=10)
    for commune in (first, second, second, other):
        world.add(world.stay(commune_id=commune, came_on=date(2018, 1, 5)))
    world.count()
    yield here
    with world.door.tenant_session(1) as session:
        session.execute(delete(TenantProfile).where(TenantProfile.tenant_id == 1))


def test_units_are_counted_among_all_of_the_province(an_giang: AnGiang) -> None:
    assert an_giang.is_("SUM") == (4 + 40, None)
    assert an_giang.is_("COMMUNES") == (3, None)
    assert an_giang.is_("WITH_TWO") == (1, an_giang.size)
    assert an_giang.is_("DISTRICTS") == (2, 11)
    assert an_giang.is_("PER_COMMUNE") == (4, an_giang.size)
    assert an_giang.ask("PER_COMMUNE").value == Decimal(4) / an_giang.size
    # two of two, one of one; the neighbour has one of two
    assert an_giang.is_("WHOLE") == (2, None)
    assert an_giang.is_("HOLDING") == (2, None)


def test_a_reader_of_a_district_has_the_units_of_the_district(an_giang: AnGiang) -> None:
    theirs = Reach(communes=frozenset(an_giang.communes[0]))
    size = len(an_giang.communes[0])
    assert an_giang.is_("WITH_TWO", reach=theirs) == (1, size)
    assert an_giang.is_("DISTRICTS", reach=theirs) == (1, 1)
    assert an_giang.is_("PER_COMMUNE", reach=theirs) == (3, size)


def test_units_without_records_are_a_counted_zero(an_giang: AnGiang) -> None:
    assert an_giang.is_("WITH_TWO", window=Period.parse("2018-Q4").window) == (0, an_giang.size)


def test_the_change_of_a_number_of_units(an_giang: AnGiang) -> None:
    assert an_giang.ask("CHANGE").state is FigureState.NOT_REPORTED  # there was none in 2017
    an_giang.world.seen(date(2017, 3, 5), an_giang.communes[2][0])
    an_giang.world.seen(date(2017, 4, 5), an_giang.communes[3][0])
    an_giang.world.count()
    figure = an_giang.ask("CHANGE")
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal(50), 1, 2)


def test_places_are_never_parted_by_a_breakdown(an_giang: AnGiang) -> None:
    with an_giang.world.door.tenant_session(1, read_only=True) as session:
        door = FigureDoor(session, an_giang.catalogue)
        with pytest.raises(NoSuchBreakdownError):
            door.indicator("COMMUNES", YEAR, narrowing=Narrowing(sex="male"))
        with pytest.raises(NoSuchBreakdownError):
            door.by("WITH_TWO", "sex", YEAR)


def test_each_commune_is_a_unit_of_its_own(an_giang: AnGiang) -> None:
    with an_giang.world.door.tenant_session(1, read_only=True) as session:
        door = FigureDoor(session, an_giang.catalogue)
        figures = door.by_commune("COMMUNES", YEAR, an_giang.communes[0][:3])
    assert [figure.count for figure in figures.values()] == [1, 1, 0]


def test_without_a_profile_nobody_knows_which_units_there_are(an_giang: AnGiang) -> None:
    before = Period.parse("2016").window
    with an_giang.world.door.tenant_session(1) as session:
        session.execute(delete(TenantProfile).where(TenantProfile.tenant_id == 1))
    assert an_giang.ask("WITH_TWO").state is FigureState.NOT_REPORTED
    assert an_giang.ask("WITH_TWO", before).state is FigureState.NOT_ENABLED


def test_after_the_merger_old_records_count_in_the_new_commune_and_no_district_is_left(
    an_giang: AnGiang,
) -> None:
    assert an_giang.later is not None
    an_giang.world.add(profile("new", an_giang.later.id, date(2025, 7, 1), None))
    old = an_giang.communes[0][0]
    link = AreaSuccession
    with an_giang.world.door.tenant_session(1) as session:
        new = session.scalar(
            select(link.successor_id).where(link.predecessor_id == old, link.is_default)
        )
    assert new is not None
    an_giang.world.seen(date(2025, 3, 1), old)
    an_giang.world.seen(date(2025, 9, 1), new)
    an_giang.world.count()
    year = Period.parse("2025").window
    communes = an_giang.is_("WITH_TWO", window=year)
    assert communes == (1, 102)
    assert an_giang.is_("COMMUNES", window=year) == (1, None)
    assert an_giang.ask("DISTRICTS", year).state is FigureState.NOT_REPORTED
    assert an_giang.is_("DISTRICTS", window=Period.parse("2025-H1").window) == (1, 11)
