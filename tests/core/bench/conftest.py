"""The settings of a bench on the tests' own server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from core.settings import Settings
from core.testing.database import TEST_PREFIX, TEST_SECRET, admin_url

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        secret=TEST_SECRET,
        database_url=admin_url(),
        database_name=f"annhi_test_{os.getpid()}",
        login_prefix=TEST_PREFIX,
    )
