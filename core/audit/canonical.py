"""What exactly is hashed and signed: one sequence of bytes for an entry and for a seal.

Changing anything here makes every seal there is look broken; a new form needs a new version.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.audit.models import AuditSeal

VERSION = 1
FIRST_KEY = 1
DIGEST_BYTES = 32
LINE_BYTES = 16 + DIGEST_BYTES
NOTHING_BEFORE = "0" * 64
# made once: json.dumps makes an encoder for each entry
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class AuditKeys:
    """The keys that sign seals, by number; an old one stays so that old seals can be checked."""

    current: int
    by_number: Mapping[int, bytes] = field(repr=False)

    @classmethod
    def derived_from(cls, secret: str) -> AuditKeys:
        """The key of an installation with one secret."""
        purpose = f"audit seal key {FIRST_KEY}".encode()
        key = hmac.new(secret.encode(), purpose, hashlib.sha256).digest()
        return cls(FIRST_KEY, {FIRST_KEY: key})

    def sign(self, hash_: str) -> str:
        """The signature of a hash by the current key.

        Raises:
            ConfigurationError: the current key is missing.
        """
        signature = self._signature(self.current, hash_)
        if signature is None:
            raise ConfigurationError(f"The audit key {self.current} is missing.")
        return signature

    def accepts(self, number: int, hash_: str, signature: str) -> bool:
        """Whether a signature is that of a known key."""
        expected = self._signature(number, hash_)
        return expected is not None and hmac.compare_digest(expected, signature)

    def _signature(self, number: int, hash_: str) -> str | None:
        key = self.by_number.get(number)
        if key is None:
            return None
        return hmac.new(key, f"annhi audit seal {hash_}".encode(), hashlib.sha256).hexdigest()


def manifest_line(entry: Any) -> bytes:
    """The id of an entry and the digest of all the rest of it."""
    content = [
        VERSION,
        entry.tenant_id,
        entry.server_id,
        entry.transaction_id,
        _moment(entry.at),
        _hex(entry.account_id),
        entry.action,
        entry.subject_kind,
        _hex(entry.subject_id),
        entry.classes,
        entry.reason,
    ]
    id_: UUID = entry.id
    return id_.bytes + hashlib.sha256(_json(content)).digest()


def manifest_lines(manifest: bytes) -> dict[UUID, bytes]:
    """The digest of each entry of a manifest, by id."""
    starts = range(0, len(manifest) - LINE_BYTES + 1, LINE_BYTES)
    return {
        UUID(bytes=manifest[start : start + 16]): manifest[start + 16 : start + LINE_BYTES]
        for start in starts
    }


def seal_hash(seal: AuditSeal) -> str:
    """The hash of a seal: over its place, its range, its entries and the seal before."""
    content = [
        VERSION,
        seal.tenant_id,
        seal.number,
        seal.server_id,
        seal.from_transaction,
        seal.until_transaction,
        seal.entry_count,
        seal.first_entry.hex,
        seal.last_entry.hex,
        hashlib.sha256(seal.manifest).hexdigest(),
        seal.previous_hash,
        _moment(seal.sealed_at),
        seal.key_number,
    ]
    return hashlib.sha256(_json(content)).hexdigest()


def _json(content: list[Any]) -> bytes:
    return _ENCODE(content).encode()


def _moment(moment: datetime) -> int:
    """Microseconds since 1970: the same whatever zone the connection reads times in."""
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000 + moment.microsecond


def _hex(id_: UUID | None) -> str | None:
    return None if id_ is None else id_.hex
