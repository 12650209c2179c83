"""All SQL of the lists on their way in; everything of a list is found through its import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased, load_only

from core.imports.models import (
    WAITING,
    WORKING,
    ChildImport,
    ChildImportChunk,
    ChildImportFile,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from core.tenancy.session import TenantSession

# One number for all lists; the second part of the lock is the tenant.
_LOCK = 7217


def one_at_a_time(session: TenantSession) -> None:
    """Wait for the tenant's other lists: two that hold one child must not both find it missing."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK, session.tenant_id)))


def import_by_id(
    session: TenantSession, import_id: UUID, *, lock: bool = False
) -> ChildImport | None:
    """One list; ``lock`` keeps it from others until the transaction ends."""
    statement = select(ChildImport).where(
        ChildImport.tenant_id == session.tenant_id, ChildImport.id == import_id
    )
    if lock:
        statement = statement.with_for_update()
    return session.scalars(statement).one_or_none()


def locked(session: TenantSession, asked: ChildImport) -> ChildImport:
    """The same list as it is now, kept from others until the transaction ends."""
    session.refresh(asked, with_for_update=True)
    return asked


def imports_of(session: TenantSession, account_id: UUID | None, limit: int) -> list[ChildImport]:
    """The lists that one person sent, the latest first."""
    statement = (
        select(ChildImport)
        .where(ChildImport.tenant_id == session.tenant_id, _asked_by(account_id))
        .order_by(ChildImport.asked_at.desc(), ChildImport.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def unfinished_like(session: TenantSession, sha256: str) -> ChildImport | None:
    """A list of the same content that is on its way and does not stand still, whoever sent it."""
    statement = (
        select(ChildImport)
        .where(
            ChildImport.tenant_id == session.tenant_id,
            ChildImport.sha256 == sha256,
            ChildImport.state.in_((WAITING, WORKING)),
            ChildImport.refusal.is_(None),
        )
        .order_by(ChildImport.asked_at)
        .limit(1)
    )
    return session.scalars(statement).first()


def file_of(session: TenantSession, import_id: UUID) -> ChildImportFile | None:
    """The bytes of a list."""
    statement = select(ChildImportFile).where(
        ChildImportFile.tenant_id == session.tenant_id, ChildImportFile.import_id == import_id
    )
    return session.scalars(statement).one_or_none()


def drop_file(session: TenantSession, import_id: UUID) -> None:
    """Delete the bytes of a list."""
    session.execute(
        delete(ChildImportFile)
        .where(
            ChildImportFile.tenant_id == session.tenant_id, ChildImportFile.import_id == import_id
        )
        .execution_options(synchronize_session=False)
    )


def chunk_of(session: TenantSession, import_id: UUID, number: int) -> ChildImportChunk | None:
    """One chunk of a list."""
    statement = select(ChildImportChunk).where(
        ChildImportChunk.tenant_id == session.tenant_id,
        ChildImportChunk.import_id == import_id,
        ChildImportChunk.number == number,
    )
    return session.scalars(statement).one_or_none()


def is_done(session: TenantSession, chunk: ChildImportChunk) -> bool:
    """Whether another transaction has taken the chunk in meanwhile."""
    session.refresh(chunk, ["done"])
    return chunk.done


def to_do(session: TenantSession, import_id: UUID, limit: int) -> Sequence[int]:
    """The numbers of the first chunks that are not done."""
    statement = (
        select(ChildImportChunk.number)
        .where(
            ChildImportChunk.tenant_id == session.tenant_id,
            ChildImportChunk.import_id == import_id,
            ChildImportChunk.done.is_(False),
        )
        .order_by(ChildImportChunk.number)
        .limit(limit)
    )
    return session.scalars(statement).all()


def first_to_do(session: TenantSession, import_id: UUID) -> int | None:
    """The number of the first chunk that is not done."""
    return next(iter(to_do(session, import_id, 1)), None)


def counts_of(session: TenantSession, import_id: UUID) -> dict[str, int]:
    """What became of the rows so far, by kind; ``rows`` is how many there are in all.

    ``households`` is how many were stored, or would have been: in a trial several chunks may name
    one, which counts once.
    """
    chunk = ChildImportChunk
    names = ("stored", "changed", "same", "doubled", "refused")
    again = aliased(chunk)
    each = (
        select(func.unnest(again.households).label("home"))
        .where(again.tenant_id == session.tenant_id, again.import_id == import_id)
        .subquery()
    )
    homes = select(func.count(each.c.home.distinct())).scalar_subquery()
    statement = select(
        func.coalesce(func.sum(chunk.row_count), 0),
        *(func.coalesce(func.sum(getattr(chunk, name)), 0) for name in names),
        homes,
    ).where(chunk.tenant_id == session.tenant_id, chunk.import_id == import_id)
    row = session.execute(statement).one()
    counted = ("rows", *names, "households")
    return {name: int(value) for name, value in zip(counted, row, strict=True)}


def chunks_with_findings(
    session: TenantSession, import_id: UUID, after: int, limit: int
) -> Sequence[ChildImportChunk]:
    """Chunks that have findings, from the one behind a number on; without their rows."""
    chunk = ChildImportChunk
    statement = (
        select(chunk)
        .options(load_only(chunk.number, chunk.row_count, chunk.doubled, chunk.findings))
        .where(
            chunk.tenant_id == session.tenant_id,
            chunk.import_id == import_id,
            chunk.number > after,
            chunk.findings.is_not(None),
        )
        .order_by(chunk.number)
        .limit(limit)
    )
    return session.scalars(statement).all()


def drop_rows(session: TenantSession, import_id: UUID) -> None:
    """Let go of the rows that are still to be taken in."""
    session.execute(
        update(ChildImportChunk)
        .where(
            ChildImportChunk.tenant_id == session.tenant_id,
            ChildImportChunk.import_id == import_id,
            ChildImportChunk.rows.is_not(None),
        )
        .values(rows=None)
        .execution_options(synchronize_session=False)
    )


def drop_older_than(session: TenantSession, moment: datetime) -> int:
    """Delete lists that were sent before a moment with all that is of them; how many."""
    old = select(ChildImport.id).where(
        ChildImport.tenant_id == session.tenant_id, ChildImport.asked_at < moment
    )
    ids = session.scalars(old).all()
    for model, key in (
        (ChildImportChunk, ChildImportChunk.import_id),
        (ChildImportFile, ChildImportFile.import_id),
        (ChildImport, ChildImport.id),
    ):
        session.execute(
            delete(model)
            .where(model.tenant_id == session.tenant_id, key.in_(ids))
            .execution_options(synchronize_session=False)
        )
    return len(ids)


def _asked_by(account_id: UUID | None) -> ColumnElement[bool]:
    asked = ChildImport.asked_by
    return asked.is_(None) if account_id is None else asked == account_id
