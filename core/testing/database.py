"""A real PostgreSQL for tests: our own server, one migrated template, a fresh copy on demand.

The logins are the real ones: suites on isolation run as the runtime login, never as the owner.
"""

from __future__ import annotations

import hashlib
import inspect
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from psycopg import sql
from sqlalchemy import make_url

import core
from core.db.cluster import ensure_cluster
from core.db.engine import make_engine, runtime_engine
from core.db.logins import DatabaseAddresses, Login, ensure_database
from core.kit.hidden import Hidden
from core.migrations.runner import CORE_CHAIN, AnyChain, migrate
from core.vault.keys import KeyRing
from core.vault.sealing import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Engine

TEST_SECRET = "secret of the tests, which guards nothing"  # noqa: S105  guards nothing
TEST_PREFIX = "annhi_test"
# one key, the same in every run, for databases that are kept between runs; guards nothing
TEST_KEYS = "1:YSBrZXkgb2YgdGhlIHRlc3RzLCBndWFyZHMgbm90aGk="
_ROOT = Path(core.__file__).parent.parent


def vault_of_tests() -> Vault:
    """What seals and opens the sealed columns in tests."""
    return Vault(KeyRing.read(Hidden(TEST_KEYS), "the tests' keys"))


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """One migrated database and an engine for each login that a test may be."""

    __test__ = False

    addresses: DatabaseAddresses
    runtime: Engine
    ministry: Engine
    owner: Engine
    admin: Engine

    def dispose(self) -> None:
        """Close every connection."""
        for engine in (self.runtime, self.ministry, self.owner, self.admin):
            engine.dispose()


def admin_url() -> str:
    """The administrator's address: ``DATABASE_URL``, or the tests' own server."""
    given = os.environ.get("ANNHI_TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    return given or _hasty(ensure_cluster(_ROOT / ".annhi-test").url())


@cache
def _hasty(url: str) -> str:
    """A server of which no commit waits for the disk: a loss of power may cost it its data.

    What a killed process leaves behind is the same as on any other.
    """
    engine = make_engine(make_url(url))
    try:
        with engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            if alone.exec_driver_sql("SHOW fsync").scalar_one() == "on":
                for setting in ("fsync", "full_page_writes"):
                    alone.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
                alone.exec_driver_sql("SELECT pg_reload_conf()")
    finally:
        engine.dispose()
    return url


def addresses_of(database: str) -> DatabaseAddresses:
    """The addresses of one test database."""
    return DatabaseAddresses.of(
        admin_url(), database=database, secret=TEST_SECRET, prefix=TEST_PREFIX
    )


def ensure_template(
    chains: Sequence[AnyChain] = (), fill: Callable[[TestDatabase], None] | None = None
) -> str:
    """The name of a migrated database to copy from; made when a migration has changed."""
    all_chains = (CORE_CHAIN, *chains)
    name = f"annhi_template_{_fingerprint(all_chains, fill)}"
    addresses = addresses_of(name)
    admin = make_engine(addresses.admin)
    try:
        with admin.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.rollback()
            raw.autocommit = True
            try:
                raw.execute("SELECT pg_advisory_lock(7213)")
                found = raw.execute(
                    "SELECT datistemplate FROM pg_database WHERE datname = %s", (name,)
                ).fetchone()
                if found is None or not found[0]:
                    ensure_database(admin, addresses)
                    _fill(addresses, all_chains, fill)
                    raw.execute(
                        sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name))
                    )
            finally:
                raw.execute("SELECT pg_advisory_unlock(7213)")
                raw.autocommit = False
    finally:
        admin.dispose()
    return name


@contextmanager
def database_copy(template: str) -> Iterator[TestDatabase]:
    """A fresh copy of the template, dropped afterwards."""
    name = f"annhi_copy_{uuid4().hex[:12]}"
    addresses = addresses_of(name)
    admin = make_engine(addresses.admin)
    try:
        _copy(admin, addresses, template)
        database = open_database(addresses)
        try:
            yield database
        finally:
            database.dispose()
            _execute(admin, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    finally:
        admin.dispose()


def open_database(addresses: DatabaseAddresses) -> TestDatabase:
    """The engines of a test database that is there; the caller disposes of them."""
    return TestDatabase(
        addresses=addresses,
        runtime=runtime_engine(addresses),
        ministry=runtime_engine(addresses, Login.MINISTRY),
        owner=make_engine(addresses.url(Login.MIGRATOR)),
        admin=make_engine(addresses.admin_url()),
    )


def _fill(
    addresses: DatabaseAddresses,
    chains: Sequence[AnyChain],
    fill: Callable[[TestDatabase], None] | None,
) -> None:
    database = open_database(addresses)
    try:
        migrate(database.owner, chains, login_prefix=addresses.prefix)
        if fill is not None:
            fill(database)
    finally:
        database.dispose()


def _copy(admin: Engine, addresses: DatabaseAddresses, template: str) -> None:
    name = sql.Identifier(addresses.database)
    owner = sql.Identifier(addresses.role(Login.MIGRATOR))
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY")
    _execute(admin, statement.format(name, sql.Identifier(template), owner))
    _execute(admin, sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for login in set(Login) - {Login.MIGRATOR}:
        role = sql.Identifier(addresses.role(login))
        _execute(admin, sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))


def _execute(admin: Engine, statement: sql.Composed) -> None:
    with admin.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()
        raw.autocommit = True
        try:
            raw.execute(statement)
        finally:
            raw.autocommit = False


def _fingerprint(chains: Sequence[AnyChain], fill: Callable[[TestDatabase], None] | None) -> str:
    digest = hashlib.sha256()
    if fill is not None:
        digest.update(f"{fill.__module__}.{fill.__qualname__}".encode())
        digest.update(inspect.getsource(fill).encode())
    for chain in chains:
        for part in chain.content():
            digest.update(part)
    for name in (
        "core/tenancy/policies.py",
        "core/tenancy/record_tables.py",
        "core/db/logins.py",
        "core/migrations/runner.py",
        "core/migrations/env.py",
    ):
        digest.update((_ROOT / name).read_bytes())
    for file in sorted((_ROOT / "core/areas").rglob("*.*")):
        if "__pycache__" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
