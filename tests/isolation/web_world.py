"""The whole product as a browser meets it: real tenants, an account for each role, canary names.

Three provinces and the ministry in one database. The third is An Giang once more: the
same name, the same communes, look-alike rows, so that only the tenant tells them apart.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest
from litestar.testing import TestClient
from psycopg import sql
from sqlalchemy import text

from core.app import create_app
from core.demo.accounts import MINISTRY_LOGINS, PROVINCE_LOGINS
from core.identity.service import open_sign_in
from core.kit.hidden import Hidden
from core.migrations.runner import CORE_CHAIN, migrate
from core.platform import Platform, load_registry, start
from core.settings import GENERATED_MARK, PluginLimits, Settings
from core.testing.database import (
    TEST_KEYS,
    TEST_PREFIX,
    TEST_SECRET,
    TestDatabase,
    addresses_of,
    database_copy,
    ensure_template,
)
from core.testing.fixtures import fill_look_alikes
from core.web.work import CSRF_FIELD, csrf_token_for
from tests.isolation.furnishing import MINISTRY, OTHER_ROLES, furnish
from tests.isolation.product import plugin_chains
from tests.isolation.tables_of_forms import BESIDE, CODES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from httpx import Response
    from litestar import Litestar

    from core.kit.clock import Clock
    from core.migrations.runner import Chain
    from core.registry.service import Registry

REPOSITORY = Path(__file__).parents[2]
PROVINCES = ("an_giang", "lao_cai", "tinh_ba")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in: a role in a tenant."""

    tenant: str
    role: str
    token: str

    @property
    def csrf(self) -> str:
        """What this sign-in's pages carry."""
        return csrf_token_for(TEST_SECRET, self.token)


@dataclass(frozen=True)
class Rows:
    """What a tenant has: ids and telling codes, by form."""

    ids: dict[str, tuple[UUID, ...]]
    codes: dict[str, tuple[str, ...]]

    @cached_property
    def telling(self) -> frozenset[str]:
        """Every string that must not be read by another tenant."""
        ids = (str(key) for keys in self.ids.values() for key in keys)
        return frozenset(ids) | {code for codes in self.codes.values() for code in codes}


