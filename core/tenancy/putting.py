"""What a session stores past its flush: kept until something is read or committed, sent at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from core.tenancy.entering import goes_past, keep, told_by
from core.tenancy.guards import TenantWallError, require_own_communes, require_reach
from core.tenancy.leaving import Batch, Leaving, store_new
from core.tenancy.models import TENANT_COLUMN, TenantOwned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Engine, Table
    from sqlalchemy.orm import SessionTransaction, UOWTransaction

    from core.tenancy.reach import Reach

    # Called with the ``TenantSession`` that is flushed.
    FlushListener = Callable[[Any], None]


class PuttingSession(Session):
    """The half of ``TenantSession`` that stores: whose rows, and where they may lie."""

    def __init__(
        self,
        bind: Engine | Connection,
        *,
        tenant_id: int,
        reach: Reach,
        listeners: Sequence[FlushListener],
        starts_over: bool,
        **options: Any,
    ) -> None:
        """Opened as a ``TenantSession`` alone."""
        super().__init__(bind, **options)
        self._tenant_id = int(tenant_id)
        self._reach = reach
        self._listeners = tuple(listeners)
        self._leaving = Leaving(starts_over=starts_over)
        self._link: Connection | None = None  # of the transaction, once it has one

    @property
    def tenant_id(self) -> int:
        """The tenant, for as long as the session lives."""
        return self._tenant_id

    @property
    def reach(self) -> Reach:
        """The bounds of the reader, for as long as the session lives."""
        return self._reach

    @property
    def listeners(self) -> tuple[FlushListener, ...]:
        """What is called before each flush."""
        return self._listeners

    def hear_of_rows(self) -> None:
        """Fill in the tenant of new rows; refuse rows of another tenant or outside the reach."""
        for row in self.new:
            if isinstance(row, TenantOwned):
                if inspect(row).attrs.tenant_id.value is None:
                    row.tenant_id = self.tenant_id
                require_reach(self.reach, row)
        for row in (*self.new, *self.dirty, *self.deleted):
            if isinstance(row, TenantOwned) and row.tenant_id != self.tenant_id:
                raise TenantWallError(
                    f"A row of {inspect(row).mapper.local_table.name} belongs to another tenant."
                )
        for listener in self.listeners:
            listener(self)

    def settle(self) -> None:
        """Flush what waits for it."""
        if self.new or self.dirty or self.deleted:
            self.flush()

    def put(
        self, model: type[TenantOwned], rows: Sequence[Mapping[str, Any]], **alike: Any
    ) -> None:
        """Store rows of a model past the session's own: for what no code reads again.

        They leave together with others, at the latest before anything is read or committed. All
        name the same columns and have in common what is ``alike``; the tenant, whatever they say
        of one, and the defaults are filled in. What a listener hears of at a flush it does not hear
        of here.

        Raises:
            TenantWallError: a row lies outside the communes in which the reader enters.
        """
        require_own_communes(self.reach, model, ({**alike, **row} for row in rows))
        if rows:
            self._leave(self._own(model, rows, alike))

    def put_row(self, row: TenantOwned) -> None:
        """Store one new mapped row with what is put; it is the session's own as after a flush.

        Listeners hear of it as at a flush, and what is set on it later is stored.

        Raises:
            TenantWallError: the row is another tenant's or lies where the reader does not enter.
        """
        self.settle()
        self.add(row)
        model: Any = type(row)
        if not goes_past(model):
            self.flush()
            return
        with self.no_autoflush:
            self.hear_of_rows()
        self._leave(Batch(inspect(model).local_table, [{}], told_by(row)))
        keep(self, row)

    def put_claim(self, model: type[TenantOwned], row: Mapping[str, Any]) -> bool:
        """Store one row before what is put from now on, unless one with a key of its own is there.

        A session that starts over if need be assumes that there is none, and sends it with the
        rest: if there was, ``StartOverError`` is raised by whatever sends, and nothing is stored.

        Raises:
            TenantWallError: the row lies outside the communes in which the reader enters.
        """
        self.send()
        if not self._leaving.starts_over:
            return self.put_new(model, row)
        require_own_communes(self.reach, model, [row])
        self._leaving.claim(self._own(model, [{}], row))
        return True

    def put_new(self, model: type[TenantOwned], row: Mapping[str, Any]) -> bool:
        """Store one row at once, unless one with a key of its own is there; whether it was stored.

        Raises:
            TenantWallError: the row lies outside the communes in which the reader enters.
        """
        require_own_communes(self.reach, model, [row])
        return store_new(self.connection(), self._own(model, [{}], row))

    def put_beside(self, table: Table, row: Mapping[str, Any]) -> None:
        """The same as ``put`` for a row of a table that belongs to no tenant.

        Raises:
            TenantWallError: the table belongs to tenants.
        """
        if TENANT_COLUMN in table.c:
            raise TenantWallError(f"Rows of {table.name} belong to a tenant.")
        self._leave(Batch(table, [{}], row))

    def _leave(self, batch: Batch) -> None:
        self._leaving.add(batch)
        if self._leaving.is_full:
            self.send()

    def _own(
        self, model: Any, rows: Sequence[Mapping[str, Any]], alike: Mapping[str, Any]
    ) -> Batch:
        if TENANT_COLUMN in rows[0]:
            rows = [{name: row[name] for name in row if name != TENANT_COLUMN} for row in rows]
        return Batch(inspect(model).local_table, rows, {**alike, TENANT_COLUMN: self.tenant_id})

    def send(self) -> None:
        """Have the database store what was put so far."""
        if self._leaving:
            self._leaving.send(self._connected())

    def connection(self, *given: Any, **named: Any) -> Connection:
        """The connection of this transaction, which knows all that was put."""
        self.send()
        return super().connection(*given, **named) if given or named else self._connected()

    def _connected(self) -> Connection:
        if self._link is None:
            self._link = super().connection()
        return self._link

    def begin_nested(self) -> SessionTransaction:
        """A savepoint; what was put before it stays when it is taken back."""
        self.flush()
        self.send()
        self._link = None  # the savepoint itself is set when the connection is next asked for
        return super().begin_nested()

    def rollback(self) -> None:
        """Take everything back, also what has not left yet."""
        self._leaving.forget()
        super().rollback()

    def close(self) -> None:
        """The same; nothing more comes of it."""
        self._leaving.forget()
        super().close()


@event.listens_for(PuttingSession, "after_soft_rollback", propagate=True)
def _take_back(session: PuttingSession, _transaction: SessionTransaction) -> None:
    """What was put since the savepoint or the beginning is as if it had never been."""
    session._leaving.forget()  # noqa: SLF001  its own module


@event.listens_for(PuttingSession, "after_transaction_end", propagate=True)
def _let_go(session: PuttingSession, _transaction: SessionTransaction) -> None:
    """The connection is the transaction's, and goes with it."""
    session._link = None  # noqa: SLF001  its own module


@event.listens_for(PuttingSession, "before_commit", propagate=True)
def _send_all(session: PuttingSession) -> None:
    """Also what the listeners of the last flush put."""
    session.flush()
    session.send()


@event.listens_for(PuttingSession, "before_flush", propagate=True)
def _before_flush(
    session: PuttingSession, _context: UOWTransaction, _instances: Sequence[Any] | None
) -> None:
    """What was put may be what the rows of the flush point at."""
    session.send()
    session.hear_of_rows()
