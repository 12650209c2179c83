"""An installation with a key file, over a database with sealed columns."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.tenancy.door import TenantDoor
from core.testing.database import (
    TEST_PREFIX,
    TEST_SECRET,
    TestDatabase,
    admin_url,
    database_copy,
)
from core.vault.key_file import KeyFile
from core.vault.sealing import Vault
from tests.core.vault.notices import make_notices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Installation:
    """One installation: its database, its key file, and a way to sessions as a running process."""

    database: TestDatabase
    file: KeyFile
    environment: dict[str, str]

    def process(self) -> TenantDoor:
        """The door of a process that starts now."""
        file = KeyFile(self.file.path)
        return TenantDoor(self.database.runtime, vault=Vault(file.read(), file.read_again))

    def annhi(self, *words: str) -> Any:
        """Run a command here."""
        return CliRunner().invoke(app, list(words), env=self.environment)


@pytest.fixture
def installation(core_template: str, tmp_path: Path) -> Iterator[Installation]:
    """A new installation with one key."""
    with database_copy(core_template) as database:
        make_notices(database)
        file = KeyFile(tmp_path / "ring")
        file.make()
        ours = {
            "ANNHI_HOME": str(tmp_path),
            "ANNHI_SECRET": TEST_SECRET,
            "ANNHI_KEYS_FILE": str(file.path),
            "ANNHI_DATABASE": database.addresses.database,
            "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
            "DATABASE_URL": admin_url(),
        }
        yield Installation(database, file, os.environ | ours)
