"""Identifiers: random, and telling nothing about what they stand for."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from random import Random

# Without 0, O, 1 and I, which are mistaken for each other on paper and on the phone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SHORTEST = 6
_OF_BYTE = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))


def new_id() -> UUID:
    """A new random identifier; not one that encodes the time, which would tell when."""
    return uuid4()


def new_ids(count: int) -> list[UUID]:
    """As many random identifiers at once; asking the system for each costs more than making it."""
    source = os.urandom(16 * count)
    return [UUID(bytes=source[at : at + 16], version=4) for at in range(0, 16 * count, 16)]


def new_id_texts(count: int) -> list[str]:
    """As many as 32 hexadecimal digits each, for ids that nobody but the database will read.

    The first is random and the others follow it one by one: they lie side by side in their index,
    which takes them an order of magnitude sooner than ids strewn all over it.
    """
    drawn = os.urandom(14).hex()
    led = f"{drawn[:12]}4{drawn[12:15]}a{drawn[15:18]}"
    first = int(drawn[18:], 16)  # 40 bits of the 48 that count
    return [f"{led}{number:012x}" for number in range(first, first + count)]


def opaque_codes(prefix: str, count: int, length: int = 8) -> list[str]:
    """As many codes as ``opaque_code`` makes, from one draw of the system's source.

    Raises:
        ValueError: the prefix or the length will not do.
    """
    opaque_code(prefix, length)  # the same is refused
    # 32 characters: the last five bits of a random byte choose each as often as any other
    drawn = os.urandom(length * count).translate(_OF_BYTE).decode("ascii")
    return [f"{prefix}-{drawn[at : at + length]}" for at in range(0, length * count, length)]


def opaque_code(prefix: str, length: int = 8, random: Random | None = None) -> str:
    """A code to say aloud and write down: "TE-7KM3Q9XA".

    The prefix says what kind of record it is and must not say more (no place, year, programme or
    group of children); the rest is random. Two codes may meet: the column is unique, try again.

    Args:
        prefix: capitals or digits, such as "TE".
        length: random characters after the dash, at least 6.
        random: only for generated records that must come out the same; else the system's source.

    Raises:
        ValueError: the prefix or the length will not do.
    """
    if not (prefix.isascii() and prefix.isalnum() and prefix == prefix.upper()):
        raise ValueError("the prefix of a code is of capitals and digits")
    if length < _SHORTEST:
        raise ValueError(f"a code of fewer than {_SHORTEST} random characters can be guessed")
    source = random or secrets.SystemRandom()
    return f"{prefix}-{''.join(source.choice(_ALPHABET) for _ in range(length))}"
