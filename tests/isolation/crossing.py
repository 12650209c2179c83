"""Tries every way from one tenant into another, and names those that go through.

The suite asserts that it finds nothing; the mutants assert that it finds what they opened.
"""

# ruff: noqa: S608  the names in the statements are the catalogue's own

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.db.engine import TENANT_STATEMENT
from tests.isolation.product import descendants
from tests.isolation.rows import OWN, TENANTS, become, insert, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from core.testing.database import TestDatabase
    from tests.isolation.product import Table
    from tests.isolation.rows import Row, Stock

COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
PAIRS = tuple(permutations(TENANTS, 2))
REFUSED, NO_PARENT = "42501", "23503"
_SEEDS = 8
NOT_A_NUMBER = "22P02"


@dataclass(frozen=True, slots=True)
class Leak:
    """One way that went through."""

    table: str
    command: str
    how: str


@dataclass(slots=True)
class Trial:
    """What was tried and what went through."""

    tried: set[tuple[str, str, int, int]] = field(default_factory=set)
    leaks: list[Leak] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Attempt:
    table: Table
    trial: Trial
    acting: int
    connection: Connection

    def expect(self, command: str, how: str, expected: object, seen: object) -> None:
        """Note a leak unless the database answered as it must."""
        if seen != expected:
            name = self.table.name
            how = f"tenant {self.acting}: {how}: {seen} instead of {expected}"
            self.trial.leaks.append(Leak(name, command, how))

    def run(self, sql: str, **values: object) -> int | str:
        """Rows touched, or the state of the refusal."""
        return answer(self.connection, lambda: self.connection.execute(text(sql), values).rowcount)

    def count(self, condition: str, **values: object) -> int | str:
        """Rows seen, or the state of the refusal."""
        sql = f"SELECT count(*) FROM {self.table.name} WHERE {condition}"
        return answer(self.connection, lambda: self.connection.scalar(text(sql), values))


def answer(connection: Connection, ask: Callable[[], int | str | None]) -> int | str:
    """The number that came back, or the SQLSTATE of the refusal; the transaction lives on."""
    try:
        with connection.begin_nested():
            return ask() or 0
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", "?"))


@contextmanager
def acting_as(database: TestDatabase, tenant: int | str | None) -> Iterator[Connection]:
    """The runtime login with the tenant set for one transaction, which is rolled back."""
    with database.runtime.connect() as connection, connection.begin() as transaction:
        if tenant is not None:
            become(connection, tenant)
        yield connection
        transaction.rollback()


def granted_to_runtime(database: TestDatabase, stock: Stock) -> dict[str, set[str]]:
    """The commands that the runtime login was granted, by table."""
    statement = text(
        "SELECT name, command FROM unnest(CAST(:names AS text[])) AS name, "
        "unnest(CAST(:commands AS text[])) AS command "
        "WHERE has_table_privilege(:login, name, command)"
    )
    granted: dict[str, set[str]] = {table.name: set() for table in stock.tables}
    values = {
        "names": list(granted),
        "commands": list(COMMANDS),
        "login": f"{database.addresses.prefix}_runtime",
    }
    with database.admin.connect() as connection:
        for name, command in connection.execute(statement, values):
            granted[name].add(command)
    return granted


def cross(database: TestDatabase, stock: Stock, table: Table, trial: Trial) -> None:
    """Every command on one table from each tenant to each other one, and from no tenant."""
    by_table = granted_to_runtime(database, stock)
    granted = by_table[table.name]
    deletable = [other for other in stock.tables if "DELETE" in by_table[other.name]]
    for acting in TENANTS:
        with acting_as(database, acting) as connection:
            attempt = _Attempt(table, trial, acting, connection)
            _select(attempt, stock)
            _insert(attempt, stock)
            _update(attempt, stock, granted="UPDATE" in granted)
            _delete(attempt, stock, granted="DELETE" in granted)
        with acting_as(database, acting) as connection:
            attempt = _Attempt(table, trial, acting, connection)
            _delete_everything(attempt, stock, deletable)
    for nobody in (None, ""):
        with acting_as(database, nobody) as connection:
            _as_nobody(_Attempt(table, trial, 0, connection), stock, granted)


def _others(attempt: _Attempt, command: str) -> Iterator[int]:
    for victim in TENANTS:
        if victim != attempt.acting:
            attempt.trial.tried.add((attempt.table.name, command, attempt.acting, victim))
            yield victim


