"""A cell of a table as finished text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

CellKind = Literal["text", "number", "difference", "none"]


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell as text; ``code`` and ``state`` when it is a figure, ``value`` rounded as it reads."""

    text: str
    kind: CellKind = "text"
    code: str = ""
    state: str = ""
    value: Decimal | None = None

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right, under the other numbers."""
        return self.kind in {"number", "difference"}
