"""Marks the cells that a write makes stale, in the transaction of the write."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Date, Table, Text, Uuid, insert, inspect, literal, select

from core.db.bulk import rows_of
from core.indicators.columns import MeasureColumns, Place
from core.indicators.count import MANY, hold_cells, many_are_marked
from core.indicators.models import FigureStale
from core.kit.ids import new_id_texts
from core.tenancy.session import PAST_REACH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Mapper

    from core.plugin_api.figures import Measure
    from core.tenancy.session import FlushListener, TenantSession

Mark = tuple[str, int, Any]
_ASKED = "figures.asked"


def marker(
    measures: Iterable[Measure], ask: Callable[[TenantSession], object] | None = None
) -> FlushListener:
    """A listener for ``TenantDoor``: before each flush it marks what new, changed and deleted
    rows count in, before the change and after it.

    Once in a transaction that marks anything it calls ``ask``, which has the marks counted after
    the commit: whoever writes need not think of it.

    It sees rows that pass through the session. Whoever writes past it (a bulk insert, an UPDATE
    of many rows) calls ``mark_stale`` or ``recount_all`` in the same transaction.

    Raises:
        ConfigurationError: a measure cannot be counted as declared.
    """  # noqa: D205  one sentence
    by_model: dict[type, list[MeasureColumns]] = defaultdict(list)
    for measure in measures:
        by_model[measure.model].append(MeasureColumns(measure))
    declared = dict(by_model)

    def listen(session: TenantSession) -> None:
        marks = _marks_of_new(session, declared)
        marks |= _marks_of_changed(session, declared)
        by_commune: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for measure, commune, day in sorted(marks):
            by_commune[commune].append({"measure": measure, "day": day})
        for commune, rows in by_commune.items():
            session.put(FigureStale, rows, commune_id=commune)
        if ask is not None and (marks or _has_marks(session)) and _asks(session):
            ask(session)

    return listen


def mark_stale(session: TenantSession, measure: Measure, places: Iterable[Place]) -> None:
    """Mark cells by hand, for writes that do not pass through the session's own rows."""
    marks = {(measure.code, commune, day) for commune, day in places}
    session.add_all(FigureStale(**_row_of(mark)) for mark in sorted(marks))


def _has_marks(session: TenantSession) -> bool:
    return any(isinstance(row, FigureStale) for row in session.new)


def _asks(session: TenantSession) -> bool:
    """Whether nobody asked yet in this transaction; what a savepoint asks may be taken back."""
    transaction = session.get_transaction()
    if session.in_nested_transaction():
        return True
    known, session.info[_ASKED] = session.info.get(_ASKED), transaction
    return known is not transaction


def mark_many(
    session: TenantSession,
    measures: Iterable[Measure],
    model: type,
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Mark what many new rows of one model count in, for writes that go past the session.

    Once more is marked than ``clear_marks`` counts one by one, it counts everything, and further
    marks would tell nothing: then none is written. Until the transaction ends no marks are taken
    away, so that those which are there go on standing for what is not marked.
    """
    hold_cells(session)
    if many_are_marked(session):
        return
    declared = [MeasureColumns(measure) for measure in measures if measure.model is model]
    marks: set[Mark] = set()
    for row in rows:
        for columns in declared:
            marks |= {(columns.measure.code, *place) for place in columns.places(row)}
        if len(marks) > MANY:
            break
    _insert(session, sorted(marks))


def _insert(session: TenantSession, marks: Sequence[Mark]) -> None:
    given = rows_of(
        {
            "id": (Uuid(), new_id_texts(len(marks))),
            "measure": (Text(), [measure for measure, _, _ in marks]),
            "commune_id": (BigInteger(), [commune for _, commune, _ in marks]),
            "day": (Date(), [day for _, _, day in marks]),
        }
    )
    names = [column.name for column in given.c]
    chosen = select(literal(session.tenant_id, BigInteger()), *given.c).where(
        given.c.id.is_not(None)
    )
    session.execute(insert(FigureStale).from_select(["tenant_id", *names], chosen))


def _row_of(mark: Mark) -> dict[str, Any]:
    measure, commune, day = mark
    return {"measure": measure, "commune_id": commune, "day": day}


def _marks_of_new(
    session: TenantSession, declared: Mapping[type, Sequence[MeasureColumns]]
) -> set[Mark]:
    marks: set[Mark] = set()
    for row in session.new:
        for columns in declared.get(type(row), ()):
            values = {name: getattr(row, name) for name in columns.names}
            marks |= {(columns.measure.code, *place) for place in columns.places(values)}
    return marks


def _marks_of_changed(
    session: TenantSession, declared: Mapping[type, Sequence[MeasureColumns]]
) -> set[Mark]:
    """Old values come from the database, locked, and not from memory.

    Another transaction may have moved the row since it was loaded; the cells it counts in now
    would never be marked.
    """
    deleted = set(session.deleted)
    touched = {type(row) for row in (*session.dirty, *deleted)}
    marks: set[Mark] = set()
    for model, measures in declared.items():
        if model not in touched:
            continue
        names = frozenset[str]().union(*(columns.names for columns in measures))
        rows: list[Any] = [
            row
            for row in (*session.dirty, *deleted)
            if type(row) is model and (row in deleted or _changes(row, names))
        ]
        stored = _stored(session, model, [row.id for row in rows], names) if rows else {}
        for row in rows:
            before = stored.get(row.id)
            if before is None:
                continue  # gone meanwhile: the flush itself will say so
            after = None if row in deleted else before | _changes(row, names)
            marks |= _marks(measures, before, after)
    return marks


def _marks(
    measures: Sequence[MeasureColumns], before: dict[str, Any], after: dict[str, Any] | None
) -> set[Mark]:
    marks: set[Mark] = set()
    for columns in measures:
        if after is not None and all(before[name] == after[name] for name in columns.names):
            continue
        places = columns.places(before) | (columns.places(after) if after is not None else set())
        marks |= {(columns.measure.code, *place) for place in places}
    return marks


def _changes(row: Any, names: frozenset[str]) -> dict[str, Any]:
    attributes = inspect(row).attrs
    return {name: getattr(row, name) for name in names if attributes[name].history.has_changes()}


def _stored(
    session: TenantSession, model: type, ids: Sequence[UUID], names: frozenset[str]
) -> dict[UUID, dict[str, Any]]:
    """What the database holds now. On the table itself: a row may have left the reader's reach."""
    mapper: Mapper[Any] = inspect(model)
    table = mapper.local_table
    assert isinstance(table, Table)
    columns = {name: mapper.columns[name] for name in sorted(names)}
    statement = (
        select(table.c.id, *columns.values())
        .where(table.c.tenant_id == session.tenant_id, table.c.id.in_(sorted(ids)))
        .order_by(table.c.id)
        .with_for_update()
    )
    rows = session.execute(statement, execution_options={PAST_REACH: True})
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
