"""Which names a declared plugin may give: short, plain, and nobody else's.

They become names of schemas, tables and columns, so they never need quoting in a statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS

from core.db.base import Base
from core.declared.mapped import COMMUNE, Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.profiles.faults import Findings

LONGEST_KEY = 40
LONGEST_FORM = 24  # with its field it is part of the names of constraints, of at most 63 letters
LONGEST_NAME = 32
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SHORTEST = 2
_SCHEMAS = frozenset({"core", "jobs", "public", "information_schema", "declared"})


def key_fault(key: str) -> str | None:
    """What is wrong with a plugin's key."""
    if key in _SCHEMAS or key.startswith("pg_"):
        return f"{key!r} is a name of the platform or the database; choose another"
    return _column_fault(key, LONGEST_KEY)


def form_fault(name: str) -> str | None:
    """What is wrong with the name of a form, which is the name of its table."""
    return _column_fault(name, LONGEST_FORM)


def field_fault(name: str) -> str | None:
    """What is wrong with the name of a field, which is that of a column and an attribute."""
    if name != COMMUNE and name in {*dir(Kept), *dir(Base)}:
        return f"{name!r} is kept by the platform for every record; choose another"
    return _column_fault(name, LONGEST_NAME)


def name_fault(name: str, longest: int = LONGEST_NAME) -> str | None:
    """What is wrong with any other name, or with a code."""
    if not _NAME.fullmatch(name) or not _SHORTEST <= len(name) <= longest:
        return (
            f"{name!r} cannot be a name; write {_SHORTEST} to {longest} of a-z, 0-9 and _, "
            "beginning with a letter"
        )
    return None


def once(findings: Findings, rows: Sequence[object], names: Iterable[str], field: str) -> None:
    """Every name is given once."""
    seen: set[str] = set()
    for row, name in zip(rows, names, strict=True):
        if name in seen:
            findings.add_at(row, field, f"{name!r} is there twice; give each its own")
        seen.add(name)


def _column_fault(name: str, longest: int) -> str | None:
    """The same for what is a name in the database."""
    if name in RESERVED_WORDS:
        return f"{name!r} is a word of the database; choose another"
    return name_fault(name, longest)
