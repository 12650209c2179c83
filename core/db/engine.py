"""Engines: one pool for each login, and the checks before the first request."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from core.db.logins import OLDEST_SERVER, DatabaseAddresses, Login
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy import URL

# What only the tenant session may say, and what nobody may say at run time. Plain searches: a
# pattern that ignores case costs as much as a tenth of a record's read.
_TENANT_SETTINGS = ("app.tenant", "set_config", "row_security", "set session", "set role")
# said by a server on which our logins or our database were never made
_NOT_MADE = re.compile(r"authentication failed|does not exist")
TENANT_STATEMENT = "annhi_sets_tenant"
_KEPT: Final = 2048  # statements that were looked at


def runtime_engine(
    addresses: DatabaseAddresses, login: Login = Login.RUNTIME, *, pool_size: int = 20
) -> Engine:
    """The engine of one login; ``READ COMMITTED``, pre-pinged, bounded, never autocommit."""
    engine = make_engine(addresses.url(login), pool_size=pool_size)
    event.listen(engine, "before_cursor_execute", _refuse_foreign_settings)
    return engine


def make_engine(url: URL, *, pool_size: int = 5) -> Engine:
    """A plain engine with a short connection time-out and no hidden state."""
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,  # overflow serves late comers before those who wait
        pool_timeout=10,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,  # errors and the statement log show no values
        connect_args={"connect_timeout": 5, "application_name": "annhi"},
    )


def _refuse_foreign_settings(
    _connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    context: Any,
    _many: bool,  # noqa: FBT001  SQLAlchemy's own signature
) -> None:
    """A second net under the sessions: no statement but ours names the tenant setting."""
    if _names_a_setting(statement) and not context.execution_options.get(TENANT_STATEMENT):
        raise ConfigurationError("A statement tried to set the tenant or a role by itself.")


@lru_cache(maxsize=_KEPT)
def _names_a_setting(statement: str) -> bool:
    said = statement.lower()
    return any(setting in said for setting in _TENANT_SETTINGS)


def verify_runtime_login(engine: Engine) -> None:
    """Refuse to start with a login that could see past the tenant wall.

    Raises:
        ConfigurationError: the server is unreachable or too old; the login is superuser,
            bypasses row security, may create roles, owns a table or is a member of another role.
    """
    try:
        with engine.connect() as connection:
            version = int(connection.scalar(text("SHOW server_version_num")) or 0)
            row = connection.execute(_RIGHTS).one()
    except OperationalError as error:
        raise ConfigurationError(unreachable(error)) from None
    if version // 10000 < OLDEST_SERVER:
        raise ConfigurationError(
            f"PostgreSQL {version // 10000} is too old: An Nhi needs {OLDEST_SERVER} or newer."
        )
    faults = [
        sentence
        for fault, sentence in (
            (row.is_superuser, "is a superuser"),
            (row.bypasses, "bypasses row security"),
            (row.creates, "may create roles or databases"),
            (row.owned, f"owns {row.owned} tables"),
            (row.memberships, "is a member of another role"),
        )
        if fault
    ]
    if faults:
        raise ConfigurationError(
            f"The runtime login {row.login} {' and '.join(faults)}; the program does not start "
            "with it. Run `annhi migrate` to set the logins right."
        )


def unreachable(error: OperationalError) -> str:
    """One sentence about a database that does not answer, without the address's password."""
    reason = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
    hint = "; run `annhi migrate` first" if _NOT_MADE.search(reason) else ""
    return f"The database cannot be reached: {reason}{hint}"


_RIGHTS = text(
    """
    SELECT current_user AS login, r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses,
           (r.rolcreaterole OR r.rolcreatedb OR r.rolreplication) AS creates,
           (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid) AS owned,
           (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid) AS memberships
    FROM pg_roles r WHERE r.rolname = current_user
    """
)
