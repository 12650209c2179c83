"""Our own PostgreSQL, for a machine without ``DATABASE_URL``: demonstration, development, tests.

One server for each home folder, on a random port of the loopback address, passwords checked by
SCRAM. It outlives the process that started it. Not for production: no TLS, and the superuser's
password lies in the home.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
import signal
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.db.cluster_files import (
    Binaries,
    ClusterError,
    Place,
    candidate_bindirs,
    find_binaries,
    find_place,
    make_home,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cluster", "ClusterError", "ensure_cluster", "remove_cluster", "stop_cluster"]

_HOST = "127.0.0.1"
_SUPERUSER = "postgres"
_WAIT_SECONDS = 60
_TRIES = 10
_BUILTIN_LOCALES_SINCE = 17

# Statements that fail are told to the client alone: their text could name a child in the log.
_SETTINGS = f"""
# An Nhi
listen_addresses = '{_HOST}'
unix_socket_directories = ''
max_connections = 200
password_encryption = 'scram-sha-256'
synchronous_commit = on
shared_buffers = '256MB'
max_wal_size = '2GB'
wal_compression = on
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""
_DETACHED = '"$1" -D "$2" -p "$3" </dev/null >>"$4" 2>&1 & echo $!'
# Gone by themselves: another program took the port, or a killed server's children still end.
_PASSING_FAULTS = ("Address already in use", "still in use")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server that runs, and its superuser's login."""

    host: str
    port: int
    superuser: str
    password: str = field(repr=False)

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy's address of one database, with the password."""
        return f"postgresql+psycopg://{self.superuser}:{self.password}@{self.host}:{self.port}/{database}"


@dataclass(frozen=True, slots=True)
class _Postmaster:
    pid: int
    port: int
    ready: bool


def ensure_cluster(home: Path, *, bindirs: Sequence[Path] | None = None) -> Cluster:
    """The server of this home, made and started as needed; safe from many processes at once.

    The port may differ after each start. ``bindirs`` names the PostgreSQL installations to
    choose from; without it they are looked for.

    Raises:
        ClusterError: it cannot be had; the sentence says why.
    """
    with _locked(home) as place:
        server = _settled(place)
        if server is None:
            folders = candidate_bindirs() if bindirs is None else bindirs
            binaries = find_binaries(place, folders)
            if not place.data.exists():
                _initialise(place, binaries)
            server = _start(place, binaries)
        password = place.password_file.read_text(encoding="ascii").strip()
        return Cluster(_HOST, server.port, _SUPERUSER, password)


def stop_cluster(home: Path) -> None:
    """Stop the server of this home, if it runs; open transactions are rolled back."""
    if (home / "postgres").exists():
        with _locked(home) as place:
            _stop(place)


def remove_cluster(home: Path) -> None:
    """Stop the server of this home and delete its data, wherever they are kept."""
    if (home / "postgres").exists():
        with _locked(home) as place:
            _stop(place)
            for folder in {place.base, place.state}:
                shutil.rmtree(folder)


@contextmanager
def _locked(home: Path) -> Iterator[Place]:
    """This home's folders, for one process at a time; a file fault becomes one sentence."""
    home = home.absolute().resolve()
    try:
        make_home(home)
        lock = os.open(home / "postgres.lock", os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield find_place(home)
        finally:
            os.close(lock)
    except OSError as fault:
        if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise ClusterError(f"The disk that holds {home} is full.") from fault
        where = fault.filename or "the system"
        raise ClusterError(
            f"The database in {home} cannot be used: {where}: {fault.strerror}."
        ) from fault


def _initialise(place: Place, binaries: Binaries) -> None:
    """Make the data directory aside and rename it, so that it is there whole or not at all."""
    fresh = place.server / "data.new"
    handed = place.server / "password"
    if not place.password_file.exists():
        write_private(place.password_file, f"{secrets.token_urlsafe(24)}\n")
    handed.unlink(missing_ok=True)
    write_private(handed, place.password_file.read_text(encoding="ascii"), place.user)
    try:
        answer = ""
        for locale in _locales(binaries):
            shutil.rmtree(fresh, ignore_errors=True)
            done = place.run(
                binaries.folder / "initdb",
                *("-D", fresh, "-U", _SUPERUSER, "--pwfile", handed),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", *locale),
            )
            if done.returncode == 0:
                break
            answer = done.stderr
        else:
            raise _failure(place, "PostgreSQL cannot make its data directory", answer)
    finally:
        handed.unlink(missing_ok=True)
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)
    fresh.rename(place.data)


