"""Answers longer than the memory, read so many rows at a time from a cursor of the database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg import Error as DriverError
from psycopg import generators
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

from core.tenancy.driver import adapter_of, as_sqlalchemy_says, driver_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg.abc import Transformer
    from psycopg.pq.abc import PGresult
    from sqlalchemy import Connection

    Part = Sequence[tuple[Any, ...]]
    Loaded = Callable[[Transformer, PGresult], Part]


class Parts:
    """An answer longer than the memory, so many rows at a time."""

    __slots__ = ("_connection", "_driver", "_fetch", "_loaded", "_reader", "_under_way")

    def __init__(self, connection: Connection, name: str, size: int, loaded: Loaded) -> None:
        """Of a cursor of the database by its name; ``loaded`` reads a result of the driver."""
        self._connection = connection
        self._driver = driver_of(connection)
        self._fetch = f"FETCH FORWARD {size:d} FROM {name}"
        self._loaded = loaded
        self._reader = adapter_of(connection)
        self._under_way = False

    def go_ahead(self) -> None:
        """Have the database look for the next part while this one is worked on.

        Until that part is read, nothing else can be asked on this session.

        Raises:
            DBAPIError: the connection is gone, or something else is asked on it.
        """
        if self._under_way:
            return
        with self._as_sqlalchemy_says():
            self._driver.pgconn.send_query(self._fetch.encode())
        self._under_way = True

    def __iter__(self) -> Parts:
        """Part by part, as long as there is one."""
        return self

    def __next__(self) -> Part:
        """The next part; it is waited for where nobody went ahead."""
        self.go_ahead()
        result = self._arrived()
        if result.status != ExecStatus.TUPLES_OK:
            with self._as_sqlalchemy_says():
                raise error_from_result(result)
        if not result.ntuples:
            raise StopIteration
        return self._loaded(self._reader, result)

    def leave(self) -> None:
        """Let what is under way arrive, so that the session can be asked again."""
        if self._under_way:
            self._arrived()

    def _arrived(self) -> PGresult:
        self._under_way = False
        with self._as_sqlalchemy_says():
            results: list[PGresult] = self._driver.wait(generators.execute(self._driver.pgconn))
        return results[0]

    @contextmanager
    def _as_sqlalchemy_says(self) -> Iterator[None]:
        try:
            yield
        except DriverError as error:
            raise as_sqlalchemy_says(self._connection, self._fetch, error) from error
