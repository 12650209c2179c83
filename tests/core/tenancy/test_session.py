"""The second net: what a tenant session adds, fills in and refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, func, insert, select, text, update
from sqlalchemy.exc import InternalError, ProgrammingError

from core.db.engine import verify_runtime_login
from core.kit.errors import ConfigurationError
from core.registry.models import ProgrammeEnablement
from core.tenancy.guards import TenantWallError
from core.tenancy.models import Tenant
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

START = datetime(2018, 1, 1, tzinfo=UTC)
TABLE = ProgrammeEnablement.__table__


def store(door: TenantDoor, tenant: int, programme: str) -> None:
    with door.tenant_session(tenant) as session:
        session.add(ProgrammeEnablement(programme=programme, valid_from=START))


@pytest.fixture
def stored(door: TenantDoor, database: TestDatabase) -> TenantDoor:
    with database.owner.begin() as owner:
        owner.exec_driver_sql("ALTER TABLE core.programme_enablement NO FORCE ROW LEVEL SECURITY")
        owner.exec_driver_sql("DELETE FROM core.programme_enablement")
        owner.exec_driver_sql("ALTER TABLE core.programme_enablement FORCE ROW LEVEL SECURITY")
    store(door, 1, "one")
    store(door, 2, "two")
    return door


def test_a_session_sees_its_own_tenant_alone(stored: TenantDoor) -> None:
    with stored.tenant_session(1) as session:
        assert list(session.scalars(select(ProgrammeEnablement.programme))) == ["one"]
    with stored.tenant_session(2) as session:
        assert list(session.scalars(select(ProgrammeEnablement.programme))) == ["two"]


def test_the_predicate_stands_in_the_statement_itself(stored: TenantDoor) -> None:
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(stored.engine, "before_cursor_execute", listen)
    try:
        with stored.tenant_session(1) as session:
            session.scalars(select(ProgrammeEnablement.programme)).all()
    finally:
        event.remove(stored.engine, "before_cursor_execute", listen)
    assert len(said) == 1  # the setting travels with BEGIN
    assert "programme_enablement.tenant_id = " in said[0]


def test_count_update_and_delete_stay_in_the_tenant(stored: TenantDoor) -> None:
    with stored.tenant_session(1) as session:
        assert session.scalar(select(func.count(ProgrammeEnablement.id))) == 1
        session.execute(update(ProgrammeEnablement).values(programme="mine"))
        session.execute(delete(ProgrammeEnablement).where(ProgrammeEnablement.programme == "two"))
    with stored.tenant_session(2) as session:
        assert list(session.scalars(select(ProgrammeEnablement.programme))) == ["two"]


def test_a_row_for_another_tenant_is_refused_before_the_flush(stored: TenantDoor) -> None:
    with stored.tenant_session(1) as session:
        session.add(ProgrammeEnablement(tenant_id=2, programme="x", valid_from=START))
        with pytest.raises(TenantWallError, match="another tenant"):
            session.flush()
        session.expunge_all()


def test_rows_past_the_session_are_its_own_whatever_they_say(stored: TenantDoor) -> None:
    row = {"tenant_id": 2, "programme": "put", "valid_from": START}
    with stored.tenant_session(1) as session:
        session.put(ProgrammeEnablement, [row])
        assert session.put_new(ProgrammeEnablement, row | {"programme": "new"})
        # one that is open is the key of another
        assert not session.put_new(ProgrammeEnablement, row | {"programme": "new"})
        assert set(session.scalars(select(ProgrammeEnablement.programme))) == {"one", "put", "new"}
    with stored.tenant_session(2) as session:
        assert list(session.scalars(select(ProgrammeEnablement.programme))) == ["two"]


def test_a_bulk_insert_for_another_tenant_is_refused(stored: TenantDoor) -> None:
    row = {"tenant_id": 2, "programme": "x", "valid_from": START}
    with (
        pytest.raises(TenantWallError, match="another tenant"),
        stored.tenant_session(1) as session,
    ):
        session.execute(insert(ProgrammeEnablement), [row])


@pytest.mark.parametrize(
    "statement",
    [
        select(TABLE.c.programme),
        update(TABLE).values(programme="x"),
        delete(TABLE),
        text("SELECT count(*) FROM core.programme_enablement"),
        select(TABLE.c.programme).where(TABLE.c.programme == "two"),
    ],
    ids=["select", "update", "delete", "text", "other-condition"],
)
def test_a_statement_without_a_tenant_is_refused(stored: TenantDoor, statement: object) -> None:
    with pytest.raises(TenantWallError), stored.tenant_session(1) as session:
        session.execute(statement)  # type: ignore[call-overload]


def test_a_text_with_another_tenant_is_refused(stored: TenantDoor) -> None:
    statement = text("SELECT 1 FROM core.programme_enablement WHERE tenant_id = :tenant_id")
    with stored.tenant_session(1) as session:
        session.execute(statement, {"tenant_id": 1})
        with pytest.raises(TenantWallError):
            session.execute(statement, {"tenant_id": 2})


@pytest.mark.parametrize(
    "statement",
    ["SET LOCAL app.tenant = '2'", "SELECT set_config('app.tenant', '2', true)", "SET ROLE x"],
)
def test_nothing_switches_a_session_to_a_second_tenant(stored: TenantDoor, statement: str) -> None:
    with stored.tenant_session(1) as session:
        with pytest.raises(ConfigurationError):
            session.connection().exec_driver_sql(statement)
        with pytest.raises(AttributeError):
            session.tenant_id = 2  # type: ignore[misc]


def test_the_database_alone_keeps_tenants_apart(stored: TenantDoor) -> None:
    """Even a statement that slips past our code sees one tenant, or none."""
    with stored.tenant_session(1) as session:
        connection = session.connection()
        rows = connection.exec_driver_sql("SELECT programme FROM core.programme_enablement")
        assert rows.scalars().all() == ["one"]
    with stored.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM core.programme_enablement")
        assert found.scalar() == 0


def test_a_pooled_connection_forgets_the_tenant(stored: TenantDoor) -> None:
    with stored.tenant_session(1) as session:
        session.connection()
    with stored.engine.connect() as connection:
        left = connection.exec_driver_sql("SHOW search_path").scalar()
        assert left == "pg_catalog, pg_temp"
        found = connection.exec_driver_sql("SELECT count(*) FROM core.programme_enablement")
        assert found.scalar() == 0


def test_a_reading_session_cannot_write(stored: TenantDoor) -> None:
    session = stored.open(1, reach=Reach.whole_tenant(), read_only=True)
    with session:
        session.add(ProgrammeEnablement(programme="x", valid_from=START))
        with pytest.raises(InternalError, match="read-only"):
            session.flush()


def test_a_reference_session_reads_tenants_and_no_tenant_table(stored: TenantDoor) -> None:
    with stored.reference_session() as session:
        assert len(list(session.scalars(select(Tenant.slug)))) == 3
        with pytest.raises(TenantWallError):
            session.scalars(select(ProgrammeEnablement.id))


def test_the_runtime_login_may_start_and_the_owner_may_not(database: TestDatabase) -> None:
    verify_runtime_login(database.runtime)
    with pytest.raises(ConfigurationError, match="owns"):
        verify_runtime_login(database.owner)
    with pytest.raises(ConfigurationError, match="is a superuser"):
        verify_runtime_login(database.admin)


def test_the_runtime_login_cannot_truncate(database: TestDatabase) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        database.runtime.begin() as connection,
    ):
        connection.exec_driver_sql("TRUNCATE core.programme_enablement")
