"""Real processes of the program: ``annhi serve`` over a test database, and any other command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET, admin_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

PROGRAM = Path(sys.executable).with_name("annhi")
PATIENCE_SECONDS = 90


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process of ours: nothing of ours is inherited."""
    foreign = {k: v for k, v in os.environ.items() if not k.startswith(("ANNHI_", "DATABASE_URL"))}
    return foreign | {"ANNHI_HOME": str(home)} | more


def over(database: TestDatabase, home: Path) -> dict[str, str]:
    """The environment in which the program finds a test database."""
    return environment(
        home,
        DATABASE_URL=admin_url(),
        ANNHI_DATABASE=database.addresses.database,
        ANNHI_LOGIN_PREFIX=TEST_PREFIX,
        ANNHI_SECRET=TEST_SECRET,
        ANNHI_KEYS=TEST_KEYS,
        ANNHI_TENANTS=str(home / "tenants"),
    )


def run(arguments: list[str], env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run(
        [PROGRAM, *arguments],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@contextmanager
def served(env: dict[str, str]) -> Iterator[str]:
    """The web on a free port; yields its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([PROGRAM, "serve"], env=env | {"ANNHI_PORT": str(port)}) as process:
        try:
            _await_ready(process, address)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def _await_ready(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the web process ended"
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the web process is not ready in time")
