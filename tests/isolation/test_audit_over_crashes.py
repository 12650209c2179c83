"""The database is killed under a fuzzer run; the log still says what was delivered.

The entry of a read is part of the transaction of the read, and that is committed before the answer
leaves. So no answer leaves without its entry. When the database dies after the commit and before
it could say so, an entry stays whose answer nobody got: at most one for each request at work.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from core.audit.canonical import AuditKeys
from core.cli import app
from core.db import cluster
from core.db.cluster import ensure_cluster, remove_cluster
from core.db.cluster_files import candidate_bindirs
from core.db.engine import make_engine
from core.db.logins import ensure_database
from core.testing.database import (
    TEST_KEYS,
    TEST_PREFIX,
    TEST_SECRET,
    addresses_of,
    admin_url,
)
from tests.access.conftest import TENANT, peopled, table, world_home, world_template
from tests.core.audit.conftest import Log, lift_row_security
from tests.core.audit.test_chain import SWAP
from tests.isolation.audited import Delivered, now_of, written
from tests.isolation.fuzz_sets import fuzzed
from tests.isolation.in_process import calling
from tests.isolation.leak_fuzzer import LeakFuzzer
from tests.isolation.test_audit_equality import OPENS, READERS
from tests.isolation.web_world import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.isolation.fuzz_world import Fuzzed
    from tests.isolation.in_process import Caller
    from tests.isolation.web_world import World

__all__ = ["fuzzed", "peopled", "table", "world_home", "world_template"]  # fixtures

pytestmark = pytest.mark.slow
READS, KILLS = 60, 4
OURS = AuditKeys.derived_from(TEST_SECRET)
KEPT = "CREATE TABLE public.kept_{0} AS SELECT * FROM core.audit_{0}"
TAMPERINGS = {
    "entry_edited": "UPDATE core.audit_entry SET action = 'list' WHERE id = :first",
    "entry_deleted": "DELETE FROM core.audit_entry WHERE id = :first",
    "entry_swapped": SWAP,
    "end_cut_off": "DELETE FROM core.audit_entry WHERE tenant_id = :tenant",
}


class Killer:
    """Kills the server with ``kill -9`` and starts it again on the same port, again and again.

    Each time when some more reads were delivered, in the middle of whatever comes next.
    """

    def __init__(self, home: Path, delivered: Delivered, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of the server in a home of the test's own."""
        self.killed = 0
        self._home = home
        self._delivered = delivered
        port = ensure_cluster(home).port
        monkeypatch.setattr(cluster, "_free_port", lambda: port)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work)

    @property
    def is_done(self) -> bool:
        """Whether it has killed as often as it was to, and the server is back."""
        return not self._thread.is_alive()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While something else is tried."""
        self._thread.start()
        try:
            yield
        finally:
            self._end.set()
            self._thread.join()

    def _work(self) -> None:
        draw = random.Random(4)  # noqa: S311  not a secret
        while self.killed < KILLS:
            until = self._delivered.looks.total() + draw.randint(4, 10)
            while self._delivered.looks.total() < until:
                if self._end.wait(0.005):
                    return
            time.sleep(draw.uniform(0, 0.1))
            with cluster._locked(self._home) as place:
                server = cluster._settled(place)
            assert server is not None
            every = (server.pid, *_children_of(server.pid))
            for pid in every:
                with suppress(ProcessLookupError):  # a backend ends when its client goes
                    os.kill(pid, signal.SIGKILL)
            while any(map(_runs, every)):
                time.sleep(0.01)
            self.killed += 1
            ensure_cluster(self._home)


def _children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def _runs(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2][1] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a server that may be killed."""
    home = tmp_path_factory.mktemp("killed")
    yield home
    remove_cluster(home)


@pytest.fixture(scope="module")
def world(world_template: str, world_home: Path, own_home: Path) -> Iterator[World]:
    """The world of the other suites, on a server of its own."""
    dumped = own_home / "world.dump"
    _client("pg_dump", "--format=custom", f"--file={dumped}", f"--dbname={_plain(world_template)}")
    # what is dropped at the end is on connections that were killed; the whole server goes
    with pytest.MonkeyPatch.context() as patch, suppress(psycopg.OperationalError):
        patch.setenv("ANNHI_TEST_DATABASE_URL", ensure_cluster(own_home).url())
        admin = make_engine(addresses_of(world_template).admin)
        ensure_database(admin, addresses_of(world_template))
        admin.dispose()
        _client("pg_restore", f"--dbname={_plain(world_template)}", str(dumped))
        with opened(world_template, world_home) as made:
            yield made


def _plain(database: str) -> str:
    address = addresses_of(database).admin.set(drivername="postgresql", database=database)
    return address.render_as_string(hide_password=False)