def _select(attempt: _Attempt, stock: Stock) -> None:
    own = stock.count(attempt.table.name, attempt.acting)
    # without this, a table that shows nothing to anybody would look safe
    attempt.expect("SELECT", "rows seen without a condition", own, attempt.count("true"))
    for victim in _others(attempt, "SELECT"):
        seen = attempt.count("tenant_id = :victim", victim=victim)
        attempt.expect("SELECT", f"rows of {victim} seen", 0, seen)
        row = stock.rows[attempt.table.name][victim, OWN]
        seen = attempt.count("id = CAST(:id AS uuid)", id=row["id"])
        attempt.expect("SELECT", f"a row of {victim} seen by its id", 0, seen)


def _insert(attempt: _Attempt, stock: Stock) -> None:
    for victim in _others(attempt, "INSERT"):
        row = stock.rows[attempt.table.name][victim, OWN]
        attempt.expect("INSERT", f"a row for {victim}", REFUSED, _put_in(attempt, row))


def _put_in(attempt: _Attempt, row: Row) -> int | str:
    return answer(attempt.connection, lambda: insert(attempt.connection, attempt.table, row))


def _update(attempt: _Attempt, stock: Stock, *, granted: bool) -> None:
    name = attempt.table.name
    own = stock.count(name, attempt.acting)
    # no column is read here, so that no policy for SELECT can hide what UPDATE reaches
    everything = attempt.run(f"UPDATE {name} SET tenant_id = {attempt.acting:d}")
    attempt.expect("UPDATE", "rows without a condition", own if granted else REFUSED, everything)
    for victim in _others(attempt, "UPDATE"):
        changed = attempt.run(
            f"UPDATE {name} SET tenant_id = tenant_id WHERE tenant_id = :victim",
            victim=victim,
        )
        attempt.expect("UPDATE", f"rows of {victim}", 0 if granted else REFUSED, changed)
        moved = attempt.run(
            f"UPDATE {name} SET tenant_id = :victim WHERE id = CAST(:id AS uuid)",
            victim=victim,
            id=stock.rows[name][attempt.acting, OWN]["id"],
        )
        attempt.expect("UPDATE", f"a row given to {victim}", REFUSED, moved)


def _delete(attempt: _Attempt, stock: Stock, *, granted: bool) -> None:
    for victim in _others(attempt, "DELETE"):
        gone = attempt.run(
            f"DELETE FROM {attempt.table.name} WHERE tenant_id = :victim",
            victim=victim,
        )
        attempt.expect("DELETE", f"rows of {victim}", 0 if granted else REFUSED, gone)


def _delete_everything(attempt: _Attempt, stock: Stock, deletable: list[Table]) -> None:
    """DELETE without reading a column; what points to the rows goes first."""
    table = attempt.table
    first = descendants(table, stock.tables)
    if table not in deletable or any(child not in deletable for child in first):
        return
    for child in first:
        attempt.run(f"DELETE FROM {child.name}")
    gone = attempt.run(f"DELETE FROM {table.name}")
    attempt.expect(
        "DELETE", "rows without a condition", stock.count(table.name, attempt.acting), gone
    )


def _as_nobody(attempt: _Attempt, stock: Stock, granted: set[str]) -> None:
    name = attempt.table.name
    attempt.expect("SELECT", "rows seen without a tenant", 0, attempt.count("true"))
    row = stock.rows[name][TENANTS[0], OWN]
    attempt.expect("INSERT", "a row without a tenant", REFUSED, _put_in(attempt, row))
    for command, sql in (
        ("UPDATE", f"UPDATE {name} SET tenant_id = 1"),
        ("DELETE", f"DELETE FROM {name}"),
    ):
        expected = 0 if command in granted else REFUSED
        attempt.expect(command, "rows without a tenant", expected, attempt.run(sql))


