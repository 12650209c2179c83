"""A session of one tenant, from its opening to its end (``core.tenancy.door`` opens it).

The wall is the database's row security. This module is the second net: it sets the tenant for
the transaction, adds the tenant to every statement, and refuses what would slip past.
"""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from psycopg import Connection as PgConnection
from psycopg import Error as DriverError
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Select, TextClause, event, func, select
from sqlalchemy.sql.dml import Insert

from core.db.engine import TENANT_STATEMENT
from core.tenancy.bounds import bounds_of, hidden_fields
from core.tenancy.guards import (
    TenantWallError,
    require_own_rows,
    require_tenant_predicate,
    require_text_with_tenant,
    require_unbounded,
)
from core.tenancy.made_once import question_of
from core.tenancy.models import TENANT_COLUMN, TenantOwned
from core.tenancy.putting import PuttingSession
from core.tenancy.reach import Reach
from core.vault.columns import VAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import ORMExecuteState, SessionTransaction
    from sqlalchemy.orm.session import JoinTransactionMode

    from core.tenancy.in_parts import Parts
    from core.tenancy.made_once import Question, Rows
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


class TenantSession(PuttingSession):
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
        starts_over: bool = False,
    ) -> None:
        """Opened by ``TenantDoor``, or beside another session (``core.tenancy.beside``) alone."""
        super().__init__(
            bind,
            tenant_id=tenant_id,
            reach=reach or Reach.nothing(),
            listeners=listeners,
            starts_over=starts_over,
            expire_on_commit=False,
            autoflush=True,
            info={**carried, VAULT: vault},
            join_transaction_mode=joins,
        )
        self._reach_is_open = reach is None
        self._read_only = read_only
        self._carried = carried
        self._statement_seconds: float | None = None
        # What is asked in the journey that opens the transaction, and what came back with it.
        self._first: tuple[Question, Mapping[str, Any]] | None = None
        self._answer: Rows | None = None

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

    def rows(self, made_once: Select[*tuple[Any, ...]], **values: Any) -> Rows:
        """What a statement on mapped columns gives that was made once, at import, for all readers.

        Its values are named (``bindparam``); ``tenant_id`` is given by the session. Bounded as
        any other statement, at a fifth of the cost: it is written out once for each reach.

        Raises:
            HiddenFieldError: the statement names a column that is hidden from the reader.
        """
        self.settle()
        question = question_of(made_once, self._tenant_id, self._reach)
        return question.ask(self.connection(), {**values, TENANT_COLUMN: self._tenant_id})

    def first_rows(self, made_once: Select[*tuple[Any, ...]], **values: Any) -> Rows:
        """The same for the first question of a transaction, which travels with BEGIN."""
        question = question_of(made_once, self._tenant_id, self._reach)
        given = {**values, TENANT_COLUMN: self._tenant_id}
        self._first = question, given
        connection = self.connection()
        self._first, answer = None, self._answer
        if answer is not None:
            self._answer = None
            return answer
        rows = self.rows(made_once, **values)
        question.be_known(connection, given)
        return rows

    def rows_in_parts(
        self, made_once: Select[*tuple[Any, ...]], size: int, **values: Any
    ) -> AbstractContextManager[Parts]:
        """The same for an answer longer than the memory: so many rows at a time, without names.

        The rows are those of the first moment. Other statements may be made in between, but where
        the reader has the database ``go_ahead``.
        """
        self.settle()
        question = question_of(made_once, self._tenant_id, self._reach)
        given = {**values, TENANT_COLUMN: self._tenant_id}
        return question.ask_in_parts(self.connection(), given, size)

    def _asks_with(self, connection: Connection, opening: bytes) -> bool:
        """Whether the transaction was opened in one journey with what is asked first."""
        if self._first is not None:
            question, values = self._first
            self._answer = question.ask_after(connection, opening, values)
        return self._answer is not None

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


@event.listens_for(TenantSession, "after_begin")
def _set_tenant(
    session: TenantSession, _transaction: SessionTransaction, connection: Connection
) -> None:
    """Say the tenant with the statement ``SET LOCAL``: a function would not reach Citus.

    On an idle connection it travels with BEGIN, and with what is asked first, because a journey of
    its own would cost as much as reading a record. What fails there is said again by the way that
    raises and tells the pool.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, PgConnection)
    if driver.info.transaction_status == TransactionStatus.IDLE:
        mode = " READ ONLY" if session.read_only else ""
        command = f"BEGIN{mode}; {_tenant_statement(session)}".encode()
        if session._asks_with(connection, command):  # noqa: SLF001  its own module
            return
        with suppress(DriverError):
            if driver.pgconn.exec_(command).status == ExecStatus.COMMAND_OK:
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
    session.send()
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
