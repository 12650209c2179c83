"""The certified provider and client library from npm, run with Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent


def node() -> str:
    """The program ``node``; without it the tests are skipped, and fail where all must run."""
    found = shutil.which("node")
    if found is None or not (HERE / "node_modules").is_dir():
        missing = "no Node or no packages: run `sh tools/bootstrap.sh federation`"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@contextmanager
def certified_provider(clients: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The provider with some clients; yields its issuer."""
    env = os.environ | {"CLIENTS": json.dumps(clients), "NODE_ENV": "test"}
    with subprocess.Popen(
        [node(), "provider.mjs"],
        cwd=HERE,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = next((line for line in process.stdout if line.startswith("{")), "")
            assert line, "the provider did not start"
            yield json.loads(line)["issuer"]
        finally:
            process.terminate()


def run_machine(**values: str) -> dict[str, Any]:
    """What the certified client library met, from discovery to revocation."""
    done = subprocess.run(
        [node(), "machine.mjs"],
        cwd=HERE,
        env=os.environ | values,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    met: dict[str, Any] = json.loads(done.stdout)
    return met
