"""A plugin is taken away: its data goes to the archive's login alone, or for good."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import inspect, text
from sqlalchemy.exc import ProgrammingError

from core.db.engine import make_engine
from core.db.logins import Login
from core.forms.models import FormDraft
from core.kit.hidden import Hidden
from core.kit.ids import new_id
from core.platform import install, load_registry, start
from core.plugin_api.values import Submission
from core.registry.enablement import switch_off, switch_on
from core.registry.loading import GROUP
from core.removal import RemovalRefusedError, left_behind, read_archive
from core.settings import Settings
from core.tenancy.archiving import is_archived
from core.tenancy.catalogue_lint import lint
from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET, admin_url
from core.testing.plugins import DAY, SINCE, PluginWorld, migrated_copy, open_world, registry_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.platform import Platform

pytestmark = pytest.mark.slow

KEY = "sample_meals"
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "sample_plugin"
TABLES = ("class_learner", "cooking_class", "meal_round")


@pytest.fixture
def world() -> Iterator[PluginWorld]:
    """The sample plugin with records in two provinces, one of them in a sealed column."""
    sys.path.insert(0, str(SAMPLE))
    try:
        registry = registry_with(EntryPoint(name=KEY, value=f"{KEY}.plugin", group=GROUP))
        with migrated_copy(registry) as database:
            made = open_world(registry, database)
            for tenant, rounds in ((1, 3), (2, 1)):
                made.switch_on(KEY, tenant)
                made.enter(tenant, [_meal(made) for _ in range(rounds)])
                with made.door.tenant_session(tenant) as session:
                    model = registry.catalogue.forms[f"{KEY}.cooking_class"].model
                    session.add(
                        model(
                            class_code=f"LOP-{tenant}",
                            begins_on=DAY,
                            places=10,
                            commune_id=made.communes[0],
                            note="Ghi chú riêng",
                        )
                    )
                made.count(tenant)
            yield made
    finally:
        sys.path.remove(str(SAMPLE))


def _meal(world: PluginWorld) -> Submission:
    answers = {
        "held_on": "15/03/2018",
        "commune_id": str(world.communes[0]),
        "place": "school",
        "children": "30",
        "meals": "30",
    }
    return Submission(f"{KEY}.meal_round", answers, DAY)


@pytest.fixture
def settings(world: PluginWorld, tmp_path: Path) -> Settings:
    """The installation, as its processes are told of it."""
    return Settings(
        home=tmp_path,
        secret=TEST_SECRET,
        database_url=admin_url(),
        database_name=world.database.addresses.database,
        login_prefix=TEST_PREFIX,
        keys=Hidden(TEST_KEYS),
    )


@pytest.fixture
def platform(settings: Settings) -> Iterator[Platform]:
    """A process in which the sample plugin is not installed."""
    made = start(settings, registry=load_registry(settings))
    yield made
    made.close()


def annhi(settings: Settings, *arguments: str, sent: str = "") -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own, which has not installed the sample plugin."""
    assert settings.database_url is not None
    environment = os.environ | {
        "ANNHI_HOME": str(settings.home),
        "ANNHI_SECRET": TEST_SECRET,
        "DATABASE_URL": settings.database_url,
        "ANNHI_DATABASE": settings.database_name,
        "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
        "ANNHI_KEYS": TEST_KEYS,
    }
    return subprocess.run(
        [sys.executable, "-c", "from core.cli import main; main()", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        input=sent,
    )


def off_everywhere(world: PluginWorld) -> None:
    for tenant in (1, 2):
        with world.door.tenant_session(tenant) as session:
            switch_off(session, world.registry, KEY, at=SINCE.replace(year=2019))


def as_login(world: PluginWorld, login: Login, statement: str, tenant: int | None = 1) -> Any:
    """What a login reads, as anybody with its password could."""
    engine = make_engine(world.database.addresses.url(login))
    try:
        with engine.begin() as connection:
            if tenant is not None:
                connection.exec_driver_sql(f"SET LOCAL app.tenant = '{tenant}'")
            return connection.execute(text(statement)).scalar()
    finally:
        engine.dispose()


def is_refused(world: PluginWorld, login: Login, statement: str) -> bool:
    try:
        as_login(world, login, statement)
    except ProgrammingError as error:
        return isinstance(error.orig, InsufficientPrivilege)
    return False


def noted(world: PluginWorld, action: str, kind: str, tenant: int = 1) -> int:
    statement = (
        "SELECT count(*) FROM core.audit_entry WHERE tenant_id = :tenant AND action = :action "
        "AND subject_kind = :kind"
    )
    with world.database.admin.connect() as connection:
        values = {"tenant": tenant, "action": action, "kind": kind}
        return connection.scalar(text(statement), values) or 0


def test_it_is_refused_while_the_plugin_is_on_installed_or_unknown(
    world: PluginWorld, settings: Settings, platform: Platform
) -> None:
    said = annhi(settings, "plugin", "remove", KEY, "--keep")
    assert said.returncode != 0
    assert "still on in tinh_hai, tinh_mot" in said.stdout + said.stderr
    off_everywhere(world)
    installed = start(settings, registry=world.registry)
    try:
        with pytest.raises(RemovalRefusedError, match="still installed"):
            left_behind(installed, KEY)
    finally:
        installed.close()
    for key in ("core", "jobs", "no_such", 'x"; DROP SCHEMA core; --'):
        with pytest.raises(RemovalRefusedError):
            left_behind(platform, key)
    assert left_behind(platform, KEY).rows == {
        "class_learner": 0,
        "cooking_class": 2,
        "meal_round": 4,
    }


def test_kept_data_is_read_by_the_archive_alone_and_comes_back(
    world: PluginWorld, settings: Settings, platform: Platform
) -> None:
    off_everywhere(world)
    said = annhi(settings, "plugin", "remove", KEY, "--keep")
    assert said.returncode == 0, said.stderr
    assert "6 rows in 3 tables" in said.stdout
    assert noted(world, "archive", f"plugin.{KEY}", 1) == 1
    assert noted(world, "archive", f"plugin.{KEY}", 2) == 1
    for table in TABLES:
        count = f"SELECT count(*) FROM {KEY}.{table}"  # noqa: S608  names of ours
        for login in (Login.RUNTIME, Login.MINISTRY):
            assert is_refused(world, login, count), (login, table)
        seen = [as_login(world, Login.ARCHIVE, count, tenant) for tenant in (1, 2, None)]
        kept = {"class_learner": [0, 0, 0], "cooking_class": [1, 1, 0], "meal_round": [3, 1, 0]}
        assert seen == kept[table], "one tenant at a time, and without one nothing"
        for change in (
            f"DELETE FROM {KEY}.{table}",  # noqa: S608  same
            f"UPDATE {KEY}.{table} SET tenant_id = 2",  # noqa: S608  same
            f"INSERT INTO {KEY}.{table} SELECT * FROM {KEY}.{table}",  # noqa: S608  same
            f"TRUNCATE {KEY}.{table}",
        ):
            assert is_refused(world, Login.ARCHIVE, change), change
    assert is_refused(world, Login.ARCHIVE, "SELECT count(*) FROM core.child")
    note = as_login(world, Login.ARCHIVE, f"SELECT note FROM {KEY}.cooking_class")  # noqa: S608  same
    assert "Ghi chú".encode() not in bytes(note)
    with world.database.owner.connect() as connection:
        found = lint(connection, prefix=TEST_PREFIX)
    assert found == []

    tenant = platform.tenant("tinh_hai")
    rows = annhi(settings, "plugin", "archive", KEY, "--tenant", "tinh_hai")
    assert rows.stdout.split()[-2:] == ["meal_round", "1"], rows.stderr
    with pytest.raises(RemovalRefusedError, match="Say why"):
        list(read_archive(platform, KEY, tenant, "meal_round", reason=" "))
    options = ("--tenant", "tinh_hai", "--table", "cooking_class", "--reason", "Thanh tra")
    read = annhi(settings, "plugin", "archive", KEY, *options)
    (row,) = json.loads(read.stdout)
    assert (row["class_code"], row["note"]) == ("LOP-2", "sealed")
    assert noted(world, "read", f"plugin.{KEY}.cooking_class", 2) == 1

    install(settings, world.registry)
    with world.database.owner.connect() as connection:
        assert not is_archived(connection, KEY, prefix=TEST_PREFIX)
        assert lint(connection, prefix=TEST_PREFIX) == []
    with world.door.tenant_session(1) as session:
        switch_on(session, world.registry, KEY, at=SINCE.replace(year=2020))
    world.enter(1, [_meal(world)])
    world.count(1)
    assert world.figure(1, "SMP-01").count == 4 * 30
    for table in TABLES:
        assert is_refused(world, Login.ARCHIVE, f"SELECT count(*) FROM {KEY}.{table}")  # noqa: S608  same


def test_dropped_data_is_gone_and_nothing_of_others(
    world: PluginWorld, settings: Settings, platform: Platform
) -> None:
    off_everywhere(world)
    with world.door.tenant_session(1) as session:
        for code in (f"{KEY}.meal_round", "core.child"):
            session.add(_draft(code))
    cells = "SELECT count(*) FROM core.figure_cell WHERE measure LIKE 'sample_meals.%'"
    drafts = "SELECT string_agg(form_code, ' ') FROM core.form_draft"
    with world.database.admin.connect() as connection:
        before = inspect(connection).get_table_names("core")
        assert connection.scalar(text(cells)) > 0
    wrong = annhi(settings, "plugin", "remove", KEY, "--drop", sent="sample_meal\n")
    assert wrong.returncode != 0
    assert left_behind(platform, KEY).total == 6
    said = annhi(settings, "plugin", "remove", KEY, "--drop", sent=f"{KEY}\n")
    assert said.returncode == 0, said.stderr
    assert "Dropped: 6 rows of 3 tables" in said.stdout
    with world.database.admin.connect() as connection:
        assert KEY not in inspect(connection).get_schema_names()
        assert inspect(connection).get_table_names("core") == before
        assert connection.scalar(text(cells)) == 0
        assert connection.scalar(text(drafts)) == "core.child"
        policies = "SELECT count(*) FROM pg_policy WHERE polname = 'archive_login'"
        assert connection.scalar(text(policies)) == 0
    assert noted(world, "delete", f"plugin.{KEY}") == 1
    with pytest.raises(RemovalRefusedError, match="has left anything"):
        left_behind(platform, KEY)
    install(settings, world.registry)
    with world.database.admin.connect() as connection:
        count = f"SELECT count(*) FROM {KEY}.meal_round"  # noqa: S608  same
        assert connection.scalar(text(count)) == 0


def test_kept_data_can_be_dropped_later(
    world: PluginWorld, settings: Settings, platform: Platform
) -> None:
    off_everywhere(world)
    assert annhi(settings, "plugin", "remove", KEY, "--keep").returncode == 0
    said = annhi(settings, "plugin", "remove", KEY, "--drop", "--confirm", KEY)
    assert said.returncode == 0, said.stderr
    with pytest.raises(RemovalRefusedError):
        left_behind(platform, KEY)


def test_one_must_say_what_becomes_of_the_data(settings: Settings) -> None:
    for options in ((), ("--keep", "--drop")):
        said = annhi(settings, "plugin", "remove", KEY, *options)
        assert said.returncode != 0
        assert "--keep or --drop" in said.stdout + said.stderr


def _draft(code: str) -> FormDraft:
    return FormDraft(
        account_id=new_id(), form_code=code, saved_at=SINCE, expires_at=SINCE, answers="{}"
    )
