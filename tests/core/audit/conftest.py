"""A chain of a few seals, and a way to tamper with it that no login of ours has."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from core.audit.canonical import AuditKeys
from core.audit.models import AuditEntry
from core.audit.repository import horizon
from core.audit.sealing import seal_next
from core.audit.service import Action, record
from core.audit.verifying import Fault, FaultKind, Head, head_of, verify
from core.db.base import DataClass
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.tenancy.session import TenantSession
from core.testing.database import database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from core.testing.database import TestDatabase

ACCOUNT = UUID(int=7)
KEYS = AuditKeys.derived_from("a secret of the tests")
NOW = datetime(2018, 7, 2, 3, 4, 5, 678, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Log:
    """One tenant's log in a database of its own."""

    database: TestDatabase
    door: TenantDoor
    tenant_id: int = 1

    def read(self, times: int = 1) -> None:
        """Write down readings, each in its own transaction."""
        for _ in range(times):
            with self.door.tenant_session(self.tenant_id) as session:
                record(
                    session,
                    ACCOUNT,
                    Action.READ,
                    subject_kind="child",
                    subject_id=uuid4(),
                    classes=[DataClass.PERSONAL],
                )

    def seal(self, keys: AuditKeys = KEYS, *, most: int = 5000) -> None:
        """Seal everything, once nobody on this server is writing since before the last entry."""
        self.wait_for_others()
        made: object = True
        while made is not None:
            with self.door.tenant_session(self.tenant_id) as session:
                made = seal_next(session, keys, NOW, most=most)

    def wait_for_others(self) -> None:
        """Until every transaction that is older than the last entry has ended."""
        deadline = time.monotonic() + 60
        over = False
        while not over:
            assert time.monotonic() < deadline, "a transaction on this server does not end"
            time.sleep(0.02)
            with self.door.tenant_session(self.tenant_id) as session:
                here = horizon(session)
                latest = select(func.max(AuditEntry.transaction_id)).where(
                    AuditEntry.tenant_id == session.tenant_id,
                    AuditEntry.server_id == here.server_id,
                )
                over = (session.scalar(latest) or 0) < here.transaction_id

    def faults(self, head: Head | None = None, keys: AuditKeys = KEYS) -> list[Fault]:
        """What is found."""
        with self.door.tenant_session(self.tenant_id, read_only=True) as session:
            return verify(session, keys, head)

    def kinds(self, head: Head | None = None) -> set[FaultKind]:
        """Which kinds of tampering are found."""
        return {fault.kind for fault in self.faults(head)}

    def tamper(self, statement: str, **values: Any) -> int:
        """As the owner of the tables, who has lifted row security; how many rows it changed."""
        with self.database.owner.begin() as connection:
            lift_row_security(connection)
            changed = connection.execute(text(statement), values).rowcount
            lift_row_security(connection, "ENABLE")
        return changed

    def entry(self, seal: int, column: str = "first_entry") -> UUID:
        """An entry at the edge of a seal."""
        with self.database.admin.connect() as connection:
            return entry_of(connection, seal, column)

    def head(self) -> Head:
        """The end of the chain."""
        with self.door.tenant_session(self.tenant_id, read_only=True) as session:
            found = head_of(session)
        assert found is not None
        return found


def entry_of(connection: Connection, seal: int, column: str) -> UUID:
    """An entry at the edge of a seal of tenant 1."""
    found = connection.scalar(
        text(f"SELECT {column} FROM core.audit_seal WHERE tenant_id = 1 AND number = :n"),  # noqa: S608  a column of ours
        {"n": seal},
    )
    assert isinstance(found, UUID)
    return found


def lift_row_security(connection: Connection, how: str = "DISABLE") -> None:
    """What the owner of the tables alone can do."""
    for table in ("core.audit_entry", "core.audit_seal"):
        connection.execute(text(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY"))


class Trial:
    """Tampering that is taken back at the end, over a log that the tests of a module share."""

    def __init__(self, log: Log, connection: Connection) -> None:
        """Keep the owner's open transaction; it locks the tables for everybody else."""
        self.kept = log.head()
        lift_row_security(connection)
        self._connection = connection

    def tamper(self, statement: str, **values: Any) -> int:
        """Change the log; how many rows that changed."""
        return self._connection.execute(text(statement), values).rowcount

    def entry(self, seal: int, column: str = "first_entry") -> UUID:
        """An entry at the edge of a seal."""
        return entry_of(self._connection, seal, column)

    def faults(self, head: Head | None = None, *, tenant_id: int = 1) -> list[Fault]:
        """What is found, within the same transaction."""
        whole = Reach.whole_tenant()
        with TenantSession(
            self._connection, tenant_id=tenant_id, reach=whole, read_only=False
        ) as session:
            found = verify(session, KEYS, head)
            session.commit()  # ends the session's part alone; the trial is taken back
        return found

    def kinds(self, head: Head | None = None) -> set[FaultKind]:
        """Which kinds of tampering are found."""
        return {fault.kind for fault in self.faults(head)}


@pytest.fixture(scope="module")
def sealed_log(core_template: str) -> Iterator[Log]:
    """The log that trials share; it stays as it is."""
    yield from _sealed_log(core_template)


@pytest.fixture
def trial(sealed_log: Log) -> Iterator[Trial]:
    """Somebody who owns the tables and tampers with the shared log."""
    with sealed_log.database.owner.connect() as connection:
        yield Trial(sealed_log, connection)
        connection.rollback()


@pytest.fixture
def log(core_template: str) -> Iterator[Log]:
    """A log of one test's own."""
    yield from _sealed_log(core_template)


def _sealed_log(template: str) -> Iterator[Log]:
    """Three seals of three entries each, and another tenant's chain beside them."""
    with database_copy(template) as copy:
        made = Log(copy, TenantDoor(copy.runtime))
        other = Log(copy, made.door, tenant_id=2)
        for _ in range(3):
            made.read(3)
            made.seal()
        other.read(2)
        other.seal()
        yield made