def cross_by_reference(database: TestDatabase, stock: Stock, table: Table, trial: Trial) -> None:
    """Point a row of one tenant to a parent that only another tenant has."""
    keys = [key for key in table.foreign_keys if key.target in stock.rows]
    with database.admin.connect() as judge:
        for acting, victim in PAIRS if keys else ():
            with acting_as(database, acting) as connection:
                attempt = _Attempt(table, trial, acting, connection)
                parents: Row = {}
                kept, seed = _first_that_fits(attempt, judge, stock, parents)
                if kept != 1:  # a parent may have one such row, and its own has that place
                    parents = _fresh_parents(attempt, judge, stock)
                    kept, seed = _first_that_fits(attempt, judge, stock, parents)
                attempt.expect("REFERENCES", "a row with parents of its own", 1, kept)
                for key in keys:
                    parent = stock.rows[key.target][victim, OWN]
                    pairs = [(h, t) for h, t in key.pairs if h != "tenant_id"]
                    theirs = parents | {here: parent[there] for here, there in pairs}
                    foreign = make(judge, stock, table, acting, "probe", seed=seed, given=theirs)
                    trial.tried.add((table.name, f"REFERENCES {key.name}", acting, victim))
                    seen = _put_and_take_back(attempt, foreign)
                    how = f"{key.name} to a parent of {victim}"
                    attempt.expect("REFERENCES", how, NO_PARENT, seen)


def _first_that_fits(
    attempt: _Attempt, judge: Connection, stock: Stock, parents: Row
) -> tuple[int | str, int]:
    """What comes of a row and its seed; its place may be taken, or lack a value."""
    kept: int | str = 0
    for seed in range(_SEEDS):
        table = attempt.table
        probe = make(judge, stock, table, attempt.acting, "probe", seed=seed, given=parents)
        kept = _put_and_take_back(attempt, probe)
        if kept == 1:
            break
    return kept, seed


def _fresh_parents(attempt: _Attempt, judge: Connection, stock: Stock) -> Row:
    """New rows of the tenant for the table to point to, and the columns that name them."""
    made: dict[str, Row] = {}
    for key in attempt.table.foreign_keys:
        if key.target in stock.rows and key.target not in {attempt.table.name, *made}:
            made[key.target] = _fresh(attempt, judge, stock, key.target)
    keys = (key for key in attempt.table.foreign_keys if key.target in made)
    return {here: made[key.target][there] for key in keys for here, there in key.pairs}


def _fresh(attempt: _Attempt, judge: Connection, stock: Stock, name: str) -> Row:
    table = next(one for one in stock.tables if one.name == name)
    for seed in range(_SEEDS):
        row = make(judge, stock, table, attempt.acting, "fresh", seed=seed)
        try:
            with attempt.connection.begin_nested():
                insert(attempt.connection, table, row)
        except IntegrityError:
            continue
        return row
    raise AssertionError(f"no further row fits into {name}")


def _put_and_take_back(attempt: _Attempt, row: Row) -> int | str:
    savepoint = attempt.connection.begin_nested()
    try:
        return insert(attempt.connection, attempt.table, row)
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", "?"))
    finally:
        savepoint.rollback()


def lean_on_the_wall(database: TestDatabase, stock: Stock, table: Table, trial: Trial) -> None:
    """Add a policy that lets the runtime login do anything: the restrictive one must still hold.

    Both policies ask the same, so without this nobody would notice that one of them is gone.
    """
    runtime = f"{database.addresses.prefix}_runtime"
    with database.admin.connect() as connection, connection.begin() as transaction:
        for statement in (
            f"CREATE POLICY careless ON {table.name} TO {runtime} USING (true) WITH CHECK (true)",
            f"SET LOCAL ROLE {runtime}",
        ):
            connection.exec_driver_sql(statement, execution_options={TENANT_STATEMENT: True})
        for acting, victim in PAIRS:
            become(connection, acting)
            attempt = _Attempt(table, trial, acting, connection)
            trial.tried.add((table.name, "WALL", acting, victim))
            seen = attempt.count("tenant_id = :victim", victim=victim)
            attempt.expect("WALL", f"rows of {victim} seen", 0, seen)
            row = stock.rows[table.name][victim, OWN]
            attempt.expect("WALL", f"a row for {victim}", REFUSED, _put_in(attempt, row))
        transaction.rollback()


def try_everything(database: TestDatabase, stock: Stock, *names: str) -> Trial:
    """The whole suite, on the named tables or on all."""
    trial = Trial()
    for table in stock.tables:
        if not names or table.name in names:
            cross(database, stock, table, trial)
            cross_by_reference(database, stock, table, trial)
            lean_on_the_wall(database, stock, table, trial)
    return trial
