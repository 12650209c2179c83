"""Counts stale cells again, and proves that the cells equal a count from scratch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Text,
    and_,
    any_,
    delete,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from core.indicators.columns import MeasureColumns, Place
from core.indicators.models import FigureCell, FigureStale
from core.tenancy.guards import TenantWallError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select

    from core.plugin_api.figures import Measure
    from core.tenancy.session import TenantSession

# The advisory lock under which one worker counts a tenant: this number, then the tenant's.
_LOCK = 7214
_AT_ONCE = 500
MANY = 5_000
# One counter of a tenant at a time: it may have the room that a whole province's groups take.
_ROOM_MB = 128
_KEY = ("commune_id", "day", "sex", "age_band", "detail")


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not what a count from scratch gives."""

    measure: str
    commune_id: int
    day: date
    sex: str
    age_band: str
    detail: str
    stored: int
    counted: int


def recount(session: TenantSession, measures: Iterable[Measure], *, limit: int = _AT_ONCE) -> int:
    """Count marked cells again, at most ``limit`` pairs of commune and day; how many there were.

    Call it until it answers less than that. Marks are deleted before counting: a mark that was
    visible then belongs to a write that is visible to the count, and one that comes later stays for
    the next turn. Workers of one tenant go one after the other, so that no older count overwrites
    a newer.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    columns = _columns(measures)
    _one_at_a_time(session)
    mark = FigureStale
    marked = session.execute(
        select(mark.measure, mark.commune_id, mark.day)
        .where(mark.tenant_id == session.tenant_id, _one_of(mark.measure, columns))
        .distinct()
        .limit(limit)
    ).all()
    places: dict[str, set[Place]] = defaultdict(set)
    for measure, commune, day in marked:
        places[measure].add((commune, day))
    if marked:
        cell, these = FigureCell, [tuple(row) for row in marked]
        _forget_marks(session, tuple_(mark.measure, mark.commune_id, mark.day).in_(these))
        counts = [columns[m].counted(session.tenant_id, places[m]) for m in sorted(places)]
        _rewrite(session, counts, tuple_(cell.measure, cell.commune_id, cell.day).in_(these))
    return len(marked)


def clear_marks(session: TenantSession, measures: Sequence[Measure]) -> int:
    """Count until nothing is marked; how many pairs of commune and day, or cells, that took.

    After an import nearly everything is marked: then all is counted at once, which reads each
    table once and not once for every few hundred marks.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    if many_are_marked(session):
        return recount_all(session, measures)
    done = counted = recount(session, measures)
    while counted == _AT_ONCE:
        counted = recount(session, measures)
        done += counted
    return done


def many_are_marked(session: TenantSession) -> bool:
    """Whether so much is marked that ``clear_marks`` counts everything."""
    marks = select(FigureStale.measure).where(FigureStale.tenant_id == session.tenant_id)
    found = marks.limit(MANY + 1).subquery()
    return (session.scalar(select(func.count()).select_from(found)) or 0) > MANY


def recount_all(session: TenantSession, measures: Iterable[Measure]) -> int:
    """Count everything of these measures again; how many cells there are now.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    columns = _columns(measures)
    _one_at_a_time(session)
    session.with_room(_ROOM_MB)
    _forget_marks(session, _one_of(FigureStale.measure, columns))
    for measure in sorted(columns):
        whole = columns[measure].counted(session.tenant_id, None)
        _rewrite(session, [whole], FigureCell.measure == measure)
    cell = FigureCell
    statement = select(func.count(cell.id)).where(
        cell.tenant_id == session.tenant_id, _one_of(cell.measure, columns)
    )
    return session.scalar(statement) or 0


def verify(session: TenantSession, measures: Iterable[Measure]) -> list[Difference]:
    """Every cell that differs from a count from scratch; empty when all is well.

    Marked cells that wait for their turn show up too: recount first.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    _one_at_a_time(session)
    differences: list[Difference] = []
    for code, columns in sorted(_columns(measures).items()):
        counted = _by_key(session.execute(columns.counted(session.tenant_id, None)))
        stored = _by_key(session.execute(_stored(session, code)))
        differences.extend(
            _difference(code, key, stored.get(key, 0), counted.get(key, 0))
            for key in sorted(counted.keys() | stored.keys())
            if stored.get(key, 0) != counted.get(key, 0)
        )
    return differences


