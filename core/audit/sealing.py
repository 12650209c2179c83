"""Lengthens a tenant's chain, apart from the requests that write entries.

Entries get their order from the transaction that wrote them, and only transactions before the
oldest one still at work are sealed. So an entry whose request ends late is never left out, and no
request ever waits for the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from core.audit import repository
from core.audit.canonical import LINE_BYTES, NOTHING_BEFORE, manifest_line, seal_hash
from core.audit.models import AuditSeal

if TYPE_CHECKING:
    from datetime import datetime

    from core.audit.canonical import AuditKeys
    from core.tenancy.session import TenantSession

ENTRIES_IN_A_SEAL = 5000


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Entries that no seal covers yet."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class _Range:
    """Transactions of one server, the last one not included."""

    server_id: int
    start: int
    until: int


def seal_next(
    session: TenantSession, keys: AuditKeys, now: datetime, *, most: int = ENTRIES_IN_A_SEAL
) -> AuditSeal | None:
    """Seal about ``most`` of the entries that are unsealed and whose transactions have ended.

    None when there is nothing to seal, or another process is sealing this tenant. The chain stays
    locked until the caller commits, so call it again in a new transaction.
    """
    if not repository.lock_chain(session):
        return None
    found = _next_range(session, most)
    if found is None:
        return None
    entries = repository.entries_in_order(
        session, server_id=found.server_id, start=found.start, until=found.until
    )
    manifest = b"".join(manifest_line(entry) for entry in entries)
    previous = repository.last_seal(session)
    seal = AuditSeal(
        tenant_id=session.tenant_id,
        number=previous.number + 1 if previous else 1,
        server_id=found.server_id,
        from_transaction=found.start,
        until_transaction=found.until,
        entry_count=len(manifest) // LINE_BYTES,
        first_entry=UUID(bytes=manifest[:16]),
        last_entry=UUID(bytes=manifest[-LINE_BYTES:][:16]),
        manifest=manifest,
        previous_hash=previous.hash if previous else NOTHING_BEFORE,
        sealed_at=now,
        key_number=keys.current,
    )
    seal.hash = seal_hash(seal)
    seal.signature = keys.sign(seal.hash)
    session.add(seal)
    session.flush()
    return seal


def unsealed(session: TenantSession) -> Unsealed:
    """What no seal covers yet; an oldest entry of more than some minutes deserves a look."""
    reached = repository.sealed_until(session)
    counted = [
        repository.count_from(session, server_id=server, start=reached.get(server, 0))
        for server in repository.servers(session)
    ]
    return Unsealed(
        sum(count for count, _ in counted),
        min((oldest for _, oldest in counted if oldest is not None), default=None),
    )


def _next_range(session: TenantSession, most: int) -> _Range | None:
    # The past of a server that we no longer run on is over, so it is sealed to its end and first.
    here = repository.horizon(session)
    reached = repository.sealed_until(session)
    for server in sorted(repository.servers(session), key=lambda server: server == here.server_id):
        start = reached.get(server, 0)
        until = repository.end_of_range(
            session,
            server_id=server,
            start=start,
            horizon=here.transaction_id if server == here.server_id else None,
            most=most,
        )
        if until is not None:
            return _Range(server, start, until)
    return None