def _locales(binaries: Binaries) -> list[list[str]]:
    """Choices of locale, best first: what the operating system offers differs."""
    plain = [["--locale=C.UTF-8"], ["--locale=C"]]
    if binaries.major < _BUILTIN_LOCALES_SINCE:
        return plain
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [[*builtin, *choice] for choice in plain]


def _start(place: Place, binaries: Binaries) -> _Postmaster:
    for _ in range(_TRIES):
        _drop_foreign_pid_file(place)
        already = place.log.stat().st_size if place.log.exists() else 0
        server = _launch(place, binaries)
        if server is not None:
            return server
        said = _log_after(place, already)
        if not any(fault in said for fault in _PASSING_FAULTS):
            break
        time.sleep(0.5)
    raise _failure(place, f"PostgreSQL does not start (its log is {place.log})", said)


def _launch(place: Place, binaries: Binaries) -> _Postmaster | None:
    """Start a server that outlives us; None when it gives up.

    Not by ``pg_ctl``, which would let a shell read the name of the home.
    """
    arguments = (binaries.folder / "postgres", place.data, str(_free_port()), place.log)
    pid = int(place.run("sh", "-c", _DETACHED, "sh", *arguments).stdout)
    deadline = time.monotonic() + _WAIT_SECONDS
    while _serves(pid, place):
        server = _postmaster(place)
        if server is not None and server.ready:
            return server
        if time.monotonic() > deadline:
            raise _too_slow(place, pid)
        time.sleep(0.02)
    return None


def _stop(place: Place) -> None:
    server = _settled(place)
    if server is None:
        return
    os.kill(server.pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown
    deadline = time.monotonic() + _WAIT_SECONDS
    while _postmaster(place) is not None:
        if time.monotonic() > deadline:
            raise ClusterError(f"PostgreSQL (process {server.pid}) does not stop.")
        time.sleep(0.05)


def _settled(place: Place) -> _Postmaster | None:
    """The server once it accepts connections, None when there is none; waits in between."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while (server := _postmaster(place)) is not None and not server.ready:
        if time.monotonic() > deadline:
            raise _too_slow(place, server.pid)
        time.sleep(0.05)
    return server


def _postmaster(place: Place) -> _Postmaster | None:
    """The server named in ``postmaster.pid``, if that process lives and serves these data.

    Source: PostgreSQL, src/include/utils/pidfile.h (line 1 process, 4 port, 8 status).
    """
    lines = _pid_file(place)
    if not lines or not _serves(int(lines[0]), place):
        return None
    # A server that has only begun has not written every line yet.
    port = int(lines[3]) if len(lines) > 3 else 0  # noqa: PLR2004 - see Source
    ready = len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004 - see Source
    return _Postmaster(int(lines[0]), port, ready)


def _pid_file(place: Place) -> list[str]:
    try:
        return (place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _serves(pid: int, place: Place) -> bool:
    """Whether a process is the server of these data, not a stranger who got a dead one's number."""
    if not Path("/proc/self").exists():
        return _lives(pid)
    try:
        # Not /proc/PID/cwd: in a container, root may not look at it.
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(place.data) in arguments


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop_foreign_pid_file(place: Place) -> None:
    """Drop a killed server's pid file if empty, or if a stranger or zombie has its number now.

    PostgreSQL would refuse to start for it. One whose process is gone it judges better itself.
    """
    lines = _pid_file(place)
    if not lines or (_lives(int(lines[0])) and not _serves(int(lines[0]), place)):
        (place.data / "postmaster.pid").unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _log_after(place: Place, start: int) -> str:
    if not place.log.exists():
        return ""
    with place.log.open("rb") as stream:
        stream.seek(start)
        return stream.read().decode("utf-8", "replace")


def _too_slow(place: Place, pid: int) -> ClusterError:
    return ClusterError(
        f"PostgreSQL (process {pid}) has been starting or stopping for {_WAIT_SECONDS} seconds; "
        f"its log is {place.log}."
    )


def _failure(place: Place, what: str, said: str) -> ClusterError:
    if "No space left on device" in said:
        return ClusterError(f"{what}: the disk that holds {place.base} is full.")
    last = [line.strip() for line in said.splitlines() if line.strip()][-3:]
    return ClusterError(f"{what}: {' | '.join(last) or 'it said nothing'}")
