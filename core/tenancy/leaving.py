"""Rows on their way to the database: kept until something is read or committed, then sent at once.

What a work stores (a form's record, its audit entry, marks, words of names, jobs) would each cost a
journey. Together they are one statement, which stores all of them or none.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Uuid

from core.tenancy.driver import DIALECT, send, writer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from psycopg import Cursor
    from sqlalchemy import Column, Connection, Table

    Convert = Callable[[Any], Any]
    # What all rows of a batch have alike, what each has of its own, and whether it is one row.
    Shape = tuple[Table, tuple[str, ...], tuple[str, ...], bool]

# Parts of one statement; the database plans each of them.
MOST_TOGETHER: Final = 16
_CLAIM: Final = "claim"
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


class StartOverError(Exception):
    """What was claimed is another's already, and nothing that was put behind it is stored.

    Only a session that is opened to start over raises it: whoever opened it takes all back and does
    the work again, with each claim sent at once.
    """


class Leaving:
    """What one transaction has put and not sent yet.

    What is put behind a claim is stored if the claim is. Whoever ``starts_over`` learns of a claim
    that failed when it leaves, anybody else at once.
    """

    __slots__ = ("_batches", "_claim", "starts_over")

    def __init__(self, *, starts_over: bool) -> None:
        """Nothing is on its way."""
        self.starts_over = starts_over
        self._batches: list[Batch] = []
        self._claim: Batch | None = None

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self._batches) or self._claim is not None

    @property
    def is_full(self) -> bool:
        """Whether one statement holds no more."""
        return len(self._batches) >= MOST_TOGETHER

    def add(self, batch: Batch) -> None:
        """Have rows leave with the others."""
        self._batches.append(batch)

    def claim(self, batch: Batch) -> None:
        """Have one row leave before the others; nothing waits yet."""
        self._claim = batch

    def forget(self) -> None:
        """As if nothing had been put."""
        self._batches, self._claim = [], None

    def send(self, connection: Connection) -> None:
        """Store all of it in one statement.

        Raises:
            StartOverError: the claim is another's; nothing is stored.
            DBAPIError: what the database said; nothing is stored.
        """
        batches, claim = self._batches, self._claim
        self.forget()
        if claim is None:
            _run(connection, batches)
        elif not store_new(connection, claim, batches):
            raise StartOverError


def store_new(connection: Connection, claim: Batch, behind: Sequence[Batch] = ()) -> bool:
    """Store one row, and more behind it, unless one with a key of its own is there.

    Waits for a twin that another transaction is storing. Whether they were stored.
    """
    return _run(connection, [claim, *behind], claimed=True).fetchone() is not None


def _run(connection: Connection, batches: Sequence[Batch], *, claimed: bool = False) -> Cursor[Any]:
    text, converts = _written(tuple(batch.shape for batch in batches), claimed=claimed)
    values = [value for batch in batches for value in batch.values()]
    for place, convert in converts:
        values[place] = convert(values[place])
    return send(connection, text, values)


@lru_cache(maxsize=_KEPT)
def _written(
    shapes: tuple[Shape, ...], *, claimed: bool
) -> tuple[str, tuple[tuple[int, Convert], ...]]:
    """The statement, and which of its values are converted for the driver.

    With a claim it is the first, and the statement tells whether it was stored.
    """
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
        inserts.append(_insert(table, columns, place, behind=claimed and bool(inserts)))
        place += len(columns)
    if claimed:
        inserts[0] += " ON CONFLICT DO NOTHING RETURNING 1"
        inserts.append(f"SELECT FROM {_CLAIM}")
    *before, last = inserts
    names = [_CLAIM if claimed and n == 0 else f"part_{n}" for n in range(len(before))]
    together = ", ".join(f"{name} AS ({one})" for name, one in zip(names, before, strict=True))
    return (f"WITH {together} {last}" if before else last), tuple(converts)


def _insert(
    table: Table, columns: Sequence[tuple[Column[Any], bool]], place: int, *, behind: bool
) -> str:
    """Values that are there once stand as they are, the others are taken apart beside them.

    ``behind`` a claim there are as many rows as it has: one, or none.
    """
    quoted = DIALECT.identifier_preparer
    names = [quoted.format_column(column) for column, _ in columns]
    numbered = enumerate(columns, start=place + 1)
    values = [f"${n}::{_kind(column)}{'' if once else '[]'}" for n, (column, once) in numbered]
    alike = [value for value, (_, once) in zip(values, columns, strict=True) if once]
    many = ", ".join(value for value, (_, once) in zip(values, columns, strict=True) if not once)
    if makes_ids(table) and not any(column.name == "id" for column, _ in columns):
        names, alike = ["id", *names], ["gen_random_uuid()", *alike]
    chosen = ", ".join([*alike, *(["own.*"] if many else [])])
    sources = [_CLAIM] if behind else []
    sources += [f"unnest({many}) AS own"] if many else []
    found = f"SELECT {chosen} FROM {', '.join(sources)}" if sources else f"VALUES ({chosen})"  # noqa: S608
    return f"INSERT INTO {quoted.format_table(table)} ({', '.join(names)}) {found}"


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
