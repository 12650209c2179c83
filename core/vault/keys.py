"""The key ring: several keys by number, the first of them for what is sealed from now on.

Written as ``NUMBER:BASE64``, separated by spaces or lines; ``#`` begins a comment. To bring in a
key it is put last, known to every process but not yet used, and then moved to the front.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING, Final, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.kit.errors import ConfigurationError
from core.vault.errors import MissingKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEY_BYTES: Final = 32
_LARGEST_NUMBER: Final = 2**32 - 1
_PURPOSE: Final = b"annhi/sealed-column/1/tenant/"


class Key:
    """One root key; what a tenant's values are sealed with is derived from it for that tenant.

    Never printed, copied, compared or pickled with its bytes.
    """

    __slots__ = ("_ciphers", "_root", "number")

    def __init__(self, number: int, root: bytes) -> None:
        """Keep the bytes.

        Raises:
            ConfigurationError: the number or the length will not do, or the cipher is missing.
        """
        if not 1 <= number <= _LARGEST_NUMBER:
            raise ConfigurationError(f"The number of a key is from 1 to {_LARGEST_NUMBER}.")
        if len(root) != KEY_BYTES:
            raise ConfigurationError(f"Key {number} is not {KEY_BYTES} bytes long.")
        self.number = number
        self._root = root
        self._ciphers: dict[int, AESGCMSIV] = {}

    def cipher(self, tenant_id: int) -> AESGCMSIV:
        """The cipher of one tenant: a subkey that leaks is one tenant's.

        Source: RFC 5869 (HKDF), RFC 8452 (AES-GCM-SIV).

        Raises:
            ConfigurationError: the cryptographic library lacks the cipher.
        """
        found = self._ciphers.get(tenant_id)
        if found is None:
            info = _PURPOSE + str(int(tenant_id)).encode()
            subkey = HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self._root)
            try:
                found = self._ciphers[tenant_id] = AESGCMSIV(subkey)
            except UnsupportedAlgorithm:
                raise ConfigurationError(
                    "The cryptographic library lacks AES-GCM-SIV: it needs OpenSSL 3.2 or newer."
                ) from None
        return found

    def written(self) -> str:
        """As the key file holds it; for that file alone."""
        return f"{self.number}:{base64.b64encode(self._root).decode('ascii')}"

    def __repr__(self) -> str:
        return f"<key {self.number}>"

    def __copy__(self) -> Key:
        return self

    def __deepcopy__(self, _memo: object) -> Key:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled")


class KeyRing:
    """The keys of an installation, in the order of their file; never changed, only replaced."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Iterable[Key]) -> None:
        """Take the keys, the current one first.

        Raises:
            ConfigurationError: there is none, or two share a number.
        """
        listed = tuple(keys)
        self._keys = {key.number: key for key in listed}
        if not listed:
            raise ConfigurationError("The key ring holds no key.")
        if len(self._keys) != len(listed):
            raise ConfigurationError("Two keys of the key ring share a number.")

    @classmethod
    def read(cls, text: str, source: str) -> KeyRing:
        """The ring as it is written; ``source`` names where, for messages.

        Raises:
            ConfigurationError: it cannot be read; the sentence never repeats what stands there.
        """
        lines = [line.partition("#")[0] for line in text.splitlines()]
        words = " ".join(lines).split()
        return cls(_key(word, place, source) for place, word in enumerate(words, start=1))

    @property
    def current(self) -> Key:
        """The key for what is sealed from now on."""
        return next(iter(self._keys.values()))

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers, the current one first."""
        return tuple(self._keys)

    def key(self, number: int) -> Key:
        """A key by its number.

        Raises:
            MissingKeyError: the ring does not hold it.
        """
        found = self._keys.get(number)
        if found is None:
            raise MissingKeyError(f"Key {number} is not in the key ring.")
        return found

    def with_new(self) -> KeyRing:
        """With one more key, known but not yet current."""
        number = max(self._keys) + 1
        return KeyRing((*self._keys.values(), Key(number, secrets.token_bytes(KEY_BYTES))))

    def led_by(self, number: int) -> KeyRing:
        """With another key as the current one."""
        first = self.key(number)
        return KeyRing((first, *(key for key in self._keys.values() if key is not first)))

    def without(self, number: int) -> KeyRing:
        """Without a key; nothing sealed with it opens any more."""
        gone = self.key(number)
        return KeyRing(key for key in self._keys.values() if key is not gone)

    def written(self) -> str:
        """As the key file holds it; for that file alone."""
        return "".join(f"{key.written()}\n" for key in self._keys.values())

    def __repr__(self) -> str:
        return f"<key ring {', '.join(map(str, self._keys))}>"


def fresh_ring() -> KeyRing:
    """A ring of one random key."""
    return KeyRing((Key(1, secrets.token_bytes(KEY_BYTES)),))


def _key(word: str, place: int, source: str) -> Key:
    number, colon, encoded = word.partition(":")
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if not colon or not (number.isascii() and number.isdigit()) or len(root) != KEY_BYTES:
        raise ConfigurationError(
            f"{source}: key {place} of the list is not NUMBER:BASE64 of {KEY_BYTES} bytes."
        ) from None
    return Key(int(number), root)