def _columns(measures: Iterable[Measure]) -> dict[str, MeasureColumns]:
    return {measure.code: MeasureColumns(measure) for measure in measures}


def hold_cells(session: TenantSession) -> None:
    """Keep every cell of the tenant as it is until the transaction ends; waits for a counter."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK, session.tenant_id)))


def _one_at_a_time(session: TenantSession) -> None:
    """Wait for the tenant's other counters; refuse a session that does not see every row."""
    if session.reach.communes is not None or not session.reach.every_confidential:
        raise TenantWallError("Counting needs a session with Reach.counting().")
    hold_cells(session)


def _one_of(measure: Any, columns: Iterable[str]) -> ColumnElement[bool]:
    """One parameter for all the codes: the statement stays the same and is planned once."""
    return measure == any_(literal(sorted(columns), ARRAY(Text())))  # type: ignore[no-any-return]


def _forget_marks(session: TenantSession, these: ColumnElement[bool]) -> None:
    mark = FigureStale
    statement = delete(mark).where(mark.tenant_id == session.tenant_id, these)
    session.execute(statement, execution_options={"synchronize_session": False})


def _rewrite(
    session: TenantSession, counts: Sequence[Select[Any]], these: ColumnElement[bool]
) -> None:
    """Make these cells as counted, in one statement that touches those alone that differ."""
    cell = FigureCell
    key = ("measure", *_KEY)
    counted = (counts[0] if len(counts) == 1 else union_all(*counts)).cte("counted")
    stored = (
        select(cell.id, *(getattr(cell, name) for name in key), cell.value)
        .where(cell.tenant_id == session.tenant_id, these)
        .cte("stored")
    )
    same_key = and_(*(stored.c[name] == counted.c[name] for name in key))
    both = stored.join(counted, same_key, full=True)
    differing = (
        select(stored.c.id, *(counted.c[name] for name in key), counted.c.value)
        .select_from(both)
        .where(stored.c.value.is_distinct_from(counted.c.value))
        .cte("differing")
    )
    gone = delete(cell).where(
        cell.tenant_id == session.tenant_id,
        cell.id.in_(select(differing.c.id).where(differing.c.value.is_(None))),
    )
    changed = select(
        literal(session.tenant_id, BigInteger()),
        *(differing.c[name] for name in (*key, "value")),
        func.gen_random_uuid(),
    ).where(differing.c.value.is_not(None))
    names = ["tenant_id", *key, "value", "id"]
    fresh = insert(cell).from_select(names, changed, include_defaults=False)
    statement = fresh.on_conflict_do_update(
        constraint="uq_figure_cell_place", set_={"value": fresh.excluded.value}
    ).add_cte(gone.returning(cell.id).cte("gone"))
    session.execute(statement, execution_options={"synchronize_session": False})


def _difference(code: str, key: tuple[Any, ...], stored: int, counted: int) -> Difference:
    named = dict(zip(_KEY, key, strict=True))
    return Difference(measure=code, **named, stored=stored, counted=counted)


def _stored(session: TenantSession, measure: str) -> Any:
    cell = FigureCell
    columns = [getattr(cell, name) for name in ("measure", *_KEY, "value")]
    return select(*columns).where(cell.tenant_id == session.tenant_id, cell.measure == measure)


def _by_key(rows: Any) -> dict[tuple[Any, ...], int]:
    return {tuple(getattr(row, name) for name in _KEY): int(row.value) for row in rows}
