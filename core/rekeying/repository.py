"""All SQL of re-sealing: on the tables as the database knows them, whichever plugin is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import LargeBinary, Uuid, column, func, or_, select, table, text, update

from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, TableClause

    from core.tenancy.session import TenantSession

_CATALOGUE: Final = "pg_catalog"
# how PostgreSQL writes the condition that every sealed column is made with
_SEALED: Final = "%get_byte(%, 0) = 1%"
_KEY_NUMBER: Final = (2, 4)


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns."""

    schema: str
    name: str
    columns: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """As a sealed value is bound to it, and as it is sorted."""
        return f"{self.schema}.{self.name}"

    def clause(self) -> TableClause:
        """The table for a statement; not the mapped one, which is closed to such questions."""
        sealed = [column(name, LargeBinary()) for name in self.columns]
        return table(
            self.name, column(TENANT_COLUMN), column("id", Uuid()), *sealed, schema=self.schema
        )


def sealed_tables(session: TenantSession | Connection) -> tuple[SealedTable, ...]:
    """Every table with sealed columns, by name; also those of a plugin that is not loaded."""
    rule = table("pg_constraint", *map(column, ("oid", "conrelid", "conkey")), schema=_CATALOGUE)
    place = table("pg_class", *map(column, ("oid", "relname", "relnamespace")), schema=_CATALOGUE)
    schema = table("pg_namespace", *map(column, ("oid", "nspname")), schema=_CATALOGUE)
    part = table("pg_attribute", *map(column, ("attrelid", "attnum", "attname")), schema=_CATALOGUE)
    statement = (
        select(schema.c.nspname, place.c.relname, part.c.attname)
        .join_from(rule, place, place.c.oid == rule.c.conrelid)
        .join(schema, schema.c.oid == place.c.relnamespace)
        .join(part, part.c.attrelid == rule.c.conrelid)
        .where(
            func.pg_get_constraintdef(rule.c.oid).like(_SEALED),
            part.c.attnum == func.any(rule.c.conkey),
        )
    )
    found: dict[tuple[str, str], set[str]] = {}
    for nspname, relname, attname in session.execute(statement):
        found.setdefault((nspname, relname), set()).add(attname)
    return tuple(SealedTable(*key, tuple(sorted(names))) for key, names in sorted(found.items()))


def rows_after(
    session: TenantSession, where: SealedTable, *, after: UUID | None, current: int, limit: int
) -> Sequence[Any]:
    """The next rows with a value under another key, by id: the id, then each sealed column."""
    clause = where.clause()
    sealed = [clause.c[name] for name in where.columns]
    statement = select(clause.c.id, *sealed).where(
        clause.c.tenant_id == session.tenant_id,
        or_(*(_key_of(value) != current.to_bytes(4, "big") for value in sealed)),
    )
    if after is not None:
        statement = statement.where(clause.c.id > after)
    return session.execute(statement.order_by(clause.c.id).limit(limit)).all()


def replace(
    session: TenantSession, where: SealedTable, name: str, row_id: UUID, *, old: bytes, new: bytes
) -> bool:
    """Put a value in the place of the one that was read; false if somebody was faster."""
    clause = where.clause()
    statement = (
        update(clause)
        .where(
            clause.c.tenant_id == session.tenant_id,
            clause.c.id == row_id,
            clause.c[name] == old,
        )
        .values({name: new})
        .returning(clause.c.id)
    )
    return session.execute(statement).first() is not None


def count_by_key(session: TenantSession, where: SealedTable) -> Counter[int]:
    """How many values of the tenant are sealed with each key."""
    clause = where.clause()
    counted: Counter[int] = Counter()
    for name in where.columns:
        key = _key_of(clause.c[name])
        statement = (
            select(key, func.count())
            .where(clause.c.tenant_id == session.tenant_id, clause.c[name].is_not(None))
            .group_by(key)
        )
        for number, count in session.execute(statement):
            counted[int.from_bytes(number, "big")] += count
    return counted


def one_of(session: TenantSession, where: SealedTable, name: str, key: int) -> Any:
    """One value under a key, with the id of its row; ``None`` if there is none."""
    clause = where.clause()
    statement = select(clause.c.id, clause.c[name]).where(
        clause.c.tenant_id == session.tenant_id,
        _key_of(clause.c[name]) == key.to_bytes(4, "big"),
    )
    return session.execute(statement.limit(1)).first()


def hold_back_writers(owner: Connection) -> None:
    """Wait for open transactions that write to sealed tables; new ones wait for this one's end."""
    owner.execute(text("SET LOCAL lock_timeout = '30s'"))
    for where in sealed_tables(owner):
        owner.execute(text(f"LOCK TABLE {where.full_name} IN SHARE MODE"))


def _key_of(value: ColumnElement[bytes]) -> ColumnElement[bytes]:
    return func.substring(value, *_KEY_NUMBER, type_=LargeBinary())
