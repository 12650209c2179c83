"""Programmes and indicators that may be named before a plugin brings them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from core.profiles.registers import AnnouncedFile

_FILE = Path(__file__).parent / "data" / "announced.toml"


@dataclass(frozen=True, slots=True)
class Announced:
    """Keys and codes that documents name although no installed plugin has them."""

    programmes: frozenset[str]
    may_be_declared_on: frozenset[str]
    indicators: frozenset[str]


@cache
def announced() -> Announced:
    """The list that ships with the program."""
    listed = msgspec.toml.decode(_FILE.read_bytes(), type=AnnouncedFile)
    return Announced(
        programmes=frozenset(row.key for row in listed.programmes),
        may_be_declared_on=frozenset(r.key for r in listed.programmes if r.may_be_declared_on),
        indicators=frozenset(listed.indicators),
    )
