"""All SQL of the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Text, Uuid, cast, func, insert, literal, select, tuple_

from core.audit.models import AuditEntry, AuditSeal
from core.db.bulk import rows_of
from core.kit.ids import new_id_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

# One number for all seals; the second part of the lock is the tenant.
_LOCK = 7216
_ENTRIES_AT_ONCE = 2000
_SEALS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Horizon:
    """This server's number, and its first transaction that may not have ended yet."""

    server_id: int
    transaction_id: int


def horizon(session: TenantSession) -> Horizon:
    """Where the past ends: every transaction before it is committed or gone for good."""
    control = func.pg_control_system().table_valued("system_identifier")
    oldest = func.pg_snapshot_xmin(func.pg_current_snapshot())
    statement = select(control.c.system_identifier, cast(cast(oldest, Text), BigInteger))
    return Horizon(*session.execute(statement).one())


def lock_chain(session: TenantSession) -> bool:
    """Whether this transaction alone may lengthen the tenant's chain; never waits."""
    statement = select(func.pg_try_advisory_xact_lock(_LOCK, session.tenant_id))
    return bool(session.scalar(statement))


def last_seal(session: TenantSession) -> AuditSeal | None:
    """The end of the chain."""
    return session.scalars(
        select(AuditSeal)
        .where(AuditSeal.tenant_id == session.tenant_id)
        .order_by(AuditSeal.number.desc())
        .limit(1)
    ).one_or_none()


def seal_by_number(session: TenantSession, number: int) -> AuditSeal | None:
    """One seal of the chain."""
    return session.scalars(
        select(AuditSeal).where(
            AuditSeal.tenant_id == session.tenant_id, AuditSeal.number == number
        )
    ).one_or_none()


def every_seal(session: TenantSession) -> Iterator[AuditSeal]:
    """The chain from its beginning, a few seals at a time."""
    statement = (
        select(AuditSeal)
        .where(AuditSeal.tenant_id == session.tenant_id)
        .order_by(AuditSeal.number)
        .execution_options(yield_per=_SEALS_AT_ONCE)
    )
    yield from session.scalars(statement)


def sealed_until(session: TenantSession) -> Mapping[int, int]:
    """Up to which transaction of each server the seals reach."""
    statement = (
        select(AuditSeal.server_id, func.max(AuditSeal.until_transaction))
        .where(AuditSeal.tenant_id == session.tenant_id)
        .group_by(AuditSeal.server_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def servers(session: TenantSession) -> list[int]:
    """The servers on which entries were written; a look into the index for each."""
    found: list[int] = []
    statement = select(func.min(AuditEntry.server_id)).where(
        AuditEntry.tenant_id == session.tenant_id
    )
    server = session.scalar(statement)
    while server is not None:
        found.append(server)
        server = session.scalar(statement.where(AuditEntry.server_id > server))
    return found


def end_of_range(
    session: TenantSession, *, server_id: int, start: int, horizon: int | None, most: int
) -> int | None:
    """The first transaction behind a range of about ``most`` entries; none if there is no entry.

    Ends before ``horizon`` and never within a transaction.
    """
    within = [
        AuditEntry.tenant_id == session.tenant_id,
        AuditEntry.server_id == server_id,
        AuditEntry.transaction_id >= start,
    ]
    if horizon is not None:
        within.append(AuditEntry.transaction_id < horizon)
    ordered = select(AuditEntry.transaction_id).where(*within).order_by(AuditEntry.transaction_id)
    reached = session.scalar(ordered.offset(most - 1).limit(1))
    if reached is not None:
        return reached + 1
    latest = session.scalar(select(func.max(AuditEntry.transaction_id)).where(*within))
    if latest is None:
        return None
    return latest + 1 if horizon is None else horizon


def entries_in_order(
    session: TenantSession, *, server_id: int, start: int, until: int | None = None
) -> Iterator[Any]:
    """The entries from a transaction on, in the order in which they are sealed; streamed."""
    statement = (
        select(
            AuditEntry.tenant_id,
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.account_id,
            AuditEntry.action,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            AuditEntry.classes,
            AuditEntry.reason,
            AuditEntry.server_id,
            AuditEntry.transaction_id,
        )
        .where(
            AuditEntry.tenant_id == session.tenant_id,
            AuditEntry.server_id == server_id,
            AuditEntry.transaction_id >= start,
        )
        .order_by(AuditEntry.transaction_id, AuditEntry.id)
        .execution_options(yield_per=_ENTRIES_AT_ONCE)
    )
    if until is not None:
        statement = statement.where(AuditEntry.transaction_id < until)
    with session.execute(statement) as rows:
        yield from rows


def count_from(
    session: TenantSession, *, server_id: int, start: int
) -> tuple[int, datetime | None]:
    """How many entries of a server lie behind its seals, and when the oldest was written."""
    statement = select(func.count(AuditEntry.id), func.min(AuditEntry.at)).where(
        AuditEntry.tenant_id == session.tenant_id,
        AuditEntry.server_id == server_id,
        AuditEntry.transaction_id >= start,
    )
    count, oldest = session.execute(statement).one()
    return count, oldest


def latest_entries(
    session: TenantSession, *, subject_id: UUID | None, after: UUID | None, limit: int
) -> Sequence[AuditEntry]:
    """The newest entries, of one record or of all, behind the one that a page ended with."""
    statement = select(AuditEntry).where(AuditEntry.tenant_id == session.tenant_id)
    if subject_id is not None:
        statement = statement.where(AuditEntry.subject_id == subject_id)
    if after is not None:
        last = session.get(AuditEntry, (session.tenant_id, after))
        if last is None:
            return ()
        statement = statement.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(last.at, last.id))
    ordered = statement.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
    return session.scalars(ordered).all()


def insert_entries(session: TenantSession, subject_ids: Sequence[UUID], **alike: Any) -> None:
    """One entry for each subject; ``alike`` are the columns that all of them share.

    The server's number is the column's own default, asked once and not for each entry: each time
    the database reads it from a file.
    """
    given = rows_of(
        {"id": (Uuid(), new_id_texts(len(subject_ids))), "subject": (Uuid(), subject_ids)}
    )
    table: Any = AuditEntry.__table__
    shared = {"tenant_id": session.tenant_id, **alike}
    control = func.pg_control_system().table_valued("system_identifier")
    chosen = select(
        given.c.id,
        given.c.subject,
        select(control.c.system_identifier).scalar_subquery(),
        *(literal(value, table.c[name].type) for name, value in shared.items()),
    ).where(given.c.id.is_not(None))
    names = ["id", "subject_id", "server_id", *shared]
    session.execute(insert(AuditEntry).from_select(names, chosen, include_defaults=False))
