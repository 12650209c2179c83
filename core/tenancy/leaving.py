"""Rows on their way to the database: kept until something is read or committed, then sent at once.

What a work stores and no code reads again (audit entries, marks, words of names, jobs) would each
cost a journey. Together they are one statement, which stores all of them or none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY

from core.tenancy.made_once import DIALECT, send, writer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Column, Connection, Table

    Convert = Callable[[Any], Any]
    # What each row of a batch has, and whether it is one row.
    Shape = tuple[Table, tuple[str, ...], bool]

# One entry for each combination of tables that works store together.
_KEPT: Final = 2048


class Batch:
    """Rows of one table that all name the same columns, with the defaults filled in."""

    __slots__ = ("rows", "shape")

    def __init__(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of at least one."""
        defaults = _defaults(table, frozenset(rows[0]))
        self.rows = [{**row, **{name: make() for name, make in defaults}} for row in rows]
        self.shape: Shape = (table, tuple(self.rows[0]), len(rows) == 1)

    def values(self) -> list[Any]:
        """In the order of the shape's names: of one row its values, of many the columns."""
        _, names, is_one = self.shape
        if is_one:
            return [self.rows[0][name] for name in names]
        return [[row[name] for row in self.rows] for name in names]


def store(connection: Connection, batches: Sequence[Batch]) -> None:
    """Store all of them in one statement.

    Raises:
        DBAPIError: what the database said; nothing of them is stored.
    """
    text, converts = _written(tuple(batch.shape for batch in batches))
    values = [value for batch in batches for value in batch.values()]
    for place, convert in converts:
        values[place] = convert(values[place])
    send(connection, text, values)


def store_new(connection: Connection, batch: Batch) -> bool:
    """Store one row unless one with a key of its own is there; whether it was stored."""
    (text, converts), values = _written((batch.shape,)), batch.values()
    for place, convert in converts:
        values[place] = convert(values[place])
    cursor = send(connection, f"{text} ON CONFLICT DO NOTHING RETURNING 1", values)
    return cursor.fetchone() is not None


@lru_cache(maxsize=_KEPT)
def _written(shapes: tuple[Shape, ...]) -> tuple[str, tuple[tuple[int, Convert], ...]]:
    """The statement, and which of its values are converted for the driver."""
    inserts: list[str] = []
    converts: list[tuple[int, Convert]] = []
    place = 0
    for table, names, is_one in shapes:
        columns = [table.c[name] for name in names]
        for at, column in enumerate(columns, start=place):
            convert = _convert(column, is_one=is_one)
            if convert is not None:
                converts.append((at, convert))
        inserts.append(_insert(table, columns, place, is_one=is_one))
        place += len(names)
    *before, last = inserts
    together = ", ".join(f"part_{n} AS ({one})" for n, one in enumerate(before))
    return (f"WITH {together} {last}" if before else last), tuple(converts)


def _insert(table: Table, columns: Sequence[Column[Any]], place: int, *, is_one: bool) -> str:
    quoted = DIALECT.identifier_preparer
    names = ", ".join(quoted.format_column(column) for column in columns)
    kinds = (f"{_kind(column)}{'' if is_one else '[]'}" for column in columns)
    values = ", ".join(f"${n}::{kind}" for n, kind in enumerate(kinds, start=place + 1))
    rows = f"VALUES ({values})" if is_one else f"SELECT * FROM unnest({values})"  # noqa: S608
    return f"INSERT INTO {quoted.format_table(table)} ({names}) {rows}"


def _kind(column: Column[Any]) -> str:
    """The type of a value, which has no order of its own."""
    return column.type.compile(DIALECT).partition(" COLLATE ")[0]


def _convert(column: Column[Any], *, is_one: bool) -> Convert | None:
    if not is_one and isinstance(column.type, ARRAY):
        raise TypeError(f"several rows with the lists of {column} are not stored at once")
    write = writer_of(column.type)
    if write is None:
        return None
    one = _or_nothing(write)
    return one if is_one else lambda values: [one(value) for value in values]


def _or_nothing(write: Convert) -> Convert:
    return lambda value: None if value is None else write(value)


@lru_cache(maxsize=_KEPT)
def _defaults(table: Table, given: frozenset[str]) -> Sequence[tuple[str, Callable[[], Any]]]:
    """What the program itself fills in where a row does not say."""
    return tuple(_filled(table, given))


def _filled(table: Table, given: frozenset[str]) -> Iterable[tuple[str, Any]]:
    for column in table.columns:
        if column.name in given or column.default is None:
            continue
        made: Any = column.default
        if made.is_callable:
            yield column.name, lambda made=made: made.arg(None)
        elif made.is_scalar:
            yield column.name, lambda made=made: made.arg
