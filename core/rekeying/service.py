"""Re-sealing in steps, each a transaction that loses nothing of what is written meanwhile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.rekeying import repository
from core.vault.columns import vault_of
from core.vault.errors import VaultError
from core.vault.sealing import SealedPlace, key_number

if TYPE_CHECKING:
    from uuid import UUID

    from core.rekeying.repository import SealedTable
    from core.tenancy.session import TenantSession

BATCH = 200


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on: in a table, after a row."""

    table: str = ""
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did, and where the next one goes on; ``None`` at the end."""

    resealed: int
    next: Position | None


def reseal(session: TenantSession, start: Position, *, limit: int = BATCH) -> Step:
    """Bring the tenant's next rows under the current key.

    A value that is not the one that was read any more stays: whoever changed it sealed it anew.

    Raises:
        VaultError: a value does not open.
    """
    current = vault_of(session).ring.current.number
    for where in repository.sealed_tables(session):
        if where.full_name < start.table:
            continue
        after = start.after if where.full_name == start.table else None
        rows = repository.rows_after(session, where, after=after, current=current, limit=limit)
        if rows:
            done = sum(_reseal_row(session, where, row, current) for row in rows)
            return Step(done, Position(where.full_name, rows[-1].id))
    return Step(0, None)


def count_by_key(session: TenantSession) -> Counter[int]:
    """How many of the tenant's values are sealed with each key."""
    return sum(
        (repository.count_by_key(session, where) for where in repository.sealed_tables(session)),
        Counter[int](),
    )


def faults(session: TenantSession) -> list[str]:
    """What does not open: values under keys that are missing or not the right ones."""
    vault = vault_of(session)
    found: list[str] = []
    for where in repository.sealed_tables(session):
        for number, count in sorted(repository.count_by_key(session, where).items()):
            if number not in vault.ring.numbers:
                found.append(
                    f"{where.full_name}: {count} values are sealed with key {number}, "
                    "which is not in the key ring"
                )
            elif not _opens(session, where, number):
                found.append(
                    f"{where.full_name}: values do not open with key {number}; it is another "
                    "key than the one they were sealed with, or they were changed"
                )
    return found


def _opens(session: TenantSession, where: SealedTable, number: int) -> bool:
    """Whether one value of each column opens."""
    vault = vault_of(session)
    for name in where.columns:
        found = repository.one_of(session, where, name, number)
        if found is not None:
            place = SealedPlace(session.tenant_id, where.full_name, name, found[0])
            try:
                vault.open(place, bytes(found[1]))
            except VaultError:
                return False
    return True


def _reseal_row(session: TenantSession, where: SealedTable, row: Any, current: int) -> int:
    vault = vault_of(session)
    done = 0
    for name, value in zip(where.columns, row[1:], strict=True):
        if value is not None and key_number(value) != current:
            place = SealedPlace(session.tenant_id, where.full_name, name, row.id)
            new = vault.seal(place, vault.open(place, value))
            done += repository.replace(session, where, name, row.id, old=value, new=new)
    return done
