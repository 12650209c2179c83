"""Statements that were made once, written out once for each reach and sent straight to the driver.

To build a statement, look it up and take its answer apart costs SQLAlchemy more time than the
database needs to answer. Here a statement is compiled by SQLAlchemy with its bounds once; from then
on its text goes to psycopg, which prepares it. Listeners of the engine hear of it as of any other.
"""

from __future__ import annotations

from collections import namedtuple
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache, partial
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from psycopg import Error as DriverError
from psycopg import RawServerCursor, adapters
from psycopg.pq import ExecStatus

from core.tenancy.bounds import bounds_of
from core.tenancy.driver import DIALECT, adapter_of, driver_of, heard, reader_of, send
from core.tenancy.in_parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from psycopg import Cursor
    from psycopg.abc import Transformer as Adapter
    from psycopg.pq.abc import PGresult
    from sqlalchemy import Connection, Select
    from sqlalchemy.types import TypeEngine

    from core.tenancy.driver import Convert
    from core.tenancy.reach import Reach

# One entry for each statement that was made once, for each reach at work.
_KEPT: Final = 8192
# Under which a connection keeps the names of the statements that it knows.
_PREPARED: Final = "annhi_prepared"
_NUMBERS: Final = count(1)
_ANY: Final = 0
_LENGTH: Final = adapters.types["interval"].oid


class Rows(list[Any]):
    """What a statement gave, row by row; values are read by place or by name."""

    def one_or_none(self) -> Any:
        """The first row; the statement names one."""
        return self[0] if self else None

    def scalar(self) -> Any:
        """The first value of the first row, ``None`` without one."""
        return self[0][0] if self else None

    def scalars(self) -> Iterator[Any]:
        """The first value of each row."""
        return (row[0] for row in self)


class Question:
    """A SELECT with its bounds, as text."""

    __slots__ = ("_converts", "_given", "_names", "_reads", "_row", "_said", "_types", "text")

    def __init__(self, bounded: Select[*tuple[Any, ...]]) -> None:
        """Compile it, with the values that it was made with."""
        compiled: Any = bounded.compile(dialect=DIALECT)
        awaited = {bind.key: None for bind in compiled.binds.values() if bind.required}
        written = compiled.construct_expanded_state(awaited)
        self.text: str = written.statement
        self._names: tuple[str, ...] = tuple(written.positiontup)
        self._converts: Mapping[str, Convert] = written.processors
        self._given = self._written(written.parameters)
        columns = list(bounded.selected_columns)
        self._types: list[TypeEngine[Any]] = [column.type for column in columns]
        names = [str(column.key or "") for column in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024
        self._row: Callable[[Any], Any] = partial(tuple.__new__, row)  # its own ``_make`` is slower
        self._reads: list[tuple[int, Convert]] | None = None
        self._said: dict[str, bytes] = {}

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """The rows, read as SQLAlchemy would read them."""
        cursor = send(connection, self.text, self._placed(values))
        return self._named(self._read(cursor.fetchall(), partial(_codes, cursor)))

    def ask_after(
        self, connection: Connection, opening: bytes, values: Mapping[str, Any]
    ) -> Rows | None:
        """The rows, in one journey with the commands that open the transaction.

        ``None`` if the connection does not know the statement yet or anything failed; then no
        transaction is open, and whoever asks in two steps is told what is wrong.
        """
        name = connection.info.get(_PREPARED, {}).get(self.text)
        placed = self._placed(values)
        if name is None or heard(connection, self.text, placed) != (self.text, placed):
            return None
        driver = driver_of(connection)
        adapter = adapter_of(connection)
        # what it was made with reads the same on every connection
        self._said = self._said or _said(self._given, adapter)
        said = self._said | _said(self._written(values), adapter)
        written = b", ".join([said[name] for name in self._names])
        try:
            result = driver.pgconn.exec_(b"%s; EXECUTE %s(%s)" % (opening, name, written))
            if result.status != ExecStatus.TUPLES_OK:
                driver.pgconn.exec_(b"ROLLBACK")
                connection.info.pop(_PREPARED)
                return None
        except DriverError:
            return None
        return self._named(self.loaded(adapter, result))

    def be_known(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Have the connection know the statement, for ``ask_after`` in transactions to come."""
        known = connection.info.setdefault(_PREPARED, {})
        if self.text not in known:
            name = b"first_%d" % next(_NUMBERS)
            # the database tells types by what surrounds a value, but for a length of time
            placed = self._placed(values)
            types = [_LENGTH if isinstance(value, timedelta) else _ANY for value in placed]
            prepared = driver_of(connection).pgconn.prepare(name, self.text.encode(), types)
            if prepared.status == ExecStatus.COMMAND_OK:
                known[self.text] = name

    @contextmanager
    def ask_in_parts(
        self, connection: Connection, values: Mapping[str, Any], size: int
    ) -> Iterator[Parts]:
        """The rows without names, so many at a time, as they were when it was asked."""
        with RawServerCursor(driver_of(connection), f"parts_{token_hex(8)}") as cursor:
            send(connection, self.text, self._placed(values), cursor)
            parts = Parts(connection, cursor.name, size, self.loaded)
            try:
                yield parts
            finally:
                parts.leave()

    def loaded(self, reader: Adapter, result: PGresult) -> list[Any]:
        """The rows of a result of the driver, read as SQLAlchemy would read them."""
        reader.set_pgresult(result)
        rows = reader.load_rows(0, result.ntuples, tuple)
        return self._read(rows, lambda: map(result.ftype, range(result.nfields)))

    def _named(self, rows: Iterable[Any]) -> Rows:
        return Rows(map(self._row, rows))

    def _placed(self, values: Mapping[str, Any]) -> list[Any]:
        named = self._given | self._written(values)
        return [named[name] for name in self._names]

    def _written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        written = dict(values)
        for name in self._converts.keys() & written.keys():
            if written[name] is not None:
                written[name] = self._converts[name](written[name])
        return written

    def _read(self, rows: list[Any], codes: Callable[[], Iterable[int]]) -> list[Any]:
        """The types are looked up for the first answer; those after it have the same."""
        if self._reads is None:
            told = zip(self._types, codes(), strict=True)
            readers = (reader_of(kind, code) for kind, code in told)
            self._reads = [(place, read) for place, read in enumerate(readers) if read is not None]
        if not self._reads:
            return rows
        lists = [list(row) for row in rows]
        for place, read in self._reads:
            for row in lists:
                row[place] = read(row[place])
        return lists


@lru_cache(maxsize=_KEPT)
def question_of(made_once: Select[*tuple[Any, ...]], tenant_id: int, reach: Reach) -> Question:
    """A statement as one reader of one tenant may ask it.

    Raises:
        HiddenFieldError: the statement names a column that is hidden from the reader.
    """
    bounds = bounds_of(tenant_id, reach, made_once, columns=True, by_work=False)
    return Question(made_once.options(*bounds))


def _codes(cursor: Cursor[Any]) -> list[int]:
    """The types of the columns that came back."""
    return [column.type_code for column in cursor.description or ()]


def _said(values: Mapping[str, Any], adapter: Adapter) -> dict[str, bytes]:
    """Values as they stand in a command."""
    return {name: adapter.as_literal(value) for name, value in values.items()}
