"""Rotation while people write and read, with the rotating process killed in the middle."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.rekeying.service import count_by_key
from tests.core.vault.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.tenancy.door import TenantDoor
    from tests.core.rekeying.conftest import Installation

PROGRAM = Path(sys.executable).with_name("annhi")
ROWS = 4000
WRITERS, READERS = 3, 3


class Work:
    """Writers who each keep their own rows, and readers of any row, until they are told to end."""

    def __init__(self, door: TenantDoor, rows: list[UUID]) -> None:
        """Know the rows and what is in them."""
        self.door = door
        self.rows = rows
        self.told = dict.fromkeys(rows, "ban đầu")
        self.over = threading.Event()

    def write(self, writer: int) -> int:
        """Change a row, and remember it once it is stored; how often."""
        chance = random.Random(writer)  # noqa: S311  chooses rows
        mine, times = self.rows[writer::WRITERS], 0
        while not self.over.is_set():
            row, new = chance.choice(mine), f"Lần {writer}.{times}"
            with self.door.tenant_session(1) as session:
                notice = session.get_one(Notice, (1, row))
                assert notice.informant == self.told[row]
                notice.informant = new
            self.told[row] = new
            times += 1
        return times

    def read(self, reader: int) -> int:
        """Open what is in a row; how often."""
        chance = random.Random(-reader)  # noqa: S311  chooses rows
        times = 0
        while not self.over.is_set():
            with self.door.tenant_session(1, read_only=True) as session:
                notice = session.get_one(Notice, (1, chance.choice(self.rows)))
                assert notice.informant
                assert notice.phone == "090"
            times += 1
        return times


def counted(door: TenantDoor) -> dict[int, int]:
    with door.tenant_session(1, read_only=True) as session:
        return dict(count_by_key(session))


@pytest.mark.slow
def test_rotation_under_load_and_killed_in_the_middle_loses_nothing(
    installation: Installation, summary: Callable[[str], None]
) -> None:
    door = installation.process()
    with door.tenant_session(1) as session:
        notices = [Notice(informant="ban đầu", phone="090") for _ in range(ROWS)]
        session.add_all(notices)
        session.flush()
        rows = [notice.id for notice in notices]
    annhi(installation, "new")
    work = Work(door, rows)
    with ThreadPoolExecutor(WRITERS + READERS) as threads:
        written = [threads.submit(work.write, n) for n in range(WRITERS)]
        read = [threads.submit(work.read, n) for n in range(READERS)]
        try:
            killed_at = rotate_and_kill(installation, door)
            annhi(installation, "rotate")
        finally:
            work.over.set()
        writes, reads = sum(w.result() for w in written), sum(r.result() for r in read)
    assert 0 < killed_at < 2 * ROWS
    assert counted(door) == {2: 2 * ROWS}
    annhi(installation, "retire", "1")
    with installation.process().tenant_session(1, read_only=True) as session:
        held = {row.id: row.informant for row in session.scalars(select(Notice))}
    assert held == work.told
    assert min(writes, reads) > 50
    summary(
        f"rotation: {2 * ROWS} values, killed at {killed_at}, {writes} writes and {reads} reads "
        "meanwhile, 0 lost, 0 failed"
    )


def rotate_and_kill(installation: Installation, door: TenantDoor) -> int:
    """Kill the rotation once it is under way; how many values it had moved."""
    with subprocess.Popen(
        [PROGRAM, "keys", "rotate"],
        env=installation.environment,
        stdout=subprocess.DEVNULL,
    ) as process:
        end = time.monotonic() + 60
        while counted(door).get(2, 0) < ROWS // 4:
            assert time.monotonic() < end
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    return counted(door).get(2, 0)


def annhi(installation: Installation, *words: str) -> None:
    done = subprocess.run(
        [PROGRAM, "keys", *words],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