class World:
    """One running application over a copy of the database."""

    def __init__(self, database: TestDatabase, platform: Platform) -> None:
        """Keep both; the application is made, its client is entered by ``opened``."""
        self.database = database
        self.platform = platform
        self.app: Litestar = create_app(platform)
        self.client: TestClient[Litestar] = TestClient(self.app)
        self.tenants = {tenant.slug: tenant.id for tenant in platform.tenants()}
        self._visitors: dict[tuple[str, str], Visitor] = {}

    def visitor(self, tenant: str, role: str) -> Visitor:
        """The account of a role, signed in; always the same sign-in within a module."""
        known = self._visitors.get((tenant, role))
        if known is None:
            known = Visitor(tenant, role, self.fresh_token(tenant, role))
            self._visitors[tenant, role] = known
        return known

    def fresh_token(self, tenant: str, role: str) -> str:
        """Another sign-in of the same account, without the cost of its password."""
        account = self.account(tenant, role)
        with self.platform.door.tenant_session(self.tenants[tenant]) as session:
            return open_sign_in(session, account, now=self.platform.clock.now(), second_factor=True)

    def account(self, tenant: str, role: str) -> UUID:
        """Whose account has a role."""
        found = self.scalar(
            "SELECT account_id FROM core.role_grant WHERE tenant_id = :tenant AND role = :role",
            tenant=self.tenants[tenant],
            role=role,
        )
        assert isinstance(found, UUID)
        return found

    def get(self, visitor: Visitor | None, path: str, **options: Any) -> Response:
        """Ask for a page or the API as somebody."""
        return self._send("GET", visitor, path, **options)

    def post(
        self,
        visitor: Visitor | None,
        path: str,
        data: dict[str, Any] | None = None,
        **options: Any,
    ) -> Response:
        """Send a page's form as somebody, with the token that the page carries."""
        token = {CSRF_FIELD: visitor.csrf} if visitor else {}
        return self._send("POST", visitor, path, data=token | (data or {}), **options)

    def api(
        self, visitor: Visitor, path: str, body: dict[str, Any], *, key: str | None = None
    ) -> Response:
        """Send JSON as a program that holds the sign-in's token."""
        headers = {"Authorization": f"Bearer {visitor.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.post(path, json=body, headers=headers, follow_redirects=False)

    def scalar(self, statement: str, **values: Any) -> Any:
        """One value as the administrator, whom no policy bounds."""
        with self.database.admin.connect() as connection:
            return connection.scalar(text(statement), values)

    def run(self, statement: str, **values: Any) -> None:
        """One statement as the administrator."""
        with self.database.admin.begin() as connection:
            connection.execute(text(statement), values)

    def rows(self, tenant: str) -> Rows:
        """What a tenant has stored."""
        values = {"tenant": self.tenants[tenant]}
        ids, codes = {}, {}
        with self.database.admin.connect() as connection:
            for form, table in (TABLES | BESIDE).items():
                query = f"FROM {table} WHERE tenant_id = :tenant ORDER BY id"
                ids[form] = tuple(connection.scalars(text(f"SELECT id {query}"), values))
                if column := CODES.get(form):
                    codes[form] = tuple(
                        connection.scalars(text(f"SELECT {column} {query}"), values)
                    )
        return Rows(ids, codes)

    def commune(self, tenant: str) -> int:
        """The commune of the tenant's commune worker."""
        found = self.scalar(
            "SELECT area_id FROM core.role_grant WHERE tenant_id = :tenant "
            "AND role = 'commune_worker'",
            tenant=self.tenants[tenant],
        )
        assert isinstance(found, int)
        return found

    def _send(self, method: str, visitor: Visitor | None, path: str, **options: Any) -> Response:
        # by hand, not in the client's jar: each request is somebody else's
        headers = dict(options.pop("headers", {}))
        if visitor is not None:
            headers["Cookie"] = f"annhi={visitor.token}"
        self.client.cookies.clear()
        return self.client.request(method, path, headers=headers, follow_redirects=False, **options)


@contextmanager
def opened(
    template: str,
    home: Path,
    *,
    registry: Registry | None = None,
    extra: Sequence[Chain] = (),
    clock: Clock | None = None,
    limits: PluginLimits | None = None,
) -> Iterator[World]:
    """A world over a fresh copy of a filled database, perhaps with more chains migrated."""
    with database_copy(template) as database:
        if extra:
            migrate(database.owner, (CORE_CHAIN, *extra), login_prefix=database.addresses.prefix)
        platform = platform_over(database, home, registry=registry, clock=clock, limits=limits)
        world = World(database, platform)
        try:
            with world.client:
                yield world
        finally:
            platform.close()


def platform_over(
    database: TestDatabase,
    home: Path,
    *,
    registry: Registry | None = None,
    clock: Clock | None = None,
    limits: PluginLimits | None = None,
) -> Platform:
    """The platform of one process over a test database."""
    settings = Settings(
        home=home,
        secret=TEST_SECRET,
        database_name=database.addresses.database,
        login_prefix=TEST_PREFIX,
        tenants_dir=home / "tenants",
        generated_data=True,
        keys=Hidden(TEST_KEYS),
        plugin_limits=limits or PluginLimits(),
    )
    return start(
        settings,
        registry=registry or load_registry(settings),
        addresses=database.addresses,
        clock=clock,
    )


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the folder of tenants and the third province in it."""
    home = tmp_path_factory.mktemp("world")
    shutil.copytree(REPOSITORY / "tenants", home / "tenants")
    original = (home / "tenants/an_giang/tenant.toml").read_text(encoding="utf-8")
    third = home / "tenants/tinh_ba/tenant.toml"
    third.parent.mkdir()
    third.write_text(original.replace('code = "an_giang"', 'code = "tinh_ba"'), encoding="utf-8")
    (home / GENERATED_MARK).touch()
    return home


@pytest.fixture(scope="session")
def world_template(world_home: Path) -> Iterator[str]:
    """A database with tenants, accounts, generated records and one released report each.

    Kept until the code changes and nobody uses it, for filling it costs more than most tests.
    """
    base = ensure_template(plugin_chains(), fill=fill_look_alikes)
    name = f"annhi_world_{_fingerprint(base)}"
    with _administrator(base) as administrator:
        administrator.execute("SELECT pg_advisory_lock(7214)")
        administrator.execute(_IN_USE, (name,))
        known = [row[0] for row in administrator.execute(_WORLDS)]
        if name not in known:
            with database_copy(base) as database:
                platform = platform_over(database, world_home)
                try:
                    furnish(database, platform)
                finally:
                    platform.close()
                database.dispose()
                _keep(administrator, database.addresses.database, name)
        for old in known:
            if old != name:
                _drop_unused(administrator, old)
        administrator.execute("SELECT pg_advisory_unlock(7214)")
        yield name  # in use until this connection ends


@pytest.fixture(scope="module")
def world(world_template: str, world_home: Path) -> Iterator[World]:
    """A world of its own for each module."""
    with opened(world_template, world_home) as made:
        yield made


_WORLDS = "SELECT datname FROM pg_database WHERE datname LIKE 'annhi\\_world\\_%'"
_IN_USE = "SELECT pg_advisory_lock_shared(7214, hashtext(%s))"
_UNUSED = "SELECT pg_try_advisory_lock(7214, hashtext(%s))"
_UNUSED_NO_MORE = "SELECT pg_advisory_unlock(7214, hashtext(%s))"


def _fingerprint(base: str) -> str:
    """Of everything that decides what is in the world; what only shows it does not count."""
    here = Path(__file__)
    digest = hashlib.sha256(base.encode())
    for file in (here, here.with_name("furnishing.py")):
        digest.update(file.read_bytes())
    for folder in ("core", "plugins", "tenants"):
        for file in sorted((REPOSITORY / folder).rglob("*.*")):
            shown = file.is_relative_to(REPOSITORY / "core/web")
            if file.suffix in {".py", ".toml"} and not shown:
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _administrator(base: str) -> Iterator[psycopg.Connection[Any]]:
    """The administrator, outside a transaction."""
    address = addresses_of(base).admin.set(drivername="postgresql")
    url = address.render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def _keep(administrator: psycopg.Connection[Any], made: str, name: str) -> None:
    """Copy what was made under its lasting name, whole or not at all."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    administrator.execute(statement.format(sql.Identifier(name), sql.Identifier(made)))


def _drop_unused(administrator: psycopg.Connection[Any], name: str) -> None:
    """Drop an older world unless another run of the tests works with it."""
    row = administrator.execute(_UNUSED, (name,)).fetchone()
    if row is not None and row[0]:
        administrator.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        administrator.execute(_UNUSED_NO_MORE, (name,))


def roles_of(tenant: str) -> tuple[str, ...]:
    """Every role that has an account in a tenant."""
    if tenant == MINISTRY:
        return (*(role for _, role in MINISTRY_LOGINS), "ministry_admin")
    return (*(role for _, role in PROVINCE_LOGINS), *OTHER_ROLES)
