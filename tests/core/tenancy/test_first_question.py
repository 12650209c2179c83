"""The first question of a transaction: it travels with BEGIN, and says what it would say later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from psycopg import Error as DriverError
from sqlalchemy import DateTime, bindparam, event, func, select
from sqlalchemy.exc import DBAPIError

from core.tenancy.door import TenantDoor
from core.tenancy.models import TENANT_COLUMN, Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Connection

    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

AT = datetime(2018, 1, 1, tzinfo=UTC)
# values of several kinds: a text, a moment, a length of time, a number, a list that comes back
ASKED = select(
    Tenant.slug,
    Tenant.created_at,
    func.array(select(Tenant.id).where(Tenant.id == bindparam(TENANT_COLUMN)).scalar_subquery()),
    bindparam("at", type_=DateTime(timezone=True)).label("at"),
    (Tenant.slug == bindparam("said")).label("same"),
    (Tenant.created_at - timedelta(hours=1)).label("before"),
).where(Tenant.id == bindparam(TENANT_COLUMN))
BROKEN = select(1 / (Tenant.id - bindparam("number"))).where(Tenant.id == bindparam(TENANT_COLUMN))


@pytest.fixture
def narrow(database: TestDatabase) -> Iterator[TenantDoor]:
    """A door with one connection, so that each transaction meets the one before."""
    from core.db.engine import runtime_engine

    engine = runtime_engine(database.addresses, pool_size=1)
    yield TenantDoor(engine)
    engine.dispose()


def driver_of(session: TenantSession) -> Connection[Any]:
    driver: Any = session.connection().connection.driver_connection
    return driver


def asked(door: TenantDoor, said: str = "một'; tỉnh") -> tuple[Any, ...]:
    with door.tenant_session(1) as session:
        (row,) = session.first_rows(ASKED, at=AT, said=said)
        assert driver_of(session).execute("SHOW app.tenant").fetchone() == ("1",)
    return tuple(row)


def test_it_says_the_same_in_one_journey_as_in_two(narrow: TenantDoor) -> None:
    first = asked(narrow)
    assert first[3:5] == (AT, False)
    assert first[1] - first[5] == timedelta(hours=1)
    assert [asked(narrow) for _ in range(8)] == [first] * 8
    assert asked(narrow, first[0])[4] is True


def test_it_is_asked_again_when_the_connection_forgot_it(narrow: TenantDoor) -> None:
    first, again = asked(narrow), asked(narrow)
    with narrow.tenant_session(1) as session:
        driver_of(session).execute("DEALLOCATE ALL")
    assert [asked(narrow), asked(narrow), asked(narrow)] == [first, again, again]


def test_what_is_wrong_is_told_and_leaves_the_connection_whole(narrow: TenantDoor) -> None:
    for number in (0, 1, 0, 1):
        with narrow.tenant_session(1) as session:
            if number:
                with pytest.raises(DBAPIError, match="division by zero"):
                    session.first_rows(BROKEN, number=number)
                session.rollback()
            else:
                assert session.first_rows(BROKEN, number=number).scalar() == 1


def test_only_the_first_travels_with_the_beginning(narrow: TenantDoor) -> None:
    with narrow.tenant_session(1) as session:
        session.first_rows(BROKEN, number=0)
    with narrow.tenant_session(1, read_only=True) as session:
        assert session.first_rows(BROKEN, number=0).scalar() == 1
        assert session.first_rows(BROKEN, number=2).scalar() == -1
        with pytest.raises(DriverError, match="read-only"):
            driver_of(session).execute("DELETE FROM core.programme_enablement")


def test_listeners_hear_of_it_and_may_change_it(narrow: TenantDoor) -> None:
    def listen(_connection: object, _cursor: object, text: str, values: Any, *_: object) -> Any:
        return text.replace("SELECT", "SELECT /* heard */"), values

    first = asked(narrow)
    heard: list[str] = []
    event.listen(narrow.engine, "before_cursor_execute", lambda *on: heard.append(on[2]))
    assert asked(narrow) == first
    assert len(heard) == 1
    event.listen(narrow.engine, "before_cursor_execute", listen, retval=True)
    event.listen(narrow.engine, "before_cursor_execute", lambda *on: heard.append(on[2]))
    assert asked(narrow) == first
    assert "heard" in heard[-1]
