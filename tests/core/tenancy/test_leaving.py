"""Rows on their way: sent together, before anything is read or committed, and never for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam, event, func, select
from sqlalchemy.exc import IntegrityError

from core.audit.models import AuditEntry
from core.jobs.models import QUEUE
from core.kit.ids import new_id
from core.registry.models import ProgrammeEnablement
from core.tenancy.beside import beside
from core.tenancy.guards import TenantWallError
from core.tenancy.models import TENANT_COLUMN, Tenant
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

START = datetime(2018, 1, 1, tzinfo=UTC)
MADE_ONCE = (
    select(ProgrammeEnablement.programme)
    .where(
        ProgrammeEnablement.tenant_id == bindparam(TENANT_COLUMN),
        ProgrammeEnablement.programme.in_(["one", "two", "three", "lost"]),
    )
    .order_by(ProgrammeEnablement.programme)
)


@pytest.fixture(autouse=True)
def _no_messages(database: TestDatabase) -> Iterator[None]:
    yield
    with database.owner.begin() as owner:
        owner.exec_driver_sql("DELETE FROM jobs.queue WHERE queue_name = 'none'")


@pytest.fixture
def session(door: TenantDoor, database: TestDatabase) -> Iterator[TenantSession]:
    with database.owner.begin() as owner:
        owner.exec_driver_sql("ALTER TABLE core.programme_enablement NO FORCE ROW LEVEL SECURITY")
        owner.exec_driver_sql("DELETE FROM core.programme_enablement")
        owner.exec_driver_sql("ALTER TABLE core.programme_enablement FORCE ROW LEVEL SECURITY")
    with door.tenant_session(1) as opened:
        yield opened


def row(programme: str) -> dict[str, Any]:
    return {"programme": programme, "valid_from": START}


def kept(door: TenantDoor) -> list[str]:
    """What another transaction finds."""
    with door.tenant_session(1) as other:
        return list(other.rows(MADE_ONCE).scalars())


def said(session: TenantSession) -> list[str]:
    """The statements that the session runs from now on."""
    heard: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *on: heard.append(on[2]))
    return heard


def test_what_is_put_leaves_in_one_statement(session: TenantSession, door: TenantDoor) -> None:
    heard = said(session)
    session.put(ProgrammeEnablement, [row("two"), row("one")])
    session.put(ProgrammeEnablement, [row("three")])
    message = {"message_id": new_id(), "queue_name": "none", "state": "queued", "message": {"a": 1}}
    session.put_beside(QUEUE, message)
    assert heard == []
    session.commit()
    assert len(heard) == 1
    assert kept(door) == ["one", "three", "two"]


def test_so_many_leave_before_they_grow_to_a_statement_without_end(
    session: TenantSession, door: TenantDoor
) -> None:
    heard = said(session)
    for number in range(40):
        session.put(ProgrammeEnablement, [row(f"number {number}")])
    assert len(heard) == 2
    session.commit()
    assert len(heard) == 3
    with door.tenant_session(1) as other:
        assert other.scalar(select(func.count(ProgrammeEnablement.id))) == 40


def test_what_rows_have_alike_is_said_once(session: TenantSession) -> None:
    session.put(ProgrammeEnablement, [{"programme": "one"}, {"programme": "two"}], valid_from=START)
    stored = select(ProgrammeEnablement.valid_from, ProgrammeEnablement.id)
    found = session.execute(stored).all()
    assert [since for since, _ in found] == [START, START]
    assert len({key for _, key in found}) == 2


def test_an_answer_in_parts_is_that_of_its_first_moment(session: TenantSession) -> None:
    session.put(ProgrammeEnablement, [row("one"), row("two"), row("three")])
    with session.rows_in_parts(MADE_ONCE, 2) as parts:
        first = next(parts)
        session.put(ProgrammeEnablement, [row("lost")])
        assert list(session.rows(MADE_ONCE).scalars()) == ["lost", "one", "three", "two"]
        assert [first, *parts] == [[("one",), ("three",)], [("two",)]]


@pytest.mark.parametrize("reads", ["rows", "scalars", "connection", "beside"])
def test_whoever_reads_finds_what_was_put(session: TenantSession, reads: str) -> None:
    session.put(ProgrammeEnablement, [row("one")])
    statement = select(ProgrammeEnablement.programme).where(ProgrammeEnablement.tenant_id == 1)
    if reads == "rows":
        found = list(session.rows(MADE_ONCE).scalars())
    elif reads == "scalars":
        found = list(session.scalars(statement))
    elif reads == "connection":
        found = list(session.connection().execute(statement).scalars())
    else:
        with beside(session, Reach.whole_tenant()) as other:
            found = list(other.scalars(statement))
    assert found == ["one"]


def test_what_a_savepoint_takes_back_is_not_sent(session: TenantSession, door: TenantDoor) -> None:
    session.put(ProgrammeEnablement, [row("one")])
    with pytest.raises(ZeroDivisionError), session.begin_nested():  # noqa: PT012  both are needed
        session.put(ProgrammeEnablement, [row("two")])
        raise ZeroDivisionError
    with session.begin_nested():
        session.put(ProgrammeEnablement, [row("three")])
    session.commit()
    assert kept(door) == ["one", "three"]


def test_what_was_read_in_a_savepoint_is_taken_back_with_it(
    session: TenantSession, door: TenantDoor
) -> None:
    with pytest.raises(ZeroDivisionError), session.begin_nested():  # noqa: PT012  both are needed
        session.put(ProgrammeEnablement, [row("two")])
        assert list(session.rows(MADE_ONCE).scalars()) == ["two"]
        raise ZeroDivisionError
    session.put(ProgrammeEnablement, [row("one")])
    session.commit()
    assert kept(door) == ["one"]


def test_what_was_put_before_an_error_is_not_stored(door: TenantDoor) -> None:
    opened = door.open(1, reach=Reach.whole_tenant())
    with opened:
        opened.put(ProgrammeEnablement, [row("lost")])
        opened.rollback()
        opened.commit()
        opened.put(ProgrammeEnablement, [row("lost")])
        opened.close()
        opened.commit()
    assert "lost" not in kept(door)


def test_a_listener_of_the_last_flush_is_heard(door: TenantDoor, session: TenantSession) -> None:
    def listen(flushed: TenantSession) -> None:
        flushed.put(ProgrammeEnablement, [row("two")])

    heard = type(door)(door.engine, [listen])
    with heard.tenant_session(1) as other:
        other.add(ProgrammeEnablement(**row("one")))
    assert kept(door) == ["one", "two"]


def test_what_the_database_refuses_is_told_without_values(session: TenantSession) -> None:
    session.put(ProgrammeEnablement, [row("one")])
    session.put(ProgrammeEnablement, [row("one")])
    with pytest.raises(IntegrityError) as refused:
        session.commit()
    assert "2018" not in str(refused.value).partition("[SQL")[2]
    assert refused.value.hide_parameters
    session.rollback()


def test_a_list_and_nothing_are_stored_as_they_are(session: TenantSession) -> None:
    told = {
        "account_id": None,
        "action": "read",
        "subject_kind": "child",
        "classes": ["internal", "personal"],
    }
    session.put(AuditEntry, [told])
    found = select(AuditEntry.classes, AuditEntry.account_id).where(
        AuditEntry.tenant_id == 1, AuditEntry.action == "read"
    )
    assert tuple(session.execute(found).one()) == (["internal", "personal"], None)
    session.rollback()


def test_a_row_of_a_tenant_does_not_pass_as_one_of_none(session: TenantSession) -> None:
    with pytest.raises(TenantWallError, match="belong to a tenant"):
        session.put_beside(Tenant.metadata.tables["core.programme_enablement"], row("one"))


def test_values_of_a_statement_made_once_are_read_as_ever(session: TenantSession) -> None:
    age = func.age(START + timedelta(days=1), START).label("age")
    statement = select(Tenant.id, Tenant.created_at, age, Tenant.name_vi).where(
        Tenant.id == bindparam(TENANT_COLUMN)
    )
    mine, plain = session.rows(statement)[0], session.execute(statement, {TENANT_COLUMN: 1}).one()
    assert tuple(mine) == tuple(plain)
    assert (mine.id, mine.age) == (1, timedelta(days=1))
