"""A table with sealed columns, made for these tests, and ways to look at what lies in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable

from core.db.base import Base, internal, restricted
from core.tenancy.models import TenantOwned
from core.tenancy.policies import protect_statements
from core.vault.columns import sealed

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

SCHEMA = "vault_test"


class Notice(TenantOwned, Base):
    """A notice with an informant."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "tenant_id", "received_at"), {"schema": SCHEMA})

    received_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("orders the tests")
    )
    informant: Mapped[str | None] = sealed(restricted("a test"))
    phone: Mapped[str | None] = sealed(restricted("a test"))
    child: Mapped[UUID | None] = sealed(restricted("a test"), UUID)
    secret: Mapped[bytes | None] = sealed(restricted("a test"), bytes)


def make_notices(database: TestDatabase) -> None:
    """Make the table, behind the wall."""
    prefix = database.addresses.prefix
    table: Any = Notice.__table__
    with database.owner.begin() as owner:
        owner.execute(CreateSchema(SCHEMA))
        owner.execute(CreateTable(table))
        for index in table.indexes:
            owner.execute(CreateIndex(index))
        owner.exec_driver_sql(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {prefix}_runtime")
        for statement in protect_statements(SCHEMA, "notice", prefix=prefix):
            owner.exec_driver_sql(statement)


def store(door: TenantDoor, tenant: int = 1, **values: Any) -> UUID:
    """Store one notice; its id."""
    with door.tenant_session(tenant) as session:
        row = Notice(**values)
        session.add(row)
        session.flush()
        return row.id


def stored_bytes(door: TenantDoor, row: UUID, column: str, tenant: int = 1) -> bytes | None:
    """What the database holds."""
    statement = text(
        f"SELECT {column} FROM {SCHEMA}.notice WHERE tenant_id = :tenant_id AND id = :row"  # noqa: S608
    )
    with door.tenant_session(tenant) as session:
        found = session.scalar(statement, {"tenant_id": tenant, "row": row})
        return None if found is None else bytes(found)


def put_bytes(
    door: TenantDoor, row: UUID, column: str, content: bytes | None, tenant: int = 1
) -> None:
    """Change what the database holds, as a thief with the runtime login could."""
    statement = text(
        f"UPDATE {SCHEMA}.notice SET {column} = :content "  # noqa: S608
        "WHERE tenant_id = :tenant_id AND id = :row"
    )
    with door.tenant_session(tenant) as session:
        session.execute(statement, {"tenant_id": tenant, "row": row, "content": content})
