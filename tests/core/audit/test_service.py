"""The audit log: written with what it tells of, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from core.audit.models import AuditEntry
from core.audit.service import Action, AuditError, record
from core.db.base import DataClass
from core.identity.principal import Principal
from core.migrations.runner import CORE_CHAIN, drift
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

ACCOUNT = UUID(int=7)


def principal(tenant_id: int) -> Principal:
    return Principal(
        account_id=ACCOUNT,
        tenant_id=tenant_id,
        tenant_slug="tinh_mot",
        display_name="generated",
        roles=(),
        permissions=frozenset(),
        reach=Reach.whole_tenant(),
    )


def read_of(door: TenantDoor, subject_id: UUID, *, tenant_id: int = 1) -> None:
    with door.tenant_session(tenant_id) as session:
        record(session, ACCOUNT, Action.READ, subject_kind="child", subject_id=subject_id)


def entries(door: TenantDoor, subject_id: UUID, *, tenant_id: int = 1) -> list[AuditEntry]:
    with door.tenant_session(tenant_id, read_only=True) as session:
        statement = select(AuditEntry).where(
            AuditEntry.tenant_id == session.tenant_id, AuditEntry.subject_id == subject_id
        )
        return list(session.scalars(statement))


def test_entry_says_who_when_which_record_and_which_classes(door: TenantDoor) -> None:
    subject = uuid4()
    with door.tenant_session(1) as session:
        record(
            session,
            principal(1),
            Action.READ,
            subject_kind="sexual_abuse.case",
            subject_id=subject,
            classes=[DataClass.RESTRICTED, DataClass.PERSONAL, DataClass.PERSONAL],
            reason="generated reason",
        )
    (entry,) = entries(door, subject)
    assert (entry.account_id, entry.action, entry.reason) == (ACCOUNT, "read", "generated reason")
    assert entry.classes == ["personal", "restricted"]
    assert entry.at.tzinfo is not None


def test_rolled_back_request_leaves_no_entry(door: TenantDoor) -> None:
    subject = uuid4()

    def refused_request() -> None:
        with door.tenant_session(1) as session:
            record(session, ACCOUNT, Action.WRITE, subject_kind="child", subject_id=subject)
            raise LookupError

    with pytest.raises(LookupError):
        refused_request()
    assert entries(door, subject) == []


def test_entry_of_another_province_is_not_seen(door: TenantDoor) -> None:
    subject = uuid4()
    read_of(door, subject)
    assert len(entries(door, subject)) == 1
    assert entries(door, subject, tenant_id=2) == []


@pytest.mark.parametrize("command", ["UPDATE core.audit_entry SET reason = 'x'", "DELETE"])
def test_runtime_login_cannot_change_or_delete_an_entry(door: TenantDoor, command: str) -> None:
    read_of(door, uuid4())
    statement = "DELETE FROM core.audit_entry" if command == "DELETE" else command
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        door.tenant_session(1) as session,
    ):
        session.execute(text(f"{statement} WHERE tenant_id = :tenant_id"), {"tenant_id": 1})


def test_even_the_owner_of_the_table_deletes_nothing(
    database: TestDatabase, door: TenantDoor
) -> None:
    subject = uuid4()
    read_of(door, subject)
    with database.owner.begin() as connection:
        connection.execute(text("DELETE FROM core.audit_entry"))
    assert len(entries(door, subject)) == 1


def test_recorded_read_is_refused_in_a_read_only_session(door: TenantDoor) -> None:
    with door.tenant_session(1, read_only=True) as session, pytest.raises(AuditError):
        record(session, ACCOUNT, Action.READ, subject_kind="child")


def test_actor_of_another_tenant_is_refused(door: TenantDoor) -> None:
    with door.tenant_session(1) as session, pytest.raises(AuditError):
        record(session, principal(2), Action.READ, subject_kind="child")


def test_kind_of_record_is_a_word_of_code_and_never_a_name(door: TenantDoor) -> None:
    with pytest.raises(IntegrityError), door.tenant_session(1) as session:
        record(session, ACCOUNT, Action.READ, subject_kind="Trẻ Em Một")


def test_table_is_what_the_model_says(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        found = [line for line in drift(connection, CORE_CHAIN) if "audit_entry" in line]
    assert found == []


def test_the_same_reading_twice_in_one_transaction_is_one_entry(door: TenantDoor) -> None:
    subject = uuid4()
    with door.tenant_session(1) as session:
        for _ in range(2):
            record(session, ACCOUNT, Action.READ, subject_kind="child", subject_id=subject)
    assert len(entries(door, subject)) == 1
    read_of(door, subject)
    assert len(entries(door, subject)) == 2


def test_writing_twice_is_two_entries(door: TenantDoor) -> None:
    subject = uuid4()
    with door.tenant_session(1) as session:
        for _ in range(2):
            record(session, ACCOUNT, Action.WRITE, subject_kind="child", subject_id=subject)
    assert len(entries(door, subject)) == 2


def test_a_reading_that_a_savepoint_took_back_is_written_again(door: TenantDoor) -> None:
    subject = uuid4()
    with door.tenant_session(1) as session:
        with session.begin_nested() as savepoint:
            record(session, ACCOUNT, Action.READ, subject_kind="child", subject_id=subject)
            savepoint.rollback()
        record(session, ACCOUNT, Action.READ, subject_kind="child", subject_id=subject)
    assert len(entries(door, subject)) == 1