def _client(program: str, *options: str) -> None:
    folders = (str(folder) for folder in candidate_bindirs())
    found = shutil.which(program, path=os.pathsep.join(folders))
    assert found is not None, f"{program} is not beside PostgreSQL"
    subprocess.run([found, *options], check=True, capture_output=True)


def test_no_answer_leaves_without_its_entry_whenever_the_database_dies(
    fuzzed: Fuzzed,
    own_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    summary: Callable[[str], None],
) -> None:
    admin = fuzzed.world.database.admin
    began, delivered = now_of(admin), Delivered(fuzzed)
    killer = Killer(own_home, delivered, monkeypatch)
    with calling(fuzzed.world, monkeypatch) as caller, killer.at_work():
        refused = _run(fuzzed, caller, delivered, killer)
    admin.dispose()
    there, given = written(admin, began), delivered.looks
    assert delivered.unexplained == []
    assert given - there == {}
    assert (there - given).total() <= killer.killed
    assert given.total() >= READS
    assert refused > 0
    summary(
        f"audit: database killed {killer.killed} times under {caller.calls} calls: {given.total()} "
        f"reads delivered, {there.total()} in the log, {refused} calls refused"
    )
    _find_tamperings(fuzzed.world, tmp_path, monkeypatch)


def _run(fuzzed: Fuzzed, caller: Caller, delivered: Delivered, killer: Killer) -> int:
    """Open records until the server was killed often enough; how many calls were refused."""
    fuzzer, refused = LeakFuzzer(fuzzed, caller), 0
    pages = [
        (reader, call)
        for reader in fuzzed.readers
        if reader.name in READERS
        for call, _ in fuzzer.open_pages(reader, OPENS)
    ]
    draw = random.Random(4)  # noqa: S311  not a secret
    while delivered.looks.total() < READS or not killer.is_done:
        reader, call = draw.choice(pages)
        answer = caller.send(reader.visitor, call)
        delivered.hear(reader, call, answer)
        if answer.status >= 500:
            refused += 1
            time.sleep(0.05)
    return refused


def _find_tamperings(world: World, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit, a deletion, a swap and a cut-off end: ``annhi audit verify`` names each."""
    tenant = world.tenants[TENANT]
    log = Log(world.database, world.platform.door, tenant)
    log.seal(OURS)
    for name, value in {
        "ANNHI_HOME": str(home),
        "ANNHI_SECRET": TEST_SECRET,
        "ANNHI_KEYS": TEST_KEYS,
        "ANNHI_DATABASE": world.database.addresses.database,
        "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
        "DATABASE_URL": admin_url(),
    }.items():
        monkeypatch.setenv(name, value)
    head = home / "heads.json"
    head.write_text(_annhi("head", "--json").output, encoding="utf-8")
    assert _annhi("verify", "--head", str(head)).exit_code == 0
    first, second = _two_entries(world, tenant)
    for table_ in ("entry", "seal"):
        world.run(KEPT.format(table_))
    for kind, statement in TAMPERINGS.items():
        values = {"first": first, "second": second, "tenant": tenant}
        log.tamper(statement, **{k: v for k, v in values.items() if f":{k}" in statement})
        if kind == "end_cut_off":
            log.tamper("DELETE FROM core.audit_seal WHERE tenant_id = :tenant", tenant=tenant)
        done = _annhi("verify", "--head", str(head))
        assert (done.exit_code, kind in done.output) == (1, True), done.output
        _put_back(world)
        assert _annhi("verify", "--head", str(head)).exit_code == 0


def _annhi(*words: str) -> Any:
    return CliRunner().invoke(app, ["audit", *words])


def _two_entries(world: World, tenant: int) -> tuple[Any, Any]:
    """Two looks that differ in who, when and at which record, so that they can be swapped."""
    statement = """
        SELECT (array_agg(id ORDER BY at))[1], (array_agg(id ORDER BY at DESC))[1]
        FROM core.audit_entry WHERE tenant_id = :t AND action = 'read'
        GROUP BY subject_kind, classes, reason HAVING count(DISTINCT subject_id) > 1
        ORDER BY count(*) DESC LIMIT 1
    """
    with world.database.admin.connect() as connection:
        row = connection.execute(text(statement), {"t": tenant}).one()
        return row[0], row[1]


def _put_back(world: World) -> None:
    with world.database.owner.begin() as connection:
        lift_row_security(connection)
        for table_ in ("entry", "seal"):
            connection.execute(text(f"DELETE FROM core.audit_{table_}"))  # noqa: S608  two tables
        lift_row_security(connection, "ENABLE")
    for table_ in ("entry", "seal"):
        world.run(f"INSERT INTO core.audit_{table_} SELECT * FROM public.kept_{table_}")  # noqa: S608  two tables
