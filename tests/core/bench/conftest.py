"""The settings of a bench on the tests' own server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from core.settings import Settings
from core.testing.database import TEST_PREFIX, TEST_SECRET, admin_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BENCHES = 7215


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Where a bench may run now: a second one on the server is refused, so tests take turns."""
    url = make_url(admin_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as turn:
        turn.execute("SELECT pg_advisory_lock(%s)", (_BENCHES,))
        yield Settings(
            home=tmp_path,
            secret=TEST_SECRET,
            database_url=admin_url(),
            database_name=f"annhi_test_{os.getpid()}",
            login_prefix=TEST_PREFIX,
        )
