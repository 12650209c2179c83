"""For random records, places and days: parts add up, and cells say what the records do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from core.areas.repository import communes_of, districts_of, find_province
from core.indicators.behind import records_behind
from core.indicators.door import FigureDoor
from core.indicators.opened import open_figure
from core.kit.periods import Window
from core.profiles.models import TenantProfile
from core.registry.models import ProgrammeEnablement
from core.tenancy.reach import Reach

FIRST = date(2018, 1, 1)
# the third place is of another province: it lies in no unit of this one
ROW = st.tuples(
    st.integers(0, 5),
    st.integers(0, 400),
    st.sampled_from(["male", "female", None]),
    st.integers(0, 20),
    st.sampled_from(["river", "pond", "lake", None]),
    st.integers(0, 300),
)


def prepare(world: Any) -> list[int]:
    """Five communes of three districts of An Giang, and one that is elsewhere."""
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        for model in (world.sighting, world.stay):
            for row in session.scalars(select(model).where(model.tenant_id == 1)):
                session.delete(row)
        session.execute(delete(TenantProfile).where(TenantProfile.tenant_id == 1))
        session.execute(delete(ProgrammeEnablement).where(ProgrammeEnablement.tenant_id == 1))
        since = datetime(2016, 12, 31, 17, tzinfo=UTC)
        session.add(ProgrammeEnablement(programme="sample", valid_from=since))
        province = find_province(session, "89", FIRST)
        elsewhere = find_province(session, "10", FIRST)
        assert province is not None
        assert elsewhere is not None
        session.add(
            TenantProfile(code="p", area_id=province.id, source="test", legal_basis=[], unknown=[])
        )
        districts = districts_of(session, province.id, FIRST)[:3]
        inside = [area.id for d in districts for area in communes_of(session, d.id, FIRST)[:2]]
        return [*inside[:5], communes_of(session, elsewhere.id, FIRST)[0].id]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(ROW, min_size=1, max_size=25),
    start=st.integers(0, 380),
    length=st.integers(1, 200),
)
def test_parts_add_up_at_each_level_and_cells_agree_with_the_records(
    world: Any, rows: Any, start: int, length: int
) -> None:
    communes = prepare(world)
    first = FIRST + timedelta(days=start)
    window = Window(first, first + timedelta(days=length - 1))
    made: list[Any] = []
    for place, day, sex, age, kind, stays in rows:
        on, where = FIRST + timedelta(days=day), communes[place]
        more = {"status": "kept" if age else "dropped", "amount": age}
        made.append(
            world.sighting(seen_on=on, commune_id=where, sex=sex, age=age, kind=kind, **more)
        )
        left = on + timedelta(days=stays) if stays else None
        made.append(world.stay(came_on=on, left_on=left, commune_id=where, sex=sex))
    world.add(*made)
    world.count()
    assert world.differences() == []
    with world.door.tenant_session(1) as session:
        door = FigureDoor(session, world.catalogue)
        for code in ("sample.seen", "sample.amount", "sample.staying"):
            whole = open_figure(session, door, code, window)
            adds_up(whole)
            below = [place.area for place, _ in whole.places if place.area is not None]
            for area in below:
                part = open_figure(session, door, code, window, area.id)
                adds_up(part)
                told = next(f for p, f in whole.places if p.area == area)
                assert part.figure == told
        seen, measures = world.sighting, {m.code: m for m in world.measures}
        direct = session.scalar(
            select(func.count(seen.id)).where(
                seen.tenant_id == 1,
                seen.status == "kept",
                seen.seen_on.between(window.start, window.end),
            )
        )
        for code in ("sample.seen", "sample.staying"):
            behind = records_behind(session, measures[code], window, None, limit=1000)
            assert len(behind) == door.measure(code, window).count
        assert door.measure("sample.seen", window).count == direct


def adds_up(opened: Any) -> None:
    """The units below, and the parts of each breakdown, come to the figure."""
    total = opened.figure.count
    if opened.places:
        assert sum(figure.count for _, figure in opened.places) == total
    for parts in opened.breakdowns.values():
        assert sum(figure.count for figure in parts.values()) == total
