"""Sealing one value for one place, and opening it there and nowhere else."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag

from core.vault.errors import MissingKeyError, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.vault.keys import KeyRing

VERSION: Final = 1
_NONCE: Final = slice(5, 17)
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
SHORTEST: Final = _NONCE.stop + _TAG_BYTES


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """Where a value belongs: ``table`` is ``schema.table``."""

    tenant_id: int
    table: str
    column: str
    row_id: UUID

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


class Vault:
    """Seals and opens under the ring that it holds; ``reload`` fetches a ring that has changed.

    Laid out as version (1 byte), key number (4), nonce (12), ciphertext with its tag.
    """

    __slots__ = ("_reload", "_ring")

    def __init__(self, ring: KeyRing, reload: Callable[[], KeyRing | None] | None = None) -> None:
        """Keep the ring; ``reload`` answers ``None`` as long as nothing has changed."""
        self._ring = ring
        self._reload = reload

    @property
    def ring(self) -> KeyRing:
        """The ring as it is now: a key that became current in another process counts at once."""
        changed = self._reload() if self._reload is not None else None
        if changed is not None:
            self._ring = changed
        return self._ring

    def seal(self, place: SealedPlace, plain: bytes) -> bytes:
        """Seal for one place, with the current key and a random nonce."""
        key = self.ring.current
        nonce = secrets.token_bytes(_NONCE_BYTES)
        box = key.cipher(place.tenant_id).encrypt(nonce, plain, _binding(place, key.number))
        return bytes((VERSION,)) + key.number.to_bytes(4, "big") + nonce + box

    def open(self, place: SealedPlace, sealed: bytes) -> bytes:
        """The value, if it was sealed for this very place.

        Raises:
            MissingKeyError: its key is not in the ring.
            VaultError: it was changed, or belongs to another tenant, table, column or row.
        """
        number = key_number(sealed)
        try:
            key = self._ring.key(number)
        except MissingKeyError:
            key = self.ring.key(number)
        box, nonce = sealed[_NONCE.stop :], sealed[_NONCE]
        try:
            return key.cipher(place.tenant_id).decrypt(nonce, box, _binding(place, number))
        except InvalidTag:
            raise VaultError(
                f"A value of {place} does not open: it was changed, belongs elsewhere, or key "
                f"{number} is not the one it was sealed with."
            ) from None

    def mark(self, tenant_id: int, text: bytes) -> str:
        """A fingerprint by which the same text is known again, with the number of its key."""
        key = self.ring.current
        return f"{key.number}:{key.mark(tenant_id, text)}"

    def bears(self, tenant_id: int, text: bytes, mark: str) -> bool:
        """Whether a fingerprint is of this text; false too once its key is gone."""
        number = mark.partition(":")[0]
        if not number.isdigit() or int(number) not in self.ring.numbers:
            return False
        made = f"{number}:{self.ring.key(int(number)).mark(tenant_id, text)}"
        return hmac.compare_digest(made.encode(), mark.encode())


def key_number(sealed: bytes) -> int:
    """The number of the key that a value was sealed with.

    Raises:
        VaultError: these bytes are no sealed value.
    """
    if len(sealed) < SHORTEST or sealed[0] != VERSION:
        raise VaultError("What stands in a sealed column is not a sealed value.")
    return int.from_bytes(sealed[1:5], "big")


def _binding(place: SealedPlace, number: int) -> bytes:
    """All that a value is bound to; each part led by its length, so that none runs into another."""
    parts = (
        b"annhi.sealed",
        bytes((VERSION,)),
        number.to_bytes(4, "big"),
        str(int(place.tenant_id)).encode(),
        place.table.encode(),
        place.column.encode(),
        place.row_id.bytes,
    )
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
