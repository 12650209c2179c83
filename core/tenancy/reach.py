"""How far a session reaches inside its tenant: which communes, which confidential rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """The bounds of one reader, made once from roles and carried by every statement.

    ``communes`` is ``None`` for the whole tenant; an empty set reads no row that lies anywhere.
    ``confidential`` holds the keys of the confidential tables whose rows may be read.
    """

    communes: frozenset[int] | None
    confidential: frozenset[str] = frozenset()
    every_confidential: bool = False

    @classmethod
    def whole_tenant(cls) -> Reach:
        """Everything but confidential rows."""
        return cls(communes=None)

    @classmethod
    def counting(cls) -> Reach:
        """Everything, for code that returns totals only and never rows."""
        return cls(communes=None, every_confidential=True)

    @classmethod
    def nothing(cls) -> Reach:
        """No row that lies in a commune, and no confidential row."""
        return cls(communes=frozenset())
