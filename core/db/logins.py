"""The five database logins, one for each level of trust, and where each connects."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from psycopg import sql
from sqlalchemy import URL, Engine, make_url

from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from psycopg import Cursor

OLDEST_SERVER = 15


class Login(StrEnum):
    """A level of trust; none is a member of another, and none may do more than its name says.

    The archive's reads what plugins left behind that were taken away, one tenant at a time.
    """

    MIGRATOR = "migrator"
    RUNTIME = "runtime"
    MINISTRY = "ministry"
    BACKUP = "backup"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class DatabaseAddresses:
    """Where the database is, as the administrator and as each login.

    The logins' passwords are derived from the installation's secret, so that every process of
    one installation knows them and nothing has to be written down.
    """

    admin: URL = field(repr=False)
    database: str
    secret: str = field(repr=False)
    prefix: str = "annhi"

    @classmethod
    def of(cls, admin_url: str, *, database: str, secret: str, prefix: str) -> DatabaseAddresses:
        """From the administrator's address in any of its spellings."""
        url = make_url(admin_url).set(drivername="postgresql+psycopg")
        return cls(admin=url, database=database, secret=secret, prefix=prefix)

    def role(self, login: Login) -> str:
        """The role's name in PostgreSQL, for instance ``annhi_runtime``."""
        return f"{self.prefix}_{login}"

    def password(self, login: Login) -> str:
        """The login's password."""
        name = f"database login {self.role(login)}".encode()
        return hmac.new(self.secret.encode(), name, hashlib.sha256).hexdigest()

    def url(self, login: Login) -> URL:
        """The address a login connects to."""
        return self.admin.set(
            username=self.role(login), password=self.password(login), database=self.database
        )

    def admin_url(self) -> URL:
        """The administrator in our own database."""
        return self.admin.set(database=self.database)


def ensure_database(admin: Engine, addresses: DatabaseAddresses) -> None:
    """Make the logins and the database if they are missing, and set right what may have drifted.

    ``admin`` connects to the administrator's own database. Safe to repeat and to run in several
    processes at once.
    """
    with admin.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise ConfigurationError("The database connection was closed while starting.")
        raw.rollback()
        raw.autocommit = True
        try:
            with raw.cursor() as cursor:
                _require_version(raw.info.server_version)
                # one at a time: roles are the whole cluster's
                cursor.execute("SELECT pg_advisory_lock(7211)")
                try:
                    for login in Login:
                        _ensure_role(cursor, addresses, login)
                    _ensure_database(cursor, addresses)
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(7211)")
        finally:
            raw.autocommit = False


def _require_version(version: int) -> None:
    if version // 10000 < OLDEST_SERVER:
        raise ConfigurationError(
            f"PostgreSQL {version // 10000} is too old: An Nhi needs {OLDEST_SERVER} or newer, "
            "because older servers cannot keep provinces apart in views."
        )


def _ensure_role(cursor: Cursor[Any], addresses: DatabaseAddresses, login: Login) -> None:
    role = addresses.role(login)
    execute = cursor.execute
    execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
    if cursor.fetchone() is None:
        execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    rights = "BYPASSRLS" if login is Login.BACKUP else "NOBYPASSRLS"
    execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT "
            + rights
            + " PASSWORD {}"
        ).format(sql.Identifier(role), sql.Literal(addresses.password(login)))
    )
    # nothing is found by an unqualified name, and a temporary table cannot stand before ours
    execute(
        sql.SQL("ALTER ROLE {} SET search_path = pg_catalog, pg_temp").format(sql.Identifier(role))
    )


def _ensure_database(cursor: Cursor[Any], addresses: DatabaseAddresses) -> None:
    execute = cursor.execute
    execute("SELECT 1 FROM pg_database WHERE datname = %s", (addresses.database,))
    name = sql.Identifier(addresses.database)
    owner = sql.Identifier(addresses.role(Login.MIGRATOR))
    if cursor.fetchone() is None:
        execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
    execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
    execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for login in set(Login) - {Login.MIGRATOR}:
        role = sql.Identifier(addresses.role(login))
        execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))
