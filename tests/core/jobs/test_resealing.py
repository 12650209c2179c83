"""Re-sealing in the workers: one batch a job, until nothing is left under an older key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.jobs.queue import JobQueue
from core.rekeying import jobs
from core.rekeying.service import count_by_key
from core.tenancy.door import TenantDoor
from core.vault.sealing import Vault
from tests.core.vault.notices import Notice, make_notices

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from core.testing.database import TestDatabase
    from core.vault.keys import KeyRing

    Working = Callable[..., AbstractContextManager[None]]
    Eventually = Callable[[Callable[[], bool]], None]

ROWS = 450  # three batches


@pytest.fixture
def ring(vault: Vault) -> KeyRing:
    """The key of the tests behind a newer one."""
    return vault.ring.with_new().led_by(2)


@pytest.fixture
def door(database: TestDatabase, ring: KeyRing) -> TenantDoor:
    """The way to sessions, for workers too, whose current key is the newer one."""
    return TenantDoor(database.runtime, vault=Vault(ring))


def test_the_workers_reseal_a_province_batch_by_batch(
    database: TestDatabase,
    door: TenantDoor,
    vault: Vault,
    working: Working,
    eventually: Eventually,
) -> None:
    make_notices(database)
    with TenantDoor(database.runtime, vault=vault).tenant_session(1) as session:
        session.add_all(Notice(informant=f"Người {n}") for n in range(ROWS))
    kind = jobs.reseal_kind()
    with door.tenant_session(1) as session:
        JobQueue((kind,)).enqueue(session, kind.name)

    def counted() -> dict[int, int]:
        with door.tenant_session(1, read_only=True) as session:
            return dict(count_by_key(session))

    assert counted() == {1: ROWS}
    with working(kind):
        eventually(lambda: counted() == {2: ROWS})
