"""The key ring: several keys by number, the first of them for what is sealed from now on.

Written as ``NUMBER:BASE64``, separated by spaces or lines; ``#`` begins a comment. To bring in a
key it is put last, known to every process but not yet used, and then moved to the front.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import TYPE_CHECKING, Final, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden
from core.vault.errors import MissingKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEY_BYTES: Final = 32
_LARGEST_NUMBER: Final = 2**32 - 1
_COLUMN: Final = b"annhi/sealed-column/1/tenant/"
_MARK: Final = b"annhi/mark/1/tenant/"


class Key:
    """One root key; what a tenant's values are sealed with is derived from it for that tenant.

    Never printed, copied, compared or pickled with its bytes.
    """

    __slots__ = ("_ciphers", "_root", "number")

    def __init__(self, number: int, root: Hidden[bytes]) -> None:
        """Keep the bytes, 32 of them."""
        self.number = number
        self._root = root
        self._ciphers: dict[int, AESGCMSIV] = {}

    def cipher(self, tenant_id: int) -> AESGCMSIV:
        """The cipher of one tenant: a subkey that leaks is one tenant's.

        Source: RFC 5869 (HKDF), RFC 8452 (AES-GCM-SIV).

        Raises:
            ConfigurationError: the cryptographic library lacks the cipher.
        """
        found = self._ciphers.get(tenant_id) or _cipher(self._root, tenant_id)
        if found is None:
            raise ConfigurationError(
                "The cryptographic library lacks AES-GCM-SIV: it needs OpenSSL 3.2 or newer."
            )
        self._ciphers[tenant_id] = found
        return found

    def mark(self, tenant_id: int, text: bytes) -> str:
        """A fingerprint of a text that nobody without the key can try values against."""
        return hmac.digest(_subkey(self._root, _MARK, tenant_id), text, "sha256").hex()

    def written(self) -> str:
        """As the key file holds it; for that file alone."""
        return f"{self.number}:{base64.b64encode(self._root.reveal()).decode('ascii')}"

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
    def read(cls, text: Hidden[str], source: str) -> KeyRing:
        """The ring as it is written; ``source`` names where, for messages.

        Raises:
            ConfigurationError: it cannot be read; the sentence never repeats what stands there.
        """
        keys = _parsed(text)
        if None in keys:
            raise ConfigurationError(
                f"{source}: key {keys.index(None) + 1} of the list is not NUMBER:BASE64 of "
                f"{KEY_BYTES} bytes, with a number from 1 to {_LARGEST_NUMBER}."
            )
        return cls(key for key in keys if key is not None)

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
        return KeyRing((*self._keys.values(), _fresh_key(number)))

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
    return KeyRing((_fresh_key(1),))


def _fresh_key(number: int) -> Key:
    return Key(number, Hidden(secrets.token_bytes(KEY_BYTES)))


# The bytes of a key are in the variables of these functions alone, which raise nothing: a
# traceback that shows variables shows none.


def _parsed(text: Hidden[str]) -> list[Key | None]:
    """The keys in their order, ``None`` for one that cannot be read."""
    lines = [line.partition("#")[0] for line in text.reveal().splitlines()]
    return [_key(word) for word in " ".join(lines).split()]


def _key(word: str) -> Key | None:
    number, _, encoded = word.partition(":")
    try:
        root = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    known = number.isascii() and number.isdigit() and 1 <= int(number) <= _LARGEST_NUMBER
    return Key(int(number), Hidden(root)) if known and len(root) == KEY_BYTES else None


def _cipher(root: Hidden[bytes], tenant_id: int) -> AESGCMSIV | None:
    try:
        return AESGCMSIV(_subkey(root, _COLUMN, tenant_id))
    except UnsupportedAlgorithm:
        return None


def _subkey(root: Hidden[bytes], purpose: bytes, tenant_id: int) -> bytes:
    info = purpose + str(int(tenant_id)).encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(root.reveal())
