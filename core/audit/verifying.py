"""Checks a tenant's chain against its entries, and against a head kept on another host."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.audit import repository
from core.audit.canonical import (
    LINE_BYTES,
    NOTHING_BEFORE,
    AuditKeys,
    manifest_line,
    manifest_lines,
    seal_hash,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from core.audit.models import AuditSeal
    from core.tenancy.session import TenantSession


class FaultKind(StrEnum):
    """How a log was tampered with."""

    ENTRY_EDITED = "entry_edited"
    ENTRY_DELETED = "entry_deleted"
    ENTRY_INSERTED = "entry_inserted"
    ENTRY_SWAPPED = "entry_swapped"
    SEAL_EDITED = "seal_edited"
    SEAL_MISSING = "seal_missing"
    CHAIN_BROKEN = "chain_broken"
    SIGNATURE_WRONG = "signature_wrong"
    END_CUT_OFF = "end_cut_off"
    OTHER_HISTORY = "other_history"


SENTENCES = {
    FaultKind.ENTRY_EDITED: "an entry was changed",
    FaultKind.ENTRY_DELETED: "an entry was deleted",
    FaultKind.ENTRY_INSERTED: "an entry was put in afterwards",
    FaultKind.ENTRY_SWAPPED: "an entry has the content of another",
    FaultKind.SEAL_EDITED: "the seal was changed",
    FaultKind.SEAL_MISSING: "the seal is missing",
    FaultKind.CHAIN_BROKEN: "the seal does not follow the one before",
    FaultKind.SIGNATURE_WRONG: "the seal was not signed with this installation's key",
    FaultKind.END_CUT_OFF: "the end was cut off, or an older copy was restored",
    FaultKind.OTHER_HISTORY: "the seal is another one than the kept head says",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, to be kept where whoever can write to the database cannot."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: in which seal, and which entry where it can be told."""

    kind: FaultKind
    seal: int
    entry_id: UUID | None = None


def head_of(session: TenantSession) -> Head | None:
    """The end of the chain; none before the first seal."""
    seal = repository.last_seal(session)
    return None if seal is None else Head(seal.number, seal.hash)


def verify(session: TenantSession, keys: AuditKeys, head: Head | None = None) -> list[Fault]:
    """Every fault of the tenant's chain; empty when all is as it was sealed.

    Streams: never more than one seal's entries are held. Without a ``head`` a cut-off end of both
    entries and seals cannot be seen. Entries that are not sealed yet are no fault.
    """
    faults = list(_chain(session, keys))
    if head is not None:
        faults += _against(session, head)
    return faults


def _against(session: TenantSession, head: Head) -> Iterator[Fault]:
    seal = repository.seal_by_number(session, head.number)
    if seal is None:
        yield Fault(FaultKind.END_CUT_OFF, head.number)
    elif seal.hash != head.hash:
        yield Fault(FaultKind.OTHER_HISTORY, head.number)


def _chain(session: TenantSession, keys: AuditKeys) -> Iterator[Fault]:
    links = _Links(keys)
    # the seals of one server in a row share one stream of entries
    for server, seals in groupby(repository.every_seal(session), lambda seal: seal.server_id):
        entries: _Entries | None = None
        for seal in seals:
            if entries is None:
                start = min(seal.from_transaction, links.reached.get(server, 0))
                entries = _Entries(
                    repository.entries_in_order(session, server_id=server, start=start)
                )
            yield from links.judge(seal)
            yield from _judge_entries(seal, entries)
            session.expunge(seal)
        if entries is not None:
            entries.close()


class _Links:
    """Goes along the chain and judges each seal by itself and by the one before."""

    def __init__(self, keys: AuditKeys) -> None:
        self.reached: dict[int, int] = {}
        self._keys = keys
        self._number = 0
        self._hash = NOTHING_BEFORE

    def judge(self, seal: AuditSeal) -> Iterator[Fault]:
        """The faults of one seal; the seals must come in their order."""
        missing = range(self._number + 1, seal.number)
        yield from (Fault(FaultKind.SEAL_MISSING, number) for number in missing)
        follows = (
            seal.previous_hash == self._hash
            and seal.from_transaction == self.reached.get(seal.server_id, 0)
            and seal.from_transaction < seal.until_transaction
        )
        if not missing and not follows:
            yield Fault(FaultKind.CHAIN_BROKEN, seal.number)
        if seal_hash(seal) != seal.hash:
            yield Fault(FaultKind.SEAL_EDITED, seal.number)
        if not self._keys.accepts(seal.key_number, seal.hash, seal.signature):
            yield Fault(FaultKind.SIGNATURE_WRONG, seal.number)
        self._number, self._hash = seal.number, seal.hash
        self.reached[seal.server_id] = seal.until_transaction


class _Entries:
    """A stream of entries that is read range by range."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self._stream = iter(entries)
        self._next: Any = next(self._stream, None)

    def before(self, transaction_id: int) -> Iterator[Any]:
        """Those that a transaction before this one wrote."""
        while self._next is not None and self._next.transaction_id < transaction_id:
            yield self._next
            self._next = next(self._stream, None)

    def close(self) -> None:
        """Read no further: what follows is not sealed."""
        self._stream.close()  # type: ignore[attr-defined]  # a generator
        self._next = None


def _judge_entries(seal: AuditSeal, entries: _Entries) -> Iterator[Fault]:
    found = b"".join(
        manifest_line(entry)
        for entry in entries.before(seal.until_transaction)
        # what lies before belongs to a seal that is missing, and that was told already
        if entry.transaction_id >= seal.from_transaction
    )
    if found != seal.manifest:
        yield from _differences(seal, manifest_lines(found))


def _differences(seal: AuditSeal, found: dict[UUID, bytes]) -> Iterator[Fault]:
    sealed = manifest_lines(seal.manifest)
    if len(seal.manifest) != LINE_BYTES * seal.entry_count:
        yield Fault(FaultKind.SEAL_EDITED, seal.number)
    changed = {id_ for id_ in sealed.keys() & found.keys() if sealed[id_] != found[id_]}
    elsewhere = {sealed[id_] for id_ in changed}
    for id_ in sorted(sealed.keys() | found.keys()):
        if id_ not in found:
            yield Fault(FaultKind.ENTRY_DELETED, seal.number, id_)
        elif id_ not in sealed:
            yield Fault(FaultKind.ENTRY_INSERTED, seal.number, id_)
        elif id_ in changed:
            kind = FaultKind.ENTRY_SWAPPED if found[id_] in elsewhere else FaultKind.ENTRY_EDITED
            yield Fault(kind, seal.number, id_)
