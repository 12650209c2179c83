"""Counts stale cells again, and proves that the cells equal a count from scratch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, tuple_

from core.indicators.columns import MeasureColumns, Place
from core.indicators.models import FigureCell, FigureStale
from core.tenancy.session import TenantWallError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from core.plugin_api.figures import Measure
    from core.tenancy.session import TenantSession

# The advisory lock under which one worker counts a tenant: this number, then the tenant's.
_LOCK = 7214
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


def recount(session: TenantSession, measures: Iterable[Measure], *, limit: int = 500) -> int:
    """Count marked cells again, at most ``limit`` pairs of commune and day; how many there were.

    Call it until it answers 0. Marks are deleted before counting: a mark that was visible then
    belongs to a write that is visible to the count, and one that comes later stays for the next
    turn. Workers of one tenant go one after the other, so that no older count overwrites a newer.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    columns = _columns(measures)
    _one_at_a_time(session)
    mark = FigureStale
    marked = session.execute(
        select(mark.measure, mark.commune_id, mark.day)
        .where(mark.tenant_id == session.tenant_id, mark.measure.in_(sorted(columns)))
        .distinct()
        .limit(limit)
    ).all()
    places: dict[str, set[Place]] = defaultdict(set)
    for measure, commune, day in marked:
        places[measure].add((commune, day))
    for measure in sorted(places):
        _forget_marks(session, measure, places[measure])
        _rewrite(session, columns[measure], places[measure])
    return len(marked)


def recount_all(session: TenantSession, measures: Iterable[Measure]) -> int:
    """Count everything of these measures again; how many cells there are now.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    columns = _columns(measures)
    _one_at_a_time(session)
    for measure in sorted(columns):
        _forget_marks(session, measure, None)
        _rewrite(session, columns[measure], None)
    cell = FigureCell
    statement = select(func.count(cell.id)).where(
        cell.tenant_id == session.tenant_id, cell.measure.in_(sorted(columns))
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


def _forget_marks(session: TenantSession, measure: str, places: Collection[Place] | None) -> None:
    _delete(session, FigureStale, measure, places)


def _rewrite(
    session: TenantSession, columns: MeasureColumns, places: Collection[Place] | None
) -> None:
    _delete(session, FigureCell, columns.measure.code, places)
    counted = columns.counted(session.tenant_id, places)
    names = ["tenant_id", "measure", *_KEY, "value", "id"]
    with_id = counted.add_columns(func.gen_random_uuid())
    session.execute(insert(FigureCell).from_select(names, with_id, include_defaults=False))


def _delete(
    session: TenantSession,
    model: type[FigureCell | FigureStale],
    measure: str,
    places: Collection[Place] | None,
) -> None:
    statement = delete(model).where(model.tenant_id == session.tenant_id, model.measure == measure)
    if places is not None:
        statement = statement.where(tuple_(model.commune_id, model.day).in_(sorted(places)))
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
