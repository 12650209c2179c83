"""A database of the bench's own, beside the installation's, dropped at the end."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from psycopg import Connection, sql
from sqlalchemy.exc import OperationalError

from core.db.engine import make_engine, unreachable
from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden
from core.platform import find_database, install, load_registry
from core.vault.keys import fresh_ring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import URL

    from core.db.logins import DatabaseAddresses, Login
    from core.settings import Settings

_LOCK = 7214


@contextmanager
def scratch_settings(settings: Settings) -> Iterator[tuple[Settings, DatabaseAddresses]]:
    """The settings with a fresh, migrated database in place of the installation's own.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    there = find_database(settings)
    fixed = there.admin.render_as_string(hide_password=False)
    chosen = replace(
        settings,
        database_url=fixed,
        database_name=f"{settings.database_name}_bench",
        keys=Hidden(fresh_ring().written()),
        keys_file=None,
    )
    with _administrator(there.admin) as admin:
        # held until the end: two benches would drop each other's database and disturb the times
        row = admin.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
        if row is None or not row[0]:
            raise ConfigurationError("Another bench runs on this server; wait until it is done.")
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
            sql.Identifier(chosen.database_name)
        )
        admin.execute(drop)
        try:
            yield chosen, install(chosen, load_registry(chosen))
        finally:
            admin.execute(drop)


@contextmanager
def bare(addresses: DatabaseAddresses, login: Login) -> Iterator[Connection[Any]]:
    """A connection of psycopg as one login, without anything of ours."""
    connection: Connection[Any] = Connection.connect(conninfo(addresses, login))
    try:
        yield connection
    finally:
        connection.close()


def settle(addresses: DatabaseAddresses) -> None:
    """Have what was loaded written out now, and not beside what is measured next."""
    with _administrator(addresses.admin) as admin:
        admin.execute("CHECKPOINT")


@contextmanager
def _administrator(url: URL) -> Iterator[Connection[Any]]:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, Connection)
            raw.rollback()
            raw.autocommit = True
            try:
                yield raw
            finally:
                raw.execute("SELECT pg_advisory_unlock_all()")
                raw.autocommit = False
    except OperationalError as error:
        raise ConfigurationError(unreachable(error)) from None
    finally:
        engine.dispose()


def conninfo(addresses: DatabaseAddresses, login: Login) -> str:
    """The address of the database for psycopg, as one login."""
    url = addresses.url(login).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)
