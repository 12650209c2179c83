"""The only way to a session: opened for one tenant, kept in it until it is closed.

The wall is the database's row security. This module is the second net: it sets the tenant for
the transaction, adds the tenant to every statement, and refuses what would slip past.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from psycopg import Connection as PgConnection
from psycopg import Error as DriverError
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import QueuePool, Select, TextClause, event, func, inspect, select
from sqlalchemy.dialects.postgresql import Insert as Insertion
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.sql.dml import Insert

from core.db.engine import TENANT_STATEMENT
from core.tenancy.bounds import bounds_of, hidden_fields
from core.tenancy.guards import (
    TenantWallError,
    require_own_communes,
    require_own_rows,
    require_reach,
    require_tenant_predicate,
    require_text_with_tenant,
    require_unbounded,
    tables_of,
)
from core.tenancy.models import TENANT_COLUMN, TenantOwned
from core.tenancy.reach import Reach
from core.vault.columns import VAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, CursorResult, Engine
    from sqlalchemy.orm import SessionTransaction
    from sqlalchemy.orm.session import JoinTransactionMode

    from core.vault.sealing import Vault

    FlushListener = Callable[["TenantSession"], None]


NOTHING_CARRIED: Mapping[str, Any] = MappingProxyType({})
_TOTALS_ONLY = "annhi_totals_only"
# Execution options. The statement names one row, which may have been given to its reader:
BY_WORK = "annhi_by_work"
# It reads what a row of the reader's own counted as before, wherever that was; nothing else may.
PAST_REACH = "annhi_past_reach"
# It keeps rows in step that go along with a child (a move, a merge, a head count), whoever may
# read them; the service that asks lets nothing of them out.
IN_STEP = "annhi_in_step"
# One entry for each statement that was made once, for each reach at work.
_BOUNDED_KEPT = 8192


class TenantSession(Session):
    """One transaction of one tenant, bounded by a reach.

    Statements get the predicate on ``tenant_id`` and, where the table has them, on the communes
    and the confidential rows of the reach. Textual SQL and statements on tables instead of
    mapped classes must name ``tenant_id`` themselves or are refused.
    """

    def __init__(
        self,
        bind: Engine | Connection,
        *,
        tenant_id: int,
        reach: Reach | None,
        read_only: bool,
        listeners: Sequence[FlushListener] = (),
        vault: Vault | None = None,
        carried: Mapping[str, Any] = NOTHING_CARRIED,
        joins: JoinTransactionMode = "conditional_savepoint",
    ) -> None:
        """Opened by ``TenantDoor``, or beside another session (``core.tenancy.beside``) alone."""
        super().__init__(
            bind,
            expire_on_commit=False,
            autoflush=True,
            info={**carried, VAULT: vault},
            join_transaction_mode=joins,
        )
        self._tenant_id = int(tenant_id)
        self._reach = reach or Reach.nothing()
        self._reach_is_open = reach is None
        self._read_only = read_only
        self._listeners = tuple(listeners)
        self._carried = carried
        self._statement_seconds: float | None = None

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

    @property
    def read_only(self) -> bool:
        """Whether the database itself refuses to write in this transaction."""
        return self._read_only

    def bound_by(self, reach: Reach) -> None:
        """Give the reach once it is known who reads; until then nothing in a commune is seen.

        Raises:
            TenantWallError: the session already has its reach.
        """
        if not self._reach_is_open:
            raise TenantWallError("A session's reach is given once and never changed.")
        self._reach, self._reach_is_open = reach, False

    def hidden_fields(self, model: type[TenantOwned]) -> frozenset[str]:
        """The columns of a model that this reader may not see; they are never selected."""
        return hidden_fields(self._reach, model)

    def rows(self, made_once: Select[*tuple[Any, ...]], **values: Any) -> CursorResult[Any]:
        """What a statement on mapped columns gives that was made once, at import, for all readers.

        Its values are named (``bindparam``); ``tenant_id`` is given by the session. Bounded as
        any other statement, at a third of the cost: its bounds are worked out once for each reach.

        Raises:
            HiddenFieldError: the statement names a column that is hidden from the reader.
        """
        if self.new or self.dirty or self.deleted:
            self.flush()
        bounded = _bounded_once(made_once, self._tenant_id, self._reach)
        return self.connection().execute(bounded, {**values, TENANT_COLUMN: self._tenant_id})

    def put(self, model: type[TenantOwned], rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows of a model at once, past the session's own: for what no code reads again.

        All name the same columns; the tenant, whatever they say of one, and the defaults are filled
        in. What a listener hears of at a flush it does not hear of here.

        Raises:
            TenantWallError: a row lies outside the communes in which the reader enters.
        """
        require_own_communes(self.reach, model, rows)
        if rows:
            theirs = [{**row, TENANT_COLUMN: self._tenant_id} for row in rows]
            stored: Any = model
            self.connection().execute(_insertion(stored), theirs if rows[1:] else theirs[0])

    def put_new(self, model: type[TenantOwned], row: Mapping[str, Any]) -> bool:
        """The same for one row, unless one with a key of its own is there; whether it was stored.

        Waits for a twin that another transaction is storing.

        Raises:
            TenantWallError: the row lies outside the communes in which the reader enters.
        """
        require_own_communes(self.reach, model, [row])
        stored: Any = model
        own = {**row, TENANT_COLUMN: self._tenant_id}
        return self.connection().execute(_claim(stored), own).first() is not None

    def total(self, model: type[TenantOwned]) -> int:
        """How many rows the tenant has, whoever asks; a total is all that leaves."""
        statement = select(func.count(model.id)).where(model.tenant_id == self._tenant_id)
        return self.scalar(statement, execution_options={_TOTALS_ONLY: True}) or 0

    @property
    def carried(self) -> Mapping[str, Any]:
        """What the composition root gave its sessions for layers above this one, in ``info``."""
        return self._carried

    @property
    def statement_seconds(self) -> float | None:
        """How long one statement of this transaction may take, if that was limited."""
        return self._statement_seconds

    def limit_statements(self, seconds: float | None) -> None:
        """Have the database end any statement of this transaction that runs longer.

        ``None`` goes back to what the login has. No signal reaches a thread that waits for the
        database, so the limit is the database's own.
        """
        self._statement_seconds = seconds
        limit = "DEFAULT" if seconds is None else f"{max(1, int(seconds * 1000)):d}"
        self.connection().exec_driver_sql(f"SET LOCAL statement_timeout = {limit}")

    def forget_limit(self, seconds: float | None) -> None:
        """Know the limit that holds again once a savepoint is taken back."""
        self._statement_seconds = seconds

    def with_room(self, megabytes: int) -> None:
        """Let each sort or grouping of this transaction take so much memory in the database."""
        self.connection().exec_driver_sql(f"SET LOCAL work_mem = '{megabytes:d}MB'")


