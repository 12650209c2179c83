"""Cells equal a count from scratch, whatever was written and by how many at once."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from core.indicators.columns import MeasureColumns
from core.indicators.count import clear_marks, recount, recount_all, verify
from core.indicators.models import FigureCell, FigureStale
from core.indicators.stale import mark_stale
from core.kit.errors import ConfigurationError
from core.kit.language import Text
from core.migrations.runner import CORE_CHAIN, drift
from core.plugin_api.figures import Measure
from core.tenancy.guards import TenantWallError
from core.tenancy.reach import Reach

DAY = date(2018, 3, 5)


def cells(world: Any, tenant: Any = 1) -> Any:
    with world.door.tenant_session(tenant, reach=Reach.counting()) as session:
        rows = session.scalars(select(FigureCell).where(FigureCell.tenant_id == tenant))
        return {
            (c.measure, c.commune_id, c.day, c.sex, c.age_band, c.detail): c.value for c in rows
        }


def marks(world: Any) -> Any:
    with world.door.tenant_session(1) as session:
        rows = session.scalars(select(FigureStale).where(FigureStale.tenant_id == 1))
        return {(row.measure, row.commune_id, row.day) for row in rows}


def test_tables_are_as_the_models_say(database: Any) -> None:
    with database.owner.connect() as connection:
        lines = drift(connection, CORE_CHAIN)
    own = ("figure_cell", "figure_stale")
    assert [line for line in lines if any(name in line for name in own)] == []


def test_a_new_row_marks_its_cells_and_nothing_else(world: Any) -> None:
    here = world.communes[0]
    world.seen(DAY, here)
    assert marks(world) == {("sample.seen", here, DAY), ("sample.amount", here, DAY)}


def test_a_change_without_bearing_on_a_measure_marks_nothing(world: Any) -> None:
    here = world.communes[0]
    row_id = world.seen(DAY, here, amount=1)
    world.count()
    with world.door.tenant_session(1) as session:
        session.get_one(world.sighting, (1, row_id)).amount = 7
    assert marks(world) == {("sample.amount", here, DAY)}


def test_breakdowns_are_kept_apart_and_unknown_ones_are_empty(world: Any) -> None:
    here = world.communes[0]
    world.seen(DAY, here, sex="female", age=12, kind="pond")
    world.seen(DAY, here, sex="female", age=12, kind="pond")
    world.seen(DAY, here, sex=None, age=18, kind=None)
    world.seen(DAY, here, status="dropped")
    assert world.count() == 2
    assert {key: n for key, n in cells(world).items() if key[0] == "sample.seen"} == {
        ("sample.seen", here, DAY, "female", "11-12", "pond"): 2,
        ("sample.seen", here, DAY, "", "", ""): 1,
    }


def test_a_stock_keeps_what_came_and_what_went(world: Any) -> None:
    here, gone = world.communes[0], date(2018, 5, 1)
    world.add(world.stay(commune_id=here, came_on=DAY, left_on=gone, sex="male"))
    world.add(world.stay(commune_id=here, came_on=DAY, left_on=DAY, sex="male"))
    world.count()
    assert cells(world) == {
        ("sample.staying", here, DAY, "male", "", ""): 1,
        ("sample.staying", here, gone, "male", "", ""): -1,
    }


def test_a_moment_counts_on_its_day_in_viet_nam(world: Any) -> None:
    here = world.communes[0]
    late = datetime(2018, 3, 4, 17, 30, tzinfo=UTC)  # half past midnight on the fifth
    world.add(world.secret(commune_id=here, detected_at=late))
    assert marks(world) == {("quiet.detected", here, DAY)}
    world.count()
    assert cells(world) == {("quiet.detected", here, DAY, "", "", ""): 1}


def test_a_rolled_back_write_marks_nothing(world: Any) -> None:
    def write_and_fail() -> None:
        with world.door.tenant_session(1) as session:
            session.add(
                world.sighting(seen_on=DAY, commune_id=world.communes[0], status="kept", amount=1)
            )
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert marks(world) == set()


def test_a_row_moved_by_another_since_it_was_loaded_leaves_no_wrong_cell(world: Any) -> None:
    """Marking from memory would mark the old commune only, and the row would count twice."""
    old, new = world.communes[:2]
    row_id = world.seen(DAY, old)
    with world.door.tenant_session(1) as slow:
        row = slow.get_one(world.sighting, (1, row_id))
        with world.door.tenant_session(1) as quick:
            quick.get_one(world.sighting, (1, row_id)).commune_id = new
        world.count()
        row.seen_on = DAY + timedelta(days=1)
    world.count()
    assert world.differences() == []
    assert ("sample.seen", new, DAY + timedelta(days=1), "", "", "") in cells(world)


def test_a_row_that_left_the_readers_communes_is_marked_where_it_is(world: Any) -> None:
    old, new = world.communes[:2]
    row_id = world.seen(DAY, old)
    narrow = Reach(communes=frozenset({old}))
    with world.door.tenant_session(1, reach=narrow) as slow:
        row = slow.get_one(world.sighting, (1, row_id))
        with world.door.tenant_session(1) as quick:
            quick.get_one(world.sighting, (1, row_id)).commune_id = new
        row.status = "dropped"
    world.count()
    assert world.differences() == []


def test_a_write_past_the_session_is_found_by_verify_and_mended_by_a_mark(world: Any) -> None:
    here = world.communes[0]
    world.seen(DAY, here)
    world.count()
    seen = world.sighting
    with world.door.tenant_session(1) as session:
        session.execute(update(seen).where(seen.tenant_id == 1).values(status="dropped"))
    found = world.differences()
    assert [(d.measure, d.stored, d.counted) for d in found] == [("sample.seen", 1, 0)]
    with world.door.tenant_session(1) as session:
        mark_stale(session, world.measures[0], [(here, DAY)])
    world.count()
    assert world.differences() == []


def test_recount_takes_no_more_than_asked_and_coalesces_marks(world: Any) -> None:
    for number in range(6):
        world.seen(DAY + timedelta(days=number % 3), world.communes[0])
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        assert recount(session, world.measures, limit=4) == 4
        assert recount(session, world.measures, limit=4) == 2  # 12 marks on 6 cells
        assert recount(session, world.measures, limit=4) == 0


def test_counting_everything_clears_marks_and_mends_cells(world: Any) -> None:
    world.seen(DAY, world.communes[0])
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        session.add(
            FigureCell(
                measure="sample.seen",
                commune_id=world.communes[1],
                day=DAY,
                sex="",
                age_band="",
                detail="",
                value=9,
            )
        )
        session.flush()
        assert recount_all(session, world.measures) == 2
        assert verify(session, world.measures) == []
    assert marks(world) == set()


def test_after_an_import_with_very_many_marks_everything_is_counted_at_once(world: Any) -> None:
    here = world.communes[0]
    world.seen(DAY, here)
    world.seen(DAY, here)
    with world.database.admin.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO core.figure_stale (tenant_id, id, measure, commune_id, day) "
                "SELECT 1, gen_random_uuid(), 'sample.seen', :here, DATE '1960-01-01' + n "
                "FROM generate_series(1, 20000) n"
            ),
            {"here": here},
        )
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        assert clear_marks(session, world.measures) == 2  # a cell of each measure of a sighting
        assert verify(session, world.measures) == []
    assert marks(world) == set()


def test_few_marks_are_counted_one_by_one(world: Any) -> None:
    world.seen(DAY, world.communes[0])
    world.seen(DAY, world.communes[1])
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        assert clear_marks(session, world.measures) == 4
        assert verify(session, world.measures) == []
    assert marks(world) == set()


def test_counting_with_a_bounded_reach_is_refused(world: Any) -> None:
    with (
        world.door.tenant_session(1) as session,
        pytest.raises(TenantWallError, match="counting"),
    ):
        recount(session, world.measures)


def test_two_tenants_never_mix(world: Any) -> None:
    here = world.communes[0]
    world.seen(DAY, here)
    other = world.sighting(seen_on=DAY, commune_id=here, status="kept", amount=5)
    world.add(other, tenant=2)
    assert world.count(1) == 2
    assert cells(world, 2) == {}
    world.count(2)
    assert cells(world, 1)["sample.amount", here, DAY, "", "", ""] == 1
    assert cells(world, 2)["sample.amount", here, DAY, "", "", ""] == 5


def test_a_measure_that_cannot_be_counted_is_refused_by_name(world: Any) -> None:
    wrong = Measure(
        code="sample.wrong",
        name=Text(vi="Sai", en="Wrong"),
        model=world.sighting,
        kind="flow",
        date="on",
    )
    with pytest.raises(ConfigurationError, match=r"sample\.wrong .* no column on"):
        MeasureColumns(wrong)
    elsewhere = Measure(
        code="sample.elsewhere",
        name=Text(vi="Sai", en="Wrong"),
        model=world.sighting,
        kind="flow",
        date="seen_on",
        where=world.stay.sex == "male",
    )
    with pytest.raises(ConfigurationError, match="own model"):
        MeasureColumns(elsewhere)


def test_workers_and_writers_at_once_leave_no_wrong_cell(world: Any) -> None:
    here, failures = world.communes[0], []
    writing = threading.Event()

    def work() -> None:
        try:
            while not writing.is_set():
                with world.door.tenant_session(1, reach=Reach.counting()) as session:
                    recount(session, world.measures, limit=3)
        except Exception as error:  # noqa: BLE001  reported by the assertion below
            failures.append(error)

    def write() -> None:
        for number in range(25):
            world.seen(DAY + timedelta(days=number % 4), here)

    workers = [threading.Thread(target=work) for _ in range(3)]
    writers = [threading.Thread(target=write) for _ in range(3)]
    for thread in (*workers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    writing.set()
    for thread in workers:
        thread.join()
    world.count()
    assert failures == []
    assert world.differences() == []
    assert sum(n for key, n in cells(world).items() if key[0] == "sample.seen") == 75


STEP = st.tuples(
    st.sampled_from(["insert", "insert", "move", "redate", "drop", "sex", "delete", "count"]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["male", "female", None]),
)


def change(session: Any, row: Any, action: str, *, commune: int, number: int, sex: Any) -> None:
    """One edit of a sighting or a stay."""
    day = DAY + timedelta(days=number)
    is_flow = hasattr(row, "seen_on")
    if action == "delete":
        session.delete(row)
        return
    name, value = {
        "move": ("commune_id", commune),
        "sex": ("sex", sex),
        "redate": ("seen_on", day if number else None) if is_flow else ("came_on", day),
        "drop": ("status", "dropped") if is_flow else ("left_on", day),
    }[action]
    setattr(row, name, value)


def step(world: Any, action: str, which: int, number: int, sex: Any) -> None:
    """One thing that happens: rows are added, one row is edited, or cells are counted."""
    if action == "count":
        world.count(limit=2)
        return
    place, day = world.communes[number], DAY + timedelta(days=number)
    with world.door.tenant_session(1) as session:
        if action == "insert":
            more = {"status": "kept", "amount": number, "age": 7}
            session.add(world.sighting(seen_on=day, commune_id=place, sex=sex, **more))
            session.add(world.stay(came_on=day, commune_id=place, sex=sex))
            return
        for model in (world.sighting, world.stay):
            rows = session.scalars(select(model).order_by(model.id)).all()
            if rows:
                row = rows[which % len(rows)]
                change(session, row, action, commune=place, number=number, sex=sex)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=3, max_size=10))
def test_after_any_edits_cells_equal_a_direct_count(world: Any, steps: Any) -> None:
    seen, stay = world.sighting, world.stay
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        for kept in (*session.scalars(select(seen)), *session.scalars(select(stay))):
            session.delete(kept)
    for each in steps:
        step(world, *each)
    world.count(limit=3)
    assert world.differences() == []
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        direct = session.scalar(
            select(func.count(seen.id)).where(
                seen.tenant_id == 1, seen.status == "kept", seen.seen_on.is_not(None)
            )
        )
        there = session.scalar(
            select(func.count(stay.id)).where(stay.tenant_id == 1, stay.left_on.is_(None))
        )
    found = cells(world)
    assert sum(n for key, n in found.items() if key[0] == "sample.seen") == direct
    assert sum(n for key, n in found.items() if key[0] == "sample.staying") == there
