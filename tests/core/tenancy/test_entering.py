"""A new row and the claim before it: stored with the rest, and the session's own afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from core.forms.models import FormEntry
from core.kit.ids import new_id
from core.registry.models import ProgrammeEnablement
from core.tenancy.beside import beside
from core.tenancy.entering import goes_past
from core.tenancy.guards import TenantWallError
from core.tenancy.leaving import StartOverError
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

START, END = datetime(2018, 1, 1, tzinfo=UTC), datetime(2018, 7, 1, tzinfo=UTC)
PROGRAMMES = (
    select(ProgrammeEnablement.programme, ProgrammeEnablement.valid_to)
    .where(ProgrammeEnablement.tenant_id == 1)
    .order_by(ProgrammeEnablement.programme)
)


@pytest.fixture(autouse=True)
def _empty(database: TestDatabase) -> None:
    with database.owner.begin() as owner:
        for model in (ProgrammeEnablement, FormEntry):
            table: Any = model.__table__
            owner.exec_driver_sql(f"ALTER TABLE {table.fullname} NO FORCE ROW LEVEL SECURITY")
            owner.execute(table.delete())
            owner.exec_driver_sql(f"ALTER TABLE {table.fullname} FORCE ROW LEVEL SECURITY")


@pytest.fixture
def session(door: TenantDoor) -> Iterator[TenantSession]:
    """As a request has it: whoever opened it may start over."""
    with door.open(1, reach=Reach.whole_tenant(), starts_over=True) as opened:
        yield opened


def programme(name: str) -> ProgrammeEnablement:
    return ProgrammeEnablement(programme=name, valid_from=START)


def entry(key: str = "key-0001") -> dict[str, Any]:
    return {
        "form_code": "core.child",
        "form_version": 1,
        "record_id": new_id(),
        "entered_by": None,
        "entered_at": START,
        "idempotency_key": key,
        "body_hash": "0" * 64,
        "confidential_key": None,
    }


def said(session: TenantSession) -> list[str]:
    """The statements that the session runs from now on."""
    heard: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *on: heard.append(on[2]))
    return heard


def kept(door: TenantDoor) -> list[str]:
    """What another transaction finds."""
    with door.tenant_session(1) as other:
        return [row.programme for row in other.execute(PROGRAMMES)]


def test_a_claim_and_what_is_behind_it_leave_in_one_statement(
    session: TenantSession, door: TenantDoor
) -> None:
    heard = said(session)
    assert session.put_claim(FormEntry, entry())
    session.put_row(programme("one"))
    session.put(ProgrammeEnablement, [{"programme": "two", "valid_from": START}])
    session.put(
        ProgrammeEnablement, [{"programme": "three"}, {"programme": "four"}], valid_from=START
    )
    assert heard == []
    session.commit()
    assert len(heard) == 1
    assert kept(door) == ["four", "one", "three", "two"]


def flushing(session: TenantSession) -> None:
    session.add(programme("lost too"))
    session.flush()


def looking_beside(session: TenantSession) -> None:
    with beside(session, Reach.whole_tenant()):
        pass


@pytest.mark.parametrize(
    "sent_by",
    [
        lambda session: session.commit(),
        lambda session: session.execute(PROGRAMMES),
        lambda session: session.begin_nested(),
        flushing,
        looking_beside,
    ],
    ids=["commit", "reading", "savepoint", "flush", "beside"],
)
def test_nothing_is_stored_behind_a_claim_of_another(
    session: TenantSession, door: TenantDoor, sent_by: Callable[[TenantSession], object]
) -> None:
    with door.tenant_session(1) as other:
        assert other.put_claim(FormEntry, entry())
    session.put(ProgrammeEnablement, [{"programme": "before", "valid_from": START}])
    assert session.put_claim(FormEntry, entry())
    session.put_row(programme("lost"))
    with pytest.raises(StartOverError):
        sent_by(session)
    session.rollback()
    assert kept(door) == []


def test_who_does_not_start_over_is_told_at_once(door: TenantDoor) -> None:
    with door.tenant_session(1) as session:
        assert session.put_claim(FormEntry, entry())
        assert not session.put_claim(FormEntry, entry())
        assert session.put_claim(FormEntry, entry("key-0002"))
        session.put_row(programme("one"))
    assert kept(door) == ["one"]


def test_a_second_claim_sends_what_is_behind_the_first(
    session: TenantSession, door: TenantDoor
) -> None:
    heard = said(session)
    session.put_claim(FormEntry, entry())
    session.put_row(programme("one"))
    session.put_claim(FormEntry, entry("key-0002"))
    session.put_row(programme("two"))
    session.commit()
    assert len(heard) == 2
    assert kept(door) == ["one", "two"]


def test_a_row_that_was_put_is_the_session_s_own(session: TenantSession, door: TenantDoor) -> None:
    row = programme("one")
    session.put_row(row)
    assert row in session
    assert row.tenant_id == 1
    heard = said(session)  # sends what was put
    assert session.get(ProgrammeEnablement, (1, row.id)) is row
    assert heard == []
    row.valid_to = END
    session.commit()
    with door.tenant_session(1) as other:
        assert [tuple(found) for found in other.execute(PROGRAMMES)] == [("one", END)]


def test_what_the_program_fills_in_stands_on_the_row(session: TenantSession) -> None:
    row = FormEntry(**{**entry(), "tenant_id": 1})
    session.put_row(row)
    assert row.id is not None
    found = select(FormEntry.id).where(FormEntry.tenant_id == 1)
    assert session.scalars(found).all() == [row.id]


def test_listeners_hear_of_it_once(door: TenantDoor) -> None:
    heard: list[str] = []

    def listen(session: TenantSession) -> None:
        heard.extend(row.programme for row in session.new)

    with type(door)(door.engine, [listen]).tenant_session(1) as session:
        session.put_row(programme("one"))
        session.add(programme("two"))
    assert heard == ["one", "two"]


def test_a_row_of_another_tenant_is_refused(session: TenantSession) -> None:
    row = programme("one")
    row.tenant_id = 2
    with pytest.raises(TenantWallError, match="another tenant"):
        session.put_row(row)


def test_what_the_database_refuses_is_told_when_it_leaves(
    session: TenantSession, door: TenantDoor
) -> None:
    session.put_claim(FormEntry, entry())
    session.put_row(programme("one"))
    session.put_row(programme("one"))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()
    assert kept(door) == []
    with door.tenant_session(1) as other:
        assert other.put_claim(FormEntry, entry())


def test_a_model_with_a_sealed_column_is_sealed_by_its_flush() -> None:
    from plugins.sexual_abuse.response.models import SaPlan

    assert goes_past(ProgrammeEnablement)
    assert not goes_past(SaPlan)