class TenantDoor:
    """Opens sessions; made once by the composition root for one engine.

    ``listeners`` are called before each flush, for work that belongs in the same transaction
    (marking figures stale); they are given by the composition root so that this layer knows
    nothing of them. ``vault`` seals and opens sealed columns; without it they cannot be used.
    ``carried`` is put into the ``info`` of each session for layers above.
    """

    def __init__(
        self,
        engine: Engine,
        listeners: Sequence[FlushListener] = (),
        vault: Vault | None = None,
        carried: Mapping[str, Any] = NOTHING_CARRIED,
    ) -> None:
        """Keep the engine; no connection is made."""
        self._engine = engine
        self._listeners = tuple(listeners)
        self._vault = vault
        self._carried = carried

    @property
    def engine(self) -> Engine:
        """The runtime engine, for health checks and pool metrics."""
        return self._engine

    @property
    def listeners(self) -> tuple[FlushListener, ...]:
        """What is called before each flush."""
        return self._listeners

    @property
    def vault(self) -> Vault | None:
        """What seals and opens sealed columns."""
        return self._vault

    @property
    def connections(self) -> int:
        """How many sessions can be at work at once."""
        pool = self._engine.pool
        return pool.size() if isinstance(pool, QueuePool) else 1

    def open(
        self, tenant_id: int, *, reach: Reach | None = None, read_only: bool = False
    ) -> TenantSession:
        """A session to be committed or closed by the caller: for the web's edge alone.

        Without a reach it sees nothing that lies in a commune until ``bound_by`` is called.
        """
        return TenantSession(
            self._engine,
            tenant_id=tenant_id,
            reach=reach,
            read_only=read_only,
            listeners=self._listeners,
            vault=self._vault,
            carried=self._carried,
        )

    @contextmanager
    def tenant_session(
        self, tenant_id: int, *, reach: Reach | None = None, read_only: bool = False
    ) -> Iterator[TenantSession]:
        """One transaction: committed at the end, rolled back on any error.

        Without a reach it reaches the whole tenant, confidential rows excepted.
        """
        bounds = reach or Reach.whole_tenant()
        session = self.open(tenant_id, reach=bounds, read_only=read_only)
        with session, session.begin():
            yield session

    @contextmanager
    def reference_session(self) -> Iterator[ReferenceSession]:
        """Read tables that belong to no tenant; a tenant-owned one is refused."""
        with (
            ReferenceSession(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session


class ReferenceSession(Session):
    """Reads reference tables (tenants, areas, code lists) without a tenant."""


@event.listens_for(TenantSession, "after_begin")
def _set_tenant(
    session: TenantSession, _transaction: SessionTransaction, connection: Connection
) -> None:
    """Say the tenant with the statement ``SET LOCAL``: a function would not reach Citus.

    On an idle connection it travels with BEGIN, because a journey of its own would cost as much
    as reading a record. What fails there is said again by the way that raises and tells the pool.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, PgConnection)
    if driver.info.transaction_status == TransactionStatus.IDLE:
        mode = " READ ONLY" if session.read_only else ""
        command = f"BEGIN{mode}; {_tenant_statement(session)}"
        with suppress(DriverError):
            if driver.pgconn.exec_(command.encode()).status == ExecStatus.COMMAND_OK:
                return
    mode = "SET TRANSACTION READ ONLY; " if session.read_only else ""
    statement = f"{mode}{_tenant_statement(session)}"
    connection.exec_driver_sql(statement, execution_options={TENANT_STATEMENT: True})


def _tenant_statement(session: TenantSession) -> str:
    """LOCAL: the next transaction on the same connection must not inherit it."""
    return f"SET LOCAL app.tenant = '{session.tenant_id:d}'"


@event.listens_for(TenantSession, "do_orm_execute")
def _bound_statement(state: ORMExecuteState) -> None:
    """Add the predicates, or refuse the statement."""
    session = cast("TenantSession", state.session)
    statement = state.statement
    if isinstance(statement, TextClause):
        require_text_with_tenant(statement, state.parameters, session.tenant_id, session.reach)
    elif isinstance(statement, Insert):
        require_own_rows(statement, state.parameters, session.tenant_id)
    elif state.is_orm_statement:
        options = state.execution_options
        for_nobody = options.get(_TOTALS_ONLY) or options.get(IN_STEP)
        reach = Reach.counting() if for_nobody else session.reach
        whole = state.is_select and not state.is_column_load
        state.statement = statement.options(
            *bounds_of(
                session.tenant_id,
                reach,
                statement,
                columns=whole,
                by_work=bool(state.execution_options.get(BY_WORK)),
            )
        )
    else:
        require_tenant_predicate(statement)
        if not state.execution_options.get(PAST_REACH):
            require_unbounded(session.reach, statement)


@lru_cache(maxsize=_BOUNDED_KEPT)
def _bounded_once(made_once: Select[*tuple[Any, ...]], tenant_id: int, reach: Reach) -> Any:
    bounds = bounds_of(tenant_id, reach, made_once, columns=True, by_work=False)
    return made_once.options(*bounds)


@cache
def _insertion(model: Any) -> Insertion:
    table: Any = inspect(model).local_table
    return insert(table)


@cache
def _claim(model: Any) -> Any:
    return _insertion(model).on_conflict_do_nothing().returning(inspect(model).local_table.c.id)


@event.listens_for(TenantSession, "before_flush")
def _own_rows_only(
    session: TenantSession, _context: UOWTransaction, _instances: Sequence[Any] | None
) -> None:
    """Fill in the tenant of new rows; refuse rows of another tenant or outside the reach."""
    for row in session.new:
        if isinstance(row, TenantOwned):
            if inspect(row).attrs.tenant_id.value is None:
                row.tenant_id = session.tenant_id
            require_reach(session.reach, row)
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, TenantOwned) and row.tenant_id != session.tenant_id:
            raise TenantWallError(
                f"A row of {inspect(row).mapper.local_table.name} belongs to another tenant."
            )
    for listener in session.listeners:
        listener(session)


@event.listens_for(ReferenceSession, "do_orm_execute")
def _reference_only(state: ORMExecuteState) -> None:
    if isinstance(state.statement, TextClause):
        raise TenantWallError("A reference session runs no textual statement.")
    owned = [n for n in tables_of(state.statement) if TENANT_COLUMN in n.c]
    if owned:
        raise TenantWallError(f"A statement on {owned[0].name} needs a tenant.")
