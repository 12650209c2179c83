"""The least that a handler can do: begin, set the tenant, one statement, commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from litestar import Litestar, Response, get, post
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from collections.abc import Mapping

TENANT: Final = 1
_CONNECTIONS: Final = 20  # as many as ours has


def make_floor(conninfo: str, statements: Mapping[str, str]) -> Litestar:
    """An application that runs the statement which a path names, with the body as its values."""
    pool = ConnectionPool(conninfo, min_size=_CONNECTIONS, max_size=_CONNECTIONS, open=False)
    begin = f"BEGIN; SET LOCAL app.tenant = '{TENANT}'"

    def run(name: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        with pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            # one journey for both, as ours has it
            connection.pgconn.exec_(begin.encode())
            return cursor.execute(statements[name].encode(), values).fetchall()

    @post("/write/{name:str}", sync_to_thread=True)
    def insert(name: FromPath[str], data: JSONBody[dict[str, Any]]) -> Response[Any]:
        return Response(run(name, data)[0], status_code=201)

    @get("/read/{name:str}", sync_to_thread=True)
    def select(name: FromPath[str]) -> list[dict[str, Any]]:
        return run(name, {})

    def open_pool() -> None:
        pool.open()

    def close_pool() -> None:
        pool.close()

    return Litestar([insert, select], on_startup=[open_pool], on_shutdown=[close_pool])
