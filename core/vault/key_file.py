"""Where the keys are kept: a file of their own, or the environment; never the database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden
from core.vault.keys import KeyRing, fresh_ring
from core.vault.sealing import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from core.settings import Settings

_OF_OTHERS = 0o007
_NO_KEYS = (
    "There are no keys for the sealed columns. Name a file in ANNHI_KEYS_FILE, outside the "
    "database and its backups, and run `annhi keys new` to make it; or give them in ANNHI_KEYS."
)


class KeyFile:
    """A file with a key ring; a process notices when another one has replaced it."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self.path = path
        self._seen: tuple[int, int] | None = None

    def read(self) -> KeyRing:
        """The ring that the file holds.

        Raises:
            ConfigurationError: it is missing or cannot be read.
        """
        try:
            self._seen = self._stamp()
            text = Hidden(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ConfigurationError(
                f"The key file {self.path} is missing. Bring it back from where the keys are kept; "
                "for a new installation run `annhi keys new`."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"The key file {self.path} cannot be read ({type(error).__name__})."
            ) from None
        return KeyRing.read(text, str(self.path))

    def read_again(self) -> KeyRing | None:
        """The ring if the file was replaced since it was read; work goes on if it is unreadable."""
        try:
            if self._stamp() == self._seen:
                return None
            return self.read()
        except (OSError, ConfigurationError) as error:
            structlog.get_logger().error("key file unreadable", error=type(error).__name__)
            return None

    def write(self, ring: KeyRing) -> None:
        """Replace the file at once, readable by its owner alone."""
        beside = self._written_beside(ring)
        beside.replace(self.path)

    def make(self) -> KeyRing:
        """The ring of the file, which is made with one fresh key if it is not there.

        Of several processes that make it at once, all get the same ring.
        """
        if not self.path.exists():
            beside = self._written_beside(fresh_ring())
            with suppress(FileExistsError):
                os.link(beside, self.path)
            beside.unlink()
        return self.read()

    def open_to_others(self) -> bool:
        """Whether every login of the machine may read the file."""
        return bool(self.path.stat().st_mode & _OF_OTHERS)

    def _stamp(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_ino

    def _written_beside(self, ring: KeyRing) -> Path:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_name(f".{self.path.name}.{secrets.token_hex(8)}")
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(ring.written())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ConfigurationError(
                f"The key file {self.path} cannot be written ({error.strerror})."
            ) from None
        return beside


def key_file(settings: Settings) -> KeyFile:
    """The file that holds the keys.

    Raises:
        ConfigurationError: they are given in the environment, or nothing says where they are.
    """
    if settings.keys is not None:
        raise ConfigurationError(
            "The keys stand in ANNHI_KEYS, which this command cannot change. Keep them in a file "
            "and name it in ANNHI_KEYS_FILE instead."
        )
    path = settings.keys_file
    if path is None and settings.database_url is None:
        path = settings.home / "keys"
    if path is None:
        raise ConfigurationError(_NO_KEYS)
    return KeyFile(path)


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation.

    With our own PostgreSQL (demonstration, development) and no keys given, they are made once in
    the home; a database of the operator's gets no keys that nobody has put into safety.

    Raises:
        ConfigurationError: there are no keys, or they cannot be read.
    """
    if settings.keys is not None:
        return Vault(KeyRing.read(settings.keys, "ANNHI_KEYS"))
    file = key_file(settings)
    ring = file.make() if settings.keys_file is None else file.read()
    return Vault(ring, file.read_again)
