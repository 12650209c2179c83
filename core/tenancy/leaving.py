"""Rows on their way to the database: kept until something is read or committed, then sent at once.

What a work stores and no code reads again (audit entries, marks, words of names, jobs) would each
cost a journey. Together they are one statement, which stores all of them or none.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Uuid

from core.tenancy.made_once import DIALECT, send, writer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Column, Connection, Table

    Convert = Callable[[Any], Any]
    # What all rows of a batch have alike, what each has of its own, and whether it is one row.
    Shape = tuple[Table, tuple[str, ...], tuple[str, ...], bool]

# Parts of one statement; the database plans each of them.
MOST_TOGETHER: Final = 16
# One entry for each combination of tables that works store together.
_KEPT: Final = 2048


class Batch:
    """Rows of one table that all name the same columns, with the defaults filled in.

    What is ``alike`` travels once for all of them.
    """

    __slots__ = ("_alike", "_rows", "shape")

    def __init__(
        self, table: Table, rows: Sequence[Mapping[str, Any]], alike: Mapping[str, Any]
    ) -> None:
        """Rows of at least one."""
        self._rows = rows
        self._alike = {**alike}
        self._alike |= {name: make() for name, make in _defaults(table, *rows[0], *alike)}
        self.shape: Shape = (table, tuple(self._alike), tuple(rows[0]), len(rows) == 1)

    def values(self) -> list[Any]:
        """In the order of the shape's names: what is alike, then a value or a column of each."""
        _, _, names, is_one = self.shape
        if is_one:
            return [*self._alike.values(), *(self._rows[0][name] for name in names)]
        return [*self._alike.values(), *([row[name] for row in self._rows] for name in names)]


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
    for table, alike, own, is_one in shapes:
        columns = [(table.c[name], True) for name in alike]
        columns += [(table.c[name], is_one) for name in own]
        for at, (column, once) in enumerate(columns, start=place):
            convert = _convert(column, once=once)
            if convert is not None:
                converts.append((at, convert))
        inserts.append(_insert(table, columns, place))
        place += len(columns)
    *before, last = inserts
    together = ", ".join(f"part_{n} AS ({one})" for n, one in enumerate(before))
    return (f"WITH {together} {last}" if before else last), tuple(converts)


def _insert(table: Table, columns: Sequence[tuple[Column[Any], bool]], place: int) -> str:
    """Values that are there once stand as they are, the others are taken apart beside them."""
    quoted = DIALECT.identifier_preparer
    names = [quoted.format_column(column) for column, _ in columns]
    numbered = enumerate(columns, start=place + 1)
    values = [f"${n}::{_kind(column)}{'' if once else '[]'}" for n, (column, once) in numbered]
    alike = [value for value, (_, once) in zip(values, columns, strict=True) if once]
    many = ", ".join(value for value, (_, once) in zip(values, columns, strict=True) if not once)
    if makes_ids(table) and not any(column.name == "id" for column, _ in columns):
        names, alike = ["id", *names], ["gen_random_uuid()", *alike]
    chosen = ", ".join([*alike, *(["own.*"] if many else [])])
    rows = f"SELECT {chosen} FROM unnest({many}) AS own" if many else f"VALUES ({chosen})"  # noqa: S608
    return f"INSERT INTO {quoted.format_table(table)} ({', '.join(names)}) {rows}"


def makes_ids(table: Table) -> bool:
    """Whether a row that says no id gets a random one: the database makes it."""
    column = table.c.get("id")
    return column is not None and isinstance(column.type, Uuid) and column.default is not None


def _kind(column: Column[Any]) -> str:
    """The type of a value, which has no order of its own."""
    return column.type.compile(DIALECT).partition(" COLLATE ")[0]


def _convert(column: Column[Any], *, once: bool) -> Convert | None:
    if not once and isinstance(column.type, ARRAY):
        raise TypeError(f"several rows with the lists of {column} are not stored at once")
    write = writer_of(column.type)
    if write is None:
        return None
    one = _or_nothing(write)
    return one if once else lambda values: [one(value) for value in values]


def _or_nothing(write: Convert) -> Convert:
    return lambda value: None if value is None else write(value)


@lru_cache(maxsize=_KEPT)
def _defaults(table: Table, *given: str) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """What the program itself fills in where rows do not say; an id is the database's to make."""
    left = {"id"} if makes_ids(table) else set[str]()
    return tuple(_filled(table, left.union(given)))


def _filled(table: Table, given: set[str]) -> Iterable[tuple[str, Callable[[], Any]]]:
    for column in table.columns:
        made: Any = column.default
        if column.name in given or made is None:
            continue
        if made.is_callable:
            yield column.name, partial(made.arg, None)
        elif made.is_scalar:
            yield column.name, partial(_same, made.arg)


def _same(value: Any) -> Any:
    return value
