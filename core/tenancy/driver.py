"""Statements that SQLAlchemy wrote out, handed to the driver past it.

Listeners of the engine hear of them as of any other, and errors are SQLAlchemy's, without values.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from psycopg import Error as DriverError
from psycopg import RawCursor
from psycopg.adapt import Transformer
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from psycopg import Cursor
    from psycopg.abc import Transformer as Adapter
    from sqlalchemy import Connection
    from sqlalchemy.types import TypeEngine

    Convert = Callable[[Any], Any]

# Values stand in a text as $1, $2 …, the way PostgreSQL itself has them.
DIALECT: Final = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_PLAIN: Final = SimpleNamespace(execution_options={})


def send(
    connection: Connection, text: str, values: Sequence[Any], cursor: Cursor[Any] | None = None
) -> Cursor[Any]:
    """Have the driver run a statement; its errors are those of SQLAlchemy, without values.

    Raises:
        DBAPIError: of the kind that SQLAlchemy has for what the database said.
    """
    cursor = cursor or RawCursor(driver_of(connection))
    text, values = heard(connection, text, values, cursor)
    try:
        cursor.execute(text.encode(), values)
    except DriverError as error:
        raise as_sqlalchemy_says(connection, text, error) from error
    return cursor


def heard(
    connection: Connection, text: str, values: Sequence[Any], cursor: Cursor[Any] | None = None
) -> tuple[str, Sequence[Any]]:
    """The statement as the engine's listeners let it pass."""
    for listener in connection.dispatch.before_cursor_execute:
        text, values = listener(connection, cursor, text, values, _PLAIN, False)
    return text, values


def as_sqlalchemy_says(connection: Connection, text: str, error: DriverError) -> BaseException:
    """Its error for the driver's, without values; a connection that is gone is given up."""
    if driver_of(connection).closed:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, None, error, DriverError, hide_parameters=True, dialect=DIALECT
    )


def driver_of(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.driver_connection


def adapter_of(connection: Connection) -> Adapter:
    """What writes and reads values as the driver's own connection does."""
    return Transformer(driver_of(connection))


def writer_of(kind: TypeEngine[Any]) -> Convert | None:
    """How a value of a type is given to the driver, if not as it is."""
    return kind.dialect_impl(DIALECT).bind_processor(DIALECT)


def reader_of(kind: TypeEngine[Any], code: int) -> Convert | None:
    """How a value of a type is read from the driver, if not as it is."""
    return kind.dialect_impl(DIALECT).result_processor(DIALECT, code)
