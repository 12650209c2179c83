"""Four tenants share two connections, with faults in between: nobody gets another's row."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from core.db.engine import TENANT_STATEMENT, runtime_engine
from core.registry.models import ProgrammeEnablement
from core.tenancy import session as session_module
from core.tenancy.door import TenantDoor
from core.tenancy.guards import TenantWallError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

TENANTS = (1, 2, 3, 4)
STEPS = 600
# As many as connections: a pool with overflow is not fair to those who wait, and may let them
# wait for longer than its own time-out on a busy machine.
THREADS = 2
START = datetime(2018, 1, 1, tzinfo=UTC)
_LEFT = "SELECT current_setting('app.tenant', true)"
_OURS = {TENANT_STATEMENT: True}


class _BusinessError(Exception):
    """A fault of the business code in the middle of its transaction."""


@dataclass(frozen=True, slots=True)
class _Seen:
    tenant: int
    names: tuple[str, ...]
    setting: str


@pytest.fixture
def pool(database: TestDatabase) -> Iterator[TenantDoor]:
    with database.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) VALUES "
            "(4, 'tinh_bon', 'province', 'Tỉnh Bốn', 'Tỉnh Bốn') ON CONFLICT DO NOTHING"
        )
    engine = runtime_engine(database.addresses, pool_size=1)
    door = TenantDoor(engine)  # one connection and one of overflow: two in all
    for tenant in TENANTS:
        with door.tenant_session(tenant) as session:
            session.execute(delete(ProgrammeEnablement))
            session.add(ProgrammeEnablement(programme=f"of_{tenant}", valid_from=START))
    yield door
    engine.dispose()


def test_interleaved_tenants_and_faults_never_mix(
    pool: TenantDoor, summary: Callable[[str], None]
) -> None:
    chance = random.Random(20180601)  # noqa: S311  no secret
    plan = [(chance.choice(TENANTS), chance.choice(STORIES)) for _ in range(STEPS)]
    with ThreadPoolExecutor(THREADS) as threads:
        seen = list(threads.map(lambda step: _play(pool, *step), plan))
    wrong = [s for s in seen if s.names != (f"of_{s.tenant}",) or s.setting != str(s.tenant)]
    assert wrong == []
    assert len(seen) == STEPS
    for tenant in TENANTS:
        with pool.tenant_session(tenant) as session:
            assert session.scalars(select(ProgrammeEnablement.programme)).all() == [f"of_{tenant}"]
    summary(f"{STEPS} transactions of {len(TENANTS)} tenants over 2 connections: 0 mixed")


def test_between_two_transactions_a_connection_has_no_tenant(pool: TenantDoor) -> None:
    for tenant in TENANTS:
        for story in STORIES:
            _play(pool, tenant, story)
            with pool.engine.connect() as connection:
                left = connection.exec_driver_sql(_LEFT, execution_options=_OURS).scalar()
                rows = connection.scalar(text("SELECT count(*) FROM core.programme_enablement"))
            assert (left or "", rows) == ("", 0), story.__name__


def test_a_setting_that_outlives_its_transaction_would_be_seen(
    pool: TenantDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests above guard against: with SET for SET LOCAL the next one inherits."""
    monkeypatch.setattr(session_module, "_tenant_statement", _for_the_connection)
    try:
        _play(pool, 1, _reads)
        with pool.engine.connect() as connection:
            assert connection.exec_driver_sql(_LEFT, execution_options=_OURS).scalar() == "1"
    finally:
        pool.engine.dispose()


def _for_the_connection(session: TenantSession) -> str:
    return f"SET app.tenant = '{session.tenant_id:d}'"


def _play(door: TenantDoor, tenant: int, story: Callable[[TenantSession], None]) -> _Seen:
    """One transaction: look, do what the story says, and note what was seen."""
    names: tuple[str, ...] = ()
    setting = ""
    try:
        with door.tenant_session(tenant) as session:
            connection = session.connection()
            said = connection.exec_driver_sql("SHOW app.tenant", execution_options=_OURS)
            setting = str(said.scalar())
            # as a statement that slipped past the session: the database alone answers
            found = connection.exec_driver_sql("SELECT programme FROM core.programme_enablement")
            names = tuple(found.scalars())
            story(session)
    except (_BusinessError, TenantWallError, DBAPIError):
        pass
    return _Seen(tenant, names, setting)


def _reads(session: TenantSession) -> None:
    session.scalars(select(ProgrammeEnablement)).all()


def _writes(session: TenantSession) -> None:
    session.execute(update(ProgrammeEnablement).values(reason="again"))


def _breaks_off(session: TenantSession) -> None:
    session.execute(update(ProgrammeEnablement).values(programme="never"))
    raise _BusinessError


def _rolls_back(session: TenantSession) -> None:
    session.execute(update(ProgrammeEnablement).values(programme="never"))
    session.rollback()
    raise _BusinessError


def _fails_in_the_database(session: TenantSession) -> None:
    session.execute(update(ProgrammeEnablement).values(programme="never", valid_from=None))


def _reaches_for_another(session: TenantSession) -> None:
    other = session.tenant_id % len(TENANTS) + 1
    row = {"tenant_id": other, "programme": "stolen", "valid_from": START}
    session.execute(insert(ProgrammeEnablement), [row])


def _loses_its_connection(session: TenantSession) -> None:
    session.connection().invalidate()
    raise _BusinessError


STORIES = (
    _reads,
    _writes,
    _breaks_off,
    _rolls_back,
    _fails_in_the_database,
    _reaches_for_another,
    _loses_its_connection,
)
