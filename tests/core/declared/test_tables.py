"""Tables that core makes from a file: as the models say, behind the wall, never by the web."""

# ruff: noqa: S608  the names in the statements are the plugins' own
from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.contribution import core_contribution
from core.db.base import DataClass
from core.db.engine import TENANT_STATEMENT
from core.declared.plugin import DeclaredPoint
from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden
from core.migrations.runner import DeclaredChain, downgrade, drift, migrate
from core.platform import start
from core.registry.service import Registry
from core.settings import Settings
from core.tenancy.catalogue_lint import lint
from core.tenancy.reach import Reach
from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET
from core.testing.plugins import PluginWorld, migrated_copy, open_world
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from core.testing.database import TestDatabase

VISITS = Path(__file__).with_name("home_visits.toml")
TABLES = ("school_milk.milk_round", "school_milk.weighing", "home_visits.visit")
KEYS = ("school_milk", "home_visits")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Both declared plugins, as an installation finds them in its folder."""
    points = (DeclaredPoint(SAMPLE), DeclaredPoint(VISITS))
    return Registry.discover(core_contribution(), points=points)


@pytest.fixture(scope="module")
def world(registry: Registry) -> Iterator[PluginWorld]:
    """Two provinces in which the examples of both were entered."""
    with migrated_copy(registry) as database:
        made = open_world(registry, database)
        for tenant in (1, 2):
            for key in KEYS:
                made.switch_on(key, tenant)
            records = registry.enabled(KEYS).demo_records(made.demo())
            made.enter(tenant, list(records))
        yield made


@pytest.fixture
def fresh(registry: Registry) -> Iterator[TestDatabase]:
    """A database with the tables and nothing in them."""
    with migrated_copy(registry) as database:
        yield database


def chain_of(registry: Registry, key: str) -> DeclaredChain:
    chain = next(chain for chain in registry.chains if chain.key == key)
    assert isinstance(chain, DeclaredChain)
    return chain


@contextmanager
def runtime(world: PluginWorld, tenant: int | None) -> Iterator[Connection]:
    with world.database.runtime.connect() as connection, connection.begin():
        if tenant is not None:
            said = f"SET LOCAL app.tenant = '{tenant}'"
            connection.exec_driver_sql(said, execution_options={TENANT_STATEMENT: True})
        yield connection


@pytest.mark.parametrize("key", KEYS)
def test_the_tables_are_what_the_models_say(world: PluginWorld, key: str) -> None:
    with world.database.owner.connect() as connection:
        assert drift(connection, chain_of(world.registry, key)) == []


def test_there_is_no_hole_in_the_wall(world: PluginWorld) -> None:
    with world.database.owner.connect() as connection:
        assert lint(connection, prefix=TEST_PREFIX) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_province_finds_its_own_rows_alone(world: PluginWorld, table: str) -> None:
    with world.database.admin.connect() as judge:
        whole = judge.scalar(text(f"SELECT count(*) FROM {table}"))
    with runtime(world, 1) as one, runtime(world, 2) as two, runtime(world, None) as nobody:
        ids = [
            set(session.scalars(text(f"SELECT id FROM {table}"))) for session in (one, two, nobody)
        ]
    assert len(ids[0]) == len(ids[1]) == whole / 2 > 0
    assert ids[0].isdisjoint(ids[1])
    assert ids[2] == set()


@pytest.mark.parametrize("table", TABLES)
def test_a_province_changes_no_row_of_another(world: PluginWorld, table: str) -> None:
    with runtime(world, 1) as session:
        for change in (f"UPDATE {table} SET generated = false", f"DELETE FROM {table}"):
            done = session.execute(text(f"{change} WHERE tenant_id = 2"))
            assert done.rowcount == 0
        moved = text(f"UPDATE {table} SET tenant_id = 2 WHERE tenant_id = 1")
        with pytest.raises(DBAPIError, match="row-level security"):
            session.execute(moved)


def test_a_row_points_at_no_child_of_another_province(world: PluginWorld) -> None:
    """Even the administrator cannot: the key to the register carries the province."""
    third = "INSERT INTO core.tenant VALUES (3, 'tinh_ba', 'province', 'Tỉnh Ba', 'Third')"
    with world.database.admin.begin() as judge:
        judge.execute(text(third))
    moved = "UPDATE home_visits.visit SET tenant_id = 3, household_id = NULL WHERE tenant_id = 1"
    with (
        world.database.admin.connect() as judge,
        pytest.raises(DBAPIError, match="fk_visit_tenant_id_child_id"),
    ):
        judge.execute(text(moved))


def test_the_session_of_a_province_reads_its_own_records(world: PluginWorld) -> None:
    model: Any = world.registry.catalogue.forms["home_visits.visit"].model
    owners = []
    for tenant in (1, 2):
        with world.door.tenant_session(tenant, reach=Reach.counting()) as session:
            rows = session.scalars(select(model).where(model.tenant_id == session.tenant_id)).all()
            owners.append({row.tenant_id for row in rows})
    assert owners == [{1}, {2}]


def test_a_condition_counts_what_the_rule_says(world: PluginWorld) -> None:
    world.count(1)
    figure = world.figure(1, "VIS-01")
    assert (figure.numerator, figure.denominator) == (3, 6)  # one of two in three communes


def test_no_login_of_a_running_process_may_change_tables_or_versions(world: PluginWorld) -> None:
    for change in (
        "ALTER TABLE school_milk.weighing ADD COLUMN more text",
        "CREATE TABLE school_milk.more (id int)",
        "DELETE FROM core.declared_version",
        "UPDATE core.declared_version SET sha256 = ''",
        "TRUNCATE school_milk.weighing",
    ):
        with (
            runtime(world, 1) as session,
            pytest.raises(DBAPIError, match=r"permission denied|must be owner"),
        ):
            session.execute(text(change))


def test_migrating_again_changes_nothing(registry: Registry, fresh: TestDatabase) -> None:
    noted = text("SELECT key, version, sha256, applied_at FROM core.declared_version ORDER BY key")
    with fresh.owner.connect() as connection:
        before = connection.execute(noted).all()
    migrate(fresh.owner, registry.chains, login_prefix=TEST_PREFIX)
    with fresh.owner.connect() as connection:
        assert connection.execute(noted).all() == before
    assert [row[:2] for row in before] == [("home_visits", "1.0.0"), ("school_milk", "1.0.0")]


def test_a_process_does_not_start_over_tables_of_another_file(
    registry: Registry, fresh: TestDatabase, tmp_path: Path
) -> None:
    settings = Settings(
        home=tmp_path,
        secret=TEST_SECRET,
        database_name=fresh.addresses.database,
        login_prefix=TEST_PREFIX,
        keys=Hidden(TEST_KEYS),
    )
    start(settings, registry=registry, addresses=fresh.addresses).close()
    with fresh.owner.begin() as owner:
        owner.execute(
            text("UPDATE core.declared_version SET sha256 = 'x' WHERE key = 'school_milk'")
        )
    with pytest.raises(ConfigurationError, match=r"Plugin school_milk: .* Run annhi migrate"):
        start(settings, registry=registry, addresses=fresh.addresses)


def test_a_sensitive_answer_is_shown_to_the_roles_that_the_file_names(world: PluginWorld) -> None:
    catalogue = world.registry.catalogue
    reads = {
        role: rights.reads
        for role in ("commune_worker", "district_officer")
        for owner, rights in catalogue.rights(role)
        if owner == "home_visits"
    }
    assert reads == {
        "commune_worker": DataClass.PERSONAL,
        "district_officer": DataClass.SENSITIVE,
    }
    model: Any = catalogue.forms["home_visits.visit"].model
    assert model.__table__.columns["found"].info["data_class"] is DataClass.SENSITIVE
    assert world.registry.info("home_visits").highest_class is DataClass.SENSITIVE


def test_what_the_owner_dropped_is_made_anew(registry: Registry, fresh: TestDatabase) -> None:
    with fresh.owner.begin() as owner:
        owner.execute(text("DROP SCHEMA school_milk CASCADE"))
    migrate(fresh.owner, registry.chains, login_prefix=TEST_PREFIX)
    with fresh.owner.connect() as connection:
        assert drift(connection, chain_of(registry, "school_milk")) == []


def test_the_tables_go_and_come_again(registry: Registry, fresh: TestDatabase) -> None:
    chain = chain_of(registry, "school_milk")
    with fresh.owner.connect() as connection:
        downgrade(connection, chain, login_prefix=TEST_PREFIX)
        left = text("SELECT count(*) FROM pg_tables WHERE schemaname = 'school_milk'")
        assert connection.scalar(left) == 0
    migrate(fresh.owner, [chain], login_prefix=TEST_PREFIX)
    with fresh.owner.connect() as connection:
        assert drift(connection, chain) == []


def test_a_schema_of_somebody_else_is_not_taken_over(
    registry: Registry, fresh: TestDatabase
) -> None:
    chain = chain_of(registry, "school_milk")
    with fresh.owner.connect() as connection:
        downgrade(connection, chain, login_prefix=TEST_PREFIX)
    with fresh.owner.begin() as owner:
        owner.execute(text("CREATE TABLE school_milk.weighing (secret text)"))
    with pytest.raises(ConfigurationError, match=r"\(weighing\); give the plugin another key"):
        migrate(fresh.owner, [chain], login_prefix=TEST_PREFIX)
