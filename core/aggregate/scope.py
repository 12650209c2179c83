"""The ministry's session: it reads released figures and reference tables, and nothing else.

The wall is the ministry's own database login, which has no right on any other table. This
session is the second net.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import Select, event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.sql import visitors

from core.kit.errors import PlatformError
from core.tenancy.models import TENANT_COLUMN, Released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import SessionTransaction


class MinistryWallError(PlatformError):
    """Code tried to read more than released figures, or to write; a fault of ours."""

    code = "aggregate.wall"


class MinistrySession(Session):
    """Reads across provinces, in one read-only transaction; opened by ``ministry_scope`` alone."""


@contextmanager
def ministry_scope(
    engine: Engine, reason: str, *, witness: Callable[[str], None] | None = None
) -> Iterator[MinistrySession]:
    """Cross the provinces to read what they have released.

    ``engine`` is the ministry login's. ``witness`` is told the reason before anything is read,
    for the audit log of the ministry's own tenant: this login can write nothing, so the caller
    records it through the tenant's door; if that fails, nothing is read.

    Raises:
        MinistryWallError: no reason is given; later, on any statement that reaches further.
    """
    if not reason.strip():
        raise MinistryWallError("Crossing provinces needs a reason.")
    if witness is not None:
        witness(reason)
    with MinistrySession(engine, expire_on_commit=False) as session, session.begin():
        yield session


@event.listens_for(MinistrySession, "after_begin")
def _read_only(
    _session: MinistrySession, _transaction: SessionTransaction, connection: Connection
) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@event.listens_for(MinistrySession, "do_orm_execute")
def _released_only(state: ORMExecuteState) -> None:
    if not isinstance(state.statement, Select):
        raise MinistryWallError("The ministry's session runs plain selects only.")
    for table in _tables(state.statement):
        if TENANT_COLUMN in table.c and table.fullname not in _released_tables():
            raise MinistryWallError(f"{table.fullname} holds records that no province released.")


@event.listens_for(MinistrySession, "before_flush")
def _never_writes(
    _session: MinistrySession, _context: UOWTransaction, _instances: Sequence[Any] | None
) -> NoReturn:
    raise MinistryWallError("The ministry's session never writes.")


def _tables(statement: Select[Any]) -> Iterator[Any]:
    for source in statement.get_final_froms():
        yield from _tables_in(source)
    yield from _tables_in(statement)


def _tables_in(element: Any) -> Iterator[Any]:
    for node in visitors.iterate(element):
        found: Any = getattr(node, "table", node)
        if getattr(found, "__visit_name__", "") == "table":
            yield found


def _released_tables() -> frozenset[str]:
    return frozenset(
        str(table.fullname)
        for cls in Released.__subclasses__()
        if (table := getattr(cls, "__table__", None)) is not None
    )
